"""A newspaper as data: the text of its items and the plan of its pages (`papers/*.toml`)."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from baoguan.model import Direction
from press.fonts import Face, Script

PAPERS = Path(__file__).parent / "papers"


@dataclass(frozen=True, slots=True)
class Illustration:
    draw: str  # a name in press.drawing
    aspect: float = 0.7  # height over width
    span: int = 1  # columns
    at: str = "start"  # or "end": beside which end of those columns
    first: bool = False  # in the first columns of the article, else in its last
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An article, an advertisement, a picture or a table. Sizes are pixels."""

    key: str
    kind: str = "article"
    kicker: str = ""  # the small line over a headline
    head: tuple[str, ...] = ()
    deck: str = ""  # the small line under a headline
    head_size: int = 56
    head_face: str = ""
    crossed: bool = False  # headline across the direction of the lines
    by: str = ""
    body: tuple[str, ...] = ()
    size: int = 0
    face: str = ""
    columns: int = 0  # columns of text, where not those of the grid
    frame: str = ""
    tint: tuple[int, ...] = ()
    ink: tuple[int, ...] = ()
    illustration: Illustration | None = None
    name: str = ""  # of an advertiser
    foot: str = ""
    name_size: int = 90
    along: bool = False  # an advertiser's name set along the lines of the page
    draw: str = ""
    draw_share: float = 0.45  # of the width or height that an advertisement's drawing takes
    depth: int = 300  # of an advertisement or a picture, across the lines
    stretch: float = 1.5
    rows: tuple[tuple[str, ...], ...] = ()
    rule: str = ""  # between this item and the one before it


@dataclass(frozen=True, slots=True)
class Masthead:
    name: str
    lines: tuple[str, ...] = ()  # the ear with date, number and price
    foot: str = ""  # a strip under the name
    depth: int = 200
    face: str = "song-black"
    size: int = 150
    ink: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PagePlan:
    number: int
    plan: Any  # a key, ["stack", …] or ["row", [span, …], …]
    masthead: Masthead | None = None
    folio: str = ""
    columns: int = 4
    ink: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class House:
    """The house style."""

    width: int
    height: int
    margin: int
    script: Script
    direction: Direction
    size: int
    pitch: float  # from line to line, over the size
    gutter: int
    indent: int = 2
    face: Face = Face.SONG
    head_face: Face = Face.SONG_BLACK
    deck_face: Face = Face.SONG_BOLD
    caption_face: Face = Face.KAI
    row_rule: str = "thin"
    stack_rule: str = "thin"


@dataclass(frozen=True, slots=True)
class Paper:
    title: str
    date: dt.date
    house: House
    pages: tuple[PagePlan, ...]
    items: Mapping[str, Item]
    scans: tuple[tuple[int, ...], ...]  # page numbers from left to right on each scan
    wear: str  # a name in press.scanner
    seed: int


def read_paper(path: Path) -> Paper:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Paper(
        title=data["title"],
        date=data["date"],
        house=_house(data["house"]),
        pages=tuple(_page(page) for page in data["pages"]),
        items={key: _item(key, item) for key, item in data["items"].items()},
        scans=tuple(tuple(scan) for scan in data["scans"]),
        wear=data["wear"],
        seed=data["seed"],
    )


def all_papers() -> list[Paper]:
    return [read_paper(path) for path in sorted(PAPERS.glob("*.toml"))]


def _house(data: dict[str, Any]) -> House:
    faces = {f.name for f in fields(House) if f.name.endswith("face")}
    known: dict[str, Any] = {
        key: Face(value) if key in faces else value for key, value in data.items()
    }
    known["script"] = Script(data["script"])
    known["direction"] = Direction(data["direction"])
    return House(**known)


def _page(data: dict[str, Any]) -> PagePlan:
    masthead = data.get("masthead")
    return PagePlan(**_frozen(data) | {"masthead": masthead and Masthead(**_frozen(masthead))})


def _item(key: str, data: dict[str, Any]) -> Item:
    known = _frozen(data)
    known["body"] = tuple(
        line.strip() for line in data.get("body", "").splitlines() if line.strip()
    )
    known["head"] = tuple(data.get("head", "").split("|")) if data.get("head") else ()
    known["rows"] = tuple(tuple(row) for row in data.get("rows", ()))
    picture = data.get("illustration")
    known["illustration"] = Illustration(**picture) if picture else None
    return Item(key=key, **known)


def _frozen(data: Mapping[str, Any]) -> dict[str, Any]:
    keep_lists = {"plan"}
    return {
        key: tuple(value) if isinstance(value, list) and key not in keep_lists else value
        for key, value in data.items()
    }
