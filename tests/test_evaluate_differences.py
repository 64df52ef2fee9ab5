from __future__ import annotations

import re
from dataclasses import replace

import pytest
from PIL import Image

from baoguan.evaluate import Compared, evaluate, report
from baoguan.evaluate.differences import Verdict, differences
from baoguan.model import Line, Page
from tests.pages import column, vertical_page

PAGE = "jb-1939-04-23-a-p0001"


def with_line(page: Page, index: int, line: Line) -> Page:
    """The page with the only line of a region read as `line`."""
    regions = list(page.regions)
    regions[index] = replace(regions[index], lines=(line,))
    return replace(page, regions=tuple(regions))


def spoiled(truth: Page, text: str) -> Page:
    first = truth.regions[0].lines[0]
    return with_line(truth, 0, column(text, first.box.left, first.box.top))


def faults(truth: Page, read: Page) -> list[tuple[Verdict, str, str]]:
    return [
        (m.verdict, m.truth.text if m.truth else "", m.read.text if m.read else "")
        for m in differences(truth, read).marks
        if m.verdict is not Verdict.RIGHT
    ]


@pytest.mark.parametrize(
    ("read", "told"),
    [
        ("為國爭光", []),
        ("為口爭光", [(Verdict.WRONG, "國", "口")]),
        ("为國爭光", [(Verdict.VARIANT, "為", "为")]),
        ("為爭光", [(Verdict.MISSING, "國", "")]),
        ("為國口爭光", [(Verdict.EXTRA, "", "口")]),
    ],
)
def test_each_fault_has_its_name(read: str, told: list[tuple[Verdict, str, str]]) -> None:
    truth = vertical_page(PAGE, ("為國爭光",))
    assert faults(truth, spoiled(truth, read)) == told


def test_another_reading_order_is_no_fault_of_a_character() -> None:
    page = vertical_page()
    assert faults(page, replace(page, regions=page.regions[::-1])) == []


def test_what_is_read_where_nothing_is_printed_is_extra() -> None:
    truth = vertical_page(PAGE, ("為國爭光",))
    region = replace(truth.regions[0], id=f"{PAGE}-r099", lines=(column("口", 100, 500),))
    read = replace(truth, regions=(*truth.regions, region))
    assert faults(truth, read) == [(Verdict.EXTRA, "", "口")]


def test_a_page_read_as_blank_misses_everything() -> None:
    truth = vertical_page()
    blank = replace(truth, regions=(), articles=())
    assert {verdict for verdict, _, _ in faults(truth, blank)} == {Verdict.MISSING}
    assert {verdict for verdict, _, _ in faults(blank, truth)} == {Verdict.EXTRA}


def made(*pages: tuple[Page, Page]) -> str:
    compared = [Compared(truth, read, evaluate(truth, read)) for truth, read in pages]
    return "".join(report(compared, lambda page: Image.new("L", (page.width, page.height), 200)))


def test_the_report_begins_with_the_worst_page_and_its_worst_region() -> None:
    good = vertical_page("jb-1939-04-23-a-p0001", ("為國爭光", "晨三時華軍自西北"))
    bad = vertical_page("jb-1939-04-23-a-p0002", ("為國爭光", "晨三時華軍自西北"))
    first, second = (region.lines[0] for region in bad.regions[:2])
    read = with_line(bad, 0, column("口國爭光", first.box.left, first.box.top))
    read = with_line(read, 1, column("晨口口口軍自西北", second.box.left, second.box.top))
    told = made((good, good), (bad, read))
    assert re.findall(r'<h2 id="([^"]+)"', told) == [bad.id, good.id]
    assert re.findall(r"<h3>(r\d+)", told) == ["r001", "r000"]


def test_faults_are_marked_on_the_scan_and_in_both_texts() -> None:
    truth = vertical_page(PAGE, ("為國爭光",))
    told = made((truth, spoiled(truth, "為<爭光")))
    assert '<b class="wrong">國</b>' in told
    assert '<b class="wrong">&lt;</b>' in told
    box = truth.regions[0].lines[0].chars[1].box
    assert f'<rect class="wrong" x="{box.left}" y="{box.top}" width="20" height="20">' in told


def test_an_article_that_was_cut_in_two_is_told_with_what_is_left_of_it() -> None:
    truth = vertical_page(PAGE, ("為國爭光", "晨三時華軍自西北"))
    whole = truth.articles[0]
    halves = tuple(
        replace(whole, id=f"{PAGE}-a009{i}", regions=(id_,)) for i, id_ in enumerate(whole.regions)
    )
    told = made((truth, replace(truth, articles=halves)))
    assert "為國爭光晨三時華軍自西北</span></td><td>article</td><td>12</td><td>8</td>" in told
    assert "<th>lost</th>" not in made((truth, truth))


def test_the_report_asks_no_other_host() -> None:
    truth = vertical_page()
    told = made((truth, spoiled(truth, "華軍反攻南口")))
    assert "http" not in told
    assert set(re.findall(r'(?:src|href)="([^":#]*)', told)) <= {"", "data"}
