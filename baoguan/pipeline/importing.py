"""Files into the store: each known by its hash, checked in a child process, and named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from baoguan import supervised
from baoguan.archive import Archive
from baoguan.errors import BaoguanError, Unreadable, UsageError
from baoguan.ingest import Inspection, Limits, Named, discover, inspect, named
from baoguan.model import UNKNOWN_TITLE, Issue, Scan, issue_id, slug
from baoguan.pipeline.reports import Progress, Rejected, silent
from baoguan.settings import Settings
from baoguan.store import sha256_of

INSPECTION_SECONDS = 300
EDITIONS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Hints:
    """What the user says of all files of one import; wins over their names."""

    title: str = ""
    date: dt.date | None = None
    page: int | None = None
    printed: str = ""  # the date as the newspaper prints it


NO_HINTS = Hints()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of every file; `unknown` pairs a stored file with what its name does not tell."""

    seen: int = 0
    stored: int = 0
    duplicate: int = 0
    rejected: tuple[Rejected, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    path: Path
    sha: str
    limits: Limits


_Outcome = supervised.Outcome[_Candidate, Inspection]


def store_files(
    archive: Archive,
    paths: Sequence[Path],
    hints: Hints = NO_HINTS,
    progress: Progress = silent,
) -> ImportReport:
    """Check and keep every file below `paths`; the journal says what became of each.

    Call while the archive is locked. A file whose bytes are held already counts as a duplicate.
    """
    batch = _Batch(archive, hints)
    found = tuple(discover(paths))
    fresh = []
    for item in found:
        candidate = batch.admit(item.path, item.error)
        if candidate:
            fresh.append(candidate)
        progress("store", batch.report.seen, len(found))
    for outcome in _in_order(_inspected(fresh, archive.settings), fresh):
        batch.settle(outcome)
        progress("store", batch.report.seen, len(found))
    archive.catalogue.end_batch(batch.id)
    return batch.report


class _Batch:
    """One import under way: the report grows file by file."""

    def __init__(self, archive: Archive, hints: Hints) -> None:
        self.archive = archive
        self.hints = hints
        self.id = archive.catalogue.begin_batch()
        self.report = ImportReport()
        self._met: set[str] = set()
        settings = archive.settings
        self._limits = Limits(settings.max_megapixels, settings.max_frames, settings.pdf_dpi)

    def admit(self, path: Path, error: Unreadable | None) -> _Candidate | None:
        """A file worth decoding; None for what cannot be read or is held already."""
        try:
            if error:
                raise error
            sha = _hash(path)
        except Unreadable as failure:
            self._reject(path, failure)
            return None
        if sha in self._met or self.archive.catalogue.has_master(sha):
            self.archive.catalogue.note_file(self.id, str(path), "duplicate", sha=sha)
            self.report = replace(
                self.report, seen=self.report.seen + 1, duplicate=self.report.duplicate + 1
            )
            return None
        self._met.add(sha)
        return _Candidate(path, sha, self._limits)

    def settle(self, outcome: _Outcome) -> None:
        """Keep what decoded to the end, reject what did not."""
        if outcome.result is None:
            self._reject(outcome.task.path, outcome.error or BaoguanError("no outcome"))
            return
        try:
            self._keep(outcome.task, outcome.result)
        except OSError as failure:
            path = outcome.task.path
            self._reject(path, Unreadable(f"{path}: {failure.strerror or failure}"))

    def _keep(self, candidate: _Candidate, inspection: Inspection) -> None:
        known = _known(candidate.path, self.hints, self.archive.settings)
        issue, numbers = self._place(known, candidate.sha, len(inspection.frames))
        size = candidate.path.stat().st_size
        self.archive.store.add_file("masters", candidate.path, candidate.sha)
        self.archive.catalogue.add_master(
            self.id,
            candidate.path,
            sha=candidate.sha,
            format_=inspection.format,
            size=size,
            issue=issue,
            scans=[
                (Scan(candidate.sha, i, issue.id, pages, frame.dpi), frame.width, frame.height)
                for i, (pages, frame) in enumerate(zip(numbers, inspection.frames, strict=True))
            ],
        )
        missing = _missing(known)
        self.report = replace(
            self.report,
            seen=self.report.seen + 1,
            stored=self.report.stored + 1,
            unknown=(*self.report.unknown, *([(str(candidate.path), missing)] if missing else [])),
        )

    def _place(self, known: Named, sha: str, frames: int) -> tuple[Issue, list[tuple[int, ...]]]:
        """The issue and the page numbers of a file.

        A page number that the issue holds already is another edition of the day or a second scan:
        which, no machine can tell, so it goes to the next edition and nothing is lost.
        """
        for edition in EDITIONS if known.date else [sha[:8]]:
            id_ = issue_id(known.title, known.date, edition)
            taken = self.archive.catalogue.taken_numbers(id_)
            numbers = _numbers(known.pages, frames, max(taken, default=0))
            if taken.isdisjoint(number for pages in numbers for number in pages):
                title = slug(known.title) or UNKNOWN_TITLE
                return Issue(id_, title, known.date, edition, known.printed), numbers
        raise UsageError(f"{id_}: more than {len(EDITIONS)} editions of one day")

    def _reject(self, path: Path, error: BaoguanError) -> None:
        reason = f"{error}. {error.advice}".removesuffix(" ")
        self.archive.catalogue.note_file(
            self.id, str(path), "rejected", code=error.code, reason=reason
        )
        rejected = (*self.report.rejected, Rejected.because(str(path), error))
        self.report = replace(self.report, seen=self.report.seen + 1, rejected=rejected)


def _hash(path: Path) -> str:
    try:
        return sha256_of(path)
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror or error}") from error


def _inspected(fresh: Sequence[_Candidate], settings: Settings) -> Iterator[_Outcome]:
    if not fresh:
        return iter(())
    return supervised.run(
        _inspect_in_child,
        fresh,
        processes=min(settings.processes, len(fresh)),
        seconds=INSPECTION_SECONDS,
        memory_mb=settings.page_memory_mb,
    )


def _inspect_in_child(candidate: _Candidate) -> Inspection:
    return inspect(candidate.path, candidate.limits)


def _in_order(outcomes: Iterator[_Outcome], tasks: Sequence[_Candidate]) -> Iterator[_Outcome]:
    """Outcomes in the order of the tasks, so that pages are numbered the same way each time."""
    early: dict[str, _Outcome] = {}
    for task in tasks:
        while task.sha not in early:
            outcome = next(outcomes)
            early[outcome.task.sha] = outcome
        yield early.pop(task.sha)


def _known(path: Path, hints: Hints, settings: Settings) -> Named:
    by_name = named(path.stem, settings.name_patterns)
    return Named(
        title=hints.title or by_name.title,
        date=hints.date or by_name.date,
        pages=(hints.page,) if hints.page else by_name.pages,
        printed=hints.printed if hints.date else by_name.printed,
    )


def _missing(known: Named) -> str:
    told = {"title": known.title, "date": known.date, "page": known.pages}
    return ", ".join(name for name, value in told.items() if not value)


def _numbers(pages: tuple[int, ...], frames: int, last: int) -> list[tuple[int, ...]]:
    """Page numbers of each frame: those named, then counted on; from `last` where none is named."""
    first = pages or (last + 1,)
    return [first, *((max(first) + i,) for i in range(1, frames))]
