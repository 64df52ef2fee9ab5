"""An archive of the samples with their true text, as a perfect reader would make it."""

from __future__ import annotations

import json
from pathlib import Path

from baoguan.archive import Archive, create_archive, open_archive
from baoguan.collections.exhibits import read_exhibit, read_gallery, read_titles
from baoguan.model import Page
from baoguan.pipeline import index_pages, store_files
from baoguan.revisions import page_from_json, page_to_json
from baoguan.settings import Settings


def truth_archive(samples: Path, folder: Path) -> Settings:
    """Scans, pages, titles, exhibits and galleries of `samples`, indexed."""
    settings = Settings(archive=folder)
    create_archive(settings)
    with open_archive(settings) as archive:
        store_files(archive, sorted((samples / "scans").rglob("*.jpg")))
        true = true_pages(samples)
        for state in archive.catalogue.scans():
            pages = [page for page in true if page.master == state.scan.master]
            kept = [(page, archive.store.add("pages", page_to_json(page))) for page in pages]
            archive.catalogue.add_pages(state.id, kept)
        _collect(archive, samples)
        index_pages(archive)
    return settings


def true_pages(samples: Path) -> tuple[Page, ...]:
    return tuple(
        page_from_json(json.dumps(page).encode())
        for truth in sorted((samples / "scans").rglob("*.truth.json"))
        for page in json.loads(truth.read_text("utf-8"))
    )


def _collect(archive: Archive, samples: Path) -> None:
    for title in read_titles(samples / "titles.toml"):
        archive.catalogue.put_title(title)
    for file in sorted((samples / "exhibits").glob("*.toml")):
        archive.catalogue.put_exhibit(read_exhibit(file))
    for file in sorted((samples / "galleries").glob("*.toml")):
        archive.catalogue.put_gallery(read_gallery(file))
