"""Writes the tables by which the reader chooses among characters, `baoguan/ocr/data`:

    python -m training.language --texts ../shared/data/jingbao-text

`pairs.txt`: how often characters follow each other, in the words of jieba's dictionary (MIT) by
their frequency there, and in the texts of 晶報 of 1920 and 1930 by Early Chinese Periodicals Online
(CC BY 4.0). `forms.txt`: which forms are one character, from the search's fold table, and which of
the recogniser's characters are Simplified only. Root forms throughout, so that one table serves
Traditional and Simplified pages.
"""

from __future__ import annotations

import argparse
import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import jieba
import opencc

from baoguan.ocr.engines.rapidocr import RapidOcr
from baoguan.search.fold import fold
from baoguan.search.fold_table import read_variants
from press.ecpo import root_of

DATA = Path(__file__).parent.parent / "baoguan" / "ocr" / "data"
WORDS = 0.1  # of a frequency in jieba's dictionary: what a pair in a word counts
LEAST = 1.0  # pairs that count less are left out
SLIPS = 3  # a Simplified form that the texts have less often is a slip of who typed them
SHARE = 0.5  # of the words in the frequencies of single characters
STEP = 1.5  # from one level to the next
UNIT = 1e-7  # share of a single character at level 0
FORMS_HEAD = """\
# First the characters that are Simplified only; then a row for each character with several forms,
# its root first. Written by `python -m training.language` from the search's fold table (Unicode,
# OpenCC's tables, Apache-2.0) and the recogniser's alphabet; do not edit.
"""
PAIRS_HEAD = """\
# A row for each character: itself, the level of its share of all, and then in turn a level and the
# characters that follow it so often. Counts grow by half from level to level. Written by
# `python -m training.language`; do not edit. Derived from the dictionary of jieba (MIT, Sun Junyi)
# and from texts of 晶報 (Jingbao), 1920 and 1930, by Early Chinese Periodicals Online (ECPO),
# Heidelberg, https://github.com/ecpo-dh, CC BY 4.0; only counts of them are kept.
"""


def root(character: str) -> str:
    return fold(character)


def is_simplified_only(character: str) -> bool:
    """Changed on the way to Traditional, not in Big5, and no variant that is listed as printed."""
    if character in _VARIANTS or _TO_TRADITIONAL.convert(character) == character:
        return False
    try:
        character.encode("big5")
    except UnicodeEncodeError:
        return True
    return False


_VARIANTS = frozenset(read_variants())
_TO_TRADITIONAL = opencc.OpenCC("s2t")


def forms(alphabet: Iterable[str], printed: Iterable[str]) -> str:
    """`printed` are texts in whose characters, if they are not mere slips, old papers are set."""
    seen = Counter(itertools.chain.from_iterable(printed))
    single = sorted({text for text in alphabet if len(text) == 1 and not text.isspace()})
    families: dict[str, list[str]] = defaultdict(list)
    for character in single:
        if root(character) != character:
            families[root(character)].append(character)
    rows = (shared + "".join(others) for shared, others in sorted(families.items()))
    simplified = (c for c in single if seen[c] < SLIPS and is_simplified_only(c))
    return "\n".join([FORMS_HEAD + "".join(simplified), *rows, ""])


def texts(folder: Path) -> Iterator[str]:
    """Printed text without markup, marks, spaces and line ends, a paragraph each."""
    for file in sorted(folder.glob("19?0/*.xml")):
        for paragraph in root_of(file).iter("p"):
            yield "".join(c for c in "".join(paragraph.itertext()) if c.isalnum())


def words() -> Iterator[tuple[str, int]]:
    for row in Path(jieba.__file__).with_name("dict.txt").read_text("utf-8").splitlines():
        word, count, *_ = row.split()
        yield root(word), int(count)


def pairs(printed: Iterable[str]) -> str:
    printed = [root(text) for text in printed]
    counted: Counter[str] = Counter()
    of_words: Counter[str] = Counter()
    of_texts = Counter(itertools.chain.from_iterable(printed))
    for text in printed:
        counted.update(a + b for a, b in itertools.pairwise(text))
    weighed: defaultdict[str, float] = defaultdict(float, counted)
    for word, count in words():
        for character in word:
            of_words[character] += count
        for a, b in itertools.pairwise(word):
            weighed[a + b] += count * WORDS
    followers: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for pair, weight in sorted(weighed.items()):
        if weight >= LEAST:
            followers[pair[0]][level(weight)].append(pair[1])
    singles = _shares(of_words, of_texts)
    rows = (
        "\t".join([first, str(level(share / UNIT)), *_listed(followers[first])])
        for first, share in sorted(singles.items())
        if share >= UNIT
    )
    return PAIRS_HEAD + "\n".join(rows) + "\n"


def _shares(of_words: Counter[str], of_texts: Counter[str]) -> dict[str, float]:
    total = of_words.total()
    told = of_texts.total()
    mixed = SHARE if told else 1.0
    return {
        character: mixed * of_words[character] / total
        + (1 - mixed) * of_texts[character] / max(1, told)
        for character in of_words | of_texts
    }


def level(count: float) -> int:
    return max(0, round(math.log(count, STEP)))


def _listed(followers: dict[int, list[str]]) -> Iterator[str]:
    for count in sorted(followers, reverse=True):
        yield str(count)
        yield "".join(followers[count])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, help="folder of jingbao-text; without it, words only")
    parser.add_argument("--out", type=Path, default=DATA)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    printed = list(texts(asked.texts)) if asked.texts else []
    (asked.out / "forms.txt").write_text(forms(RapidOcr().columns.alphabet, printed), "utf-8")
    (asked.out / "pairs.txt").write_text(pairs(printed), "utf-8")


if __name__ == "__main__":
    main()
