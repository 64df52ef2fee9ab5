"""How a text is cut: into tokens to match it by, and into words to rank it by."""

from __future__ import annotations

import re
from dataclasses import dataclass

from baoguan.search.fold import fold

LONGEST_RUN = 64  # characters; a longer run of letters is cut, since engines cut or drop those

# Han with its radicals and the iteration mark and zero, kana, bopomofo, hangul: each stands alone.
_ALONE = (
    r"\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3041-\u3096\u309d-\u309f\u30a1-\u30fa"
    r"\u30fc-\u30ff\u3105-\u312f\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\ua960-\ua97c\uac00-\ud7a3\ud7b0-\ud7fb\u1100-\u11ff\uf900-\ufaff\U00020000-\U0003fffd"
)
_TOKEN = re.compile(rf"[{_ALONE}]|[^\W_{_ALONE}]{{1,{LONGEST_RUN}}}")
_RUN = re.compile(rf"[^\W_{_ALONE}]")
_RUNS = re.compile(rf"[^\W_{_ALONE}]{{1,{LONGEST_RUN}}}")


@dataclass(frozen=True, slots=True)
class Token:
    """`start` and `end` are offsets in the text, in code points, `end` exclusive."""

    text: str
    start: int
    end: int


def tokens(folded: str) -> list[Token]:
    """Each Han, kana or hangul character, and each run of other letters and digits.

    Punctuation, spaces and pictures are no tokens: a phrase is found across them.
    """
    return [Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(folded)]


def tokens_and_starts(text: str) -> tuple[list[str], list[int]]:
    """The tokens of the folded text and where each begins, as `tokens` gives them, in less time."""
    folded = text.translate(_FOLDED)
    cut: list[str] = []
    starts: list[int] = []
    place = 0
    for start, end in [*(run.span() for run in _RUNS.finditer(folded)), (len(folded),) * 2]:
        cut += folded[place:start].replace(" ", "")
        starts += [at for at in range(place, start) if folded[at] != " "]
        if start < end:
            cut.append(folded[start:end])
            starts.append(start)
        place = end
    return cut, starts


def token_texts(folded: str) -> list[str]:
    return _TOKEN.findall(folded)


def glyph_texts(text: str) -> list[str]:
    """The tokens of the folded text, each as it is printed."""
    return [text[m.start() : m.end()] for m in _TOKEN.finditer(fold(text))]


@dataclass(frozen=True, slots=True)
class Cut:
    """The tokens of a text, folded and as printed, and its words, which are only for ranking."""

    folded: list[str]
    printed: list[str]
    words: list[str]


def cut(text: str) -> Cut:
    folded = text.translate(_FOLDED)
    runs = [run.span() for run in _RUNS.finditer(folded)]
    printed = _pieces(text.translate(_PRINTED), runs)
    return Cut(_pieces(folded, runs), printed, words(folded))


def spaced(text: str) -> str:
    """The tokens of the folded text with a space between them, as engines take it."""
    folded = text.translate(_FOLDED)
    return " ".join(_pieces(folded, [run.span() for run in _RUNS.finditer(folded)]))


def _pieces(bare: str, runs: list[tuple[int, int]]) -> list[str]:
    """Each character of `bare` apart, without its spaces; what lies in `runs` whole."""
    pieces: list[str] = []
    place = 0
    for start, end in runs:
        pieces += bare[place:start].replace(" ", "")
        pieces.append(bare[start:end])
        place = end
    pieces += bare[place:].replace(" ", "")
    return pieces


def joins_into_a_run(character: str) -> bool:
    """Whether two such characters side by side read as one word: letters and digits, not Han."""
    return _RUN.fullmatch(character) is not None


def joined(tokens_: tuple[str, ...]) -> str:
    """A text that cuts into these tokens."""
    text = ""
    for token in tokens_:
        apart = text and joins_into_a_run(text[-1]) and joins_into_a_run(token[0])
        text += f" {token}" if apart else token
    return text


def words(folded: str) -> list[str]:
    """Words of two characters and more and the words within them.

    By jieba's dictionary in search mode, without guessing.
    """
    import rjieba  # here, since its dictionary takes a quarter of a second to load

    return [word for word in rjieba.cut_for_search(folded, False) if len(word) > 1]


class _Bare(dict[int, int]):
    """For str.translate: a space in the place of what is no token, one for one.

    Filled with each character when it is first met.
    """

    def __init__(self, *, as_printed: bool) -> None:
        super().__init__()
        self._as_printed = as_printed

    def __missing__(self, code: int) -> int:
        folded = fold(chr(code))
        shown = code if self._as_printed else ord(folded)
        self[code] = shown if _TOKEN.fullmatch(folded) else ord(" ")
        return self[code]


_FOLDED, _PRINTED = _Bare(as_printed=False), _Bare(as_printed=True)
