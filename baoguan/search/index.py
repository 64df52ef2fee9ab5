"""The promises of an index, whichever engine keeps them, and the choice of the engine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from baoguan.errors import UsageError
from baoguan.search.documents import Document
from baoguan.search.query import Query
from baoguan.search.tolerance import possible_only


@dataclass(frozen=True, slots=True)
class Filters:
    """Narrows a search; an empty tuple or None narrows nothing. Both dates are inclusive.

    What is not public is found only by those who ask for it with `closed`.
    Where a date is given, what is undated is left out.
    """

    titles: tuple[str, ...] = ()
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    kinds: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    qualities: tuple[str, ...] = ()  # of QUALITIES
    illustrated: bool | None = None
    persons: tuple[str, ...] = ()  # named in the text, as `Facets` tells them
    places: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    added_since: int = 0  # only of pages searchable since then, in microseconds since 1970
    closed: bool = False  # also what is not public


NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Found:
    """`total` counts all hits; `ids` are those asked for, best first, equals by id.

    Where tolerance was asked for, `possible` counts what is found only by it, and stands behind all
    hits: `limit` and `offset` run over both, `possible_ids` are those of it.
    """

    total: int
    ids: tuple[str, ...]
    possible: int = 0
    possible_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facets:
    """How many hits there are by title, kind, month, direction, quality, pictures and names.

    Months are `1939-04`, in order of time; what is undated is in none. Directions and qualities
    have no key for what has no text. `illustrated` has the keys `yes` and `no`. Names are folded;
    an article counts for each that it names.
    """

    titles: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    months: Mapping[str, int] = field(default_factory=dict)
    directions: Mapping[str, int] = field(default_factory=dict)
    qualities: Mapping[str, int] = field(default_factory=dict)
    illustrated: Mapping[str, int] = field(default_factory=dict)
    persons: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    organisations: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Volume:
    """How much text there is: articles, and the characters printed in them."""

    articles: int
    characters: int


class Index(Protocol):
    """A full-text index of articles, made from the archive and at any time to be made again.

    Every method but `clear` and `close` raises IndexStale where the index was made with another
    schema, dictionary or fold table, and IndexUnavailable where it cannot be reached.
    """

    def replace(self, page: str, documents: Sequence[Document]) -> None:
        """Puts `documents` in the place of all that the index holds of `page`.

        Seen by searches after `commit`. IndexBusy where another process writes.
        """

    def remove(self, page: str) -> None:
        """Takes out all documents of `page`."""

    def commit(self) -> None:
        """Makes everything since the last commit lasting and visible, and lets others write."""

    def search(
        self,
        query: Query,
        filters: Filters = NO_FILTERS,
        limit: int = 20,
        offset: int = 0,
        *,
        tolerant: bool = False,
    ) -> Found:
        """The articles that `query` holds for; `limit` 0 means all of them.

        `tolerant` adds those that it would hold for had a character not been misread.
        """

    def facets(self, query: Query, filters: Filters = NO_FILTERS) -> Facets:
        """Exact counts over all that `search` finds, without tolerance."""

    def volumes(self, query: Query, filters: Filters = NO_FILTERS) -> Mapping[str, Volume]:
        """How much was printed each month (`1939-04`, in order of time) in what `search` finds."""

    def contents(self) -> Mapping[str, str]:
        """Each page in the index and the revision of its reading, as of the last commit."""

    def clear(self) -> None:
        """Empties the index, also a stale one, and makes it of the present analysis.

        Where it was not stale, searches see the old content until the next commit, and all of the
        new content at once.
        """

    def close(self) -> None:
        """Releases files and connections.

        What was not committed is lost, or appears later page by page; `contents` tells which.
        """


YES_NO = {True: "yes", False: "no"}


def terms_of(filters: Filters) -> dict[str, tuple[str, ...]]:
    """The filters that name values, each with the field that has to hold one of them."""
    named = {
        "title": filters.titles,
        "kind": filters.kinds,
        "direction": filters.directions,
        "quality": filters.qualities,
        "illustrated": () if filters.illustrated is None else (YES_NO[filters.illustrated],),
        "person": filters.persons,
        "place": filters.places,
        "organisation": filters.organisations,
    }
    return {field: values for field, values in named.items() if values}


Finding = Callable[[Query, Query, int, int], Found]  # what to find, what ranks it, limit, offset


def find_tolerantly(find: Finding, query: Query, limit: int, offset: int) -> Found:
    """The hits of `query`, and behind them what only its loosened form finds."""
    exact = find(query, query, limit, offset)
    loose = possible_only(query)
    if loose is None:
        return exact
    room = limit - len(exact.ids)
    before = max(0, offset - exact.total)
    more = find(loose, query, room if limit and room else limit and 1, before)
    ids = more.ids if room or not limit else ()
    return Found(exact.total, exact.ids, more.total, ids)


@dataclass(frozen=True, slots=True)
class Access:
    """How a server is asked: by an API key, and trusted by the certificate of its authority."""

    api_key: str = field(default="", repr=False)
    ca_file: str = ""


NO_ACCESS = Access()


def open_index(url: str | Path, access: Access = NO_ACCESS) -> Index:
    """The index at `url`: a folder, or http(s)://[user:password@]host[:port][/prefix].

    Nothing is read or connected yet. UsageError for any other kind of address.
    """
    scheme = str(url).partition("://")[0].lower() if "://" in str(url) else "folder"
    if scheme not in _OPENERS:
        raise UsageError(f"An index is a folder or an http(s) address, not {scheme}://…")
    return _OPENERS[scheme](str(url), access)


def _open_folder(path: str, _access: Access) -> Index:
    from baoguan.search.on_tantivy import TantivyIndex

    return TantivyIndex(Path(path))


def _open_server(url: str, access: Access) -> Index:
    from baoguan.search.on_elasticsearch import ElasticsearchIndex

    return ElasticsearchIndex(url, access)


_OPENERS: Mapping[str, Callable[[str, Access], Index]] = {
    "folder": _open_folder,
    "http": _open_server,
    "https": _open_server,
}
