"""IIIF Image API 3, level 2, cut from pyramids.

    /iiif/3/{sha}-{frame}/info.json
    /iiif/3/{sha}-{frame}/{region}/{size}/{rotation}/{quality}.{format}

A frame that was turned to stand upright has -r90, -r180 or -r270 behind its number. Only frames
that some page of the catalogue shows are served. An image of a content hash never changes, so
browsers may keep it for ever.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyvips
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from baoguan.errors import BaoguanError, NotFound
from baoguan.ingest.pyramid import TILE

PREFIX = "/iiif/3"
MAX_AREA = 4096 * 4096  # pixels of one answer
FOR_EVER = "public, max-age=31536000, immutable"
QUALITY = 85
FORMATS = {"jpg": "image/jpeg", "png": "image/png"}
QUALITIES = ("default", "color", "gray")
MAKING_AT_ONCE = 2  # pyramids

_ID = re.compile(r"([0-9a-f]{64})-([0-9]{1,6})(?:-r(90|180|270))?")
_NUMBER = r"(\d{1,9}(?:\.\d{1,9})?)"
_PART = re.compile(r"(pct:)?" + ",".join([_NUMBER] * 4))
_SIZE = re.compile(r"(\^?)(?:max|pct:" + _NUMBER + r"|(!?)(\d{0,7}),(\d{0,7}))")


class BadRequest(ValueError):
    """A request that the Image API does not allow, or that we do not serve."""


class Masters(Protocol):
    """Where frames come from."""

    def shows(self, sha: str, frame: int, turn: int) -> bool: ...
    def made(self, sha: str, frame: int, turn: int) -> Path | None: ...
    def pyramid(self, sha: str, frame: int, turn: int) -> Path: ...


@dataclass(frozen=True, slots=True)
class Part:
    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Wish:
    """A request understood: this part, at this size, turned, in this quality and format."""

    part: Part
    width: int
    height: int
    turn: int
    mirrored: bool
    grey: bool
    format: str


def routes(masters: Masters) -> list[Route]:
    server = _Server(masters)
    image = PREFIX + "/{id}/{region}/{size}/{rotation}/{quality}.{format}"
    return [
        Route(PREFIX + "/{id}", server.base),
        Route(PREFIX + "/{id}/info.json", server.info),
        Route(image, server.image),
    ]


class _Server:
    def __init__(self, masters: Masters) -> None:
        self._masters = masters
        self._making = threading.Semaphore(MAKING_AT_ONCE)

    async def base(self, request: Request) -> Response:
        return RedirectResponse(f"{PREFIX}/{request.path_params['id']}/info.json", 303)

    async def info(self, request: Request) -> Response:
        return await run_in_threadpool(self._answer, request, self._info)

    async def image(self, request: Request) -> Response:
        return await run_in_threadpool(self._answer, request, self._image)

    def _answer(self, request: Request, make: Callable[[Request, Path], Response]) -> Response:
        try:
            return make(request, self._pyramid(*_frame(request.path_params["id"])))
        except BadRequest as error:
            return JSONResponse({"error": str(error)}, 400)
        except NotFound as error:
            return JSONResponse({"error": str(error)}, 404)
        except (BaoguanError, pyvips.Error) as error:
            return JSONResponse({"error": f"this image cannot be shown: {error}"}, 500)

    def _pyramid(self, sha: str, frame: int, turn: int) -> Path:
        if not self._masters.shows(sha, frame, turn):
            raise NotFound("no page shows this image")
        if made := self._masters.made(sha, frame, turn):
            return made
        with self._making:
            return self._masters.pyramid(sha, frame, turn)

    def _info(self, request: Request, file: Path) -> Response:
        image = _level(file, 0)
        base = str(request.url).split("/info.json")[0]
        return JSONResponse(
            information(base, image.width, image.height),
            headers={
                "Cache-Control": FOR_EVER,
                "Access-Control-Allow-Origin": "*",
                "Content-Type": "application/ld+json;"
                'profile="http://iiif.io/api/image/3/context.json"',
            },
        )

    def _image(self, request: Request, file: Path) -> Response:
        full = _level(file, 0)
        wish = understand(full.width, full.height, **_asked(request))
        return Response(
            render(file, wish),
            media_type=FORMATS[wish.format],
            headers={"Cache-Control": FOR_EVER, "Access-Control-Allow-Origin": "*"},
        )


def information(base: str, width: int, height: int) -> dict[str, object]:
    """The info.json of an image; `base` is its address."""
    factors = [2**n for n in range(_levels(width, height))]
    return {
        "@context": "http://iiif.io/api/image/3/context.json",
        "id": base,
        "type": "ImageService3",
        "protocol": "http://iiif.io/api/image",
        "profile": "level2",
        "width": width,
        "height": height,
        "maxArea": MAX_AREA,
        "tiles": [{"width": TILE, "height": TILE, "scaleFactors": factors}],
        "sizes": [{"width": -(-width // f), "height": -(-height // f)} for f in factors[::-1]],
        "extraFormats": ["png"],
        "extraQualities": ["color", "gray"],
        "extraFeatures": ["mirroring"],
    }


def understand(
    full_width: int,
    full_height: int,
    *,
    region: str,
    size: str,
    rotation: str,
    quality: str,
    format_: str,
) -> Wish:
    """Read the five parameters of an image request; raises BadRequest."""
    part = _part(region, full_width, full_height)
    width, height = _size(size, part)
    turn = rotation.removeprefix("!")
    if turn not in ("0", "90", "180", "270"):
        raise BadRequest("rotation is 0, 90, 180 or 270")
    if quality not in QUALITIES:
        raise BadRequest(f"quality is one of {', '.join(QUALITIES)}")
    if format_ not in FORMATS:
        raise BadRequest(f"format is one of {', '.join(FORMATS)}")
    return Wish(
        part, width, height, int(turn), rotation.startswith("!"), quality == "gray", format_
    )


def render(file: Path, wish: Wish) -> bytes:
    """Cut, scale, turn and encode, from the smallest level that is large enough."""
    image = cut(file, wish)
    if wish.mirrored:
        image = image.fliphor()
    if wish.turn:
        image = image.rot(f"d{wish.turn}")
    if wish.grey:
        image = image.colourspace("b-w")
    options = {"Q": QUALITY, "optimize_coding": True} if wish.format == "jpg" else {}
    return bytes(image.write_to_buffer(f".{wish.format}", keep="none", **options))


def cut(file: Path, wish: Wish) -> pyvips.Image:
    """The part at its size, not turned."""
    part, scale = wish.part, min(wish.part.width / wish.width, wish.part.height / wish.height)
    full = _level(file, 0)
    level = min(max(0, int(scale).bit_length() - 1), full.get("n-pages") - 1)
    image = _level(file, level)
    across, down = image.width / full.width, image.height / full.height
    left, top = int(part.left * across), int(part.top * down)
    width = max(1, min(image.width - left, round(part.width * across)))
    height = max(1, min(image.height - top, round(part.height * down)))
    piece = image.crop(left, top, width, height)
    if (width, height) == (wish.width, wish.height):
        return piece
    return piece.thumbnail_image(wish.width, height=wish.height, size="force")


def _level(file: Path, level: int) -> pyvips.Image:
    return pyvips.Image.new_from_file(str(file), page=level)


def _levels(width: int, height: int) -> int:
    """How many levels the pyramid has: halved until it fits a tile."""
    levels = 1
    while width > TILE or height > TILE:
        width, height, levels = width // 2, height // 2, levels + 1
    return levels


def _frame(id_: str) -> tuple[str, int, int]:
    if not (found := _ID.fullmatch(id_)):
        raise BadRequest("an image id is a SHA-256 and a frame: {sha}-{frame}")
    return found[1], int(found[2]), int(found[3] or 0)


def _asked(request: Request) -> dict[str, str]:
    asked = {key: str(value) for key, value in request.path_params.items() if key != "id"}
    return {"format_" if key == "format" else key: value for key, value in asked.items()}


def _part(region: str, width: int, height: int) -> Part:
    if region == "full":
        return Part(0, 0, width, height)
    if region == "square":
        side = min(width, height)
        return Part((width - side) // 2, (height - side) // 2, side, side)
    if not (found := _PART.fullmatch(region)):
        raise BadRequest("region is full, square, x,y,w,h or pct:x,y,w,h")
    numbers = [float(found[i]) for i in (2, 3, 4, 5)]
    if found[1]:
        sides = (width, height, width, height)
        numbers = [n * side / 100 for n, side in zip(numbers, sides, strict=True)]
    left, top, wide, high = map(round, numbers)
    wide, high = min(wide, width - left), min(high, height - top)
    if wide <= 0 or high <= 0:
        raise BadRequest("the region lies outside the image or is empty")
    return Part(left, top, wide, high)


def _size(size: str, part: Part) -> tuple[int, int]:
    if not (found := _SIZE.fullmatch(size)):
        raise BadRequest("size is max, w, or ,h or w,h or !w,h or pct:n, with ^ to enlarge")
    larger, percent, fit, wide, high = found.groups()
    if percent:
        width, height = part.width * float(percent) / 100, part.height * float(percent) / 100
    elif wide is None:
        width, height = _largest(part, bool(larger))
    else:
        width, height = _by_sides(part, wide, high, bool(fit))
    result = max(1, round(width)), max(1, round(height))
    if not larger and (result[0] > part.width or result[1] > part.height):
        raise BadRequest("larger than the region: put ^ before the size to enlarge")
    if result[0] * result[1] > MAX_AREA:
        raise BadRequest(f"more than {MAX_AREA} pixels")
    return result


def _largest(part: Part, larger: bool) -> tuple[float, float]:
    scale = (MAX_AREA / (part.width * part.height)) ** 0.5
    scale = scale if larger else min(1.0, scale)
    if scale == 1.0:
        return part.width, part.height
    return int(part.width * scale) or 1, int(part.height * scale) or 1


def _by_sides(part: Part, wide: str, high: str, fit: bool) -> tuple[float, float]:
    if not (wide or high) or int(wide or 1) == 0 or int(high or 1) == 0:
        raise BadRequest("a size needs a width or a height above 0")
    if fit and not (wide and high):
        raise BadRequest("!w,h needs both sides")
    across = int(wide) / part.width if wide else None
    down = int(high) / part.height if high else None
    if fit:
        across = down = min(across or 1, down or 1)
    return part.width * (across or down or 1), part.height * (down or across or 1)
