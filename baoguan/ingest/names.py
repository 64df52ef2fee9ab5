"""Title, date and pages from a file's name, by patterns such as `{title}_{date}_{page}`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from baoguan.errors import UsageError

FIELDS = {
    "title": r"[^_]+",
    "date": r"\d{4}-\d{1,2}-\d{1,2}|\d{4}\.\d{1,2}\.\d{1,2}|\d{8}",
    "page": r"\d{1,5}",
    "anything": r".+?",
}


@dataclass(frozen=True, slots=True)
class Named:
    """What a name tells; empty or None where it does not. Two pages are a fold."""

    title: str = ""
    date: dt.date | None = None
    pages: tuple[int, ...] = ()


def named(stem: str, patterns: Iterable[str]) -> Named:
    """Read a file's name without its suffix by the first pattern that fits all of it.

    `{page}+{page}` is a fold of two facing pages. Raises UsageError for a pattern with an unknown
    field.
    """
    for pattern in patterns:
        match = _compiled(pattern).fullmatch(stem)
        if match:
            fields = match.groupdict()
            date = parse_date(fields.get("date") or "")
            if date or "date" not in fields:
                pages = [int(fields[key]) for key in ("page", "page2") if fields.get(key)]
                return Named(fields.get("title") or "", date, tuple(pages))
    return Named()


def parse_date(text: str) -> dt.date | None:
    """1939-04-23, 1939.4.23 or 19390423; None for anything else, also for a day that never was."""
    match = re.fullmatch(r"(\d{4})(?:([-.])(\d{1,2})\2(\d{1,2})|(\d{2})(\d{2}))", text)
    if not match:
        return None
    year, _, month, day, month2, day2 = match.groups()
    try:
        return dt.date(int(year), int(month or month2), int(day or day2))
    except ValueError:
        return None


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
