"""Boxes are shifted by a little, and errors are those of `evaluate`."""

from __future__ import annotations

from pathlib import Path

import pytest

from baoguan.ocr.sheet import Sheet
from press.measure import measure, scans_below
from press.shifted import Errors, Known, errors, known, mean, shifted, steadiness, told


@pytest.fixture(scope="module")
def fold(folder: Path) -> Known:
    (found,) = known(scans_below(folder)[0])
    return found


def test_every_side_moves_by_two_pixels_at_most_and_the_same_for_a_seed(fold: Known) -> None:
    sheet = fold.sheets[0]
    moved = shifted(sheet, 1)
    assert shifted(sheet, 0) is sheet
    assert moved.lines == shifted(sheet, 1).lines != shifted(sheet, 2).lines
    steps = [
        abs(a - b)
        for old, new in zip(sheet.lines, moved.lines, strict=True)
        for a, b in zip(old.box.as_tuple(), new.box.as_tuple(), strict=True)
    ]
    assert set(steps) == {0, 1, 2}
    assert [line.text for line in moved.lines] == [line.text for line in sheet.lines]


def test_errors_as_read_are_those_that_are_measured(folder: Path, fold: Known) -> None:
    (measured,) = measure(scans_below(folder), "truth")
    as_read, *moved = steadiness(fold, 1)
    assert as_read.order == pytest.approx(measured.score.order_cer)
    assert as_read.article == pytest.approx(measured.score.article_cer)
    assert len(moved) == 1
    assert str(as_read) in told(fold, (as_read, *moved))


def test_a_layout_that_finds_nothing_loses_everything(fold: Known) -> None:
    def nothing(sheet: Sheet) -> Sheet:
        return sheet

    assert steadiness(fold, 0, layout=nothing) == (Errors(1.0, 1.0),)
    assert errors(fold, fold.sheets) == Errors(1.0, 1.0)


def test_a_mean_is_taken_of_both_errors() -> None:
    assert mean([Errors(0.1, 0.2), Errors(0.3, 0.6)]) == Errors(pytest.approx(0.2), 0.4)
    assert Errors(0.1, 0.2).weighed == pytest.approx(0.2)
