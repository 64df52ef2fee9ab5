"""What the catalogue tells of what is held: a value for each row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from baoguan.model import Box, Direction, Scan


@dataclass(frozen=True, slots=True)
class ScanState:
    """A scan, its size in pixels, and how far it has come."""

    id: int
    scan: Scan
    width: int
    height: int
    state: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page's row: enough to list and to show it without opening its revision."""

    id: str
    issue: str
    title: str
    date: dt.date | None
    number: int
    master: str
    frame: int
    width: int
    height: int
    turn: int
    box: Box
    direction: Direction
    revision: str
    characters: int
    confidence: float


@dataclass(frozen=True, slots=True)
class PictureEntry:
    id: str
    page: PageEntry
    box: Box
    caption: str


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One line of the journal."""

    path: str
    sha: str
    state: str
    code: str
    reason: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class BatchEntry:
    id: int
    started: dt.datetime
    ended: dt.datetime | None
    seen: int
    stored: int
    duplicate: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Counts:
    titles: int
    issues: int
    scans: int
    pages: int
    articles: int
    pictures: int
    characters: int
    first: dt.date | None
    last: dt.date | None
    scans_by_state: Mapping[str, int]
    waiting_for_index: int
