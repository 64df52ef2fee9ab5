"""Set folds are measured: the truth's own lines lose nothing but what is broken on purpose."""

from __future__ import annotations

from pathlib import Path

from press.measure import joined, measure, part_of, scans_below, sheets_of, true_pages_of
from press.oracle import oracle_sheets
from tests.press.conftest import PLACES


def test_lines_of_the_truth_stand_where_their_ink_is(folder: Path) -> None:
    (scan,) = scans_below(folder)
    for sheet in oracle_sheets(scan, true_pages_of(scan)):
        assert len(sheet.lines) > 100
        for line in sheet.lines[::20]:
            box = line.box
            inside = sheet.pixels[box.top : box.bottom, box.left : box.right]
            assert (inside < 128).mean() > 0.05


def test_registers_parted_by_white_only_are_read_one_after_the_other(folder: Path) -> None:
    (measured,) = measure(scans_below(folder), "truth")
    assert measured.score.line_cer < 0.03
    assert measured.score.order_cer < 0.06


def test_folds_are_told_apart_by_issue(folder: Path) -> None:
    assert [part_of(scan) for scan in scans_below(folder, "learning")] == ["learning"]
    assert scans_below(folder, "held-out") == []


def test_lines_are_kept_until_the_scan_is_made_anew(folder: Path) -> None:
    (scan,) = scans_below(folder)
    truth = true_pages_of(scan)
    first = sheets_of(scan, "truth")
    assert [s.lines for s in sheets_of(scan, "truth")] == [s.lines for s in first]
    assert len(joined(truth).articles) == len(PLACES)
