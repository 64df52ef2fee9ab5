"""The Chinese lunisolar calendar (農曆, 時憲曆 until 1911), 1850 to 2050, from a table of months.

The months are those of lunar-python (MIT, github.com/6tail/lunar-python), whose algorithm is Xu
Jianwei's 壽星天文曆; `python -m baoguan.calendars.table` writes them down, so that nothing has to
be computed when a date is read. tests/calendars hold every month to that library, and those from
1900 to borax (MIT), which keeps the tables of the Hong Kong Observatory.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from baoguan.errors import BadDate

TABLE = Path(__file__).parent / "months.txt"
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
CYCLE = tuple(STEMS[n % 10] + BRANCHES[n % 12] for n in range(60))


@dataclass(frozen=True, slots=True, order=True)
class LunarDay:
    """A day of the lunisolar calendar; `year` is the year of the common era in which it begins."""

    year: int
    month: int
    day: int
    leap: bool = False  # whether the month is the one put in after the month of this number


@dataclass(frozen=True, slots=True)
class _Month:
    first: dt.date
    days: int
    year: int
    month: int
    leap: bool

    @property
    def last(self) -> dt.date:
        return self.first + dt.timedelta(self.days - 1)


def lunar_day(date: dt.date) -> LunarDay:
    """Raises BadDate outside 1850-02-12 to 2051-02-10."""
    months, firsts = _months(), _firsts()
    at = bisect_right(firsts, date) - 1
    if at < 0 or date > months[at].last:
        raise BadDate(f"The table of the lunisolar calendar does not reach {date}.")
    found = months[at]
    return LunarDay(found.year, found.month, (date - found.first).days + 1, found.leap)


def days_of(
    year: int, month: int = 0, day: int = 0, *, leap: bool = False
) -> tuple[dt.date, dt.date]:
    """The first and the last day of a year, month or day; raises BadDate where there is none."""
    months = _by_year().get(year)
    if months is None:
        raise BadDate(f"The table of the lunisolar calendar does not reach the year {year}.")
    if not month:
        return months[0].first, months[-1].last
    found = next((m for m in months if (m.month, m.leap) == (month, leap)), None)
    if found is None:
        inserted = next((m.month for m in months if m.leap), None)
        has = f"the leap month of that year is 閏{inserted}月" if inserted else "it has none"
        raise BadDate(
            f"There is no 閏{month}月 in {cycle_name(year)} ({year}): {has}."
            if leap
            else f"There is no month {month}."
        )
    if not day:
        return found.first, found.last
    if day > found.days:
        raise BadDate(
            f"That month of {cycle_name(year)} ({year}) had {found.days} days, not {day}."
        )
    date = found.first + dt.timedelta(day - 1)
    return date, date


def cycle_name(year: int) -> str:
    """The name in the cycle of sixty of the year that begins in `year`: 甲午 for 1894."""
    return CYCLE[(year - 4) % 60]


@cache
def _months() -> tuple[_Month, ...]:
    return tuple(
        month
        for line in TABLE.read_text("ascii").splitlines()
        if not line.startswith("#")
        for month in _year(line)
    )


def _year(line: str) -> list[_Month]:
    year, new_year, leap_after, lengths = line.split()
    numbers = [(number, False) for number in range(1, 13)]
    if after := int(leap_after):
        numbers.insert(after, (after, True))
    first, months = dt.date.fromisoformat(new_year), []
    for (number, leap), long in zip(numbers, lengths, strict=True):
        days = 29 + int(long)
        months.append(_Month(first, days, int(year), number, leap))
        first += dt.timedelta(days)
    return months


@cache
def _firsts() -> tuple[dt.date, ...]:
    return tuple(month.first for month in _months())


@cache
def _by_year() -> dict[int, list[_Month]]:
    years: dict[int, list[_Month]] = {}
    for month in _months():
        years.setdefault(month.year, []).append(month)
    return years
