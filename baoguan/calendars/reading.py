"""From a date as printed to days: which calendar it is of, and what it may mean."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from baoguan.calendars import lunisolar
from baoguan.calendars.eras import COMMON, JAPAN_GREGORIAN, NAMES, Era, eras_of
from baoguan.calendars.numbers import SIGNS, number
from baoguan.errors import BadDate

FIRST_YEAR = 1872  # of newspapers in Chinese as we hold them; a name of the cycle means later years
LONGEST = 60  # characters


class Calendar(StrEnum):
    GREGORIAN = "gregorian"
    LUNISOLAR = "lunisolar"


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """The days that a date means, both inclusive: a year, a month, or one day."""

    printed: str
    calendar: Calendar
    first: dt.date
    last: dt.date

    @property
    def day(self) -> dt.date | None:
        """The day, where it is one."""
        return self.first if self.first == self.last else None


def read_date(text: str, today: dt.date | None = None) -> tuple[PrintedDate, ...]:
    """What `text` may mean, the earliest first: several only for a bare name of the cycle (甲午).

    Understood are 1939, 1939-04, 1939.4.23, 19390423, 一九三九年四月, years of the eras
    (民國廿八年四月廿三日, 光緒三十年正月初一, 昭和14年), the cycle (甲午, 光緒甲午年七月)
    and the lunisolar calendar beside a solar year (民國廿八年農曆三月初四); also two dates of one
    day that follow each other, as mastheads print them. Raises BadDate, with the place.
    """
    if len(text) > LONGEST:
        raise BadDate(f"A date is no longer than {LONGEST} characters.", LONGEST)
    signs, places = _plain(text)
    if not signs:
        raise BadDate("A date is missing here.")
    try:
        spans = _Reader(signs, today or dt.date.today()).whole()
    except BadDate as error:
        raise BadDate(str(error), places[min(error.position, len(signs))]) from error
    printed = unicodedata.normalize("NFC", text.strip())
    return tuple(PrintedDate(printed, *span) for span in sorted(spans, key=lambda s: s[1:]))


def bound(text: str, *, last: bool) -> dt.date | None:
    """The first or last day of a year, month or day, also as printed; None for what is no date.

    Of a name of the cycle (甲午) the first such year, and the last.
    """
    try:
        meant = read_date(text)
    except BadDate:
        return None
    return meant[-1].last if last else meant[0].first


_Span = tuple[Calendar, dt.date, dt.date]


def _plain(text: str) -> tuple[str, list[int]]:
    """`text` in half width and without spaces, and the place of each character and of the end."""
    kept = [(place, sign) for place, sign in enumerate(map(_narrow, text)) if not sign.isspace()]
    return "".join(sign for _, sign in kept), [*(place for place, _ in kept), len(text)]


def _narrow(sign: str) -> str:
    if sign == "○":
        return sign
    narrow = unicodedata.normalize("NFKC", sign)
    return narrow if len(narrow) == 1 else sign


_N = f"[{SIGNS}]"
_STATE = re.compile("大?[清淸](?:國|国|朝)?|大?日本(?:帝?[國国])?|大?[滿满][洲州](?:帝?[國国])?")
_LUNAR = re.compile("[農农夏陰阴舊旧古][曆历歷暦]|[農农夏陰阴舊旧]")
_SOLAR = re.compile("[陽阳國国新西公][曆历歷暦]|[陽阳](?![元])")
_ERA = re.compile("|".join(sorted(NAMES, key=len, reverse=True)))
_YEAR = re.compile(f"({_N}+)(?:年|$)")
_CYCLE = re.compile(f"(?:[歲岁][次在])?([{lunisolar.STEMS}])([{lunisolar.BRANCHES}])年?")
_MONTH = re.compile(f"([閏闰])?(正|冬|[臘腊]|{_N}+)月份?")
_DAY = re.compile(f"(初)?({_N}+)[日號号]?")
_JOINT = re.compile("[,、/()（）·]|即")
_FIGURES = re.compile(r"(\d{1,4})(?:([-./])(\d{1,2})(?:\2(\d{1,2}))?)?", re.ASCII)
_EIGHT = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_NAMED_MONTHS = {"正": 1, "冬": 11, "臘": 12, "腊": 12}


@dataclass(slots=True)
class _Parts:
    """What has been read of one date; 0 and "" where it does not tell."""

    era: str = ""
    year: int | None = None
    cycle: str = ""
    calendar: Calendar | None = None
    leap: bool = False
    month: int = 0
    day: int = 0
    lunar_signs: bool = False  # 初, 正月, 閏: only said of the lunisolar calendar

    @property
    def lunisolar(self) -> bool:
        return self.calendar is Calendar.LUNISOLAR or (self.calendar is None and self.lunar_signs)


class _Reader:
    """Reads from left to right; `at` is where it stands."""

    def __init__(self, text: str, today: dt.date) -> None:
        self._text, self._today, self._at = text, today, 0

    def whole(self) -> set[_Span]:
        spans = self._date()
        while self._at < len(self._text):
            begins = self._at
            self._take(_JOINT)
            if self._at == len(self._text) and begins < self._at:
                break
            spans = _both(spans, self._date(), begins)
        return spans

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self._text, self._at)
        if found:
            self._at = found.end()
        return found

    def _date(self) -> set[_Span]:
        begins = self._at
        parts = _Parts()
        self._take(_STATE)
        self._marker(parts)
        if era := self._take(_ERA):
            parts.era = NAMES[era[0]]
        if not self._in_figures(parts):
            self._in_words(parts)
        if self._at == begins or not (parts.era or parts.year is not None or parts.cycle):
            raise BadDate(_NOT_A_DATE if not parts.month else _NO_YEAR, self._at)
        try:
            return set(_meant(parts, self._today))
        except BadDate as error:
            raise BadDate(str(error), begins) from error

    def _marker(self, parts: _Parts) -> None:
        if self._take(_LUNAR):
            parts.calendar = Calendar.LUNISOLAR
        elif not _ERA.match(self._text, self._at) and self._take(_SOLAR):
            parts.calendar = Calendar.GREGORIAN

    def _in_figures(self, parts: _Parts) -> bool:
        """1939-04-23 and 民28.4.23: all that is left."""
        found = _EIGHT.fullmatch(self._text, self._at)
        if found:
            year, month, day = found.groups()
        elif found := _FIGURES.fullmatch(self._text, self._at):
            year, _, month, day = found.groups()
        else:
            return False
        if not parts.era and len(year) < 4:
            raise BadDate(_WHICH_ERA, self._at)
        parts.year = int(year)
        parts.month, parts.day = _given(month, self._at), _given(day, self._at)
        self._at = len(self._text)
        return True

    def _in_words(self, parts: _Parts) -> None:
        begins = self._at
        for _ in range(2):  # 歲次甲午 stands before or behind the year's number
            if not parts.cycle and (cycle := self._take(_CYCLE)):
                parts.cycle = self._cycle(cycle)
            if parts.year is None and (year := self._take(_YEAR)):
                parts.year = self._number(year[1], begins)
        if parts.year is not None and parts.year < 100 and not parts.era:
            raise BadDate(_WHICH_ERA, begins)
        if parts.calendar is None:
            self._marker(parts)
        if not parts.cycle and (cycle := self._take(_CYCLE)):
            parts.cycle = self._cycle(cycle)
        self._month_and_day(parts)

    def _month_and_day(self, parts: _Parts) -> None:
        begins = self._at
        if not (month := self._take(_MONTH)):
            return
        named = _NAMED_MONTHS.get(month[2])
        parts.month = named or self._number(month[2], begins)
        parts.leap = bool(month[1])
        if not 1 <= parts.month <= 12:
            raise BadDate(_NO_SUCH_DAY, begins)
        begins = self._at
        if day := self._take(_DAY):
            parts.day = self._number(day[2], begins)
            if not 1 <= parts.day <= (10 if day[1] else 31):
                raise BadDate(_NO_SUCH_DAY, begins)
        parts.lunar_signs = bool(named or month[1] or (day and day[1]))

    def _cycle(self, found: re.Match[str]) -> str:
        name = found[1] + found[2]
        if name not in lunisolar.CYCLE:
            raise BadDate(f"{name} is none of the sixty names of years.", found.start(1))
        return name

    def _number(self, written: str, place: int) -> int:
        value = number(written)
        if value is None:
            raise BadDate(f"{written} is not a number.", place)
        return value


_NOT_A_DATE = (
    "A date is written 1939, 1939-04, 1939-04-23, 民國廿八年四月廿三日 or 光緒三十年正月初一."
)
_WHICH_ERA = "Of which era is this year? Write 1939, 民國28年 or 光緒三十年."
_NO_YEAR = "The year is missing before this month."
_NO_SUCH_DAY = "There is no such day."


def _given(figures: str | None, place: int) -> int:
    """A month or day in figures, which is not 0; 0 where it is not told."""
    if figures and not int(figures):
        raise BadDate(_NO_SUCH_DAY, place)
    return int(figures or 0)


def _both(one: set[_Span], other: set[_Span], place: int) -> set[_Span]:
    """Of two dates that are said of the same day, the readings that agree; those of the first."""
    agreed = {a for a in one for b in other if a[1] <= b[2] and b[1] <= a[2]}
    if not agreed:
        raise BadDate("This date is not of the same day as the one before it.", place)
    return agreed


def _meant(parts: _Parts, today: dt.date) -> Iterator[_Span]:
    eras = eras_of(parts.era or COMMON.name)
    found = [span for era in eras for span in _in_era(parts, era, today)]
    if not found and not parts.era:
        raise BadDate(_NO_SUCH_DAY)
    if not found:
        told = ", ".join(f"{era.first} to {_end(era)}" for era in eras)
        raise BadDate(f"{parts.era} had no such day; it ran from {told}.")
    yield from found


def _in_era(parts: _Parts, era: Era, today: dt.date) -> Iterator[_Span]:
    solar_default = not era.lunisolar and not (parts.cycle and parts.year is None)
    lunar = parts.lunisolar or (parts.calendar is None and not solar_default)
    for year in _years(parts, era, today):
        if lunar:
            calendar_ = Calendar.LUNISOLAR
            days = lunisolar.days_of(year, parts.month, parts.day, leap=parts.leap)
        else:
            calendar_ = Calendar.GREGORIAN
            days = _gregorian(parts, era, year)
        first, last = max(days[0], era.first), min(days[1], era.last)
        if first <= last:
            yield calendar_, first, last


def _years(parts: _Parts, era: Era, today: dt.date) -> list[int]:
    """The years of the common era that the year, or the name of the cycle, may be."""
    if parts.year is not None:
        year = era.before + parts.year
        if parts.cycle and parts.cycle not in _names(parts, year):
            raise BadDate(f"That year is {lunisolar.cycle_name(year)}, not {parts.cycle}.")
        return [year] if parts.year else []
    first, last = max(era.first.year, FIRST_YEAR), min(era.last.year, today.year)
    if parts.era and not parts.cycle:
        raise BadDate(f"The year of {parts.era} is missing.")
    years = [y for y in range(first, last + 1) if lunisolar.cycle_name(y) == parts.cycle]
    return [y for y in years if lunisolar.days_of(y)[0] <= today]


def _names(parts: _Parts, year: int) -> set[str]:
    """In January and February the lunisolar year may still be the last."""
    early = 1 <= parts.month <= 2 and not parts.lunisolar
    return {lunisolar.cycle_name(y) for y in ((year, year - 1) if early else (year,))}


def _gregorian(parts: _Parts, era: Era, year: int) -> tuple[dt.date, dt.date]:
    if parts.leap:
        raise BadDate("There is a leap month in the lunisolar calendar alone.")
    if era.name == "明治" and parts.month and year < JAPAN_GREGORIAN.year:
        raise BadDate("Until 1872 Japan had a lunisolar calendar of its own: write the year alone.")
    try:
        first = dt.date(year, parts.month or 1, parts.day or 1)
    except ValueError as error:
        raise BadDate(_NO_SUCH_DAY) from error
    if parts.day:
        return first, first
    month = parts.month or 12
    return first, dt.date(year, month, calendar.monthrange(year, month)[1])


def _end(era: Era) -> str:
    return "today" if era.last == dt.date.max else str(era.last)
