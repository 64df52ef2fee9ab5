"""The nouns. Frozen values; nothing here knows a URL, a file path, an SQL row or an index document.

Coordinates are whole pixels of the archived master, stood upright: origin top-left, x right, y
down, and a box is left, top, right, bottom with right and bottom exclusive. Text is NFC and keeps
the printed glyphs. Ids carry their parentage and sort by themselves:

    jb-1939-04-23-a                 an issue (title, date, edition)
    jb-1939-04-23-a-p0001           a page of it
    jb-1939-04-23-a-p0001-r012      a region of the page
    jb-1939-04-23-a-p0001-a0007     an article that begins on the page
    jb-1939-04-23-a-p0001-f003      a picture on the page
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

UNKNOWN_TITLE = "untitled"
UNKNOWN_DATE = "undated"


class Direction(StrEnum):
    """How the characters of a line follow each other, and its lines."""

    VERTICAL_RL = "vertical-rl"  # columns from right to left
    HORIZONTAL_RTL = "horizontal-rtl"  # old headlines and mastheads
    HORIZONTAL_LTR = "horizontal-ltr"

    @property
    def vertical(self) -> bool:
        return self is Direction.VERTICAL_RL


class NameKind(StrEnum):
    """What a name names; `none` is for what looks like a name and is not one."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    NONE = "none"


class RegionKind(StrEnum):
    HEADLINE = "headline"
    TEXT = "text"
    PICTURE = "picture"
    CAPTION = "caption"
    ADVERTISEMENT = "advertisement"
    TABLE = "table"
    MASTHEAD = "masthead"
    MARGIN = "margin"


class ArticleKind(StrEnum):
    ARTICLE = "article"
    ADVERTISEMENT = "advertisement"
    HEAD = "head"
    MARGIN = "margin"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in master pixels; right and bottom are exclusive."""

    left: int
    top: int
    right: int
    bottom: int

    def __post_init__(self) -> None:
        if self.right < self.left or self.bottom < self.top:
            raise ValueError(f"box is inside out: {self}")

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def area(self) -> int:
        return self.width * self.height

    @property
    def centre(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def as_tuple(self) -> tuple[int, int, int, int]:
        return self.left, self.top, self.right, self.bottom

    def shift(self, dx: int, dy: int) -> Box:
        return Box(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)

    def overlap(self, other: Box) -> int:
        """Pixels in both boxes."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0, width) * max(0, height)

    @staticmethod
    def around(boxes: Iterable[Box]) -> Box:
        """The smallest box that holds all of `boxes` (at least one)."""
        lefts, tops, rights, bottoms = zip(*(box.as_tuple() for box in boxes), strict=True)
        return Box(min(lefts), min(tops), max(rights), max(bottoms))


