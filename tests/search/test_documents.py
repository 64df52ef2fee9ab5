from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from baoguan.model import Article, ArticleKind, Box, Char, Direction, Line, Page, Region, RegionKind
from baoguan.search import article_text, documents_of, whole_page
from baoguan.search.documents import band

BOX = Box(0, 0, 10, 10)


def line(text: str) -> Line:
    return Line(BOX, Direction.VERTICAL_RL, tuple(Char(c, BOX, 1.0) for c in text))


def page(*regions: tuple[str, ...], articles: tuple[Article, ...] = ()) -> Page:
    return Page(
        id="jb-1939-04-23-a-p0003",
        master="m",
        frame=0,
        width=10,
        height=10,
        box=BOX,
        direction=Direction.VERTICAL_RL,
        regions=tuple(
            Region(f"r{n}", RegionKind.TEXT, BOX, Direction.VERTICAL_RL, tuple(map(line, lines)))
            for n, lines in enumerate(regions)
        ),
        articles=articles,
    )


def test_each_article_is_a_document() -> None:
    first = Article("a1", ArticleKind.ARTICLE, "號外", ("r1", "r0"))
    second = Article("a2", ArticleKind.ADVERTISEMENT, "", ())
    read = page(("甲", "乙"), ("丙",), articles=(first, second))
    date = dt.date(1939, 4, 23)
    one, two = documents_of(read, title="jb", title_name="京报", date=date, revision="7")
    assert (one.id, one.kind, one.headline, one.text) == ("a1", "article", "號外", "丙甲乙")
    assert (two.id, two.kind, two.text) == ("a2", "advertisement", "")
    assert (one.page, one.issue, one.number) == ("jb-1939-04-23-a-p0003", "jb-1939-04-23-a", 3)
    assert (one.title, one.title_name, one.date, one.revision) == ("jb", "京报", date, "7")


def test_a_page_without_articles_is_one_document_under_its_own_id() -> None:
    (only,) = documents_of(
        page(("甲",), ("乙",)), title="jb", title_name="", date=None, revision=""
    )
    assert (only.id, only.text) == ("jb-1939-04-23-a-p0003", "甲乙")
    (blank,) = documents_of(page(), title="jb", title_name="", date=None, revision="")
    assert (blank.id, blank.text) == ("jb-1939-04-23-a-p0003", "")


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("中華", "民國"), "中華民國"),
        (("the", "Times"), "the Times"),
        (("1937", "7"), "1937 7"),
        (("中", "a"), "中a"),
        (("a,", "b"), "a,b"),
        (("Ａ", "é"), "Ａ é"),
        (("a", "", "b"), "a b"),
        (("", "中", ""), "中"),
    ],
)
def test_lines_follow_each_other_with_a_space_only_between_letters(
    lines: tuple[str, ...], text: str
) -> None:
    read = page(lines)
    joined, places = article_text(read, whole_page(read))
    assert joined == text
    assert len(places) == len(text)
    printed = read.lines_of(whole_page(read))
    for character, place in zip(joined, places, strict=True):
        under = printed[place.line].chars[place.char].text if place else " "
        assert under == character


def test_a_document_tells_direction_confidence_and_pictures() -> None:
    told = Article("a1", ArticleKind.ARTICLE, "", ("r0", "r1"))
    silent = Article("a2", ArticleKind.ARTICLE, "", ())
    read = page(("甲乙 丙",), ("丁",), articles=(told, silent))
    picture = Region("r1", RegionKind.PICTURE, BOX, Direction.VERTICAL_RL)
    read = replace(read, regions=(read.regions[0], picture))
    one, two = documents_of(read, title="jb", title_name="", date=None, revision="7")
    assert (one.direction, one.confidence, one.illustrated) == ("vertical-rl", 1.0, True)
    assert (one.quality, one.characters) == ("95", 3)
    assert (two.direction, two.confidence, two.quality) == ("", None, "")
    assert not two.illustrated


@pytest.mark.parametrize(
    ("confidence", "quality"), [(1.0, "95"), (0.95, "95"), (0.9, "90"), (0.8, "80"), (0.0, "0")]
)
def test_the_bands_of_quality_begin_at_their_names(confidence: float, quality: str) -> None:
    assert band(confidence) == quality


def test_a_mean_of_nine_tenths_is_nine_tenths() -> None:
    chars = tuple(Char("甲", BOX, 0.9) for _ in range(6))
    region = Region(
        "r0",
        RegionKind.TEXT,
        BOX,
        Direction.VERTICAL_RL,
        (Line(BOX, Direction.VERTICAL_RL, chars),),
    )
    (one,) = documents_of(
        replace(page(), regions=(region,)), title="jb", title_name="", date=None, revision="7"
    )
    assert one.quality == "90"
