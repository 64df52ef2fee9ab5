"""/kiosk/: the first screen of a kiosk, plain HTML, so that an idle kiosk holds no session.

The scan itself, darkened and slowly drifting, is the attract screen, and the choice of a language
the first touch.
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from baoguan.calendars import spelt
from baoguan.catalogue import PageEntry
from baoguan.ui import dates, links
from baoguan.ui.house import House
from baoguan.ui.language import LANGUAGES, NAMES, language
from baoguan.ui.markup import Html, el, join
from baoguan.ui.shell import head, version

BACKGROUND = 2400  # pixels
SPOKEN = "zh-Hant"  # before a language is chosen, the newspapers' own


def routes(house: House) -> list[Route]:
    async def screen(_request: Request) -> Response:
        page = await run_in_threadpool(attract, house)
        return HTMLResponse(page, headers={"Cache-Control": "no-cache"})

    async def slash(_request: Request) -> Response:
        return RedirectResponse("/kiosk/", 303)

    return [Route("/kiosk", slash), Route("/kiosk/", screen)]


def attract(house: House) -> str:
    say = language(SPOKEN)
    entry = house.shelf().front_today
    body = join(
        el("div", _background(entry), class_="drift", aria_hidden="true"),
        el(
            "main",
            el(
                "div",
                el("h1", say.t("Press history")),
                el("p", say.t("From a wooden block to a screen: touch, and walk into the page.")),
                class_="upright",
            ),
            _today(entry),
            el("nav", [_button(code) for code in LANGUAGES], class_="tongues"),
        ),
    )
    style = f'<link rel="stylesheet" href="{links.asset("kiosk.css", version())}">'
    script = f'<script src="{links.asset("kiosk.js", version())}" defer></script>'
    return (
        f'<!DOCTYPE html><html lang="{SPOKEN}"><head><meta charset="utf-8"><title>報史館</title>'
        f"{head()}{style}{script}</head><body>{body}</body></html>"
    )


def _background(entry: PageEntry | None) -> Html | None:
    if entry is None:
        return None
    return el("img", src=links.crop(entry, None, width=BACKGROUND, height=BACKGROUND), alt="")


def _today(entry: PageEntry | None) -> Html | None:
    if entry is None or entry.date is None:
        return None
    year = f"{spelt(entry.date.year)}年"
    day = dates.printed_day(entry.date, SPOKEN)
    say = language(SPOKEN)
    return el("p", el("small", say.t("Front page of the day")), year, el("br"), day, class_="today")


def _button(code: str) -> Html:
    first = "first" if code == LANGUAGES[0] else None
    return el("a", NAMES[code], href=links.page("", code), lang=code, class_=first)
