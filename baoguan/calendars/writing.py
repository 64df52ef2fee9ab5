"""From a day to the date that newspapers of the time printed."""

from __future__ import annotations

import datetime as dt

from baoguan.calendars.eras import ERAS, Era
from baoguan.calendars.lunisolar import lunar_day
from baoguan.calendars.numbers import spelt, written

LAST_REPUBLICAN = dt.date(1949, 9, 30)  # since 1949-10-01 mainland newspapers print the common era
_CHINESE = ("咸豐", "同治", "光緒", "宣統", "民國")
_SIMPLER = str.maketrans("豐緒統國閏", "丰绪统国闰")


def as_printed(date: dt.date, *, simplified: bool = False) -> str:
    """民國二十八年四月二十三日, 光緒三十年正月初一日, 一九五〇年一月一日.

    The era that mainland China counted by; years before 1851 and since October 1949 are of the
    common era.
    """
    era = _era(date)
    if era is None:
        return f"{spelt(date.year)}年{written(date.month)}月{written(date.day)}日"
    said = _lunar(era, date) if era.lunisolar else _solar(era, date)
    return said.translate(_SIMPLER) if simplified else said


def era_year(date: dt.date, *, simplified: bool = False) -> str:
    """民國二十八年, 光緒三十年; empty where as_printed counts by the common era."""
    era = _era(date)
    if era is None:
        return ""
    said = _year(era, lunar_day(date).year if era.lunisolar else date.year)
    return said.translate(_SIMPLER) if simplified else said


def _era(date: dt.date) -> Era | None:
    if date > LAST_REPUBLICAN:
        return None
    eras = (e for e in reversed(ERAS) if e.name in _CHINESE and e.first <= date <= e.last)
    return next(eras, None)


def _year(era: Era, year: int) -> str:
    count = year - era.before
    return f"{era.name}{'元' if count == 1 else written(count)}年"


def _solar(era: Era, date: dt.date) -> str:
    return f"{_year(era, date.year)}{written(date.month)}月{written(date.day)}日"


def _lunar(era: Era, date: dt.date) -> str:
    day = lunar_day(date)
    month = "正" if day.month == 1 else written(day.month)
    count = ("初" if day.day <= 10 else "") + written(day.day)
    return f"{_year(era, day.year)}{'閏' if day.leap else ''}{month}月{count}日"
