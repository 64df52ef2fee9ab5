"""What the reader component is given: the scan, the hits on it, the other hits, the transcript."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from baoguan.archive import Hit
from baoguan.catalogue import PageEntry
from baoguan.errors import BadQuery, SearchError
from baoguan.model import (
    Article,
    ArticleKind,
    Box,
    Line,
    Page,
    Region,
    RegionKind,
    number_of,
    page_of,
)
from baoguan.search import (
    Query,
    Snippet,
    article_text,
    locate,
    loosened,
    parse,
    snippet,
    spans,
    whole_page,
)
from baoguan.ui import dates, links
from baoguan.ui.markup import Html, el
from baoguan.ui.views.frame import NAMEPLATE, languages
from baoguan.ui.visit import Visit, script_of

DOUBTFUL = 0.6  # confidence below which a character is shown in grey
RESULTS_SHOWN = 30
Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """A hit on this page: boxes on the scan, and the characters of the transcript under it."""

    text: str
    boxes: tuple[Box, ...]
    chars: frozenset[tuple[str, int]]  # id of the line and index of the character


@dataclass(frozen=True, slots=True)
class Told:
    """An article of this page that answers the query."""

    article: Article
    snippet: Snippet
    hits: tuple[Found, ...]


def top_bar(visit: Visit, entry: PageEntry) -> Html:
    """Above the scan: where we are, and the ways out."""
    plate, lang = NAMEPLATE[visit.lang]
    return el(
        "div",
        el(
            "header",
            el("a", plate, href=visit.link(""), lang=lang, class_="plate"),
            el(
                "h1",
                el("span", visit.title_name(entry), lang=script_of(visit, entry)),
                el("span", _when(visit, entry)),
                el("span", visit.page_label(entry)),
            ),
            el("nav", _ways(visit, entry), languages(visit, "reader")),
            class_="reader-bar",
        ),
        class_="bg dark view-reader",
        data_lang=visit.lang,
        data_title=f"{visit.title_name(entry)} {dates.short(entry.date, visit.lang)}",
    )


def _ways(visit: Visit, entry: PageEntry) -> list[Html]:
    picture = links.crop(entry, None, width=4000, height=4000)
    ways = [el("a", visit.t("Picture"), href=picture, download=f"{entry.id}.jpg")]
    if visit.kiosk:
        return [el("a", visit.t("To the entrance"), href=visit.link(""))]
    ways.insert(0, el("a", visit.t("Issue"), href=visit.link("issue", id=entry.issue)))
    if article := visit.param("article"):
        alike = visit.link("alike", article=article)
        ways.insert(0, el("a", visit.t("More like this"), href=alike))
    back = visit.link("search", q=visit.param("q"))
    return [el("a", visit.t("Search"), href=back), *ways]


def _when(visit: Visit, entry: PageEntry) -> str:
    if entry.date is None:
        return dates.short(None, visit.lang)
    return f"{dates.long(entry.date, visit.lang)} {dates.weekday(entry.date, visit.lang)}"


def data(visit: Visit, entry: PageEntry) -> Data:
    """Everything the component shows, as JSON. Raises NotFound or StoreDamaged."""
    page = visit.house.archive.page(entry.id)
    told, problem = _told(visit, page)
    hits = [hit for one in told for hit in one.hits]
    return {
        "key": f"{entry.id} {entry.revision} {visit.param('q')} {visit.param('near')}",
        "image": f"{links.image(entry)}/info.json",
        "size": [entry.width, entry.height],
        "page": entry.box.as_tuple(),
        "focus": _focus(visit, page),
        "query": visit.param("q"),
        "hits": [{"text": hit.text, "boxes": [b.as_tuple() for b in hit.boxes]} for hit in hits],
        "results": _results(visit, entry, told) if visit.param("q") else [],
        "contents": _contents(visit, page),
        "summary": _summary(visit, told),
        "problem": problem,
        "blocks": _with_ways_on(visit, page, list(_blocks(page, hits))),
        "vertical": page.direction.vertical,
        "lang": script_of(visit, entry),
        "turn": _neighbours(visit, entry),
        "kiosk": visit.kiosk,
        "labels": _labels(visit),
    }


def _focus(visit: Visit, page: Page) -> list[int] | None:
    """What to show first: the box in the address, else the article in it."""
    if box := visit.box():
        return list(box.as_tuple())
    wanted = visit.param("article")
    boxes = [
        region.box
        for article in page.articles
        if article.id == wanted
        for region in page.regions
        if region.id in article.regions
    ]
    return list(Box.around(boxes).as_tuple()) if boxes else None


# -- hits -------------------------------------------------------------------------------------


def _told(visit: Visit, page: Page) -> tuple[list[Told], str]:
    words = visit.param("q")
    if not words:
        return [], ""
    try:
        query = loosened(parse(words)) if visit.param("near") else parse(words)
    except BadQuery:
        return [], visit.t("This query cannot be understood")
    articles = page.articles or (whole_page(page),)
    return [told for article in articles if (told := tell(query, page, article))], ""


def tell(query: Query, page: Page, article: Article) -> Told | None:
    """The article's hits; None where it does not answer the query."""
    matches = locate(query, page, article)
    if not matches:
        return None
    text, places = article_text(page, article)
    ids = _line_ids(page, article)
    under = [
        frozenset((ids[place.line], place.char) for place in places[start:end] if place)
        for start, end in spans(query, text)
    ]
    hits = (Found(m.text, m.boxes, chars) for m, chars in zip(matches, under, strict=True))
    return Told(article, snippet(query, text), tuple(hits))


