from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from lxml import etree
from starlette.applications import Starlette
from starlette.types import ASGIApp

from baoguan.collections.atom import ATOM
from baoguan.pipeline import count_new, look, save_search
from baoguan.ui.app import routes_of
from baoguan.ui.house import House, Role
from tests.ui.asgi import Answer, get
from tests.ui.conftest import FIRST

NS = {"a": ATOM}


def ask(app: ASGIApp, path: str, **params: str) -> Answer:
    return get(app, f"{path}?{urlencode(params)}" if params else path)


def test_every_hit_is_exported_with_its_citation(app: Starlette) -> None:
    answer = ask(app, "/export/search.csv", **{"q": "华军", "lang": "en"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"), newline="")))
    assert len(rows) == 2
    assert {row["title"] for row in rows} == {"The Crystal"}
    assert rows[0]["printed"] == "民國二十八年四月二十三日"
    assert rows[0]["link"].startswith("http://museum.test/reader?lang=en&page=")
    assert all(row["hit"] == "華軍" for row in rows)


@pytest.mark.parametrize("form", ["jsonl", "ris", "txt"])
def test_each_form_is_served(app: Starlette, form: str) -> None:
    answer = ask(app, f"/export/search.{form}", **{"q": "華軍", "paper": "jb"})
    assert answer.status == 200
    assert "華軍" in answer.text
    if form == "jsonl":
        assert all(json.loads(line)["date"] == "1939-04-23" for line in answer.text.splitlines())


def test_the_filters_of_the_address_hold_for_the_list(app: Starlette) -> None:
    assert ask(app, "/export/search.jsonl", **{"q": "華軍", "until": "1938"}).text == ""
    assert ask(app, "/export/search.jsonl", **{"q": "華軍", "since": "1939"}).text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/export/search.csv?q=(", 400),
        ("/export/search.csv", 400),
        ("/export/search.exe?q=a", 404),
        ("/feeds/search?q=(", 400),
        ("/feeds/saved/none", 404),
    ],
)
def test_what_cannot_be_answered_is_told(app: Starlette, address: str, status: int) -> None:
    assert ask(app, address).status == status


def test_any_search_is_a_feed(app: Starlette) -> None:
    answer = ask(app, "/feeds/search", **{"q": "華軍", "lang": "zh-Hant"})
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = etree.fromstring(answer.body)
    for name in ("id", "title", "updated", "author/a:name"):
        assert feed.findtext(f"a:{name}", namespaces=NS)
    entries = feed.findall("a:entry", NS)
    assert len(entries) == 2
    for entry in entries:
        assert (entry.findtext("a:id", "", NS)).startswith("urn:uuid:")
        assert entry.findtext("a:updated", "", NS).endswith("Z")
        assert "article=" in entry.find("a:link", NS).get("href", "")  # type: ignore[union-attr]
    again = etree.fromstring(ask(app, "/feeds/search", q="華軍", lang="zh-Hant").body)
    assert [e.findtext("a:id", "", NS) for e in again.findall("a:entry", NS)] == [
        e.findtext("a:id", "", NS) for e in entries
    ]
    assert again.findtext("a:id", "", NS) == feed.findtext("a:id", "", NS)


def test_a_saved_search_has_a_feed_and_knows_what_is_new(app: Starlette, house: House) -> None:
    archive = house.archive
    search = save_search(archive, "軍", "華軍", {"paper": "jb"})
    assert archive.catalogue.saved_searches() == (search,)
    answer = ask(app, f"/feeds/saved/{search.id}")
    assert len(etree.fromstring(answer.body).findall("a:entry", NS)) == 2
    assert count_new(archive, search) == 0
    before = replace(search, seen=search.seen.replace(year=2020))
    assert count_new(archive, before) == 2
    assert count_new(archive, replace(before, filters={"paper": "other"})) == 0
    assert count_new(archive, look(archive, before)) == 0
    archive.catalogue.remove_saved_search(search.id)
    assert archive.catalogue.saved_searches() == ()


def test_the_kiosk_serves_neither(house: House) -> None:
    kiosk = House(house.archive, Role.KIOSK)
    app = Starlette(routes=routes_of(kiosk))
    assert ask(app, "/export/search.csv?q=a").status == 404
    assert ask(app, "/feeds/search?q=a").status == 404


def test_the_feed_of_an_archive_with_nothing_is_empty(empty_house: House) -> None:
    app = Starlette(routes=routes_of(empty_house))
    feed = etree.fromstring(ask(app, "/feeds/search?q=甲").body)
    assert feed.findall("a:entry", NS) == []
    assert FIRST not in feed.findtext("a:title", "", NS)
