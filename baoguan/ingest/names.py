"""Title, date and pages from a file's name, by patterns such as `{title}_{date}_{page}`."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from baoguan.calendars import read_date
from baoguan.errors import BadDate, UsageError

FIELDS = {
    "title": r"[^_]+",
    "date": r"\d{4}-\d{1,2}-\d{1,2}|\d{4}\.\d{1,2}\.\d{1,2}|\d{8}|[^_]*年[^_]*",
    "page": r"\d{1,5}",
    "anything": r".+?",
}


@dataclass(frozen=True, slots=True)
class Named:
    """What a name tells; empty or None where it does not. Two pages are a fold.

    `printed` is the date in words, where the name has it so: 光緒三十年正月初一.
    """

    title: str = ""
    date: dt.date | None = None
    pages: tuple[int, ...] = ()
    printed: str = ""


def named(stem: str, patterns: Iterable[str]) -> Named:
    """Read a file's name without its suffix by the first pattern that fits all of it.

    `{page}+{page}` is a fold of two facing pages. Raises UsageError for a pattern with an unknown
    field.
    """
    for pattern in patterns:
        match = _compiled(pattern).fullmatch(stem)
        if match:
            fields = match.groupdict()
            written = fields.get("date") or ""
            date = parse_date(written)
            if date or "date" not in fields:
                pages = [int(fields[key]) for key in ("page", "page2") if fields.get(key)]
                return Named(fields.get("title") or "", date, tuple(pages), in_words(written))
    return Named()


def parse_date(text: str) -> dt.date | None:
    """The day that 1939-04-23, 1939.4.23, 19390423 or 民國廿八年四月廿三日 is.

    None for anything else: a month, a day that never was, a year of the cycle that may be several.
    """
    try:
        meant = read_date(text)
    except BadDate:
        return None
    return meant[0].day if len(meant) == 1 else None


def in_words(date: str) -> str:
    """The date as printed, where it is so written; empty for one in figures alone."""
    return "" if re.fullmatch(r"[\d./-]*", date, re.ASCII) else unicodedata.normalize("NFC", date)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    seen: list[str] = []

    def group(match: re.Match[str]) -> str:
        name = match[1]
        if name not in FIELDS:
            raise UsageError(
                f"name pattern {pattern!r}: {{{name}}} is none of {', '.join(map(str, FIELDS))}"
            )
        if name == "anything":
            return FIELDS[name]
        seen.append(name)
        key = name if seen.count(name) == 1 else f"{name}{seen.count(name)}"
        return f"(?P<{key}>{FIELDS[name]})"

    parts = re.split(r"(\{\w+\})", pattern)
    return re.compile(
        "".join(
            re.sub(r"\{(\w+)\}", group, part) if part.startswith("{") else re.escape(part)
            for part in parts
        )
    )
