"""The first answer to the address of a page, and to one that is none."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from baoguan.ui import links
from baoguan.ui.house import House, Role
from baoguan.ui.language import choose, language
from baoguan.ui.markup import Html, el
from baoguan.ui.shell import head, shell


def routes(house: House, names: tuple[str, ...]) -> list[Route]:
    """`names` are the pages of this role; the entrance is ''."""

    async def page(request: Request) -> Response:
        lang = language_of(request, house)
        if (
            house.role is Role.KIOSK
            and request.url.path == "/"
            and "lang" not in request.query_params
        ):
            return RedirectResponse("/kiosk/", 303)
        return HTMLResponse(shell(lang, str(house.role)), headers={"Cache-Control": "no-cache"})

    async def missing(request: Request) -> Response:
        return HTMLResponse(not_found(language_of(request, house)), 404)

    return [*(Route(f"/{name}", page) for name in names), Route("/{name}", missing)]


def language_of(request: Request, house: House) -> str:
    return choose(
        request.query_params.get("lang"),
        request.headers.get("accept-language", ""),
        house.archive.settings.language,
    )


def not_found(lang: str) -> str:
    say = language(lang)
    body = el(
        "main",
        el("h1", say.t("There is no such page")),
        el("p", say.t("The address may be mistyped, or the page has moved.")),
        el("p", el("a", say.t("To the entrance"), href=links.page("", lang), class_="go")),
        class_="bg-state",
    )
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">'
        f"<title>{Html(say.t('There is no such page'))} · 报馆</title>{head()}</head>"
        f'<body class="bg">{body}</body></html>'
    )
