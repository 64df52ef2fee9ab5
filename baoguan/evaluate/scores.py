"""How well a page was read, against its true text.

Two ways to compare, both told: *diplomatic* keeps every glyph as printed (NFC, white space
dropped); *folded* joins traditional, simplified and printed variants as the search does and drops
all but letters and digits.

    line_cer        each true line, looked for anywhere on the page: recognition alone
    order_cer       each true article as one string, looked for in the page's text in its own
                    reading order: recognition and order together
    article_cer     each true article against one article as read, used once, best first:
                    recognition, order and segmentation together
    char_recall     share of the true characters that were read, wherever
    char_precision  share of the characters read that are true, wherever

Error rates are edits per true character, 0 to 1, each string costing at most its own length.
"""

from __future__ import annotations

import functools
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from baoguan.errors import UsageError
from baoguan.evaluate.regions import Overlap, overlaps
from baoguan.model import Article, Page
from baoguan.revisions import pages_from_json
from baoguan.search import fold

Rule = Callable[[str], str]
TRUTH_SUFFIX = ".truth.json"
LEAST_SHARED = 0.3  # of the true characters; an article with fewer stands for another, or for none


@dataclass(frozen=True, slots=True)
class Score:
    """`characters` of truth and `found` by reading, three error rates and two shares."""

    characters: int
    found: int
    line_cer: float
    order_cer: float
    article_cer: float
    char_recall: float
    char_precision: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    page: str
    diplomatic: Score
    folded: Score
    regions: Mapping[str, Overlap]  # by class


@dataclass(frozen=True, slots=True)
class ArticleMatch:
    """A true article, its text, the text read in its place ('' for none), edits per character."""

    article: Article
    truth: str
    read: str
    rate: float

    @property
    def edits(self) -> float:
        return self.rate * len(self.truth)


