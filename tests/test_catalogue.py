from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from baoguan.catalogue import Catalogue
from baoguan.errors import ArchiveTooNew, CatalogueUnavailable, NotFound
from baoguan.model import Box, Continuation, Exhibit, Gallery, Issue, Item, Scan, Section, Title
from baoguan.tables import Base
from tests.pages import vertical_page

SHA = "a" * 64
DAY = dt.date(1939, 4, 23)
ISSUE = Issue("jb-1939-04-23-a", "jb", DAY)
PAGE = "jb-1939-04-23-a-p0001"
NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = Catalogue(f"sqlite:///{tmp_path / 'catalogue.db'}")
    opened.migrate()
    yield opened
    opened.close()


def store(catalogue: Catalogue, sha: str = SHA, numbers: tuple[int, ...] = (1,)) -> int:
    batch = catalogue.begin_batch()
    catalogue.add_master(
        batch,
        Path("jb_1939-04-23_1.jpg"),
        sha=sha,
        format_="JPEG",
        size=99,
        issue=ISSUE,
        scans=[(Scan(sha, 0, ISSUE.id, numbers), 1000, 1000)],
    )
    catalogue.end_batch(batch)
    return catalogue.scans("stored")[-1].id


def test_migrations_give_the_tables_that_the_code_declares(tmp_path: Path) -> None:
    catalogue = Catalogue(f"sqlite:///{tmp_path / 'c.db'}")
    catalogue.migrate()
    engine = create_engine(f"sqlite:///{tmp_path / 'c.db'}")
    found = inspect(engine)
    for table in Base.metadata.sorted_tables:
        assert {c["name"] for c in found.get_columns(table.name)} == set(table.columns.keys())
        assert {i["name"] for i in found.get_indexes(table.name)} == {i.name for i in table.indexes}
    engine.dispose()
    catalogue.close()


def test_migrating_twice_changes_nothing(catalogue: Catalogue) -> None:
    scan = store(catalogue)
    catalogue.migrate()
    assert catalogue.scans()[0].id == scan


def test_a_catalogue_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.db"
    catalogue = Catalogue(f"sqlite:///{file}")
    catalogue.migrate()
    with sqlite3.connect(file) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    with pytest.raises(ArchiveTooNew, match="9999"):
        catalogue.migrate()
    catalogue.close()


def test_a_catalogue_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    catalogue = Catalogue(f"sqlite:///{tmp_path / 'no' / 'folder' / 'c.db'}")
    with pytest.raises(CatalogueUnavailable):
        catalogue.titles()


def test_a_scan_goes_from_stored_to_read_to_indexed(catalogue: Catalogue) -> None:
    scan = store(catalogue)
    assert catalogue.scans()[0].state == "stored"
    catalogue.add_pages(scan, [(vertical_page(PAGE), "rev1")])
    assert catalogue.scans()[0].state == "read"
    assert catalogue.outbox() == (PAGE,)
    catalogue.delivered({PAGE: "rev1"}, NOW)
    assert catalogue.scans()[0].state == "indexed"
    assert catalogue.outbox() == ()


def test_a_page_read_again_keeps_its_older_revisions(catalogue: Catalogue) -> None:
    scan = store(catalogue)
    for revision in ("rev1", "rev2"):
        catalogue.add_pages(scan, [(vertical_page(PAGE), revision)])
    assert catalogue.revisions(PAGE) == ("rev1", "rev2")
    assert catalogue.page(PAGE).revision == "rev2"
    counts = catalogue.counts()
    assert (counts.pages, counts.articles, counts.pictures) == (1, 2, 1)


def test_a_page_read_again_while_it_was_being_indexed_stays_in_the_outbox(
    catalogue: Catalogue,
) -> None:
    scan = store(catalogue)
    catalogue.add_pages(scan, [(vertical_page(PAGE), "rev1")])
    catalogue.add_pages(scan, [(vertical_page(PAGE), "rev2")])
    catalogue.delivered({PAGE: "rev1"}, NOW)
    assert catalogue.outbox() == (PAGE,)
    assert catalogue.scans()[0].state == "read"


