from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
import pyvips
from lxml import etree

from baoguan.archive import Archive, create_archive, open_archive
from baoguan.errors import IndexStale, IndexUnavailable
from baoguan.model import number_of
from baoguan.pipeline import export, index_pages, pyramid_of, read_scans, store_files
from baoguan.revisions import page_to_json
from baoguan.settings import load_settings
from tests.scans import grey, written


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    settings = load_settings(tmp_path / "archive", workers=1)
    create_archive(settings)
    with open_archive(settings) as opened:
        yield opened


@pytest.fixture
def stored(archive: Archive, tmp_path: Path) -> Archive:
    lines = ["江上早报记者昨日在码头见到", "三艘新船同时起航前往下游"]
    written(lines).save(tmp_path / "jiang_1956-05-01_1.png")
    store_files(archive, [tmp_path / "jiang_1956-05-01_1.png"])
    return archive


def test_a_stored_scan_is_read_indexed_and_found(stored: Archive) -> None:
    report = read_scans(stored, stored.catalogue.scans("stored"))
    assert (report.scans, report.pages, report.failed) == (1, 1, ())
    assert index_pages(stored).pages == 1
    assert [s.state for s in stored.catalogue.scans()] == ["indexed"]
    answer = stored.find("三艘新船")
    assert answer.total == 1
    (match,) = answer.hits[0].matches
    assert match.text == "三艘新船"
    (box,) = match.boxes
    assert 50 < box.left < 75
    assert 100 < box.top < 130
    assert abs(box.width - 4 * 32) < 32


def test_reading_again_keeps_both_revisions_and_shows_the_newer(stored: Archive) -> None:
    read_scans(stored, stored.catalogue.scans("stored"))
    first = stored.catalogue.pages()[0]
    settings = stored.settings.model_copy(update={"quality": "fast"})
    with open_archive(settings) as other:
        read_scans(other, other.catalogue.scans())
    again = stored.catalogue.page(first.id)
    assert stored.catalogue.revisions(first.id) == (first.revision, again.revision)
    assert first.revision != again.revision
    assert stored.page(first.id, first.revision).id == first.id
    assert stored.catalogue.counts().pages == 1


def test_a_page_that_takes_too_long_is_kept_without_text(stored: Archive) -> None:
    hasty = stored.settings.model_copy(update={"page_seconds": 0.05})
    with open_archive(hasty) as archive:
        report = read_scans(archive, archive.catalogue.scans("stored"))
        assert [failure.code for failure in report.failed] == ["timed-out"]
        (state,) = archive.catalogue.scans("failed")
        assert "page_seconds" in state.reason
        (page,) = archive.catalogue.pages()
        assert page.characters == 0
    report = read_scans(stored, stored.catalogue.scans("failed"))
    assert (report.scans, report.failed) == (1, ())
    assert stored.catalogue.pages()[0].characters > 10


def test_the_pyramid_is_made_while_reading(stored: Archive) -> None:
    read_scans(stored, stored.catalogue.scans("stored"))
    (made,) = (stored.settings.derivatives / "pyramids").iterdir()
    scan = stored.catalogue.scans()[0].scan
    assert pyramid_of(stored, scan.master, scan.frame) == made
    made.unlink()
    assert pyramid_of(stored, scan.master, scan.frame).exists()


def test_a_scan_that_lies_on_its_head_is_shown_and_marked_upright(
    archive: Archive, tmp_path: Path
) -> None:
    lines = ["江上早报记者昨日在码头见到", "三艘新船同时起航前往下游", "两岸站满了送行的人们"]
    upright = written(lines)
    upright.rotate(180).save(tmp_path / "jiang_1956-05-01_1.png")
    store_files(archive, [tmp_path / "jiang_1956-05-01_1.png"])
    report = read_scans(archive, archive.catalogue.scans("stored"))
    (page,) = archive.catalogue.pages()
    assert report.turned == (page.id,)
    assert archive.catalogue.turned() == (page.id,)
    assert page.turn == 180
    index_pages(archive)
    (match,) = archive.find("三艘新船").hits[0].matches
    (box,) = match.boxes
    assert 100 < box.top < 130
    pyramid = pyramid_of(archive, page.master, page.frame, page.turn)
    shown = pyvips.Image.new_from_file(str(pyramid)).numpy()
    assert np.abs(shown.astype(int) - np.asarray(upright)).mean() < 2
    (alto,) = export(archive, "alto", tmp_path / "out")
    first = etree.parse(alto).find(".//{*}Glyph")
    assert first is not None
    assert int(first.get("VPOS", 0)) > 350  # on the scan as it is kept
    (pdf,) = export(archive, "pdf", tmp_path / "out")
    with pypdfium2.PdfDocument(pdf) as document:
        drawn = document[0].render().to_numpy()
        assert "三艘新船" in document[0].get_textpage().get_text_range()
    third = len(drawn) // 3
    assert drawn[:third].mean() < drawn[-third:].mean()  # print at the top