@dataclass(frozen=True, slots=True)
class Char:
    """One printed character: its glyph, where it stands, and how sure the reader is (0 to 1).

    `others` are the characters that it may be instead, with their chances, likeliest first.
    """

    text: str
    box: Box
    confidence: float
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line or column; `chars` in reading order, also where that runs right to left."""

    box: Box
    direction: Direction
    chars: tuple[Char, ...]

    @property
    def text(self) -> str:
        return "".join(char.text for char in self.chars)

    @property
    def confidence(self) -> float:
        """Mean over the characters, 0 for an empty line."""
        return sum(c.confidence for c in self.chars) / len(self.chars) if self.chars else 0.0


@dataclass(frozen=True, slots=True)
class Region:
    """A block of one kind, lines in reading order; `polygon` is empty where the box tells all."""

    id: str
    kind: RegionKind
    box: Box
    direction: Direction
    lines: tuple[Line, ...] = ()
    polygon: tuple[tuple[int, int], ...] = ()

    @property
    def text(self) -> str:
        """One printed line per line."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Article:
    """Regions read as one text: `regions` are ids in reading order, `headline` may be empty."""

    id: str
    kind: ArticleKind
    headline: str
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Continuation:
    """An article goes on on another page of its issue: both are ids of articles."""

    article: str
    onto: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph, drawing or map cut from a page; `region` is the id of its picture region."""

    id: str
    region: str
    box: Box
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Provenance: one step of reading, with the settings that change its result."""

    name: str
    version: str
    settings: Mapping[str, str | int | float | bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scan:
    """One frame of a master that is to be read: which issue, and which pages are on it.

    `numbers` holds one page number, two for a fold of facing pages, or none where unknown.
    """

    master: str
    frame: int
    issue: str
    numbers: tuple[int, ...] = ()
    dpi: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read. `box` is the part of the master that the page takes (half of a fold).

    `turn` is by how many degrees clockwise, 0, 90, 180 or 270, the frame of the master has to be
    turned to stand upright. Size and boxes are told in pixels of the frame so turned.
    """

    id: str
    master: str
    frame: int
    width: int
    height: int
    box: Box
    direction: Direction
    regions: tuple[Region, ...]
    articles: tuple[Article, ...] = ()
    pictures: tuple[Picture, ...] = ()
    dpi: float | None = None
    skew: float = 0.0  # degrees by which the print is turned on the master, clockwise
    turn: int = 0
    provenance: tuple[Step, ...] = ()

    @property
    def issue(self) -> str:
        return issue_of(self.id)

    @property
    def number(self) -> int:
        return number_of(self.id)

    def region(self, region_id: str) -> Region:
        return next(region for region in self.regions if region.id == region_id)

    def lines_of(self, article: Article) -> tuple[Line, ...]:
        """The article's lines on this page, in reading order."""
        mine = {region.id: region for region in self.regions}
        return tuple(line for i in article.regions if i in mine for line in mine[i].lines)

    @property
    def text(self) -> str:
        """One printed line per line, in reading order."""
        return "\n".join(region.text for region in self.regions if region.lines)


@dataclass(frozen=True, slots=True)
class Title:
    """A newspaper. `names` maps a language (zh-Hant, zh-Hans, en) to its name."""

    id: str
    names: Mapping[str, str] = field(default_factory=dict)
    place: str = ""
    languages: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        return self.names.get(language) or next(iter(self.names.values()), self.id)


@dataclass(frozen=True, slots=True)
class Issue:
    """One number of a title. `date` is None where unknown; `printed` is the date as printed."""

    id: str
    title: str
    date: dt.date | None
    edition: str = "a"
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """An entry of the archive's own list of names; `aliases` are other names of the same."""

    name: str
    kind: NameKind
    aliases: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that is asked again: `filters` as in the address of the search page.

    What came in after `seen`, when somebody last looked, is new. Both moments are of UTC.
    """

    id: str
    name: str
    query: str
    filters: Mapping[str, str]
    created: dt.datetime
    seen: dt.datetime


Localised = Mapping[str, str]  # language (zh-Hans, zh-Hant, en) to text


@dataclass(frozen=True, slots=True)
class Item:
    """Something shown: a page, or a part of it, with a caption."""

    page: str
    box: Box | None
    caption: Localised


@dataclass(frozen=True, slots=True)
class Section:
    heading: Localised
    body: Localised  # paragraphs parted by an empty line
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Exhibit:
    """Pages and parts of pages told as a story, in sections, in several languages."""

    id: str
    title: Localised
    lead: Localised
    cover: Item
    sections: tuple[Section, ...]
    credits: Localised = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gallery:
    """Pictures gathered on a theme."""

    id: str
    title: Localised
    lead: Localised
    items: tuple[Item, ...]


def slug(name: str) -> str:
    """A name as part of an id: NFC, lower case, letters and digits of any script, else `-`."""
    kept = "".join(c if c.isalnum() else "-" for c in unicodedata.normalize("NFC", name).lower())
    return re.sub(r"-+", "-", kept).strip("-")


def issue_id(title: str, date: dt.date | None, edition: str = "a") -> str:
    return f"{slug(title) or UNKNOWN_TITLE}-{date.isoformat() if date else UNKNOWN_DATE}-{edition}"


def page_id(issue: str, number: int) -> str:
    return f"{issue}-p{number:04d}"


def region_id(page: str, index: int) -> str:
    return f"{page}-r{index:03d}"


def article_id(page: str, index: int) -> str:
    return f"{page}-a{index:04d}"


def picture_id(page: str, index: int) -> str:
    return f"{page}-f{index:03d}"


def issue_of(id_: str) -> str:
    """The issue that a page, region, article or picture id belongs to."""
    return re.sub(r"-p\d{4,}(-[raf]\d+)?$", "", id_)


def page_of(id_: str) -> str:
    """The page that a region, article or picture id belongs to."""
    return re.sub(r"-[raf]\d{3,}$", "", id_)


def number_of(id_: str) -> int:
    """The number of the page that a page, region, article or picture id belongs to."""
    return int(page_of(id_).rsplit("-p", 1)[1])
