"""Pages out of the archive: text, ALTO, PAGE, hOCR, METS and PDF files in a folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from PIL import Image

from baoguan.archive import Archive
from baoguan.catalogue import PageEntry
from baoguan.collections.alto import alto
from baoguan.collections.hocr import hocr, hocr_name
from baoguan.collections.mets import alto_name, mets
from baoguan.collections.page_xml import page_name, page_xml
from baoguan.collections.pdf import pdf, pdf_name
from baoguan.errors import NotFound, UsageError
from baoguan.model import Page
from baoguan.pipeline.reports import Progress, silent


def export(
    archive: Archive,
    form: str,
    folder: Path,
    ids: Sequence[str] = (),
    progress: Progress = silent,
) -> tuple[Path, ...]:
    """Write `form` (a key of FORMS) of these pages or issues, of all where none is named.

    Returns the files written. Raises NotFound for an unknown id and UsageError for a folder that
    cannot be written.
    """
    entries = _chosen(archive, ids)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written = []
        for done, (name, content) in enumerate(FORMS[form](archive, entries), 1):
            file = folder / name
            file.write_bytes(content)
            written.append(file)
            progress(f"export {form}", done, len(entries))
        progress(f"export {form}", len(written), len(written))
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror or error}") from error
    return tuple(written)


def _chosen(archive: Archive, ids: Sequence[str]) -> tuple[PageEntry, ...]:
    """The pages that ids of pages or issues name, in the catalogue's order."""
    entries = archive.catalogue.pages()
    if not ids:
        return entries
    unknown = set(ids) - {entry.id for entry in entries} - {entry.issue for entry in entries}
    if unknown:
        raise NotFound(f"no page or issue {', '.join(sorted(unknown))}")
    return tuple(entry for entry in entries if entry.id in ids or entry.issue in ids)


_Files = Iterable[tuple[str, bytes]]


def _text_files(archive: Archive, entries: Sequence[PageEntry]) -> _Files:
    for entry in entries:
        text = archive.page(entry.id, entry.revision).text
        yield f"{entry.id}.txt", f"{text}\n".encode()


def _alto_files(archive: Archive, entries: Sequence[PageEntry]) -> _Files:
    names = archive.catalogue.master_names()
    for entry in entries:
        page = archive.page(entry.id, entry.revision)
        yield alto_name(entry.id), alto(page, image=names[entry.master])


def _page_files(archive: Archive, entries: Sequence[PageEntry]) -> _Files:
    names, now = archive.catalogue.master_names(), dt.datetime.now(dt.UTC)
    for entry in entries:
        page = archive.page(entry.id, entry.revision)
        continued = {each.onto for each in archive.catalogue.continuations(entry.issue)}
        content = page_xml(page, image=names[entry.master], made=now, continued=continued)
        yield page_name(entry.id), content


def _hocr_files(archive: Archive, entries: Sequence[PageEntry]) -> _Files:
    names = archive.catalogue.master_names()
    for entry in entries:
        language = _language(archive, entry.title)
        page = archive.page(entry.id, entry.revision)
        yield hocr_name(entry.id), hocr(page, image=names[entry.master], language=language)


def _language(archive: Archive, title: str) -> str:
    """The title's first language, Chinese where none is told."""
    return next(iter(archive.catalogue.title(title).languages), "zh")


def _mets_files(archive: Archive, entries: Sequence[PageEntry]) -> _Files:
    names = archive.catalogue.master_names()
    for id_ in dict.fromkeys(entry.issue for entry in entries):
        issue = archive.catalogue.issue(id_)
        pages = [archive.page(entry.id, entry.revision) for entry in archive.catalogue.pages(id_)]
        yield f"{id_}.mets.xml", mets(archive.catalogue.title(issue.title), issue, pages, names)


def _pdf_files(archive: Archive, entries: Sequence[PageEntry]) -> _Files:
    now = dt.datetime.now(dt.UTC)
    for id_ in dict.fromkeys(entry.issue for entry in entries):
        issue = archive.catalogue.issue(id_)
        pages = [archive.page(entry.id, entry.revision) for entry in entries if entry.issue == id_]
        title = archive.catalogue.title(issue.title)
        yield pdf_name(id_), pdf(title, issue, _with_masters(archive, pages), made=now)


def _with_masters(archive: Archive, pages: Sequence[Page]) -> Iterator[tuple[Page, Image.Image]]:
    """Each page with its decoded master, which the two pages of a fold share."""
    from baoguan.ingest import decode

    dpi = archive.settings.pdf_dpi
    held: tuple[tuple[str, int, int], Image.Image] | None = None
    for page in pages:
        frame = page.master, page.frame, page.turn
        if held is None or held[0] != frame:
            source = archive.store.path("masters", page.master)
            pixels = decode(source, page.frame, pdf_dpi=dpi, turn=page.turn)
            held = frame, Image.fromarray(pixels)
        yield page, held[1]


FORMS: dict[str, Callable[[Archive, Sequence[PageEntry]], _Files]] = {
    "alto": _alto_files,
    "hocr": _hocr_files,
    "mets": _mets_files,
    "page": _page_files,
    "pdf": _pdf_files,
    "text": _text_files,
}
