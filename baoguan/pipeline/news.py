"""What came in for a search since somebody last looked, and what came in last.

An article is new for a search if its page became searchable after the last look. The moment is kept
in the catalogue (`arrival`) and does not change when the page is read or indexed again. A look
notes the last arrival and not the clock, so that pages on their way at that moment are new later.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from secrets import token_hex

from baoguan.archive import Archive
from baoguan.collections.hitlists import HitRow
from baoguan.model import SavedSearch, page_of
from baoguan.pipeline.hits import Link, no_link, rows_of
from baoguan.pipeline.indexing import microseconds
from baoguan.search import NO_FILTERS, Filters, filters_of, parse

LATEST_SHOWN = 50
MOST_LOOKED_AT = 1000  # hits of one stretch of time; of more, the best
STRETCHES = tuple(dt.timedelta(days) for days in (1, 7, 30, 365, 3650))
NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def save_search(archive: Archive, name: str, query: str, filters: Mapping[str, str]) -> SavedSearch:
    """Keeps a search; what there is now counts as seen. Raises BadQuery."""
    parse(query)
    now = dt.datetime.now(dt.UTC)
    seen = archive.catalogue.last_arrival() or NEVER
    search = SavedSearch(token_hex(4), name.strip() or query, query, filters, now, seen)
    archive.catalogue.put_saved_search(search)
    return search


def count_new(archive: Archive, search: SavedSearch) -> int:
    """How many articles that answer the search have become searchable since the last look."""
    return archive.index.search(parse(search.query), new_since(search), limit=1).total


def new_since(search: SavedSearch) -> Filters:
    """The search's filters, and only what became searchable after the last look."""
    return replace(filters_of(search.filters), added_since=microseconds(search.seen) + 1)


def look(archive: Archive, search: SavedSearch) -> SavedSearch:
    """Notes that somebody looks now; gives the search as it is kept from here on."""
    seen = replace(search, seen=archive.catalogue.last_arrival() or search.seen)
    archive.catalogue.put_saved_search(seen)
    return seen


def latest(
    archive: Archive,
    words: str,
    filters: Filters = NO_FILTERS,
    *,
    lang: str = "zh-Hant",
    link: Link = no_link,
    limit: int = LATEST_SHOWN,
) -> list[tuple[HitRow, dt.datetime]]:
    """The hits that became searchable last, and when, the newest first.

    Where more than a thousand came in at once, the best of them.
    """
    query = parse(words)
    last = archive.catalogue.last_arrival()
    if last is None:
        return []
    for stretch in (*STRETCHES, None):
        since = microseconds(last - stretch) if stretch else 0
        found = archive.index.search(
            query, replace(filters, added_since=since), limit=MOST_LOOKED_AT
        )
        if found.total >= limit:
            break
    came = archive.catalogue.arrivals({page_of(id_) for id_ in found.ids})
    newest = sorted(found.ids, key=lambda id_: (came.get(page_of(id_), NEVER), id_), reverse=True)
    rows = rows_of(archive, newest[:limit], query, lang=lang, link=link)
    return [(row, came.get(page_of(row.article), NEVER)) for row in rows]
