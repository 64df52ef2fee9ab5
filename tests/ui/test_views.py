from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from baoguan.catalogue import Catalogue
from baoguan.errors import BadQuery, IndexStale, IndexUnavailable, NotFound
from baoguan.model import Box, Continuation
from baoguan.search import parse
from baoguan.ui import links
from baoguan.ui.clips import surroundings
from baoguan.ui.house import House, Role
from baoguan.ui.language import LANGUAGES, language
from baoguan.ui.markup import Html
from baoguan.ui.views import (
    alike,
    browse,
    calendar,
    console,
    entrance,
    exhibits,
    facets,
    gallery,
    reader,
    search,
    states,
    trends,
)
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
    trends.view,
    calendar.view,
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


def test_what_is_printed_in_columns_is_quoted_in_columns(visit: MakeVisit) -> None:
    page = search.view(visit("zh-Hans", q="华军"))
    assert 'class="snippet vertical"' in page


def test_the_picture_of_a_hit_has_an_address_of_its_own(visit: MakeVisit) -> None:
    page = search.view(visit("en", q="華軍"))
    assert re.search(r'<img src="/clip/jb-1939-04-23-a-p0001-a0000\?q=%E8%8F%AF', page)


MONTHS = {"1937-07": 2, "1937-12": 1, "1939-01": 5}


def test_hits_in_time_are_years_and_within_a_year_months(visit: MakeVisit) -> None:
    what = facets.asked(visit("en", q="華軍"))
    bars, back = facets.stretches(visit("en"), what, MONTHS)
    assert [(bar.since, bar.hits) for bar in bars] == [("1937", 3), ("1938", 0), ("1939", 5)]
    assert back == []
    what = facets.asked(visit("en", q="華軍", since="1937-07", until="1937-07"))
    bars, back = facets.stretches(visit("en"), what, MONTHS)
    assert [bar.hits for bar in bars] == [0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1]
    assert bars[6].said == "July 1937"
    assert back == [("All years", "", "")]


def test_a_long_time_is_gathered_by_tens_of_years(visit: MakeVisit) -> None:
    months = MONTHS | {"1872-04": 1}
    bars, _ = facets.stretches(visit("en"), facets.asked(visit("en")), months)
    assert (bars[0].since, bars[0].until, bars[0].hits) == ("1870", "1879", 1)
    assert bars[-1].hits == 8
    what = facets.asked(visit("en", since="1930", until="1939"))
    assert [b.label for b in facets.stretches(visit("en"), what, months)[0]] == [
        "1937",
        "1938",
        "1939",
    ]


def test_counts_are_those_that_a_choice_would_leave(visit: MakeVisit) -> None:
    here = visit("en", q="華軍", kind="article", set="vertical-rl")
    counted = facets.counts(here.house.archive.index, parse("華軍"), facets.asked(here))
    assert counted.directions == {"vertical-rl": 2}
    assert counted.qualities == {"90": 2}
    assert counted.months == {"1939-04": 2}


def test_words_in_time_are_drawn_and_their_numbers_told(visit: MakeVisit) -> None:
    page = trends.view(visit("en", q="華軍, 米"))
    assert page.count("<path") == 2
    assert re.search(
        r'href="/search[^"]*since=1939[^"]*"[^>]*aria-label="華軍, 1939: 3 places', page
    )
    assert "/trends.csv?q=" in page
    assert "cannot be understood" in trends.view(visit("en", q="(華軍"))
    assert "Nothing was printed" in trends.view(visit("en", q="龘龘"))


def test_the_calendar_shows_days_held_and_says_of_others_only_that(visit: MakeVisit) -> None:
    page = calendar.view(visit("en", title="jb"))
    assert f"id={ISSUE}" in page
    assert page.count('class="held"') == 2  # in the legend and in April
    assert "missing" not in page
    assert "22 April 1939 (Republic 28): no issue held" in page
    with pytest.raises(NotFound):
        calendar.view(visit("en", title="nothing"))


def test_an_article_alone_of_its_kind_says_so(visit: MakeVisit) -> None:
    page = alike.view(visit("en", article=f"{FIRST}-a0000"))
    assert "No passage of it was found again" in page
    with pytest.raises(NotFound):
        alike.view(visit("en", article="nothing-p0001-a0001"))


def test_what_was_printed_again_is_shown_without_an_index(
    visit: MakeVisit, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = visit("en", article=f"{FIRST}-a0000")

    def down(*_: object, **__: object) -> None:
        raise IndexUnavailable("down")

    monkeypatch.setattr(here.house.archive.index, "search", down)
    assert "No passage of it was found again" in alike.view(here)


def test_text_from_a_page_never_becomes_markup(visit: MakeVisit) -> None:
    page = search.view(visit("en", q="script"))
    assert "<script" not in page
    assert "&lt;" in page
    hostile = '"><img src=x onerror=alert(1)>'
    assert "<img src=x" not in search.view(visit("en", q=hostile))
    assert "<b>heading" not in exhibits.view(visit("en", id="e"))


def test_filters_stay_in_every_link(visit: MakeVisit) -> None:
    page = search.view(visit("en", q="華軍", paper="jb", since="1939", until="1939-04"))
    choices = page.split('class="hits"')[0]
    links = re.findall(r'href="(/search[^"]*paper=jb[^"]*)"', choices)
    assert links
    assert all("since=1939" in link and "until=1939-04" in link for link in links)


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
    filters = facets.asked(visit(since=since, until=until)).filters()
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
        around = surroundings(box, page)
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


def test_the_archivist_is_told_which_pages_were_turned(visit: Callable[..., Visit]) -> None:
    here = visit("en")
    assert "turned" not in console.status(here, (), "rapidocr")
    entry = replace(here.shelf.pages[SECOND], turn=180)
    here.house._shelf = replace(here.shelf, pages={SECOND: entry})
    told = console.status(here, (), "rapidocr")
    assert f'page={SECOND}">{SECOND}</a>' in told
    assert "180°" in told
    assert f"{entry.master}-0-r180/" in links.crop(entry, None, width=100)


def test_the_reader_leads_to_where_an_article_goes_on_and_back(
    visit: Callable[..., Visit], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = visit("en", q="軍")
    start, end = f"{FIRST}-a0000", f"{SECOND}-a0000"
    told = (Continuation(start, end),)
    monkeypatch.setattr(Catalogue, "continuations", lambda *_: told)
    first = reader.data(here, here.shelf.pages[FIRST])["blocks"]
    (last,) = (block for block in first if "onto" in block)
    assert last["article"] == start
    assert last["onto"]["said"] == "Continues on page 2"
    assert f"page={SECOND}" in last["onto"]["href"]
    assert f"article={end}" in last["onto"]["href"]
    (begins,) = (b for b in reader.data(here, here.shelf.pages[SECOND])["blocks"] if "from" in b)
    assert begins["article"] == end
    assert begins["from"]["said"] == "Continued from page 1"
    assert f"article={start}" in begins["from"]["href"]
