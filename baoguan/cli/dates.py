"""Days and filters that options name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from baoguan.errors import BadDate

if TYPE_CHECKING:
    from baoguan.calendars import PrintedDate
    from baoguan.search import Filters


TitlesOption = Annotated[list[str] | None, typer.Option(help="Only in this title, by its id.")]
AfterOption = Annotated[
    str, typer.Option("--from", help="Then or later: 1939-04-23, 1939-04, 民國廿八年四月.")
]
UntilOption = Annotated[str, typer.Option("--to", help="Then or earlier.")]


def filters_of(titles: Sequence[str] | None, after: str, until: str) -> Filters:
    from baoguan.search import Filters

    begin, end = _meant(after, "--from"), _meant(until, "--to")
    return Filters(tuple(titles or ()), begin.first if begin else None, end.last if end else None)


def day_of(text: str, option: str) -> tuple[dt.date | None, str]:
    """The day that an option names, and how it is printed, where it is so written."""
    from baoguan.ingest.names import in_words

    meant = _meant(text, option)
    if meant and not meant.day:
        raise BadDate(f"{option} {text} is not one day")
    return (meant.day, in_words(meant.printed)) if meant else (None, "")


def _meant(text: str, option: str) -> PrintedDate | None:
    """The year, month or day that an option names; None where it is not given."""
    from baoguan.calendars import read_date

    if not text:
        return None
    try:
        meant = read_date(text)
    except BadDate as error:
        raise BadDate(f"{option} {text}: {error}", error.position) from error
    if len(meant) > 1:
        years = ", ".join(str(date.first.year) for date in meant)
        raise BadDate(f"{option} {text} may be {years}: name the era too, as in 光緒甲午")
    return meant[0]
