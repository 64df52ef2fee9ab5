from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baoguan.collections.as_scanned import as_scanned
from baoguan.model import Box, Page
from tests.pages import vertical_page


def turned(page: Page, turn: int) -> Page:
    return replace(page, width=1000, height=1200, box=Box(0, 0, 1000, 1200), turn=turn)


def test_an_upright_page_stays_what_it_is() -> None:
    assert as_scanned(vertical_page()) == vertical_page()


@pytest.mark.parametrize(
    ("turn", "corner"),
    [(90, Box(0, 990, 20, 1000)), (180, Box(990, 1180, 1000, 1200)), (270, Box(1180, 0, 1200, 10))],
)
def test_what_is_at_the_top_left_is_where_the_scan_has_it(turn: int, corner: Box) -> None:
    page = turned(vertical_page(), turn)
    first = replace(page.regions[0], box=Box(0, 0, 10, 20))
    scanned = as_scanned(replace(page, regions=(first,)))
    assert scanned.regions[0].box == corner
    assert (scanned.width, scanned.height) == ((1200, 1000) if turn != 180 else (1000, 1200))
    assert scanned.box == Box(0, 0, scanned.width, scanned.height)


@given(st.sampled_from([90, 180, 270]))
def test_as_much_again_is_a_whole_turn(turn: int) -> None:
    page = turned(vertical_page(), turn)
    back = as_scanned(replace(as_scanned(page), turn=360 - turn))
    assert back == replace(page, turn=0)
    chars = [c.box for r in page.regions for line in r.lines for c in line.chars]
    assert [c.box for r in back.regions for line in r.lines for c in line.chars] == chars