def diplomatic(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def folded(text: str) -> str:
    return "".join(char for char in fold(unicodedata.normalize("NFC", text)) if char.isalnum())


def evaluate(truth: Page, read: Page) -> Evaluation:
    return Evaluation(
        page=truth.id,
        diplomatic=_score(truth, read, diplomatic),
        folded=_score(truth, read, folded),
        regions=overlaps(truth, read),
    )


def article_matches(truth: Page, read: Page) -> tuple[ArticleMatch, ...]:
    """Each true article with text beside the article as read, by the diplomatic rule."""
    articles = [_article_text(truth, number, diplomatic) for number in range(len(truth.articles))]
    found = [_article_text(read, number, diplomatic) for number in range(len(read.articles))]
    return tuple(
        ArticleMatch(article, text, "" if number is None else found[number], rate)
        for article, text, (number, rate) in zip(
            truth.articles, articles, _matches(articles, found), strict=True
        )
        if text
    )


def read_truth(paths: Iterable[Path]) -> tuple[Page, ...]:
    """True pages from `*.truth.json` files and folders of them; raises UsageError."""
    pages: list[Page] = []
    for path in paths:
        files = sorted(path.rglob(f"*{TRUTH_SUFFIX}")) if path.is_dir() else [path]
        for file in files:
            try:
                pages.extend(pages_from_json(file.read_bytes()))
            except OSError as error:
                raise UsageError(f"{file}: {error.strerror or error}") from error
    if not pages:
        raise UsageError(f"no {TRUTH_SUFFIX} file below {', '.join(map(str, paths))}")
    return tuple(pages)


def overall(scores: Sequence[Score]) -> Score:
    """Error rates over several pages, each character weighing the same."""

    def mean(value: Callable[[Score], float], weight: Callable[[Score], int]) -> float:
        total = sum(map(weight, scores))
        return sum(value(score) * weight(score) for score in scores) / max(1, total)

    def true(score: Score) -> int:
        return score.characters

    def found(score: Score) -> int:
        return score.found

    return Score(
        characters=sum(map(true, scores)),
        found=sum(map(found, scores)),
        line_cer=mean(lambda score: score.line_cer, true),
        order_cer=mean(lambda score: score.order_cer, true),
        article_cer=mean(lambda score: score.article_cer, true),
        char_recall=mean(lambda score: score.char_recall, true),
        char_precision=mean(lambda score: score.char_precision, found),
    )


def edit_distance(needle: str, hay: str, *, anywhere: bool = False) -> int:
    """Levenshtein distance; with `anywhere`, of `needle` to the best part of `hay`.

    A row of the textbook's table at a time, as two numbers with a bit for each place of `hay`:
    where the distance grows from that place to the next, and where it shrinks (Myers, A fast
    bit-vector algorithm for approximate string matching, J. ACM 46, 1999).
    """
    every = (1 << len(hay)) - 1
    places = _places(hay)
    grows, shrinks = (0 if anywhere else every), 0
    for char in needle:
        same = places.get(char, 0)
        level = (((same & grows) + grows) ^ grows) | same | shrinks
        more, less = shrinks | (every & ~(level | grows)), level & grows
        more, less = (more << 1 | 1) & every, (less << 1) & every
        grows, shrinks = less | (every & ~(level | more)), more & level
    if not anywhere:
        return len(needle) + grows.bit_count() - shrinks.bit_count()
    steps = _bits(grows, len(hay)) - _bits(shrinks, len(hay))
    return len(needle) + min(0, int(np.cumsum(steps).min(initial=0)))


@functools.lru_cache(maxsize=256)
def _places(text: str) -> Mapping[str, int]:
    """For each character of `text` a number whose bits are its places."""
    places: dict[str, int] = {}
    for at, char in enumerate(text):
        places[char] = places.get(char, 0) | 1 << at
    return places


def _bits(number: int, count: int) -> np.ndarray:
    raw = np.frombuffer(number.to_bytes(count // 8 + 1, "little"), np.uint8)
    return np.unpackbits(raw, bitorder="little")[:count].astype(np.int32)


def lost(true: str, hay: str) -> int:
    """Edits from `true` to the best part of `hay`; its own length at most."""
    return min(edit_distance(true, hay, anywhere=True), len(true))


def _score(truth: Page, read: Page, rule: Rule) -> Score:
    lines, printed = _lines(truth, rule), _lines(read, rule)
    articles = [_article_text(truth, number, rule) for number in range(len(truth.articles))]
    found = [_article_text(read, number, rule) for number in range(len(read.articles))]
    wanted, got = Counter("".join(lines)), Counter("".join(printed))
    both = (wanted & got).total()
    return Score(
        characters=wanted.total(),
        found=got.total(),
        line_cer=lost_anywhere(lines, "\n".join(printed)),
        order_cer=lost_anywhere(articles, "".join(printed)),
        article_cer=lost_pairwise(articles, found),
        char_recall=both / max(1, wanted.total()),
        char_precision=both / max(1, got.total()),
    )


def _lines(page: Page, rule: Rule) -> list[str]:
    texts = (rule(line.text) for region in page.regions for line in region.lines)
    return [text for text in texts if text]


def _article_text(page: Page, number: int, rule: Rule) -> str:
    return "".join(rule(line.text) for line in page.lines_of(page.articles[number]))


def lost_anywhere(truths: Sequence[str], hay: str) -> float:
    """Edits per character of each truth to the best part of `hay`: an error in order, where the
    truths are articles."""
    edits = sum(lost(true, hay) for true in truths)
    return edits / max(1, sum(map(len, truths)))


def lost_pairwise(truths: Sequence[str], found: Sequence[str]) -> float:
    """Edits per character of each true article to one of `found`, each used once."""
    matches = _matches(truths, found)
    edits = sum(rate * len(truth) for truth, (_, rate) in zip(truths, matches, strict=True))
    return edits / max(1, sum(map(len, truths)))


def _matches(truths: Sequence[str], found: Sequence[str]) -> list[tuple[int | None, float]]:
    """For each truth the text that stands for it, used once, best first, and its error rate."""
    wanted, got = list(map(Counter, truths)), list(map(Counter, found))
    pairs = sorted(
        (edit_distance(truth, text) / max(1, len(truth)), t, f)
        for t, truth in enumerate(truths)
        for f, text in enumerate(found)
        if (wanted[t] & got[f]).total() >= LEAST_SHARED * len(truth)
    )
    matches: dict[int, tuple[int | None, float]] = {}
    used: set[int] = set()
    for rate, t, f in pairs:
        if t not in matches and f not in used:
            matches[t] = f, min(rate, 1.0)
            used.add(f)
    return [matches.get(t, (None, 1.0)) for t in range(len(truths))]
