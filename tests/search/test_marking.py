from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from baoguan.model import Article, ArticleKind, Box, Char, Direction, Line, Page, Region, RegionKind
from baoguan.search import (
    Document,
    Match,
    Phrase,
    article_text,
    fold,
    locate,
    matches,
    parse,
    snippet,
    spans,
)

SIZE = 20  # pixels of one character, and of the way from one to the next
ARTICLE = Article("p-a0001", ArticleKind.ARTICLE, "", ("p-r001", "p-r002"))


def line(text: str, left: int, top: int, direction: Direction) -> Line:
    """Characters side by side from the place where reading begins."""
    dx, dy = {
        Direction.VERTICAL_RL: (0, SIZE),
        Direction.HORIZONTAL_RTL: (-SIZE, 0),
        Direction.HORIZONTAL_LTR: (SIZE, 0),
    }[direction]
    first = Box(left, top, left + SIZE, top + SIZE)
    chars = tuple(Char(c, first.shift(i * dx, i * dy), 0.9) for i, c in enumerate(text))
    box = Box.around(char.box for char in chars) if chars else first
    return Line(box, direction, chars)


def page(*regions: tuple[Line, ...]) -> Page:
    return Page(
        id="p",
        master="m",
        frame=0,
        width=1000,
        height=1000,
        box=Box(0, 0, 1000, 1000),
        direction=Direction.VERTICAL_RL,
        regions=tuple(
            Region(f"p-r{n:03d}", RegionKind.TEXT, Box(0, 0, 1000, 1000), lines[0].direction, lines)
            for n, lines in enumerate(regions, 1)
        ),
        articles=(ARTICLE,),
    )


def columns(*texts: str) -> tuple[Line, ...]:
    return tuple(
        line(text, 900 - 30 * n, 100, Direction.VERTICAL_RL) for n, text in enumerate(texts)
    )


@pytest.mark.parametrize(
    ("words", "text", "holds"),
    [
        ("盧溝橋", "蘆溝橋", False),
        ("溝橋", "蘆沟桥", True),
        ("橋溝", "蘆溝橋", False),
        ("甲 乙", "乙丙甲", True),
        ("甲 NOT 乙", "乙丙甲", False),
        ("甲 OR 乙", "乙", True),
        ("NOT 甲", "", True),
        ("times", "The Times", True),
        ("time", "The Times", False),
        ('"the times"', "The，TIMES", True),
    ],
)
def test_a_query_holds_for_a_text(words: str, text: str, holds: bool) -> None:
    assert matches(parse(words), text) is holds
    assert matches(parse(words), fold(text)) is holds


@pytest.mark.parametrize(
    ("words", "text", "places"),
    [
        ("國", "中国民國", ((1, 2), (3, 4))),
        ("人人", "人人人人人", ((0, 2), (2, 4))),
        ("北平 OR 平津", "北平津", ((0, 3),)),
        ("甲 OR 乙", "甲乙", ((0, 1), (1, 2))),
        ("甲 乙", "甲丙", ()),
        ("(甲 乙) OR 丙", "甲丙", ((1, 2),)),
        ("甲 NOT 乙", "甲丙", ((0, 1),)),
        ("NOT 乙", "甲丙", ()),
        ("北平晨報", "北平，晨報", ((0, 5),)),
        ("the times", "x THE Times", ((2, 5), (6, 11))),
        ("𠀀", "甲𠀀乙", ((1, 2),)),
        ("蔣?石", "蔣、介石", ((0, 4),)),
        ("甲 NEAR/1 乙", "甲丙乙。甲，，乙乙丙丙甲", ((0, 1), (2, 3), (4, 5), (7, 8), (8, 9))),
        ("甲乙 NEAR/0 乙丙", "甲乙丙", ()),
        ("甲甲 NEAR/0 甲", "甲甲甲", ((0, 3),)),
        ("甲 NEAR/5 甲", "乙甲", ()),
        ("=後 OR 平", "皇后之後，平", ((3, 4), (5, 6))),
        ("shang*", "上海 Shanghai", ((3, 11),)),
        ("甲 title:jb", "甲", ((0, 1),)),
        ("甲 NOT (page:2 乙)", "甲乙", ((0, 1),)),
        ("kind:head", "甲", ()),
    ],
)
def test_hits_stand_at(words: str, text: str, places: tuple[tuple[int, int], ...]) -> None:
    assert spans(parse(words), text) == places


@given(st.text("甲乙丙", max_size=12), st.text("甲乙丙", min_size=1, max_size=3))
def test_a_run_of_han_is_found_where_the_text_holds_it(text: str, run: str) -> None:
    assert matches(parse(run), text) is (run in text)
    assert len(spans(parse(run), text)) == text.count(run)
    assert all(text[start:end] == run for start, end in spans(parse(run), text))


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        ("甲 title:jb", True),
        ("甲 title:京報", True),
        ("title:sb", False),
        ("甲 NOT page:3", False),
        ("NOT (page:3 乙)", True),
        ("kind:article date:1939-04-23", True),
        ("date:1939-05..", False),
        ("date:..1938", False),
    ],
)
def test_a_query_holds_for_a_document_by_what_is_known_of_it(words: str, holds: bool) -> None:
    document = Document(
        "a", "p", "i", "jb", "京报", dt.date(1939, 4, 23), 3, "article", "", "甲", "1"
    )
    assert matches(parse(words), document) is holds
    assert not matches(parse("date:1000..9999"), replace(document, date=None))


