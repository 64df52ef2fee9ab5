"""GET /clip/{article}?q=WORDS or ?from=N&to=N: the hit or passage as printed, marked, as a JPEG.

So that the list of hits needs no page opened; the pictures follow when they come into sight.
"""

from __future__ import annotations

import threading

import pyvips
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from baoguan.errors import BadQuery, BaoguanError, NotFound
from baoguan.model import Box
from baoguan.ui import clips
from baoguan.ui.clips import Clip
from baoguan.ui.house import House
from baoguan.ui.routes.iiif import Part, Wish, cut

PATH = "/clip/{article}"
SCALE = 2  # pixels of the picture for one of the place it fills
KEPT = "private, max-age=3600"  # the address names the revision
CUTTING_AT_ONCE = 2  # so that the pictures of one search leave room for the next
RED = (168, 38, 28)
TINT = 0.16
_QUALITY = 82


def routes(house: House) -> list[Route]:
    cutting = threading.Semaphore(CUTTING_AT_ONCE)

    async def clip(request: Request) -> Response:
        return await run_in_threadpool(_answer, house, request, cutting)

    return [Route(PATH, clip)]


def _answer(house: House, request: Request, cutting: threading.Semaphore) -> Response:
    try:
        with cutting:
            wanted = _wanted(house, request)
            page = wanted.page
            if not house.shows(page.master, page.frame, page.turn):
                raise NotFound("no page shows this image")
            picture = render(house, wanted)
    except (NotFound, BadQuery) as error:
        return JSONResponse({"error": str(error)}, 404)
    except (BaoguanError, pyvips.Error) as error:
        return JSONResponse({"error": f"this clipping cannot be shown: {error}"}, 500)
    return Response(picture, media_type="image/jpeg", headers={"Cache-Control": KEPT})


def _wanted(house: House, request: Request) -> Clip:
    article, asked = request.path_params["article"], request.query_params
    begin, end = asked.get("from", ""), asked.get("to", "")
    if begin.isascii() and begin.isdigit() and end.isascii() and end.isdigit():
        return clips.clip_of_passage(house.archive, article, int(begin[:7]), int(end[:7]))
    misread = asked.get("near") == "1"
    return clips.clip_of_hit(house.archive, article, asked.get("q", ""), misread=misread)


def render(house: House, clip: Clip) -> bytes:
    """A JPEG that fits twice the place of a clipping, the marks tinted and outlined."""
    part, page = clip.part, clip.page
    frame = page.master, page.frame, page.turn
    file = house.made(*frame) or house.pyramid(*frame)
    across, down = clips.SIZE
    scale = min(1.0, SCALE * across / part.width, SCALE * down / part.height)
    width, height = max(1, round(part.width * scale)), max(1, round(part.height * scale))
    piece = Part(part.left, part.top, part.width, part.height)
    wish = Wish(piece, width, height, turn=0, mirrored=False, grey=False, format="jpg")
    image = cut(file, wish).colourspace("srgb")[:3]
    for mark in clip.marks:
        image = _marked(image, _scaled(mark, part, scale, width, height))
    return bytes(image.write_to_buffer(".jpg", Q=_QUALITY, keep="none"))


def _scaled(mark: Box, part: Box, scale: float, width: int, height: int) -> Box:
    """The mark in pixels of the picture, as far as it is on it."""
    left, top = round((mark.left - part.left) * scale), round((mark.top - part.top) * scale)
    right, bottom = round((mark.right - part.left) * scale), round((mark.bottom - part.top) * scale)
    return Box(max(0, left), max(0, top), min(width, right), min(height, bottom))


def _marked(image: pyvips.Image, mark: Box) -> pyvips.Image:
    if not mark.area:
        return image
    piece = image.crop(mark.left, mark.top, mark.width, mark.height)
    tinted = (piece * (1 - TINT) + [TINT * value for value in RED]).cast("uchar")
    image = image.insert(tinted, mark.left, mark.top)
    for inset in range(3):
        if mark.width > 2 * inset and mark.height > 2 * inset:
            image = image.draw_rect(
                list(RED),
                mark.left + inset,
                mark.top + inset,
                mark.width - 2 * inset,
                mark.height - 2 * inset,
            )
    return image
