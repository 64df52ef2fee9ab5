"""Articles' texts into the file of passages. It may be lost and made again."""

from __future__ import annotations

from baoguan.archive import Archive
from baoguan.errors import NotFound
from baoguan.pipeline.reports import Progress, silent

PAGES_PER_COMMIT = 50


def gather_passages(archive: Archive, progress: Progress = silent, *, rebuild: bool = False) -> int:
    """Bring the passages up to the catalogue; how many pages were gathered or taken out.

    Call while the archive is locked. Raises IndexUnavailable.
    """
    passages = archive.passages
    if rebuild:
        passages.clear()
    wanted, held = archive.catalogue.page_revisions(), passages.contents()
    differing = sorted(
        page for page in wanted.keys() | held.keys() if wanted.get(page) != held.get(page)
    )
    for done, page in enumerate(differing, 1):
        try:
            revision, documents = archive.documents_on(page)
            passages.replace(page, revision, documents)
        except NotFound:
            passages.remove(page)
        if done % PAGES_PER_COMMIT == 0:
            passages.commit()
        progress("gather", done, len(differing))
    passages.commit()
    return len(differing)