class TestLocating:
    def test_neighbours_down_a_column_make_one_box(self) -> None:
        found = locate(parse("沟桥"), page(columns("蘆溝橋事變")), ARTICLE)
        assert found == (Match("溝橋", (Box(900, 120, 920, 160),)),)

    def test_neighbours_along_a_line_from_right_to_left_make_one_box(self) -> None:
        headline = (line("蘆溝橋事變", 500, 50, Direction.HORIZONTAL_RTL),)
        found = locate(parse("溝橋"), page(headline), ARTICLE)
        assert found == (Match("溝橋", (Box(460, 50, 500, 70),)),)

    def test_a_hit_broken_over_two_columns_has_two_boxes(self) -> None:
        found = locate(parse("蘆溝橋"), page(columns("宛平蘆", "溝橋事變")), ARTICLE)
        assert found == (Match("蘆溝橋", (Box(900, 140, 920, 160), Box(870, 100, 890, 140))),)

    def test_a_hit_broken_over_two_regions_has_two_boxes(self) -> None:
        found = locate(parse("北平"), page(columns("在北"), columns("平市")), ARTICLE)
        assert found[0].text == "北平"
        assert len(found[0].boxes) == 2

    def test_a_space_stands_between_latin_words_of_two_lines_and_has_no_box(self) -> None:
        lines = (
            line("Shanghai", 10, 10, Direction.HORIZONTAL_LTR),
            line("Times", 10, 40, Direction.HORIZONTAL_LTR),
        )
        printed = page(lines)
        assert article_text(printed, ARTICLE)[0] == "Shanghai Times"
        found = locate(parse('"shanghai times"'), printed, ARTICLE)
        assert found == (Match("Shanghai Times", (Box(10, 10, 170, 30), Box(10, 40, 110, 60))),)

    def test_a_character_of_several_code_points_is_one_place(self) -> None:
        whole = Line(
            Box(0, 0, 60, 20),
            Direction.HORIZONTAL_LTR,
            (
                Char("No.", Box(0, 0, 20, 20), 1.0),
                Char("", Box(20, 0, 40, 20), 1.0),
                Char("7", Box(40, 0, 60, 20), 1.0),
            ),
        )
        found = locate(parse("no"), page((whole,)), ARTICLE)
        assert found == (Match("No", (Box(0, 0, 20, 20),)),)

    def test_regions_of_other_articles_are_not_searched(self) -> None:
        only_first = Article("p-a0002", ArticleKind.ARTICLE, "", ("p-r001",))
        assert locate(parse("平"), page(columns("在北"), columns("平市")), only_first) == ()

    @settings(deadline=None)
    @given(
        st.lists(st.text("甲乙國ab ，1", max_size=6), min_size=1, max_size=5),
        st.lists(st.sampled_from(["甲", "乙", "国", "ab", "1"]), min_size=1, max_size=3),
        st.sampled_from(Direction),
    )
    def test_the_characters_under_the_boxes_spell_the_query(
        self, texts: list[str], wanted: list[str], direction: Direction
    ) -> None:
        lines = tuple(line(t, 500, 30 * n, direction) for n, t in enumerate(texts))
        if direction.vertical:
            lines = columns(*texts)
        assume(any(texts))
        printed = page(lines)
        query = Phrase(tuple(wanted))
        found = locate(query, printed, ARTICLE)
        assert len(found) == len(spans(query, article_text(printed, ARTICLE)[0]))
        for match in found:
            under = [
                char.text
                for box in match.boxes
                for each in lines
                for char in each.chars
                if char.box.overlap(box) == char.box.area
            ]
            spelt = fold("".join(under)).replace(" ", "").replace(",", "")
            assert spelt == "".join(wanted)


class TestSnippets:
    def test_the_hit_stands_in_the_middle(self) -> None:
        text = "甲" * 50 + "國" + "乙" * 50
        found = snippet(parse("国"), text, around=3)
        assert (found.text, found.marks) == ("甲甲甲國乙乙乙", ((3, 4),))

    def test_all_hits_within_are_marked(self) -> None:
        found = snippet(parse("國 OR 甲"), "國乙甲乙乙乙乙國", around=3)
        assert found.text == "國乙甲乙"
        assert [found.text[start:end] for start, end in found.marks] == ["國", "甲"]

    def test_without_a_hit_it_is_the_beginning(self) -> None:
        assert snippet(parse("丁"), "甲乙丙", around=2).text == "甲乙"
        assert snippet(parse("丁"), "").text == ""

    @given(st.text("甲乙丙國a", max_size=80), st.integers(0, 10))
    def test_marks_are_hits(self, text: str, around: int) -> None:
        query = parse("國 OR 甲乙")
        found = snippet(query, text, around)
        assert found.text in text
        for start, end in found.marks:
            assert 0 <= start < end <= len(found.text)
            assert fold(found.text[start:end]) in {"国", "甲乙", "甲乙国", "甲"}
