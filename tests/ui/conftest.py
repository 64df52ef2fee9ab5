"""A small archive with two pages, an exhibit and a gallery, opened as the pages see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.middleware import Middleware

from baoguan.archive import Archive, create_archive, open_archive
from baoguan.model import Box, Exhibit, Gallery, Issue, Item, Page, Scan, Section, Title
from baoguan.pipeline import index_pages
from baoguan.revisions import page_to_json
from baoguan.settings import Settings
from baoguan.store import sha256_of
from baoguan.ui.app import routes_of
from baoguan.ui.house import House, Role, open_house
from baoguan.ui.language import language
from baoguan.ui.security import SecurityHeaders
from baoguan.ui.visit import Visit
from tests.pages import vertical_page

ISSUE = "jb-1939-04-23-a"
FIRST, SECOND = f"{ISSUE}-p0001", f"{ISSUE}-p0002"


@pytest.fixture(scope="session")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """1000 × 1000 pixels, each 100-pixel field of a colour of its own."""
    rows, columns = np.mgrid[0:1000, 0:1000] // 100
    pixels = np.stack([rows * 25 + 10, columns * 25 + 10, (rows + columns) * 12], axis=-1)
    path = tmp_path_factory.mktemp("scans") / f"{ISSUE}.png"
    Image.fromarray(pixels.astype(np.uint8)).save(path)
    return path


@pytest.fixture(scope="session")
def settings(scan: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(archive=tmp_path_factory.mktemp("archive"))
    create_archive(settings)
    with open_archive(settings) as archive:
        fill(archive, scan)
        index_pages(archive)
    return settings


@pytest.fixture(scope="session")
def sha(scan: Path) -> str:
    return sha256_of(scan)


@pytest.fixture
def house(settings: Settings) -> Iterator[House]:
    opened = open_house(settings, Role.RESEARCH)
    yield opened
    opened.close()


@pytest.fixture
def empty_house(tmp_path: Path) -> Iterator[House]:
    settings = Settings(archive=tmp_path / "empty")
    create_archive(settings)
    opened = open_house(settings, Role.RESEARCH)
    yield opened
    opened.close()


@pytest.fixture
def app(house: House) -> Starlette:
    return Starlette(routes=routes_of(house), middleware=[Middleware(SecurityHeaders)])


@pytest.fixture
def visit(house: House) -> Callable[..., Visit]:
    def make(lang: str = "zh-Hans", **params: str) -> Visit:
        return Visit(house, language(lang), {"lang": lang, **params})

    return make


def fill(archive: Archive, scan: Path) -> None:
    sha = sha256_of(scan)
    catalogue = archive.catalogue
    archive.store.add_file("masters", scan, sha)
    batch = catalogue.begin_batch()
    catalogue.add_master(
        batch,
        scan,
        sha=sha,
        format_="png",
        size=scan.stat().st_size,
        issue=Issue(ISSUE, "jb", dt.date(1939, 4, 23)),
        scans=[(Scan(sha, 0, ISSUE, (1, 2)), 1000, 1000)],
    )
    catalogue.end_batch(batch)
    pages = (vertical_page(FIRST, master=sha), _second(sha))
    kept = [(page, archive.store.add("pages", page_to_json(page))) for page in pages]
    catalogue.add_pages(catalogue.scans()[0].id, kept)
    catalogue.put_title(Title("jb", {"zh-Hant": "晶報", "en": "The Crystal"}, "上海", ("zh-Hant",)))
    catalogue.put_exhibit(_exhibit())
    catalogue.put_gallery(Gallery("g", {"en": "A gallery"}, {}, (Item(FIRST, None, {}),)))


def _second(sha: str) -> Page:
    hostile = ("<script>alert(1)</script>", "華軍")
    return vertical_page(SECOND, hostile, master=sha)


def _exhibit() -> Exhibit:
    item = Item(FIRST, Box(100, 100, 400, 300), {"zh-Hant": "剪一塊"})
    section = Section({"en": "A <b>heading</b>"}, {"en": "One.\n\nTwo."}, (item,))
    return Exhibit(
        "e", {"zh-Hant": "一張小報"}, {"en": "A lead"}, item, (section,), {"en": "Thanks"}
    )