def _line_ids(page: Page, article: Article) -> list[str]:
    regions = {region.id: region for region in page.regions}
    return [
        line_id(region, index)
        for id_ in article.regions
        if id_ in regions
        for region in (regions[id_],)
        for index in range(len(region.lines))
    ]


def line_id(region: Region, index: int) -> str:
    return f"{region.id}-l{index}"


def _results(visit: Visit, entry: PageEntry, told: list[Told]) -> list[Data]:
    """This page's articles first, each with the number of its first hit; then other pages'."""
    here = []
    first = 0
    for one in told:
        here.append(
            {
                "headline": one.article.headline,
                "snippet": _pieces(one.snippet),
                "said": visit.many("{n} place", "{n} places", len(one.hits)),
                "first": first,
                "count": len(one.hits),
                "lang": script_of(visit, entry),
            }
        )
        first += len(one.hits)
    return here + [_elsewhere(visit, hit) for hit in _others(visit, entry)]


def _others(visit: Visit, entry: PageEntry) -> list[Hit]:
    if visit.kiosk:
        return []
    try:
        found = visit.house.archive.find(visit.param("q"), limit=RESULTS_SHOWN, tolerant=True)
    except SearchError:
        return []
    return [hit for hit in found.hits if hit.page.id != entry.id]


def _elsewhere(visit: Visit, hit: Hit) -> Data:
    where = (visit.title_name(hit.page), dates.short(hit.page.date, visit.lang))
    said = (visit.t("possible"), *where) if hit.possible else where
    return {
        "headline": hit.article.headline,
        "snippet": _pieces(hit.snippet),
        "said": " · ".join((*said, visit.page_label(hit.page))),
        "href": links.reader(
            visit.lang,
            hit.page.id,
            q=visit.param("q"),
            article=hit.article.id,
            near="1" if hit.possible else "",
        ),
        "lang": script_of(visit, hit.page),
    }


def _pieces(shown: Snippet) -> list[tuple[str, bool]]:
    """The snippet cut at its marks: text, and whether it is marked."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in shown.marks:
        pieces += [(shown.text[at:start], False), (shown.text[start:end], True)]
        at = end
    return [piece for piece in [*pieces, (shown.text[at:], False)] if piece[0]]


def _summary(visit: Visit, told: list[Told]) -> str:
    if not visit.param("q"):
        return ""
    places = sum(len(one.hits) for one in told)
    return visit.t(
        "{articles}, {places} on this page",
        articles=visit.many("{n} article", "{n} articles", len(told)),
        places=visit.many("{n} place", "{n} places", places),
    )


def _contents(visit: Visit, page: Page) -> list[Data]:
    """Without a query the list on the left holds the page's headlines."""
    if visit.param("q"):
        return []
    regions = {region.id: region for region in page.regions}
    return [
        {"headline": article.headline, "box": Box.around(boxes).as_tuple()}
        for article in page.articles
        if article.headline and article.kind is not ArticleKind.MARGIN
        if (boxes := [regions[i].box for i in article.regions if i in regions])
    ]


