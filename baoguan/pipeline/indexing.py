"""Pages into the index, from the catalogue's outbox. The index may be lost and made again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from baoguan.archive import Archive
from baoguan.errors import IndexStale, NotFound
from baoguan.pipeline.gathering import gather_passages
from baoguan.pipeline.reports import Progress, silent
from baoguan.search import Namer

PAGES_PER_COMMIT = 50


@dataclass(frozen=True, slots=True)
class IndexReport:
    """How many pages' entries were made, made again or taken away; whether all were made anew."""

    pages: int = 0
    rebuilt: bool = False


def index_pages(
    archive: Archive, progress: Progress = silent, *, rebuild: bool = False, check: bool = True
) -> IndexReport:
    """Bring the passages and the index up to the catalogue.

    With `check` what the index holds is compared with the catalogue first, so that entries lost
    with a server come back and strays go; an index that was made with other rules is made anew. One
    that is made anew is shown when it is complete. Raises IndexUnavailable, IndexBusy or
    IndexStale; what was not delivered stays in the outbox.
    """
    gather_passages(archive, progress, rebuild=rebuild)
    held = _held(archive) if check and not rebuild else {}
    rebuild = rebuild or held is None
    if rebuild:
        archive.index.clear()
        archive.catalogue.queue(archive.catalogue.page_revisions())
    elif check and held is not None:
        _queue_differences(archive, held)
    waiting = archive.catalogue.outbox()
    together = len(waiting) if rebuild else PAGES_PER_COMMIT
    namer = Namer(archive.catalogue.names())
    progress("index", 0, len(waiting))
    for start in range(0, len(waiting), together or 1):
        _commit(
            archive, waiting, range(start, min(start + together, len(waiting))), namer, progress
        )
    if rebuild and not waiting:
        archive.index.commit()
    return IndexReport(len(waiting), rebuild)


def _commit(
    archive: Archive, waiting: Sequence[str], part: range, namer: Namer, progress: Progress
) -> None:
    """Deliver a part of the pages that wait, and have the catalogue know it."""
    now = dt.datetime.now(dt.UTC)
    revisions: list[dict[str, str]] = []
    for start in range(part.start, part.stop, PAGES_PER_COMMIT):
        some = waiting[start : min(start + PAGES_PER_COMMIT, part.stop)]
        came = archive.catalogue.arrivals(some)
        revisions.append(
            {page: _deliver(archive, page, namer, came.get(page, now)) for page in some}
        )
        progress("index", start + len(some), len(waiting))
    archive.index.commit()
    for of_some in revisions:
        archive.catalogue.delivered(of_some, now)


def microseconds(moment: dt.datetime) -> int:
    """Since 1970, exactly."""
    return (moment - _EPOCH) // dt.timedelta(microseconds=1)


_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def _held(archive: Archive) -> dict[str, str] | None:
    """What the index holds, page by page; None where it was made with other rules."""
    try:
        return dict(archive.index.contents())
    except IndexStale:
        return None


def _queue_differences(archive: Archive, held: dict[str, str]) -> None:
    wanted = archive.catalogue.page_revisions()
    differing = {page for page in wanted.keys() | held.keys() if wanted.get(page) != held.get(page)}
    archive.catalogue.queue(sorted(differing))


def _deliver(archive: Archive, page_id: str, namer: Namer, came: dt.datetime) -> str:
    """Make one page's entries anew; returns the revision they come from, '' where it is gone."""
    try:
        revision, documents = archive.documents_on(page_id, namer, microseconds(came))
    except NotFound:
        archive.index.remove(page_id)
        return ""
    archive.index.replace(page_id, documents)
    return revision
