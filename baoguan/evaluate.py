"""How well a page was read, against its true text.

Two ways to compare, both told: *diplomatic* keeps every glyph as printed (NFC, white space
dropped); *folded* joins traditional, simplified and printed variants as the search does and drops
all but letters and digits.

    line_cer     each true line, looked for anywhere on the page: recognition alone
    order_cer    each true article as one string, looked for in the page's text in its own reading
                 order: recognition and order together
    article_cer  each true article against one article as read, used once, best first: recognition,
                 order and segmentation together

Figures are edits per true character, 0 to 1, each string costing at most its own length.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from baoguan.errors import UsageError
from baoguan.model import Page
from baoguan.revisions import pages_from_json
from baoguan.search import fold

Rule = Callable[[str], str]
TRUTH_SUFFIX = ".truth.json"


@dataclass(frozen=True, slots=True)
class Score:
    """`characters` of truth, and the three error rates."""

    characters: int
    line_cer: float
    order_cer: float
    article_cer: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    page: str
    diplomatic: Score
    folded: Score


def diplomatic(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def folded(text: str) -> str:
    return "".join(char for char in fold(unicodedata.normalize("NFC", text)) if char.isalnum())


def evaluate(truth: Page, read: Page) -> Evaluation:
    return Evaluation(truth.id, _score(truth, read, diplomatic), _score(truth, read, folded))


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
    total = sum(score.characters for score in scores)

    def mean(rate: Callable[[Score], float]) -> float:
        return sum(rate(score) * score.characters for score in scores) / max(1, total)

    return Score(
        total,
        mean(lambda score: score.line_cer),
        mean(lambda score: score.order_cer),
        mean(lambda score: score.article_cer),
    )


def edit_distance(needle: str, hay: str, *, anywhere: bool = False) -> int:
    """Levenshtein distance; with `anywhere`, of `needle` to the best part of `hay`."""
    there = _codes(hay)
    steps = np.arange(len(there) + 1)
    row = np.zeros_like(steps) if anywhere else steps
    for count, code in enumerate(_codes(needle), 1):
        best = np.empty_like(row)
        best[0] = count
        np.minimum(row[1:] + 1, row[:-1] + (there != code), out=best[1:])
        # A run of insertions costs one each: fold them in with a running minimum.
        row = np.minimum.accumulate(best - steps) + steps
    return int(row.min() if anywhere else row[-1])


def _score(truth: Page, read: Page, rule: Rule) -> Score:
    lines = [rule(line.text) for region in truth.regions for line in region.lines]
    articles = [_article_text(truth, number, rule) for number in range(len(truth.articles))]
    found = [_article_text(read, number, rule) for number in range(len(read.articles))]
    printed = [rule(line.text) for region in read.regions for line in region.lines]
    return Score(
        characters=sum(map(len, lines)),
        line_cer=_lost(lines, "\n".join(printed)),
        order_cer=_lost(articles, "".join(printed)),
        article_cer=_lost_pairwise(articles, found),
    )


def _article_text(page: Page, number: int, rule: Rule) -> str:
    return "".join(rule(line.text) for line in page.lines_of(page.articles[number]))


def _lost(truths: Sequence[str], hay: str) -> float:
    edits = sum(min(edit_distance(t, hay, anywhere=True), len(t)) for t in truths)
    return edits / max(1, sum(map(len, truths)))


def _lost_pairwise(truths: Sequence[str], found: Sequence[str]) -> float:
    pairs = sorted(
        (min(edit_distance(truth, text), len(truth)) / max(1, len(truth)), t, f)
        for t, truth in enumerate(truths)
        for f, text in enumerate(found)
    )
    cost: dict[int, float] = {}
    used: set[int] = set()
    for rate, t, f in pairs:
        if t not in cost and f not in used:
            cost[t] = rate * len(truths[t])
            used.add(f)
    edits = sum(cost.get(t, len(truth)) for t, truth in enumerate(truths))
    return edits / max(1, sum(map(len, truths)))


def _codes(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
