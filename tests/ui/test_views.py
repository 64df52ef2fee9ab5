from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest

from baoguan.errors import BadQuery, IndexStale, IndexUnavailable, NotFound
from baoguan.model import Box
from baoguan.ui.house import House, Role
from baoguan.ui.language import LANGUAGES, language
from baoguan.ui.markup import Html
from baoguan.ui.views import browse, entrance, exhibits, gallery, reader, search, states
from baoguan.ui.visit import Visit
from tests.ui.conftest import FIRST, ISSUE, SECOND

MakeVisit = Callable[..., Visit]
View = Callable[[Visit], Html]
EVERY_VIEW = (
    entrance.view,
    search.view,
    browse.view,
    exhibits.list_view,
    gallery.view,
)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("view", EVERY_VIEW)
def test_every_page_speaks_every_language(visit: MakeVisit, view: View, lang: str) -> None:
    page = view(visit(lang))
    assert f'data-lang="{lang}"' in page
    assert "<h1" in page
    assert page.count(f"lang={lang}") > 4  # in the addresses of its links


@pytest.mark.parametrize("view", EVERY_VIEW)
def test_an_empty_archive_is_a_designed_page(empty_house: House, view: View) -> None:
    page = view(Visit(empty_house, language("en"), {}))
    assert "No newspaper has come in yet" in page
    assert "baoguan import" in page


def test_the_entrance_counts_what_is_held(visit: MakeVisit) -> None:
    page = entrance.view(visit("en"))
    assert "1 title · 1 issue" in page
    assert "<span>1939</span>" in page
    assert "一張小報" in page
    assert f"page={FIRST}" in page


def test_the_caption_says_how_long_ago_on_the_very_day(visit: MakeVisit) -> None:
    here = visit("zh-Hant")
    entry = here.shelf.pages[FIRST]
    assert entrance.caption(here, entry, dt.date(2026, 4, 23)) == "八十七年前的今天"
    assert entrance.caption(here, entry, dt.date(2026, 4, 24)) == "一九三九年四月二十三日"


def test_hits_are_articles_with_their_words_marked(visit: MakeVisit) -> None:
    page = search.view(visit("zh-Hans", q="华军"))
    assert "<mark>華軍</mark>" in page
    assert "2 篇提到" in page
    assert f"page={FIRST}&amp;q=%E5%8D%8E%E5%86%9B" in page


def test_text_from_a_page_never_becomes_markup(visit: MakeVisit) -> None:
    page = search.view(visit("en", q="script"))
    assert "<script" not in page
    assert "&lt;" in page
    hostile = '"><img src=x onerror=alert(1)>'
    assert "<img src=x" not in search.view(visit("en", q=hostile))
    assert "<b>heading" not in exhibits.view(visit("en", id="e"))


def test_filters_stay_in_every_link(visit: MakeVisit) -> None:
    page = search.view(visit("en", q="華軍", paper="jb", since="1939", until="1939-04"))
    links = re.findall(r'href="(/search[^"]*kind=article[^"]*)"', page)
    assert links
    assert all("paper=jb" in link and "since=1939" in link for link in links)


@pytest.mark.parametrize(
    ("since", "until", "first", "last"),
    [
        ("1939", "1939", dt.date(1939, 1, 1), dt.date(1939, 12, 31)),
        ("1939-02", "1939-02", dt.date(1939, 2, 1), dt.date(1939, 2, 28)),
        ("1939-04-23", "1939-04-23", dt.date(1939, 4, 23), dt.date(1939, 4, 23)),
        ("1939-02-30", "soon", None, None),
        ("0000", "1939-13", None, None),
    ],
)
def test_a_year_or_month_covers_all_its_days(
    visit: MakeVisit, since: str, until: str, first: dt.date | None, last: dt.date | None
) -> None:
    filters = search.asked(visit(since=since, until=until)).filters()
    assert (filters.date_from, filters.date_to) == (first, last)


def test_a_query_that_makes_no_sense_shows_where(visit: MakeVisit) -> None:
    page = search.view(visit("en", q="(上海"))
    assert "cannot be understood" in page
    assert re.search(r'query-shown">.*<mark', page)


def test_the_place_of_the_trouble_may_lie_behind_the_query(visit: MakeVisit) -> None:
    page = states.bad_query(visit("en"), "甲 AND", BadQuery("more was expected", 5))
    assert '甲 AND<mark title="here"> </mark>' in page


def test_without_hits_there_is_a_next_step(visit: MakeVisit) -> None:
    assert "/browse" in search.view(visit("en", q="龘龘"))
    assert "Search without the filters" in search.view(visit("en", q="龘龘", kind="head"))


@pytest.mark.parametrize("error", [IndexStale("old"), IndexUnavailable("down")])
def test_without_an_index_pages_can_still_be_read(visit: MakeVisit, error: Exception) -> None:
    assert "/browse" in states.no_index(visit("en"), error)  # type: ignore[arg-type]


