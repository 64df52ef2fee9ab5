"""Search: the box, the hits as articles, the filters; all of it in the address."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace

from baoguan.archive import Hit
from baoguan.errors import BadQuery
from baoguan.model import ArticleKind, Box
from baoguan.search import Filters, Query, Snippet, parse
from baoguan.ui import dates, links
from baoguan.ui.markup import Html, el, join
from baoguan.ui.views import states
from baoguan.ui.views.entrance import headlines
from baoguan.ui.views.frame import framed, search_box
from baoguan.ui.visit import Visit, script_of

HITS_SHOWN = 10
KINDS = (ArticleKind.ARTICLE, ArticleKind.ADVERTISEMENT, ArticleKind.HEAD, ArticleKind.MARGIN)
HEADLINES_SHOWN = 9
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
THUMB = (232, 148)  # pixels


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    q: str
    title: str
    since: str
    until: str
    kind: str
    page: int

    @property
    def narrowed(self) -> bool:
        return bool(self.title or self.since or self.until or self.kind)

    def filters(self) -> Filters:
        return Filters(
            titles=(self.title,) if self.title else (),
            date_from=_day(self.since, last=False),
            date_to=_day(self.until, last=True),
            kinds=(self.kind,) if self.kind else (),
        )


def asked(visit: Visit) -> Asked:
    kind = visit.param("kind")
    return Asked(
        q=visit.param("q"),
        title=visit.param("paper"),
        since=visit.param("since"),
        until=visit.param("until"),
        kind=kind if kind in {str(k) for k in KINDS} else "",
        page=max(1, visit.number("n", 1)),
    )


def view(visit: Visit) -> Html:
    if not visit.shelf.pages:
        return framed(visit, "search", states.empty_archive(visit), title=visit.t("Search"))
    what = asked(visit)
    return framed(
        visit,
        "search",
        search_box(visit, what.q, *_kept(what)),
        _columns(visit, what) if what.q else _welcome(visit),
        title=f"{what.q} · {visit.t('Search')}" if what.q else visit.t("Search"),
    )


def _columns(visit: Visit, what: Asked) -> Html:
    try:
        query = parse(what.q)
    except BadQuery as error:
        return states.bad_query(visit, what.q, error)
    return el(
        "div",
        el("aside", _filters(visit, what, query), class_="filters"),
        el("section", _hits(visit, what), class_="hits", id="hits"),
        class_="columns",
    )


def _hits(visit: Visit, what: Asked) -> Html:
    offset = (what.page - 1) * HITS_SHOWN
    answer = visit.house.archive.find(
        what.q, what.filters(), limit=HITS_SHOWN, offset=offset, tolerant=True
    )
    if not answer.total and not answer.possible:
        return states.no_hits(visit, what.q, what.narrowed)
    sure = [hit for hit in answer.hits if not hit.possible]
    possible = [hit for hit in answer.hits if hit.possible]
    return join(
        el(
            "h1",
            visit.many("{n} article with", "{n} articles with", answer.total),
            " ",
            el("q", what.q),
            class_="count",
        ),
        el("ol", [el("li", _hit(visit, what, hit)) for hit in sure]) if sure else None,
        el("h2", visit.t("Possible: one character may have been misread"), class_="perhaps")
        if possible
        else None,
        el("ol", [el("li", _hit(visit, what, hit)) for hit in possible]) if possible else None,
        _paging(visit, what, answer.total + answer.possible),
    )


def _hit(visit: Visit, what: Asked, hit: Hit) -> Html:
    lang = script_of(visit, hit.page)
    places = len(hit.matches)
    said = (
        visit.title_name(hit.page),
        dates.long(hit.page.date, visit.lang),
        visit.page_label(hit.page),
        kind_name(visit, hit.article.kind),
        visit.many("{n} place", "{n} places", places) if places else "",
    )
    return el(
        "a",
        _thumb(hit),
        el(
            "span",
            el("b", hit.article.headline, lang=lang, class_="headline")
            if hit.article.headline
            else None,
            el("span", marked(hit.snippet), lang=lang, class_="snippet"),
            el("small", " · ".join(filter(None, said))),
            class_="said",
        ),
        href=links.reader(
            visit.lang,
            hit.page.id,
            q=what.q,
            article=hit.article.id,
            near="1" if hit.possible else "",
        ),
        class_="hit",
    )


def marked(snippet: Snippet) -> Html:
    """The piece of text with its hits marked, between ellipses."""
    parts: list[str] = ["…"]
    at = 0
    for start, end in snippet.marks:
        parts += [snippet.text[at:start], el("mark", snippet.text[start:end])]
        at = end
    return join(parts, snippet.text[at:], "…")


def _thumb(hit: Hit) -> Html | None:
    """The first hit as printed, with its surroundings; the mark is placed in percent."""
    if not hit.matches or not hit.matches[0].boxes:
        return None
    box = hit.matches[0].boxes[0]
    around = surroundings(box, hit.page.box)
    place = (
        f"left:{(box.left - around.left) / around.width:.2%};"
        f"top:{(box.top - around.top) / around.height:.2%};"
        f"width:{box.width / around.width:.2%};height:{box.height / around.height:.2%}"
    )
    width, height = THUMB
    source = links.crop(hit.page, around, width=width * 2, height=height * 2)
    return el(
        "span",
        el("img", src=source, alt="", loading="lazy", width=width, height=height),
        el("i", style=place),
        class_="thumb",
    )


def surroundings(box: Box, page: Box) -> Box:
    """A piece of the page around a hit, shaped like a thumbnail, some eight characters high."""
    size = max(20, min(box.width, box.height))
    height = min(page.height, max(size * 8, int(box.height * 1.4)))
    width = min(page.width, max(height * THUMB[0] // THUMB[1], int(box.width * 1.2)))
    left = min(max(page.left, int(box.centre[0] - width / 2)), page.right - width)
    top = min(max(page.top, int(box.centre[1] - height / 2)), page.bottom - height)
    return Box(left, top, left + width, top + height)


def kind_name(visit: Visit, kind: ArticleKind) -> str:
    return {
        ArticleKind.ARTICLE: visit.t("Article"),
        ArticleKind.ADVERTISEMENT: visit.t("Advertisement"),
        ArticleKind.HEAD: visit.t("Masthead"),
        ArticleKind.MARGIN: visit.t("Margin"),
    }[kind]


def _kept(what: Asked) -> list[Html]:
    """The filters stay when the words change."""
    kept = (
        ("paper", what.title),
        ("since", what.since),
        ("until", what.until),
        ("kind", what.kind),
    )
    return [el("input", type="hidden", name=name, value=value) for name, value in kept if value]


def _filters(visit: Visit, what: Asked, query: Query) -> Html:
    """Every choice with the hits that it would leave; a choice that would leave none is not one."""
    index = visit.house.archive.index
    by_title = index.facets(query, replace(what, title="").filters()).titles
    by_kind = index.facets(query, replace(what, kind="").filters()).kinds
    titles = [("", visit.t("All titles"), sum(by_title.values()))]
    titles += [
        (title.id, title.name(visit.lang), by_title.get(title.id, 0))
        for title in visit.shelf.titles.values()
        if title.id in by_title or title.id == what.title
    ]
    kinds = [("", visit.t("All kinds"), sum(by_kind.values()))]
    kinds += [
        (str(kind), kind_name(visit, kind), by_kind.get(str(kind), 0))
        for kind in KINDS
        if str(kind) in by_kind or str(kind) == what.kind
    ]
    form = el(
        "form",
        el("input", type="hidden", name="q", value=what.q),
        _choice(visit, visit.t("Title"), "paper", titles, what.title),
        _choice(visit, visit.t("Kind"), "kind", kinds, what.kind),
        el(
            "fieldset",
            el("legend", visit.t("Printed")),
            el(
                "span",
                _date(visit.t("from"), "since", what.since),
                _date(visit.t("to"), "until", what.until),
                class_="pair",
            ),
            el("small", visit.t("A year, a month or a day: 1939, 1939-04, 1939-04-23")),
        ),
        el("button", visit.t("Show"), type="submit", class_="plain"),
        el("a", visit.t("Clear the filters"), href=visit.link("search", q=what.q), class_="quiet")
        if what.narrowed
        else None,
        action="/search",
        method="get",
    )
    return el("details", el("summary", visit.t("Narrow the search")), form, open=True)


def _choice(
    visit: Visit, legend: str, name: str, choices: list[tuple[str, str, int]], chosen: str
) -> Html:
    """Links, not a list that drops down: one touch, and every choice has an address."""
    base = {k: v for k, v in visit.params.items() if k not in ("lang", "n", name)}
    return el(
        "fieldset",
        el("legend", legend),
        el("input", type="hidden", name=name, value=chosen) if chosen else None,
        [
            el(
                "a",
                label,
                el("small", f"{hits:,}"),
                href=visit.link("search", **base, **{name: value}),
                aria_current="true" if value == chosen else None,
                class_="choice",
            )
            for value, label, hits in choices
        ],
    )


def _date(label: str, name: str, value: str) -> Html:
    return el(
        "label",
        el("span", label),
        el("input", type="text", name=name, value=value, inputmode="numeric", maxlength="10"),
    )


def _day(text: str, *, last: bool) -> dt.date | None:
    """The first or last day of the year, month or day written; None for what is no date."""
    if not (found := _DATE.fullmatch(text)):
        return None
    year, month, day = int(found[1]), int(found[2] or (12 if last else 1)), found[3]
    try:
        end = calendar.monthrange(year, month)[1] if last else 1
        return dt.date(year, month, int(day) if day else end)
    except ValueError:
        return None


def _paging(visit: Visit, what: Asked, total: int) -> Html | None:
    pages = -(-total // HITS_SHOWN)
    if pages < 2:
        return None
    kept = {k: v for k, v in visit.params.items() if k not in ("lang", "n")}

    def turn(to: int, label: str) -> Html | None:
        if not 1 <= to <= pages:
            return None
        return el("a", label, href=visit.link("search", **kept, n=to), class_="quiet")

    return el(
        "nav",
        turn(what.page - 1, visit.t("Previous")),
        el("span", f"{what.page} / {pages}"),
        turn(what.page + 1, visit.t("Next")),
        class_="paging",
        aria_label=visit.t("Pages of hits"),
    )


def _welcome(visit: Visit) -> Html:
    """Before anything is asked: how to ask, and headlines to begin with."""
    rules = (
        (visit.t("Two words"), "北平 晨報", visit.t("both stand in the article")),
        (visit.t("A phrase"), "「民國二十八年」", visit.t("exactly so, one after the other")),
        (visit.t("Either"), "輪船 OR 航線", visit.t("one of the two")),
        (visit.t("Without"), "上海 NOT 廣告", visit.t("the first, not the second")),
    )
    return el(
        "div",
        el(
            "section",
            el("h1", visit.t("Search every article by its text")),
            el(
                "p",
                visit.t(
                    "Simplified finds traditional and back; hits are shown where they are printed."
                ),
                class_="lead-text",
            ),
            el("dl", [_rule(visit, *rule) for rule in rules], class_="rules"),
            class_="asking",
        ),
        el("section", headlines(visit, HEADLINES_SHOWN), class_="headlines"),
        class_="columns",
    )


def _rule(visit: Visit, name: str, example: str, meaning: str) -> Html:
    link = el("a", example, href=visit.link("search", q=example), lang="zh-Hant")
    return join(el("dt", name), el("dd", link, el("small", meaning)))
