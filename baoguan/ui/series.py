"""Several words counted over time, from what an address says: for the chart and for its numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from baoguan.archive import Archive
from baoguan.calendars import bound
from baoguan.search import By, Filters, Period

MOST_COMPARED = 5
COUNT_WITHIN = 20_000  # articles with a word; beyond, only articles are counted
_COMMA = re.compile(r"[,，;；、\n]+")


@dataclass(frozen=True, slots=True)
class Compared:
    """The words to compare, over what, and how the periods are cut."""

    words: tuple[str, ...]
    filters: Filters
    by: By


def compared(param: Callable[[str], str]) -> Compared:
    """From the parameters of an address: words parted by commas, each a query."""
    words = (part.strip() for part in _COMMA.split(param("q")))
    return Compared(
        words=tuple(dict.fromkeys(filter(None, words)))[:MOST_COMPARED],
        filters=Filters(
            titles=(param("paper"),) if param("paper") else (),
            date_from=bound(param("since"), last=False),
            date_to=bound(param("until"), last=True),
        ),
        by=By.MONTH if param("by") == "month" else By.YEAR,
    )


def counted(archive: Archive, what: Compared) -> list[tuple[Period, ...]]:
    """One list of periods for each of the words. BadQuery where one makes no sense."""
    return [
        archive.trend(words, what.filters, what.by, count_within=COUNT_WITHIN)
        for words in what.words
    ]
