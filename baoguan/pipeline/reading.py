"""Scans into Pages: each read in a child process, kept as a revision, entered in the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from baoguan import supervised
from baoguan.archive import Archive
from baoguan.catalogue import ScanState
from baoguan.errors import BaoguanError
from baoguan.model import Box, Direction, Page, page_id
from baoguan.pipeline.reports import Progress, Rejected, silent
from baoguan.revisions import page_to_json
from baoguan.settings import Settings


@dataclass(frozen=True, slots=True)
class ReadReport:
    """How many scans were read, how many pages they gave, and which failed."""

    scans: int = 0
    pages: int = 0
    failed: tuple[Rejected, ...] = ()


@dataclass(frozen=True, slots=True)
class _Task:
    """All that a child needs to read one scan."""

    state: ScanState
    source: Path
    pyramid: Path
    settings: Settings


def read_scans(
    archive: Archive,
    scans: Sequence[ScanState],
    progress: Progress = silent,
    after_each: Callable[[], None] = lambda: None,
) -> ReadReport:
    """Read these scans, again if they were read before; a scan that fails keeps its old pages.

    Call while the archive is locked. `after_each` runs after every scan that was entered.
    """
    settings = archive.settings
    progress("read", 0, len(scans))
    if not scans:
        return ReadReport()
    done = pages = 0
    failed = []
    outcomes = supervised.run(
        _read_in_child,
        [_task(archive, state) for state in scans],
        processes=min(settings.processes, len(scans)),
        seconds=settings.page_seconds,
        memory_mb=settings.page_memory_mb,
    )
    for outcome in outcomes:
        state = outcome.task.state
        if outcome.result is None:
            error = outcome.error or BaoguanError("no outcome")
            _note_failure(archive, state, error)
            failed.append(Rejected.because(_name(state), error))
        else:
            pages += len(outcome.result)
            _enter(archive, state, outcome.result)
            after_each()
        done += 1
        progress("read", done, len(scans))
    return ReadReport(done - len(failed), pages, tuple(failed))


def pyramid_of(archive: Archive, master: str, frame: int) -> Path:
    """The tiled pyramid of a master's frame, made now where it is missing."""
    from baoguan.ingest.pyramid import pyramid

    target = _pyramid_path(archive.settings, master, frame)
    if target.exists():
        return target
    source = archive.store.path("masters", master)
    return pyramid(source, frame, target, pdf_dpi=archive.settings.pdf_dpi)


def _task(archive: Archive, state: ScanState) -> _Task:
    return _Task(
        state=state,
        source=archive.store.path("masters", state.scan.master),
        pyramid=_pyramid_path(archive.settings, state.scan.master, state.scan.frame),
        settings=archive.settings,
    )


def _read_in_child(task: _Task) -> tuple[Page, ...]:
    # Loaded here, so that only children carry the engines.
    from baoguan.ingest import decode
    from baoguan.ingest.pyramid import tile
    from baoguan.ocr import Options, read_scan

    settings = task.settings
    pixels = decode(task.source, task.state.scan.frame, pdf_dpi=settings.pdf_dpi)
    if not task.pyramid.exists():
        tile(pixels, task.pyramid)
    options = Options(settings.engine, settings.quality, settings.direction, settings.recogniser)
    return read_scan(pixels, task.state.scan, options)


def _enter(archive: Archive, state: ScanState, pages: Sequence[Page]) -> None:
    kept = [(page, archive.store.add("pages", page_to_json(page))) for page in pages]
    archive.catalogue.add_pages(state.id, kept)


def _note_failure(archive: Archive, state: ScanState, error: BaoguanError) -> None:
    """Record why; a scan that was never read is shown all the same, as a page without text."""
    if not archive.catalogue.has_pages(state.id):
        _enter(archive, state, _blank_pages(state))
    archive.catalogue.fail_scan(state.id, error.code, f"{error}. {error.advice}")


def _blank_pages(state: ScanState) -> tuple[Page, ...]:
    whole = Box(0, 0, state.width, state.height)
    return tuple(
        Page(
            id=page_id(state.scan.issue, number),
            master=state.scan.master,
            frame=state.scan.frame,
            width=state.width,
            height=state.height,
            box=whole,
            direction=Direction.HORIZONTAL_LTR,
            regions=(),
            dpi=state.scan.dpi,
        )
        for number in state.scan.numbers
    )


def _pyramid_path(settings: Settings, master: str, frame: int) -> Path:
    return settings.derivatives / "pyramids" / f"{master}-{frame}.tif"


def _name(state: ScanState) -> str:
    pages = "+".join(map(str, state.scan.numbers))
    return f"{state.scan.issue} page {pages}"
