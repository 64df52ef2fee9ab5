"""The archive as the pages see it: opened once per process, with what every page asks for kept."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from baoguan.archive import Archive, open_archive
from baoguan.catalogue import Counts, PageEntry
from baoguan.errors import NotFound
from baoguan.model import Issue, Title
from baoguan.pipeline import pyramid_of, pyramid_path
from baoguan.settings import Settings

FRESH_SECONDS = 5.0  # how long the lists of what is held may lag behind an import
READING_SHARE = 50  # large archives: never more than a fiftieth of the time goes into the lists


class Role(StrEnum):
    RESEARCH = "research"
    KIOSK = "kiosk"
    CONSOLE = "console"


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is held, listed."""

    counts: Counts
    titles: Mapping[str, Title]
    issues: Mapping[str, Issue]
    pages: Mapping[str, PageEntry]
    of_issue: Mapping[str, tuple[PageEntry, ...]]
    front_today: PageEntry | None

    def title_of(self, entry: PageEntry) -> Title:
        return self.titles.get(entry.title) or Title(entry.title)

    def fronts(self) -> tuple[PageEntry, ...]:
        """The first page of each issue that has pages."""
        return tuple(pages[0] for pages in self.of_issue.values())


@dataclass(slots=True)
class House:
    archive: Archive
    role: Role
    _shelf: Shelf | None = None
    _until: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _shown: set[tuple[str, int, int]] = field(default_factory=set)

    def shelf(self) -> Shelf:
        """What is held, at most a few seconds old."""
        with self._lock:
            if self._shelf is None or time.monotonic() > self._until:
                begun = time.monotonic()
                self._shelf = _read_shelf(self.archive)
                self._shown = {(p.master, p.frame, p.turn) for p in self._shelf.pages.values()}
                ended = time.monotonic()
                self._until = ended + max(FRESH_SECONDS, READING_SHARE * (ended - begun))
            return self._shelf

    def entry(self, page: str) -> PageEntry:
        """Raises NotFound."""
        return self.shelf().pages.get(page) or self.archive.catalogue.page(page)

    # what the image route asks

    def shows(self, sha: str, frame: int, turn: int) -> bool:
        if (sha, frame, turn) in self._shown:
            return True
        self.shelf()
        return (sha, frame, turn) in self._shown

    def made(self, sha: str, frame: int, turn: int) -> Path | None:
        """The frame's pyramid, where it has been made."""
        path = pyramid_path(self.archive.settings, sha, frame, turn)
        return path if path.exists() else None

    def pyramid(self, sha: str, frame: int, turn: int) -> Path:
        return pyramid_of(self.archive, sha, frame, turn)

    def close(self) -> None:
        self.archive.close()


def open_house(settings: Settings, role: Role) -> House:
    """Raises NoArchive or ArchiveTooNew."""
    house = House(open_archive(settings), role)
    _current.append(house)
    return house


def house() -> House:
    """The house this process serves; Streamlit runs pages as scripts, which take no arguments."""
    if not _current:
        raise NotFound("no archive is open in this process")
    return _current[-1]


_current: list[House] = []


def _read_shelf(archive: Archive) -> Shelf:
    catalogue = archive.catalogue
    pages = catalogue.pages()
    of_issue: dict[str, tuple[PageEntry, ...]] = {}
    for page in pages:
        of_issue[page.issue] = (*of_issue.get(page.issue, ()), page)
    return Shelf(
        counts=catalogue.counts(),
        titles={title.id: title for title in catalogue.titles()},
        issues={issue.id: issue for issue in catalogue.issues()},
        pages={page.id: page for page in pages},
        of_issue=of_issue,
        front_today=archive.on_this_day(dt.date.today()),
    )
