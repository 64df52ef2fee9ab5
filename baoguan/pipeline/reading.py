"""Scans into Pages: each read in a child process, kept as a revision, entered in the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from baoguan import supervised
from baoguan.archive import Archive
from baoguan.catalogue import ScanState
from baoguan.collections.continuations import continuations
from baoguan.errors import BaoguanError
from baoguan.model import Box, Continuation, Direction, Page, page_id
from baoguan.pipeline.reports import Progress, Rejected, silent
from baoguan.revisions import page_to_json
from baoguan.settings import Settings


@dataclass(frozen=True, slots=True)
class ReadReport:
    """How many scans were read, how many pages they gave, which of these lay on their side or on
    their head and were turned, and which scans failed."""

    scans: int = 0
    pages: int = 0
    turned: tuple[str, ...] = ()
    failed: tuple[Rejected, ...] = ()


@dataclass(frozen=True, slots=True)
class _Task:
    """All that a child needs to read one scan."""

    state: ScanState
    source: Path
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
    failed, turned = [], []
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
            turned += [page.id for page in outcome.result if page.turn]
            _enter(archive, state, outcome.result)
            after_each()
        done += 1
        progress("read", done, len(scans))
    return ReadReport(done - len(failed), pages, tuple(turned), tuple(failed))


def pyramid_of(archive: Archive, master: str, frame: int, turn: int = 0) -> Path:
    """The tiled pyramid of a master's frame, turned as its pages are; made now where missing."""
    from baoguan.ingest.pyramid import pyramid

    target = pyramid_path(archive.settings, master, frame, turn)
    if target.exists():
        return target
    source = archive.store.path("masters", master)
    return pyramid(source, frame, target, pdf_dpi=archive.settings.pdf_dpi, turn=turn)


def pyramid_path(settings: Settings, master: str, frame: int, turn: int = 0) -> Path:
    """Where the pyramid of a frame is kept, made or not."""
    name = f"{master}-{frame}-r{turn}" if turn else f"{master}-{frame}"
    return settings.derivatives / "pyramids" / f"{name}.tif"


def _task(archive: Archive, state: ScanState) -> _Task:
    return _Task(
        state=state,
        source=archive.store.path("masters", state.scan.master),
        settings=archive.settings,
    )


def _read_in_child(task: _Task) -> tuple[Page, ...]:
    # Loaded here, so that only children carry the engines.
    from baoguan.ingest import decode, turned
    from baoguan.ingest.pyramid import tile
    from baoguan.ocr import Options, read_scan

    settings, scan = task.settings, task.state.scan
    pixels = decode(task.source, scan.frame, pdf_dpi=settings.pdf_dpi)
    options = Options(
        settings.engine,
        settings.quality,
        settings.direction,
        settings.recogniser,
        settings.turn,
        settings.runtime,
    )
    pages = read_scan(pixels, scan, options)
    pyramid = pyramid_path(settings, scan.master, scan.frame, pages[0].turn)
    if not pyramid.exists():
        tile(turned(pixels, pages[0].turn), pyramid)
    return pages


def _enter(archive: Archive, state: ScanState, pages: Sequence[Page]) -> None:
    kept = [(page, archive.store.add("pages", page_to_json(page))) for page in pages]
    archive.catalogue.add_pages(state.id, kept, _continuations(archive, pages))


def _continuations(archive: Archive, pages: Sequence[Page]) -> tuple[Continuation, ...]:
    """Those of the issue as it is with `pages` read anew."""
    new = {page.id: page for page in pages}
    held = [entry for entry in archive.catalogue.pages(pages[0].issue) if entry.id not in new]
    others = {entry.id: archive.page(entry.id, entry.revision) for entry in held}
    return continuations([page for _, page in sorted({**others, **new}.items())])


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


def _name(state: ScanState) -> str:
    pages = "+".join(map(str, state.scan.numbers))
    return f"{state.scan.issue} page {pages}"
