"""A Page as JSON bytes, one revision, and back. The samples' truth files have the same form.

A line is written as its text beside one flat list of character boxes and one of confidences, since
thousands of small objects would triple the size. What a doubtful character may be instead stands
beside them by its place in the line; pages written before it was kept have none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from baoguan.errors import StoreDamaged
from baoguan.model import (
    Article,
    ArticleKind,
    Box,
    Char,
    Direction,
    Line,
    Page,
    Picture,
    Region,
    RegionKind,
    Step,
)

FORMAT = "baoguan-page/1"


def page_to_json(page: Page) -> bytes:
    """UTF-8, the same bytes for the same page."""
    data = {
        "format": FORMAT,
        "id": page.id,
        "master": page.master,
        "frame": page.frame,
        "size": [page.width, page.height],
        "box": page.box.as_tuple(),
        "direction": page.direction,
        "dpi": page.dpi,
        "skew": round(page.skew, 4),
        "turn": page.turn,
        "regions": [_region_out(region) for region in page.regions],
        "articles": [
            {"id": a.id, "kind": a.kind, "headline": a.headline, "regions": a.regions}
            for a in page.articles
        ],
        "pictures": [
            {"id": p.id, "region": p.region, "box": p.box.as_tuple(), "caption": p.caption}
            for p in page.pictures
        ],
        "provenance": [
            {"name": s.name, "version": s.version, "settings": dict(s.settings)}
            for s in page.provenance
        ],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def page_from_json(content: bytes) -> Page:
    """Raises StoreDamaged if the bytes are not a page of a format we know."""
    pages = pages_from_json(b"[%b]" % content)
    if len(pages) != 1:
        raise StoreDamaged(f"{len(pages)} pages where one belongs")
    return pages[0]


def pages_from_json(content: bytes) -> tuple[Page, ...]:
    """A list of pages, as truth files hold it; raises StoreDamaged like `page_from_json`."""
    try:
        return tuple(map(_page_in, json.loads(content)))
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise StoreDamaged(f"page revision cannot be read: {error!r}") from error


def _region_out(region: Region) -> dict[str, Any]:
    out: dict[str, Any] = {
        "id": region.id,
        "kind": region.kind,
        "box": region.box.as_tuple(),
        "direction": region.direction,
        "lines": [_line_out(line) for line in region.lines],
    }
    if region.polygon:
        out["polygon"] = region.polygon
    return out


def _line_out(line: Line) -> dict[str, Any]:
    out = {
        "box": line.box.as_tuple(),
        "direction": line.direction,
        "text": [char.text for char in line.chars]
        if any(len(char.text) != 1 for char in line.chars)
        else line.text,
        "chars": [edge for char in line.chars for edge in char.box.as_tuple()],
        "confidence": [round(char.confidence, 3) for char in line.chars],
    }
    others = {str(i): _others_out(char) for i, char in enumerate(line.chars) if char.others}
    return out | ({"others": others} if others else {})


def _others_out(char: Char) -> list[tuple[str, float]]:
    return [(text, round(chance, 3)) for text, chance in char.others]


def _page_in(data: dict[str, Any]) -> Page:
    if data["format"] != FORMAT:
        raise ValueError(f"unknown format {data['format']!r}")
    return Page(
        id=data["id"],
        master=data["master"],
        frame=data["frame"],
        width=data["size"][0],
        height=data["size"][1],
        box=Box(*data["box"]),
        direction=Direction(data["direction"]),
        dpi=data["dpi"],
        skew=data["skew"],
        turn=data.get("turn", 0),
        regions=tuple(_region_in(region) for region in data["regions"]),
        articles=tuple(
            Article(a["id"], ArticleKind(a["kind"]), a["headline"], tuple(a["regions"]))
            for a in data["articles"]
        ),
        pictures=tuple(
            Picture(p["id"], p["region"], Box(*p["box"]), p["caption"]) for p in data["pictures"]
        ),
        provenance=tuple(Step(s["name"], s["version"], s["settings"]) for s in data["provenance"]),
    )


def _region_in(data: dict[str, Any]) -> Region:
    return Region(
        id=data["id"],
        kind=RegionKind(data["kind"]),
        box=Box(*data["box"]),
        direction=Direction(data["direction"]),
        lines=tuple(_line_in(line) for line in data["lines"]),
        polygon=tuple((x, y) for x, y in data.get("polygon", ())),
    )


def _line_in(data: dict[str, Any]) -> Line:
    edges = data["chars"]
    chars = zip(data["text"], range(0, len(edges), 4), data["confidence"], strict=True)
    others = data.get("others", {})
    return Line(
        box=Box(*data["box"]),
        direction=Direction(data["direction"]),
        chars=tuple(
            Char(text, Box(*edges[i : i + 4]), sure, _others_in(others.get(str(i // 4), ())))
            for text, i, sure in chars
        ),
    )


def _others_in(data: Iterable[Sequence[Any]]) -> tuple[tuple[str, float], ...]:
    return tuple((text, chance) for text, chance in data)