def test_the_surroundings_of_a_hit_hold_it_and_stay_on_the_page() -> None:
    page = Box(0, 0, 1000, 800)
    for box in (Box(0, 0, 20, 40), Box(980, 760, 1000, 800), Box(500, 10, 520, 790)):
        around = search.surroundings(box, page)
        assert around.overlap(box) == box.area
        assert around.overlap(page) == around.area


def test_the_reader_is_given_boxes_and_the_characters_under_them(visit: MakeVisit) -> None:
    here = visit("zh-Hant", page=FIRST, q="华军")
    told = reader.data(here, here.shelf.pages[FIRST])
    page = here.house.archive.page(FIRST)
    assert [hit["text"] for hit in told["hits"]] == ["華軍", "華軍"]
    for number, hit in enumerate(told["hits"]):
        marked = [
            text
            for block in told["blocks"]
            for line in block["lines"]
            for text, _, at in line["runs"]
            if at == number
        ]
        assert "".join(marked) == "華軍"
        (box,) = hit["boxes"]
        under = [
            char.text
            for region in page.regions
            for line in region.lines
            for char in line.chars
            if Box(*box).overlap(char.box) == char.box.area
        ]
        assert under == ["華", "軍"]


def test_the_reader_lists_this_page_first_and_then_others(visit: MakeVisit) -> None:
    here = visit("en", page=FIRST, q="華軍")
    results = reader.data(here, here.shelf.pages[FIRST])["results"]
    assert [("href" in result) for result in results] == [False, True]
    assert f"page={SECOND}" in results[1]["href"]


def test_the_transcript_is_whole_and_in_reading_order(visit: MakeVisit) -> None:
    here = visit("en", page=FIRST)
    told = reader.data(here, here.shelf.pages[FIRST])
    text = "\n".join(
        "".join(run[0] for run in line["runs"]) for b in told["blocks"] for line in b["lines"]
    )
    assert text == here.house.archive.page(FIRST).text
    assert told["vertical"]
    assert told["lang"] == "zh-Hant"


def test_the_reader_turns_the_pages_of_the_issue(visit: MakeVisit) -> None:
    here = visit("en", page=SECOND)
    turn = reader.data(here, here.shelf.pages[SECOND])["turn"]
    assert f"page={FIRST}" in turn["previous"]
    assert turn["next"] is None


def test_a_query_that_makes_no_sense_does_not_close_the_reader(visit: MakeVisit) -> None:
    here = visit("en", page=FIRST, q="((")
    told = reader.data(here, here.shelf.pages[FIRST])
    assert told["hits"] == []
    assert told["problem"]


def test_an_exhibit_shows_cuts_that_lead_to_their_place(visit: MakeVisit) -> None:
    page = exhibits.view(visit("en", id="e"))
    assert "/100,100,300,200/300,200/0/default.jpg" in page
    assert "box=100%2C100%2C400%2C300" in page
    assert "has not been translated" in page
    assert '<span lang="zh-Hant">剪一塊</span>' in page


def test_what_is_not_there_is_said_to_be_missing(visit: MakeVisit) -> None:
    for view, id_ in ((exhibits.view, "nothing"), (browse.issue_view, "nothing")):
        with pytest.raises(NotFound):
            view(visit("en", id=id_))
    assert "not in the archive" in states.not_found(visit("en"))


def test_an_issue_lists_its_pages_and_their_headlines(visit: MakeVisit) -> None:
    page = browse.issue_view(visit("zh-Hant", id=ISSUE))
    assert f"page={FIRST}" in page
    assert "華軍反攻南昌" in page


def test_the_gallery_shows_pictures_with_their_captions(visit: MakeVisit) -> None:
    page = gallery.view(visit("en"))
    assert page.count('data-caption="江岸晨景"') == 2
    assert "A gallery" in page
    assert page.count("data-large") == 2
    assert gallery.view(visit("en", id="g")).count("data-large") == 1


def test_a_kiosk_offers_neither_search_nor_catalogue(house: House) -> None:
    kiosk = House(house.archive, Role.KIOSK)
    page = entrance.view(Visit(kiosk, language("en"), {}))
    assert "/search" not in page
    assert "/browse" not in page


def test_what_may_have_been_misread_stands_behind_the_hits(visit: MakeVisit) -> None:
    page = search.view(visit("en", q="晨三時華軍自南北"))
    assert "Possible: one character may have been misread" in page
    assert "near=1" in page
    here = visit("en", page=FIRST, q="晨三時華軍自南北", near="1")
    hits = reader.data(here, here.shelf.pages[FIRST])["hits"]
    assert [hit["text"] for hit in hits] == ["晨三時華軍自西北"]
