"""What a search found, to take away or to follow; the address is that of the search page.

    /export/search.csv?q=…     also .jsonl, .ris, .txt: every hit, as it is read
    /feeds/search?q=…          Atom: what came in last; nothing has to be saved for it
    /feeds/saved/{id}          Atom: the same for a saved search

Served where the search page is, and showing what that shows: research and console, not the kiosk.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from baoguan.collections.atom import MEDIA_TYPE, Entry, Feed, atom, newest
from baoguan.collections.hitlists import WRITERS, HitRow, citation
from baoguan.errors import BadQuery, NotFound, SearchError
from baoguan.model import SavedSearch
from baoguan.pipeline import hit_rows, latest
from baoguan.search import Document
from baoguan.ui import links
from baoguan.ui.house import House, Role
from baoguan.ui.language import language
from baoguan.ui.routes.pages import language_of
from baoguan.ui.views.facets import asked
from baoguan.ui.visit import Visit

MEDIA_TYPES = {
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "ris": "application/x-research-info-systems",
    "txt": "text/plain",
}
FEED_SECONDS = 300  # how long a reader of feeds may keep one


def routes(house: House) -> list[Route]:
    if house.role is Role.KIOSK:
        return []
    served = _Hits(house)
    return [
        Route("/export/search.{form}", served.export),
        Route("/feeds/search", served.feed),
        Route("/feeds/saved/{id}", served.saved),
    ]


class _Hits:
    def __init__(self, house: House) -> None:
        self._house = house

    async def export(self, request: Request) -> Response:
        return await run_in_threadpool(_answer, self._export, request)

    async def feed(self, request: Request) -> Response:
        return await run_in_threadpool(_answer, self._feed, request)

    async def saved(self, request: Request) -> Response:
        return await run_in_threadpool(_answer, self._saved, request)

    def _export(self, request: Request) -> Response:
        form = request.path_params["form"]
        if form not in WRITERS:
            raise NotFound(f"lists are {', '.join(WRITERS)}, not {form}")
        visit = self._visit(request, request.query_params)
        what = asked(visit)
        rows = hit_rows(
            self._house.archive,
            what.q,
            what.filters(),
            tolerant=True,
            lang=visit.lang,
            link=_links(request, visit, what.q),
        )
        return StreamingResponse(
            WRITERS[form](rows),
            media_type=f"{MEDIA_TYPES[form]}; charset=utf-8",
            headers={
                "Content-Disposition": f'attachment; filename="baoguan-hits.{form}"',
                "Cache-Control": "no-store",
            },
        )

    def _feed(self, request: Request) -> Response:
        kept = {k: v for k, v in request.query_params.items() if k not in ("lang", "n")}
        return self._told(request, kept, kept.get("q", ""), _key(kept))

    def _saved(self, request: Request) -> Response:
        search = self._house.archive.catalogue.saved_search(request.path_params["id"])
        return self._told(request, address_of(search), search.name, f"saved {search.id}")

    def _told(
        self, request: Request, asked_for: Mapping[str, str], name: str, key: str
    ) -> Response:
        visit = self._visit(request, asked_for)
        what = asked(visit)
        link = _links(request, visit, what.q)
        rows = latest(self._house.archive, what.q, what.filters(), lang=visit.lang, link=link)
        feed = Feed(
            key=f"feed {key}",
            title=f"{name} · {visit.t('Search')} · 报馆",
            author="报馆",
            link=_absolute(request, visit.link("search", **asked_for)),
            own_link=str(request.url),
            language=visit.lang,
            updated=newest((came for _, came in rows), dt.datetime(1970, 1, 1, tzinfo=dt.UTC)),
            entries=tuple(_entry(row, came) for row, came in rows),
        )
        headers = {"Cache-Control": f"max-age={FEED_SECONDS}"}
        return Response(atom(feed), media_type=f"{MEDIA_TYPE}; charset=utf-8", headers=headers)

    def _visit(self, request: Request, params: Mapping[str, str]) -> Visit:
        lang = language_of(request, self._house)
        return Visit(self._house, language(lang), dict(params))


def address_of(search: SavedSearch) -> dict[str, str]:
    """What the address of the search page says for a saved search."""
    return {"q": search.query, **search.filters}


def _answer(make: Callable[[Request], Response], request: Request) -> Response:
    try:
        return make(request)
    except BadQuery as error:
        return PlainTextResponse(f"{error} (character {error.position + 1})\n", 400)
    except NotFound as error:
        return PlainTextResponse(f"{error}\n", 404)
    except SearchError as error:
        return PlainTextResponse(f"{error}\n", 503, headers={"Retry-After": "60"})


def _links(request: Request, visit: Visit, q: str) -> Callable[[Document, bool], str]:
    def link(document: Document, possible: bool) -> str:
        near = "1" if possible else ""
        return _absolute(
            request,
            links.reader(visit.lang, document.page, q=q, article=document.id, near=near),
        )

    return link


def _absolute(request: Request, path: str) -> str:
    return str(request.base_url).rstrip("/") + path


def _key(kept: Mapping[str, str]) -> str:
    return "&".join(f"{name}={kept[name]}" for name in sorted(kept) if kept[name])


def _entry(row: HitRow, came: dt.datetime) -> Entry:
    return Entry(
        key=f"article {row.article}",
        title=citation(row),
        summary=f"…{row.before}{row.hit}{row.after}…",
        link=row.link,
        updated=came,
    )
