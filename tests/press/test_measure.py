"""Set folds are measured: the truth's own lines lose nothing but what is broken on purpose."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from baoguan.model import Direction
from baoguan.revisions import page_to_json
from press.ecpo import Fold, Paragraph, Shape, Told
from press.folds import set_fold
from press.measure import joined, measure, part_of, scans_below, sheets_of, true_pages_of
from press.oracle import oracle_sheets

PLACES = [(x, y) for x in (300, 2700) for y in (300, 760, 1220)]
TEXT = "春眠不覺曉處處聞啼鳥夜來風雨聲花落知多少白日依山盡黃河入海流欲窮千里目更上一層樓"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One fold: three registers of text on each page, an article in each."""
    below = tmp_path_factory.mktemp("folds")
    shapes = []
    told = []
    for n, (x, y) in enumerate(PLACES):
        corners = ((x, y), (x + 1750, y), (x + 1750, y + 444), (x, y + 444))
        shapes.append(Shape(f"s{n}", "article", corners))
        turned = TEXT[n * 5 :] + TEXT[: n * 5]
        lines = tuple((turned * 20)[i * 16 : i * 16 + 16] for i in range(50))
        told.append(
            Told("article", 3 if x < 2416 else 2, (Paragraph(lines, Direction.VERTICAL_RL),))
        )
    fold = Fold(
        "jb_0130_1920-04-06_0002+0003", dt.date(1920, 4, 6), (3, 2), tuple(told), tuple(shapes)
    )
    made = set_fold(fold, [])
    (below / f"{made.name}.jpg").write_bytes(made.scanned.jpeg)
    truth = b",\n".join(page_to_json(page) for page in made.pages)
    (below / f"{made.name}.truth.json").write_bytes(b"[" + truth + b"]\n")
    return below


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
