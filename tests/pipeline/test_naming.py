from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from baoguan.archive import Archive, create_archive, open_archive
from baoguan.model import Issue, Name, NameKind, Scan
from baoguan.pipeline import NamesReport, index_pages, put_names
from baoguan.revisions import page_to_json
from baoguan.search import EVERYTHING
from baoguan.settings import Settings
from tests.pages import vertical_page

ISSUE = "jb-1939-04-23-a"
PAGES = {
    f"{ISSUE}-p0001": ("畹華昨日抵滬", "上海各報"),
    f"{ISSUE}-p0002": ("招商局新船",),
    f"{ISSUE}-p0003": ("馬克斯鞋店",),
}
MEI = Name("梅蘭芳", NameKind.PERSON, ("畹華",))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    settings = Settings(archive=tmp_path / "archive")
    create_archive(settings)
    with open_archive(settings) as opened:
        file = tmp_path / "fold.png"
        file.write_bytes(b"a scan")
        sha = "0" * 64
        scan = Scan(sha, 0, ISSUE, (1, 2, 3))
        opened.catalogue.add_master(
            opened.catalogue.begin_batch(),
            file,
            sha=sha,
            format_="png",
            size=6,
            issue=Issue(ISSUE, "jb", dt.date(1939, 4, 23)),
            scans=[(scan, 1000, 1000)],
        )
        pages = [vertical_page(id_, columns, master=sha) for id_, columns in PAGES.items()]
        kept = [(page, opened.store.add("pages", page_to_json(page))) for page in pages]
        opened.catalogue.add_pages(opened.catalogue.scans()[0].id, kept)
        index_pages(opened)
        yield opened


def found(archive: Archive, words: str) -> set[str]:
    return {hit.page.id[-1] for hit in archive.find(words, limit=0).hits}


def test_a_new_list_tags_the_pages_that_say_its_names_and_no_other(archive: Archive) -> None:
    assert found(archive, "person:梅蘭芳") == set()
    assert found(archive, "place:上海") == {"1"}
    assert put_names(archive, [MEI]) == NamesReport(1, 0, 0, 1)
    assert archive.catalogue.outbox() == (f"{ISSUE}-p0001",)
    index_pages(archive, check=False)
    assert found(archive, "person:梅兰芳") == found(archive, "person:畹華") == {"1"}
    assert archive.index.facets(EVERYTHING).persons == {"梅兰芳": 1, "马克斯": 1}


def test_names_that_change_or_go_are_taken_from_their_pages(archive: Archive) -> None:
    put_names(archive, [MEI, Name("招商局", NameKind.ORGANISATION)])
    index_pages(archive)
    assert found(archive, "org:招商局") == {"2"}
    report = put_names(archive, [Name("梅蘭芳", NameKind.PERSON), Name("馬克斯", NameKind.NONE)])
    assert report == NamesReport(added=1, changed=1, removed=1, pages=3)
    index_pages(archive)
    assert archive.index.facets(EVERYTHING).persons == {}
    assert archive.index.facets(EVERYTHING).organisations == {}


def test_a_note_changes_no_page(archive: Archive) -> None:
    put_names(archive, [MEI])
    index_pages(archive)
    report = put_names(archive, [Name(MEI.name, MEI.kind, MEI.aliases, "伶人")])
    assert report.pages == 0
    assert archive.catalogue.names()[0].note == "伶人"


def test_where_the_index_is_stale_every_page_waits(archive: Archive) -> None:
    (archive.settings.archive / "index" / "analysis.json").write_text("{}")
    assert put_names(archive, [MEI]).pages == 3
    assert len(archive.catalogue.outbox()) == 3
