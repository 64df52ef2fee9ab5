"""GET /trends.csv?q=甲,乙&by=year: the numbers of the chart."""

from __future__ import annotations

import csv
import io

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from baoguan.errors import BadQuery, SearchError
from baoguan.search import trend_rows
from baoguan.ui.house import House, Role
from baoguan.ui.series import compared, counted

PATH = "/trends.csv"
_BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheets take Chinese for noise
_FORMULA = ("=", "+", "-", "@")


def routes(house: House) -> list[Route]:
    async def numbers(request: Request) -> Response:
        return await run_in_threadpool(_answer, house, request)

    return [] if house.role is Role.KIOSK else [Route(PATH, numbers)]


def _answer(house: House, request: Request) -> Response:
    what = compared(lambda name: request.query_params.get(name, ""))
    try:
        found = counted(house.archive, what)
    except BadQuery as error:
        return JSONResponse({"error": str(error), "place": error.position}, 400)
    except SearchError as error:
        return JSONResponse({"error": str(error)}, 503)
    text = io.StringIO()
    writer = csv.writer(text)
    for row in trend_rows(what.words, found):
        writer.writerow([_harmless(cell) for cell in row])
    return Response(
        _BYTE_ORDER_MARK + text.getvalue(),
        media_type="text/csv",
        headers={"Content-Disposition": 'attachment; filename="trends.csv"'},
    )


def _harmless(cell: str) -> str:
    """A spreadsheet reckons what begins with such a sign."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
