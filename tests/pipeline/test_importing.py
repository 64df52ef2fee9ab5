from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from baoguan.archive import Archive, create_archive, open_archive
from baoguan.errors import ArchiveBusy
from baoguan.pipeline import Hints, store_files
from baoguan.settings import load_settings
from baoguan.store import sha256_of
from tests.scans import bomb, grey


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    settings = load_settings(tmp_path / "archive", max_megapixels=50, workers=1)
    create_archive(settings)
    with open_archive(settings) as opened:
        yield opened


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    folder = tmp_path / "scans"
    folder.mkdir()
    for number in (1, 2, 3):
        grey(seed=number).save(folder / f"jb_1939-04-23_{number:04d}.png")
    return folder


def test_a_file_is_kept_unchanged_under_its_hash(archive: Archive, scans: Path) -> None:
    report = store_files(archive, [scans])
    assert (report.seen, report.stored, report.rejected) == (3, 3, ())
    for file in scans.iterdir():
        kept = archive.store.path("masters", sha256_of(file))
        assert kept.read_bytes() == file.read_bytes()


def test_the_same_files_again_change_nothing(archive: Archive, scans: Path) -> None:
    store_files(archive, [scans])
    before = archive.catalogue.scans()
    (scans / "copy_1940-01-01_1.png").write_bytes((scans / "jb_1939-04-23_0001.png").read_bytes())
    report = store_files(archive, [scans])
    assert (report.seen, report.stored, report.duplicate) == (4, 0, 4)
    assert archive.catalogue.scans() == before


def test_two_copies_in_one_import_are_kept_once(archive: Archive, scans: Path) -> None:
    (scans / "jb_1939-04-24_0001.png").write_bytes((scans / "jb_1939-04-23_0001.png").read_bytes())
    report = store_files(archive, [scans])
    assert (report.seen, report.stored, report.duplicate) == (4, 3, 1)


def test_names_give_issue_and_pages(archive: Archive, scans: Path) -> None:
    grey(seed=9).save(scans / "jb_3797_1939-04-24_0001+0004.png")
    store_files(archive, [scans])
    assert [(s.scan.issue, s.scan.numbers) for s in archive.catalogue.scans()] == [
        ("jb-1939-04-23-a", (1,)),
        ("jb-1939-04-23-a", (2,)),
        ("jb-1939-04-23-a", (3,)),
        ("jb-1939-04-24-a", (1, 4)),
    ]


def test_options_win_over_names(archive: Archive, scans: Path) -> None:
    one = scans / "jb_1939-04-23_0001.png"
    store_files(archive, [one], Hints("Shen Bao", dt.date(1920, 1, 2), 7))
    (state,) = archive.catalogue.scans()
    assert (state.scan.issue, state.scan.numbers) == ("shen-bao-1920-01-02-a", (7,))


def test_what_no_name_tells_stays_unknown_and_is_listed(archive: Archive, tmp_path: Path) -> None:
    grey().save(tmp_path / "IMG 0042.png")
    report = store_files(archive, [tmp_path / "IMG 0042.png"])
    (state,) = archive.catalogue.scans()
    assert state.scan.issue == f"untitled-undated-{state.scan.master[:8]}"
    assert archive.catalogue.unknown() == (state,)
    assert report.unknown == ((str(tmp_path / "IMG 0042.png"), "title, date, page"),)


def test_pages_of_a_known_issue_are_counted_on_where_unnumbered(
    archive: Archive, tmp_path: Path
) -> None:
    path = tmp_path / "volume.tif"
    grey().save(path, save_all=True, append_images=[grey(seed=1), grey(seed=2)])
    store_files(archive, [path], Hints("jb", dt.date(1939, 4, 23)))
    assert [(s.scan.frame, s.scan.numbers) for s in archive.catalogue.scans()] == [
        (0, (1,)),
        (1, (2,)),
        (2, (3,)),
    ]


def test_another_scan_of_a_page_goes_to_the_next_edition(archive: Archive, scans: Path) -> None:
    store_files(archive, [scans])
    grey(seed=30).save(scans / "jb_1939-04-23_2.png")
    store_files(archive, [scans])
    assert archive.catalogue.scans()[-1].scan.issue == "jb-1939-04-23-b"


def test_each_bad_file_has_its_own_reason_and_the_rest_goes_on(
    archive: Archive, scans: Path
) -> None:
    (scans / "letter.jpg").write_text("not a scan at all")
    grey().save(scans / "cut.jpg")
    (scans / "cut.jpg").write_bytes((scans / "cut.jpg").read_bytes()[:-900])
    bomb(scans / "bomb.png", 8000)
    (scans / "zero.tif").touch()
    locked = scans / "locked"
    locked.mkdir()
    locked.chmod(0)
    try:
        report = store_files(archive, [scans])
    finally:
        locked.chmod(0o755)
    assert (report.seen, report.stored) == (8, 3)
    assert {Path(r.path).name: r.code for r in report.rejected} == {
        "letter.jpg": "unknown-format",
        "cut.jpg": "damaged",
        "bomb.png": "too-large",
        "zero.tif": "empty",
        "locked": "unreadable",
    }
    assert all(r.reason and r.advice for r in report.rejected)
    assert len(archive.catalogue.rejected_files()) == 5


def test_two_imports_at_once_are_refused(archive: Archive) -> None:
    with archive.locked(), pytest.raises(ArchiveBusy), archive.locked():
        pass
    with archive.locked():
        pass