# -- transcript -------------------------------------------------------------------------------


def _blocks(page: Page, hits: list[Found]) -> Iterator[Data]:
    """The regions with text, article by article, then those that belong to none."""
    marked = {char: number for number, hit in enumerate(hits) for char in hit.chars}
    for article, region in _in_order(page):
        yield {
            "id": region.id,
            "article": article,
            "kind": str(region.kind),
            "head": region.kind is RegionKind.HEADLINE,
            "lines": [
                {
                    "id": line_id(region, index),
                    "box": line.box.as_tuple(),
                    "runs": _runs(line, line_id(region, index), marked),
                }
                for index, line in enumerate(region.lines)
            ],
        }


def _with_ways_on(visit: Visit, page: Page, blocks: list[Data]) -> list[Data]:
    """The blocks with links where an article comes from another page, and where it goes on."""
    for each in visit.house.archive.catalogue.continuations(page.issue):
        if mine := [block for block in blocks if block["article"] == each.onto]:
            said = visit.t("Continued from page {n}", n=number_of(each.article))
            mine[0]["from"] = {"said": said, "href": _article_link(visit, each.article)}
        if mine := [block for block in blocks if block["article"] == each.article]:
            said = visit.t("Continues on page {n}", n=number_of(each.onto))
            mine[-1]["onto"] = {"said": said, "href": _article_link(visit, each.onto)}
    return blocks


def _article_link(visit: Visit, article: str) -> str:
    return links.reader(visit.lang, page_of(article), q=visit.param("q"), article=article)


def _in_order(page: Page) -> Iterable[tuple[str, Region]]:
    regions = {region.id: region for region in page.regions if region.lines}
    used: set[str] = set()
    for article in page.articles:
        for id_ in article.regions:
            if id_ in regions and id_ not in used:
                used.add(id_)
                yield article.id, regions[id_]
    for id_, region in regions.items():
        if id_ not in used:
            yield "", region


def _runs(line: Line, id_: str, marked: dict[tuple[str, int], int]) -> list[tuple[str, bool, int]]:
    """The line cut where doubt or a hit begins or ends: text, doubtful, number of the hit or -1."""
    flagged = (
        (char.text, char.confidence < DOUBTFUL, marked.get((id_, index), -1))
        for index, char in enumerate(line.chars)
    )
    return [
        ("".join(text for text, _, _ in run), doubtful, hit)
        for (doubtful, hit), run in groupby(flagged, key=lambda char: char[1:])
    ]


def _neighbours(visit: Visit, entry: PageEntry) -> Data:
    """The pages before and after it in the issue."""
    pages = visit.shelf.of_issue.get(entry.issue, (entry,))
    at = next((i for i, page in enumerate(pages) if page.id == entry.id), 0)

    def link(index: int) -> str | None:
        if not 0 <= index < len(pages):
            return None
        return links.reader(
            visit.lang, pages[index].id, q=visit.param("q"), near=visit.param("near")
        )

    return {"previous": link(at - 1), "next": link(at + 1), "at": f"{at + 1} / {len(pages)}"}


def _labels(visit: Visit) -> dict[str, str]:
    t = visit.t
    return {
        "scan": t("Scan"),
        "hits": t("Hits"),
        "contents": t("On this page"),
        "text": t("Text"),
        "zoomIn": t("Enlarge"),
        "zoomOut": t("Reduce"),
        "whole": t("Whole page"),
        "rotate": t("Turn"),
        "straight": t("Turn back"),
        "previousHit": t("Previous hit"),
        "nextHit": t("Next hit"),
        "previousPage": t("Previous page"),
        "nextPage": t("Next page"),
        "fullscreen": t("Full screen"),
        "place": t("{n} / {all}"),
        "doubt": t("Grey: the machine is not sure of these characters; compare the scan."),
        "noText": t("This page has not been read as text yet. The scan can be looked at."),
        "noHits": t("These words do not stand on this page."),
        "elsewhere": t("On other pages"),
        "failed": t("The scan cannot be loaded. Try again in a moment."),
        "controls": t("Controls"),
    }
