from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baoguan.model import (
    Box,
    article_id,
    issue_id,
    issue_of,
    page_id,
    page_of,
    picture_id,
    region_id,
    slug,
)

edges = st.integers(0, 5000)
boxes = st.builds(
    lambda x, y, w, h: Box(x, y, x + w, y + h),
    edges,
    edges,
    st.integers(1, 900),
    st.integers(1, 900),
)


def test_ids_carry_their_parentage() -> None:
    issue = issue_id("jb", dt.date(1939, 4, 23))
    assert issue == "jb-1939-04-23-a"
    assert page_id(issue, 1) == "jb-1939-04-23-a-p0001"
    assert region_id(page_id(issue, 1), 12) == "jb-1939-04-23-a-p0001-r012"


@given(st.text(min_size=1), st.dates(), st.integers(1, 9999), st.integers(0, 999))
def test_every_id_tells_its_page_and_issue(title: str, day: dt.date, page: int, n: int) -> None:
    issue = issue_id(title, day)
    home = page_id(issue, page)
    for child in (region_id(home, n), article_id(home, n), picture_id(home, n)):
        assert page_of(child) == home
        assert issue_of(child) == issue_of(home) == issue


def test_what_is_unknown_is_named_so() -> None:
    assert issue_id("", None, "3f2a9c1b") == "untitled-undated-3f2a9c1b"


def test_a_chinese_title_stays_chinese_in_ids() -> None:
    assert slug("申報 (上海)") == "申報-上海"


def test_a_box_cannot_be_inside_out() -> None:
    with pytest.raises(ValueError, match="inside out"):
        Box(5, 0, 4, 9)


@given(st.lists(boxes, min_size=1))
def test_the_box_around_holds_them_all(some: list[Box]) -> None:
    around = Box.around(some)
    assert all(around.overlap(box) == box.area for box in some)


@given(boxes, boxes)
def test_overlap_does_not_ask_who_comes_first(one: Box, other: Box) -> None:
    assert one.overlap(other) == other.overlap(one) <= min(one.area, other.area)
