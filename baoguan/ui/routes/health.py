"""GET /health: 200 when pages can be shown, 503 when not."""

from __future__ import annotations

from importlib.metadata import version

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from baoguan.ui.house import House


def routes(house: House) -> list[Route]:
    async def health(_request: Request) -> JSONResponse:
        status, body = await run_in_threadpool(report, house)
        return JSONResponse(body, status, headers={"Cache-Control": "no-store"})

    return [Route("/health", health)]


def report(house: House) -> tuple[int, dict[str, object]]:
    said: dict[str, object] = {"version": version("baoguan"), "role": str(house.role)}
    try:
        counts = house.archive.catalogue.counts()
    except Exception as error:  # noqa: BLE001 - whatever it is, pages cannot be shown
        return 503, {"status": "unavailable", "reason": str(error).splitlines()[0], **said}
    return 200, {
        "status": "ok",
        **said,
        "titles": counts.titles,
        "issues": counts.issues,
        "pages": counts.pages,
        "waiting_for_index": counts.waiting_for_index,
    }
