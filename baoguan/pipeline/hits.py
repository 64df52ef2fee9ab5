"""All hits of a search, however many, as rows to take away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from urllib.parse import quote, urlencode

from baoguan.archive import Archive
from baoguan.calendars import as_printed
from baoguan.collections.hitlists import HitRow
from baoguan.errors import NotFound
from baoguan.model import Issue
from baoguan.search import Document, Filters, Query, loosened, parse, snippet

AT_ONCE = 200  # articles looked up together
Link = Callable[[Document, bool], str]  # the address of an article; whether it is only possible


def no_link(_document: Document, _possible: bool) -> str:
    return ""


def reader_address(document: Document, words: str, *, possible: bool, server: str = "") -> str:
    """Where the reader shows the article with its hits, on a server such as http://host:8501."""
    asked = {"page": document.page, "q": words, "article": document.id}
    near = {"near": "1"} if possible else {}
    return f"{server}/reader?{urlencode(asked | near, quote_via=quote)}"


def hit_rows(
    archive: Archive,
    words: str,
    filters: Filters | None = None,
    *,
    tolerant: bool = False,
    limit: int = 0,
    lang: str = "zh-Hant",
    link: Link = no_link,
) -> Iterator[HitRow]:
    """A row for each hit, best first, those that are only possible last; `limit` 0 gives all.

    The index is asked before this returns, texts are read as rows are taken. What is no longer in
    the archive is left out. Raises BadQuery, IndexStale or IndexUnavailable.
    """
    query = parse(words)
    found = archive.index.search(query, filters or Filters(), limit=limit, tolerant=tolerant)
    rows = _Rows(archive, lang, link)

    def taken() -> Iterator[HitRow]:
        yield from rows.of(found.ids, query, possible=False)
        yield from rows.of(found.possible_ids, loosened(query), possible=True)

    return taken()


def rows_of(
    archive: Archive, ids: Sequence[str], query: Query, *, lang: str, link: Link
) -> Iterator[HitRow]:
    """A row for each of these articles that the archive holds, in their order."""
    return _Rows(archive, lang, link).of(ids, query, possible=False)


class _Rows:
    def __init__(self, archive: Archive, lang: str, link: Link) -> None:
        self._archive, self._link = archive, link
        self._name = cache(lambda title: archive.catalogue.title(title).name(lang))
        self._issue = cache(self._find_issue)

    def of(self, ids: Sequence[str], query: Query, *, possible: bool) -> Iterator[HitRow]:
        for start in range(0, len(ids), AT_ONCE):
            some = ids[start : start + AT_ONCE]
            held = {document.id: document for document in self._archive.documents(some)}
            for id_ in some:
                if id_ in held:
                    yield self._row(held[id_], query, possible=possible)

    def _row(self, document: Document, query: Query, *, possible: bool) -> HitRow:
        piece = snippet(query, document.text)
        start, end = piece.marks[0] if piece.marks else (0, 0)
        issue = self._issue(document.issue)
        printed = issue.printed if issue else ""
        return HitRow(
            article=document.id,
            title=self._name(document.title),
            date=document.date,
            printed=printed or (as_printed(document.date) if document.date else ""),
            edition=issue.edition if issue else "",
            page=document.number,
            kind=document.kind,
            headline=document.headline,
            before=piece.text[:start],
            hit=piece.text[start:end],
            after=piece.text[end:],
            possible=possible,
            link=self._link(document, possible),
        )

    def _find_issue(self, id_: str) -> Issue | None:
        try:
            return self._archive.catalogue.issue(id_)
        except NotFound:
            return None
