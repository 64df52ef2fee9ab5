"""Filters as they are written in the address of the search page, and kept with a saved search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from baoguan.calendars import bound
from baoguan.model import ArticleKind, Direction
from baoguan.search.documents import QUALITIES
from baoguan.search.index import Filters

YES_NO = {"yes": True, "no": False}


def filters_of(asked: Mapping[str, str]) -> Filters:
    """What makes no sense narrows nothing."""

    def one(name: str, known: Iterable[str] | None = None) -> tuple[str, ...]:
        value = asked.get(name, "")
        fits = bool(value) and (known is None or value in {str(v) for v in known})
        return (value,) if fits else ()

    return Filters(
        titles=one("paper"),
        date_from=bound(asked.get("since", ""), last=False),
        date_to=bound(asked.get("until", ""), last=True),
        kinds=one("kind", ArticleKind),
        directions=one("set", Direction),
        qualities=one("sure", QUALITIES),
        illustrated=YES_NO.get(asked.get("pictures", "")),
        persons=one("person"),
        places=one("place"),
    )
