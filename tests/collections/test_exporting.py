"""What the archive writes out, from the samples' true pages in the place of a reading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from baoguan.archive import Archive, create_archive, open_archive
from baoguan.pipeline import export, store_files
from baoguan.revisions import page_to_json, pages_from_json
from baoguan.settings import load_settings

FOLD = "nanbu/nanbu_1934-05-12_0001+0004"
ISSUE = "nanbu-1934-05-12-a"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Iterator[Archive]:
    """One fold of two pages."""
    settings = load_settings(tmp_path_factory.mktemp("exports") / "archive")
    create_archive(settings)
    with open_archive(settings) as opened:
        store_files(opened, [samples / "scans" / f"{FOLD}.jpg"])
        (scan,) = opened.catalogue.scans()
        pages = pages_from_json((samples / "scans" / f"{FOLD}.truth.json").read_bytes())
        kept = [(page, opened.store.add("pages", page_to_json(page))) for page in pages]
        opened.catalogue.add_pages(scan.id, kept)
        yield opened


@pytest.mark.parametrize(
    ("form", "names"),
    [
        ("alto", [f"{ISSUE}-p0001.alto.xml", f"{ISSUE}-p0004.alto.xml"]),
        ("hocr", [f"{ISSUE}-p0001.hocr.html", f"{ISSUE}-p0004.hocr.html"]),
        ("mets", [f"{ISSUE}.mets.xml"]),
        ("page", [f"{ISSUE}-p0001.page.xml", f"{ISSUE}-p0004.page.xml"]),
        ("pdf", [f"{ISSUE}.pdf"]),
        ("text", [f"{ISSUE}-p0001.txt", f"{ISSUE}-p0004.txt"]),
    ],
)
def test_files_are_named_for_pages_and_issues(
    form: str, names: list[str], archive: Archive, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    written = export(archive, form, tmp_path, progress=lambda _, done, of: told.append((done, of)))
    assert [file.name for file in written] == names
    assert all(file.stat().st_size > 100 for file in written)
    assert told[-1] == (len(names), len(names))


def test_one_page_can_be_named(archive: Archive, tmp_path: Path) -> None:
    (file,) = export(archive, "page", tmp_path, [f"{ISSUE}-p0004"])
    assert "nanbu_1934-05-12_0001+0004.jpg" in file.read_text("utf-8")


def test_a_pdf_of_one_page_holds_that_page_alone(archive: Archive, tmp_path: Path) -> None:
    (file,) = export(archive, "pdf", tmp_path, [f"{ISSUE}-p0004"])
    with pikepdf.open(file) as document:
        assert len(document.pages) == 1
