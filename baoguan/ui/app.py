"""One Starlette application per role: Streamlit's pages and our own routes, behind our headers."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from baoguan.errors import SearchError
from baoguan.settings import Settings
from baoguan.ui.configure import configure
from baoguan.ui.house import House, Role, open_house
from baoguan.ui.routes import assets, clips, health, hits, iiif, kiosk, pages, trends
from baoguan.ui.security import SecurityHeaders
from baoguan.ui.stage import broke_down

SCRIPT = Path(__file__).parent / "main.py"
VISITOR_PAGES = ("", "exhibits", "exhibit", "gallery", "reader")
_ASKING = ("search", "asking", "trends", "alike", "browse", "calendar", "issue")
RESEARCH_PAGES = (*VISITOR_PAGES, *_ASKING)
PAGES: Mapping[Role, tuple[str, ...]] = {
    Role.KIOSK: VISITOR_PAGES,
    Role.RESEARCH: RESEARCH_PAGES,
    Role.CONSOLE: (*RESEARCH_PAGES, "saved", "import", "status"),
}


def create_app(settings: Settings, role: Role) -> st.App:
    """The application that serves one archive in one role. Raises NoArchive."""
    configure()
    house = open_house(settings, role)

    @asynccontextmanager
    async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
        _warm(house)
        yield {}
        house.close()

    return st.App(
        SCRIPT,
        lifespan=lifespan,
        routes=routes_of(house),
        middleware=[Middleware(SecurityHeaders)],
        on_script_error=broke_down,
    )


def routes_of(house: House) -> list[BaseRoute]:
    """All that is ours; what is left is Streamlit's."""
    return [
        *iiif.routes(house),
        *clips.routes(house),
        *trends.routes(house),
        *health.routes(house),
        *hits.routes(house),
        *assets.routes(),
        *kiosk.routes(house),
        *pages.routes(house, PAGES[house.role]),
    ]


def _warm(house: House) -> None:
    """Pay for imports and the first look at the lists before the first visitor does."""
    for library in ("pandas", "pyarrow"):  # Streamlit needs them at the first component
        import_module(library)
    house.shelf()
    with suppress(SearchError):  # the search page will say so
        house.archive.glance("報館", limit=1, tolerant=True)  # dictionary, look-alikes, passages
    gc.collect()
    gc.freeze()
