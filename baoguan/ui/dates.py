"""Dates as a newspaper says them: of the common era, and of the era of the time beside it."""

from __future__ import annotations

import datetime as dt
from calendar import day_name, month_name

from baoguan.calendars import as_printed, era_year, spelt, written

REPUBLIC = dt.date(1912, 1, 1)
WEEKDAYS_ZH = "一二三四五六日"


def short(date: dt.date | None, lang: str) -> str:
    """1939-04-23, which reads in every language."""
    return (
        date.isoformat() if date else {"en": "undated", "zh-Hans": "日期不详"}.get(lang, "日期不詳")
    )


def long(date: dt.date | None, lang: str) -> str:
    """The date in full, with the year of the Republic, or the Qing date, where there was one."""
    if date is None:
        return short(date, lang)
    era = _era(date, lang)
    if lang == "en":
        said = f"{date.day} {month_name[date.month]} {date.year}"
        return f"{said} ({era})" if era else said
    said = f"{date.year}年{date.month}月{date.day}日"
    return f"{said}（{era}）" if era else said


def _era(date: dt.date, lang: str) -> str:
    """Years of the Republic alone, since its days are those of the common era."""
    simplified = lang == "zh-Hans"
    if date < REPUBLIC:
        return as_printed(date, simplified=simplified) if era_year(date) else ""
    year_ = era_year(date, simplified=simplified)
    return f"Republic {date.year - 1911}" if year_ and lang == "en" else year_


def printed(date: dt.date, lang: str) -> str:
    """As on a masthead: 一九三九年四月二十三日."""
    if lang == "en":
        return long(date, lang)
    return f"{spelt(date.year)}年{printed_day(date, lang)}"


def day(date: dt.date, lang: str) -> str:
    """The day of the year, in figures: 4月23日."""
    if lang == "en":
        return f"{date.day} {month_name[date.month]}"
    return f"{date.month}月{date.day}日"


def month(year_: int, month_: int, lang: str) -> str:
    """1939年4月, April 1939."""
    return f"{month_name[month_]} {year_}" if lang == "en" else f"{year_}年{month_}月"


def printed_day(date: dt.date, lang: str) -> str:
    """The day of the year as on a masthead: 四月二十三日."""
    if lang == "en":
        return day(date, lang)
    return f"{written(date.month)}月{written(date.day)}日"


def weekday(date: dt.date, lang: str) -> str:
    if lang == "en":
        return day_name[date.weekday()]
    return "星期" + WEEKDAYS_ZH[date.weekday()]


def weekday_short(date: dt.date, lang: str) -> str:
    """日, Su."""
    if lang == "en":
        return day_name[date.weekday()][:2]
    return WEEKDAYS_ZH[date.weekday()]