def test_a_page_that_a_new_reading_no_longer_gives_is_taken_from_the_index(
    catalogue: Catalogue,
) -> None:
    scan = store(catalogue, numbers=(1, 4))
    other = "jb-1939-04-23-a-p0004"
    catalogue.add_pages(scan, [(vertical_page(PAGE), "r1"), (vertical_page(other), "r4")])
    catalogue.delivered({PAGE: "r1", other: "r4"}, NOW)
    catalogue.add_pages(scan, [(vertical_page(PAGE), "r1")])
    assert catalogue.outbox() == (PAGE, other)
    catalogue.delivered({PAGE: "r1", other: ""}, NOW)
    assert catalogue.outbox() == ()


def test_a_failure_is_kept_with_its_reason(catalogue: Catalogue) -> None:
    scan = store(catalogue)
    catalogue.fail_scan(scan, "timed-out", "took longer than 600 seconds")
    (failed,) = catalogue.scans("failed")
    assert (failed.code, failed.reason) == ("timed-out", "took longer than 600 seconds")


def test_the_journal_counts_what_became_of_each_file(catalogue: Catalogue) -> None:
    batch = catalogue.begin_batch()
    catalogue.note_file(batch, "a.jpg", "rejected", code="empty", reason="a.jpg is empty")
    catalogue.note_file(batch, "b.jpg", "duplicate", sha=SHA)
    catalogue.end_batch(batch)
    (entry,) = catalogue.batches()
    assert (entry.seen, entry.rejected, entry.duplicate, entry.stored) == (2, 1, 1, 0)
    assert entry.ended is not None
    assert [file.path for file in catalogue.rejected_files()] == ["a.jpg"]


def test_a_file_that_came_in_later_is_no_longer_listed_as_rejected(catalogue: Catalogue) -> None:
    for state in ("rejected", "stored"):
        batch = catalogue.begin_batch()
        catalogue.note_file(batch, "a.jpg", state)
    assert catalogue.rejected_files() == ()


def test_counts_tell_the_whole_holding(catalogue: Catalogue) -> None:
    catalogue.add_pages(store(catalogue), [(vertical_page(PAGE), "rev1")])
    counts = catalogue.counts()
    assert (counts.titles, counts.issues, counts.scans, counts.pages) == (1, 1, 1, 1)
    assert (counts.first, counts.last) == (DAY, DAY)
    assert counts.characters == len("華軍反攻南昌晨三時華軍自西北兩面進逼寧波米價高漲昨日米市")
    assert counts.scans_by_state == {"read": 1}


def test_a_title_first_met_in_a_file_name_gets_its_names_later(catalogue: Catalogue) -> None:
    store(catalogue)
    assert catalogue.title("jb").name("en") == "jb"
    catalogue.put_title(Title("jb", {"zh-Hant": "晶報", "en": "The Crystal"}, "上海", ("zh-Hant",)))
    assert catalogue.title("jb").name("en") == "The Crystal"


def test_pictures_come_with_their_page(catalogue: Catalogue) -> None:
    catalogue.add_pages(store(catalogue), [(vertical_page(PAGE), "rev1")])
    (picture,) = catalogue.pictures()
    assert picture.page.date == DAY
    assert picture.caption == "江岸晨景"


def test_exhibits_and_galleries_come_back_as_they_were(catalogue: Catalogue) -> None:
    item = Item(PAGE, Box(1, 2, 3, 4), {"en": "A corner"})
    whole = Item(PAGE, None, {})
    exhibit = Exhibit(
        "war", {"en": "War"}, {"en": "Lead"}, whole, (Section({}, {"en": "Body"}, (item,)),), {}
    )
    gallery = Gallery("river", {"en": "River"}, {}, (item, whole))
    catalogue.put_exhibit(exhibit)
    catalogue.put_gallery(gallery)
    assert catalogue.exhibits() == (exhibit,) == (catalogue.exhibit("war"),)
    assert catalogue.galleries() == (gallery,)


def test_what_is_not_held_is_not_found(catalogue: Catalogue) -> None:
    for question in (catalogue.page, catalogue.issue, catalogue.exhibit):
        with pytest.raises(NotFound):
            question("none")


def test_the_continuations_of_an_issue_are_those_of_its_last_reading(catalogue: Catalogue) -> None:
    scan, page = store(catalogue), vertical_page(PAGE)
    told = Continuation(f"{PAGE}-a0000", f"{ISSUE.id}-p0003-a0001")
    catalogue.add_pages(scan, [(page, "rev1")], [told])
    assert catalogue.continuations(ISSUE.id) == (told,)
    assert catalogue.continuations("another") == ()
    catalogue.add_pages(scan, [(page, "rev2")])
    assert catalogue.continuations(ISSUE.id) == ()
