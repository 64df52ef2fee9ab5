"""Pages into the index, from the catalogue's outbox. The index may be lost and made again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from baoguan.archive import Archive
from baoguan.errors import NotFound
from baoguan.pipeline.gathering import gather_passages
from baoguan.pipeline.reports import Progress, silent
from baoguan.search import Namer

PAGES_PER_COMMIT = 50


@dataclass(frozen=True, slots=True)
class IndexReport:
    """How many pages' entries were made, made again or taken away."""

    pages: int = 0


def index_pages(
    archive: Archive, progress: Progress = silent, *, rebuild: bool = False, check: bool = True
) -> IndexReport:
    """Bring the passages and the index up to the catalogue.

    With `check` what the index holds is compared with the catalogue first, so that entries lost
    with a server come back and strays go. Raises IndexUnavailable, IndexBusy or IndexStale; what
    was not delivered stays in the outbox.
    """
    gather_passages(archive, progress, rebuild=rebuild)
    if rebuild:
        archive.index.clear()
    if check:
        _queue_differences(archive)
    waiting = archive.catalogue.outbox()
    namer = Namer(archive.catalogue.names())
    progress("index", 0, len(waiting))
    for start in range(0, len(waiting), PAGES_PER_COMMIT):
        some = waiting[start : start + PAGES_PER_COMMIT]
        now = dt.datetime.now(dt.UTC)
        came = archive.catalogue.arrivals(some)
        revisions = {page: _deliver(archive, page, namer, came.get(page, now)) for page in some}
        archive.index.commit()
        archive.catalogue.delivered(revisions, now)
        progress("index", start + len(some), len(waiting))
    return IndexReport(len(waiting))


def microseconds(moment: dt.datetime) -> int:
    """Since 1970, exactly."""
    return (moment - _EPOCH) // dt.timedelta(microseconds=1)


_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def _queue_differences(archive: Archive) -> None:
    wanted = archive.catalogue.page_revisions()
    held = dict(archive.index.contents())
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