def test_an_article_is_joined_with_its_continuation_on_a_page_read_later(
    archive: Archive, tmp_path: Path
) -> None:
    printed = {
        1: ["江上早报记者昨日在码头见到", "三艘新船同时起航前往下游", "（下转第二版）"],
        2: ["（上接第一版）", "两岸站满了送行的人们", "汽笛声传出很远"],
    }
    for number, lines in printed.items():
        written(lines).save(tmp_path / f"jiang_1956-05-01_{number}.png")
        store_files(archive, [tmp_path / f"jiang_1956-05-01_{number}.png"])
    first, second = (state for state in archive.catalogue.scans())
    issue = first.scan.issue
    read_scans(archive, [first])
    assert archive.catalogue.continuations(issue) == ()
    read_scans(archive, [second])
    (told,) = archive.catalogue.continuations(issue)
    assert (number_of(told.article), number_of(told.onto)) == (1, 2)
    (mets,) = export(archive, "mets", tmp_path / "out")
    (article,) = etree.parse(mets).findall(
        ".//{*}structMap[@TYPE='LOGICAL']//{*}div[@TYPE='ARTICLE']"
    )
    pages = [area.get("FILEID") for area in article.iter("{*}area")]
    assert pages[0] == f"t-{issue}-p0001"
    assert pages[-1] == f"t-{issue}-p0002"


def test_an_index_that_was_lost_is_made_again(stored: Archive) -> None:
    read_scans(stored, stored.catalogue.scans("stored"))
    index_pages(stored)
    stored.index.clear()
    stored.index.commit()
    assert stored.count("新船") == 0
    assert index_pages(stored).pages == 1
    assert stored.count("新船") == 1


def test_an_index_made_anew_holds_every_page(stored: Archive) -> None:
    read_scans(stored, stored.catalogue.scans("stored"))
    index_pages(stored)
    report = index_pages(stored, rebuild=True)
    assert (report.pages, report.rebuilt) == (1, True)
    assert stored.count("新船") == 1
    assert stored.catalogue.outbox() == ()


def test_an_index_made_with_other_rules_is_made_anew(stored: Archive) -> None:
    read_scans(stored, stored.catalogue.scans("stored"))
    index_pages(stored)
    label = Path(stored.settings.index_url) / "analysis.json"
    label.write_text('{"made_with": "an older table"}')
    with pytest.raises(IndexStale):
        stored.count("新船")
    assert index_pages(stored).rebuilt
    assert stored.count("新船") == 1
    assert not index_pages(stored).rebuilt


def test_a_server_that_is_away_delays_the_index_and_nothing_else(stored: Archive) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        away = f"http://127.0.0.1:{unused.getsockname()[1]}/papers"
    with open_archive(stored.settings.model_copy(update={"index": away})) as archive:
        assert read_scans(archive, archive.catalogue.scans("stored")).pages == 1
        for attempt in (lambda: index_pages(archive), lambda: archive.find("新船")):
            with pytest.raises(IndexUnavailable):
                attempt()
        (page,) = archive.catalogue.outbox()
        assert archive.page(page).text
    assert index_pages(stored).pages == 1
    assert stored.count("新船") == 1


def test_a_blank_sheet_is_a_page_without_text(archive: Archive, tmp_path: Path) -> None:
    grey(60, 50).point(lambda _: 240).save(tmp_path / "blank_1956-05-01_1.png")
    store_files(archive, [tmp_path / "blank_1956-05-01_1.png"])
    assert read_scans(archive, archive.catalogue.scans("stored")).failed == ()
    assert index_pages(archive).pages == 1
    assert archive.catalogue.pages()[0].characters == 0


def test_a_search_between_two_readings_of_a_page_gives_no_error(stored: Archive) -> None:
    read_scans(stored, stored.catalogue.scans("stored"))
    index_pages(stored)
    (entry,) = stored.catalogue.pages()
    bare = replace(stored.page(entry.id), articles=(), regions=())
    state = stored.catalogue.scans()[0].id
    stored.catalogue.add_pages(state, [(bare, stored.store.add("pages", page_to_json(bare)))])
    assert stored.find("新船").hits == ()
    index_pages(stored)
    assert stored.find("新船").total == 0
