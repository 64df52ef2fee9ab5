"""Our style sheets, scripts and fonts; their addresses carry a version, so they may be kept."""

from __future__ import annotations

from pathlib import Path

from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from baoguan.ui.links import ASSETS

FOLDER = Path(__file__).parent.parent / "assets"


class KeptFiles(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        kept = b"v=" in scope["query_string"] or path.endswith(".woff2")
        age = "public, max-age=31536000, immutable" if kept else "public, max-age=3600"
        response.headers["Cache-Control"] = age
        return response


def routes() -> list[Mount]:
    return [Mount(ASSETS, KeptFiles(directory=FOLDER))]
