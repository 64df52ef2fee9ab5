"""Dates as a newspaper says them: of the common era, and of the Republic in its years."""

from __future__ import annotations

import datetime as dt
import re
from calendar import day_name, month_name, monthrange

REPUBLIC = range(1912, 1950)
FIGURES = "〇一二三四五六七八九"
WEEKDAYS_ZH = "一二三四五六日"
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)


def number(n: int) -> str:
    """Up to 99 in Chinese, as dates are printed: 二十三."""
    tens, ones = divmod(n, 10)
    head = ("" if tens == 1 else FIGURES[tens]) + "十" if tens else ""
    return head + (FIGURES[ones] if ones or not tens else "")


def year(n: int) -> str:
    """一九三九."""
    return "".join(FIGURES[int(figure)] for figure in str(n))


def short(date: dt.date | None, lang: str) -> str:
    """1939-04-23, which reads in every language."""
    return (
        date.isoformat() if date else {"en": "undated", "zh-Hans": "日期不详"}.get(lang, "日期不詳")
    )


def long(date: dt.date | None, lang: str) -> str:
    """The date in full, with the year of the Republic where there was one."""
    if date is None:
        return short(date, lang)
    republic = date.year - 1911 if date.year in REPUBLIC else None
    if lang == "en":
        era = f" (Republic {republic})" if republic else ""
        return f"{date.day} {month_name[date.month]} {date.year}{era}"
    era = f"（{_republic(lang)}{number(republic)}年）" if republic else ""
    return f"{date.year}年{date.month}月{date.day}日{era}"


def printed(date: dt.date, lang: str) -> str:
    """As on a masthead: 一九三九年四月二十三日."""
    if lang == "en":
        return long(date, lang)
    return f"{year(date.year)}年{printed_day(date, lang)}"


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
    return f"{number(date.month)}月{number(date.day)}日"


def weekday(date: dt.date, lang: str) -> str:
    if lang == "en":
        return day_name[date.weekday()]
    return "星期" + WEEKDAYS_ZH[date.weekday()]


def weekday_short(date: dt.date, lang: str) -> str:
    """日, Su."""
    if lang == "en":
        return day_name[date.weekday()][:2]
    return WEEKDAYS_ZH[date.weekday()]


def bound(text: str, *, last: bool) -> dt.date | None:
    """The first or last day of the year, month or day written; None for what is no date."""
    if not (found := _DATE.fullmatch(text)):
        return None
    year, month, number = int(found[1]), int(found[2] or (12 if last else 1)), found[3]
    try:
        end = monthrange(year, month)[1] if last else 1
        return dt.date(year, month, int(number) if number else end)
    except ValueError:
        return None


def _republic(lang: str) -> str:
    return "民国" if lang == "zh-Hans" else "民國"
