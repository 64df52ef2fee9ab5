"""Which days a title is held of, and of which days none is though its own rhythm would have one."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise

from baoguan.model import Issue, Title

FEWEST_DISTANCES = 3  # between issues of a year, before a rhythm is seen in them
USUAL, AGREEING = 0.5, 0.75  # of the distances are the same, are a multiple of it
LONGEST_RHYTHM = 31  # days


@dataclass(frozen=True, slots=True)
class Holdings:
    """The issues of each day held, in order, and those of which the day is not known.

    `every` is the usual distance between issues of a year, in days, None where they disagree.
    `gaps` are days, by the first of their month, on which by that distance an issue would be
    expected between two that are held, and of which no issue is held: whether one was printed,
    nobody has said.
    """

    title: Title
    issues: Mapping[dt.date, tuple[Issue, ...]]
    undated: tuple[Issue, ...]
    every: Mapping[int, int | None]
    gaps: Mapping[dt.date, tuple[dt.date, ...]]

    @property
    def days(self) -> tuple[dt.date, ...]:
        return tuple(self.issues)

    def months(self, year: int) -> dict[dt.date, tuple[dt.date, ...]]:
        """The days held of each month of a year, from the first issue of all to the last."""
        first, last = min(self.issues).replace(day=1), max(self.issues)
        months = [dt.date(year, month, 1) for month in range(1, 13)]
        return {
            month: tuple(day for day in self.issues if day.replace(day=1) == month)
            for month in months
            if first <= month <= last
        }


def holdings_of(title: Title, issues: Collection[Issue]) -> Holdings:
    """What is held of `title`, from all of its issues."""
    dated = sorted((i for i in issues if i.date), key=lambda i: (i.date or dt.date.min, i.id))
    by_day = {day: tuple(some) for day, some in groupby(dated, key=_day)}
    years = {year: rhythm(days) for year, days in groupby(by_day, key=lambda day: day.year)}
    return Holdings(
        title=title,
        issues=by_day,
        undated=tuple(issue for issue in issues if issue.date is None),
        every=years,
        gaps={month: tuple(days) for month, days in groupby(_gaps(by_day, years), key=_month)},
    )


def rhythm(days: Iterable[dt.date]) -> int | None:
    """The distance in days that most issues keep to the one before; None where they disagree.

    Two or three times the distance agree with it: the issue between may only not be held.
    """
    distances = Counter((after - before).days for before, after in pairwise(days))
    if distances.total() < FEWEST_DISTANCES:
        return None
    usual, often = max(distances.items(), key=lambda item: (item[1], -item[0]))
    agreeing = sum(count for distance, count in distances.items() if distance % usual == 0)
    steady = often >= USUAL * distances.total() and agreeing >= AGREEING * distances.total()
    return usual if steady and usual <= LONGEST_RHYTHM else None


def _gaps(days: Iterable[dt.date], every: Mapping[int, int | None]) -> Iterator[dt.date]:
    """In order of time; within a year, since a rhythm is known of a year."""
    for before, after in pairwise(days):
        distance = every[before.year]
        if distance and before.year == after.year:
            for ahead in range(distance, (after - before).days, distance):
                yield before + dt.timedelta(days=ahead)


def _day(issue: Issue) -> dt.date:
    return issue.date or dt.date.min


def _month(day: dt.date) -> dt.date:
    return day.replace(day=1)
