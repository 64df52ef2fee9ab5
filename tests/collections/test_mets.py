from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from lxml import etree

from baoguan.collections.mets import METS, XLINK, mets
from baoguan.model import ArticleKind, Issue, Title
from baoguan.revisions import pages_from_json
from tests.collections.schemas import schema
from tests.pages import vertical_page

NS = {"m": METS}
TITLE = Title("jb", {"zh-Hant": "晶報", "en": "The Crystal"})
ISSUE = Issue("jb-1939-04-23-a", "jb", dt.date(1939, 4, 23))
PAGES = (vertical_page("jb-1939-04-23-a-p0001"), vertical_page("jb-1939-04-23-a-p0004"))


def document(issue: Issue = ISSUE, title: Title = TITLE) -> etree._Element:
    return etree.fromstring(mets(title, issue, PAGES, {"0" * 64: "jb_0001+0004.jpg"}))


def test_the_document_is_valid_mets(shared: Path) -> None:
    rules = schema(shared / "schemas" / "mets-1-12-1.xsd")
    rules.assertValid(document())
    rules.assertValid(document(replace(ISSUE, date=None), Title("jb")))


def test_articles_name_their_blocks_in_reading_order() -> None:
    divs = document().findall(".//m:structMap[@TYPE='LOGICAL']/m:div/m:div", NS)
    assert [div.get("TYPE") for div in divs] == ["ARTICLE"] * 4
    first = [area.get("BEGIN") for area in divs[0].iter(f"{{{METS}}}area")]
    assert first == [f"b-{region}" for region in PAGES[0].articles[0].regions]


def test_every_file_that_is_pointed_to_is_listed() -> None:
    root = document()
    listed = {file.get("ID") for file in root.findall(".//m:file", NS)}
    used = {e.get("FILEID") for e in root.iter() if e.get("FILEID")}
    assert used == listed
    names = [e.get(f"{{{XLINK}}}href") for e in root.findall(".//m:FLocat", NS)]
    assert names == [
        "jb_0001+0004.jpg",
        "jb-1939-04-23-a-p0001.alto.xml",
        "jb-1939-04-23-a-p0004.alto.xml",
    ]


def test_each_kind_of_article_has_its_type() -> None:
    kinds = dict(zip(ArticleKind, ("ARTICLE", "ADVERTISEMENT", "HEAD", "MARGIN"), strict=True))
    for kind, wanted in kinds.items():
        page = vertical_page()
        page = replace(page, articles=(replace(page.articles[0], kind=kind),))
        root = etree.fromstring(mets(TITLE, ISSUE, [page], {}))
        div = root.find(".//m:structMap[@TYPE='LOGICAL']/m:div/m:div", NS)
        assert div is not None
        assert div.get("TYPE") == wanted


def test_every_sample_is_valid(shared: Path, samples: Path) -> None:
    rules = schema(shared / "schemas" / "mets-1-12-1.xsd")
    for file in samples.rglob("*.truth.json"):
        pages = pages_from_json(file.read_bytes())
        rules.assertValid(etree.fromstring(mets(TITLE, ISSUE, pages, {})))


def test_an_article_that_goes_on_on_another_page_is_one(shared: Path) -> None:
    first = vertical_page("jb-1939-04-23-a-p0001", ("華軍反攻", "兩面進逼（下轉第四版）"))
    fourth = vertical_page(
        "jb-1939-04-23-a-p0004", ("小說", "話說"), ("南昌（上接第一版）", "敵退")
    )
    root = etree.fromstring(mets(TITLE, ISSUE, (first, fourth), {}))
    schema(shared / "schemas" / "mets-1-12-1.xsd").assertValid(root)
    divs = root.findall(".//m:structMap[@TYPE='LOGICAL']/m:div/m:div", NS)
    assert [div.get("LABEL") for div in divs] == ["華軍反攻", "小說"]
    blocks = [area.get("BEGIN") for area in divs[0].iter(f"{{{METS}}}area")]
    parts = first.articles[0].regions + fourth.articles[1].regions
    assert blocks == [f"b-{region}" for region in parts]
    files = [area.get("FILEID") for area in divs[0].iter(f"{{{METS}}}area")]
    assert files == ["t-jb-1939-04-23-a-p0001"] * 2 + ["t-jb-1939-04-23-a-p0004"] * 2
