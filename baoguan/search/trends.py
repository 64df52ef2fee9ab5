"""How often words were printed, month by month or year by year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from baoguan.search.cutting import token_texts
from baoguan.search.documents import Document
from baoguan.search.fold import fold
from baoguan.search.index import NO_FILTERS, Filters, Index, Volume
from baoguan.search.marking import spans
from baoguan.search.query import EVERYTHING, Phrase, Query
from baoguan.search.tolerance import is_han

Texts = Callable[[Sequence[str]], Iterable[Document]]


class By(StrEnum):
    YEAR = "year"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Period:
    """A year `1939` or a month `1939-04` of which something is held, and what was found in it.

    `occurrences` is None where only articles were counted.
    """

    name: str
    articles: int
    occurrences: int | None
    held: Volume

    @property
    def per_million(self) -> float | None:
        """Occurrences in a million characters printed."""
        if self.occurrences is None:
            return None
        return self.occurrences * 1_000_000 / self.held.characters if self.held.characters else 0.0


def trend(
    index: Index,
    texts: Texts,
    query: Query,
    filters: Filters = NO_FILTERS,
    by: By = By.YEAR,
    *,
    count_within: int | None = None,
) -> tuple[Period, ...]:
    """Every period of which something is held under `filters`, in order of time.

    Articles are those that `index` finds. Occurrences are what would be marked in them, counted in
    `texts`; where more than `count_within` articles are found, only articles are told.
    """
    held = _gathered(index.volumes(EVERYTHING, filters), by)
    found = _gathered(index.volumes(query, filters), by)
    within = sum(volume.articles for volume in found.values())
    counted: Counter[str] | None = None
    if count_within is None or within <= count_within:
        counted = _counted(texts(index.search(query, filters, limit=0).ids), query, by)
    return tuple(
        Period(
            name,
            found[name].articles if name in found else 0,
            None if counted is None else counted[name],
            volume,
        )
        for name, volume in sorted(held.items())
    )


def occurrences(query: Query, text: str) -> int:
    """How many places of `text` would be marked for `query`."""
    if isinstance(query, Phrase) and not query.exact and all(map(is_han, query.tokens)):
        return "".join(token_texts(fold(text))).count("".join(map(str, query.tokens)))
    return len(spans(query, text))


def _counted(documents: Iterable[Document], query: Query, by: By) -> Counter[str]:
    counted: Counter[str] = Counter()
    for document in documents:
        if document.date is not None:
            counted[_period(f"{document.date:%Y-%m}", by)] += occurrences(query, document.text)
    return counted


def _gathered(months: Mapping[str, Volume], by: By) -> dict[str, Volume]:
    gathered: dict[str, Volume] = defaultdict(lambda: Volume(0, 0))
    for month, volume in months.items():
        name = _period(month, by)
        before = gathered[name]
        gathered[name] = Volume(
            before.articles + volume.articles, before.characters + volume.characters
        )
    return dict(gathered)


def _period(month: str, by: By) -> str:
    return month if by is By.MONTH else month.partition("-")[0]


def trend_rows(
    words: Sequence[str], trends: Sequence[Sequence[Period]]
) -> Iterator[tuple[str, ...]]:
    """Several trends of the same periods as a table, its head first."""
    yield (
        "period", "words", "articles", "occurrences", "per_million_characters",
        "articles_held", "characters_held",
    )  # fmt: skip
    for asked, periods in zip(words, trends, strict=True):
        for period in periods:
            yield (
                period.name,
                asked,
                str(period.articles),
                "" if period.occurrences is None else str(period.occurrences),
                "" if period.per_million is None else f"{period.per_million:.3f}",
                str(period.held.articles),
                str(period.held.characters),
            )
