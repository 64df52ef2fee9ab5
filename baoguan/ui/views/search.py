"""Search: the box, the hits as articles, the filters; all of it in the address."""

from __future__ import annotations

from baoguan.archive import Mention
from baoguan.errors import BadQuery, NotFound
from baoguan.model import ArticleKind
from baoguan.search import Snippet, parse
from baoguan.ui import clips, dates, links
from baoguan.ui.house import Role
from baoguan.ui.markup import Html, el, join
from baoguan.ui.views import states
from baoguan.ui.views.entrance import headlines
from baoguan.ui.views.facets import Asked, asked, counts, histogram, kind_name, panel
from baoguan.ui.views.frame import framed, search_box
from baoguan.ui.visit import Visit, script_of

HITS_SHOWN = 10
HEADLINES_SHOWN = 9
FORMS = ("csv", "ris", "txt", "jsonl")


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
    counted = counts(visit.house.archive.index, query, what)
    return el(
        "div",
        el("aside", panel(visit, what, counted), class_="filters"),
        el(
            "section",
            _hits(visit, what, histogram(visit, what, counted.months)),
            class_="hits",
            id="hits",
        ),
        class_="columns",
    )


def _hits(visit: Visit, what: Asked, in_time: Html | None) -> Html:
    offset = (what.page - 1) * HITS_SHOWN
    answer = visit.house.archive.glance(
        what.q, what.filters(), limit=HITS_SHOWN, offset=offset, tolerant=True
    )
    if not answer.total and not answer.possible:
        return states.no_hits(visit, what.q, what.narrowed)
    again = visit.house.archive.passages.printed_again(m.document.id for m in answer.mentions)
    sure = [_hit(visit, what, m, again) for m in answer.mentions if not m.possible]
    possible = [_hit(visit, what, m, again) for m in answer.mentions if m.possible]
    return join(
        el(
            "h1",
            visit.many("{n} article with", "{n} articles with", answer.total),
            " ",
            el("q", what.q),
            class_="count",
        ),
        _onward(visit, what),
        in_time,
        el("ol", sure) if sure else None,
        el("h2", visit.t("Possible: one character may have been misread"), class_="perhaps")
        if possible
        else None,
        el("ol", possible) if possible else None,
        _paging(visit, what, answer.total + answer.possible),
    )


def _onward(visit: Visit, what: Asked) -> Html:
    """What else can be made of these hits."""
    asked_for = links.query(visit.lang, q=what.q, **what.kept())
    kept = {"q": what.q, "paper": what.title, "since": what.since, "until": what.until}
    return el(
        "p",
        el("a", visit.t("How often it was printed"), href=visit.link("trends", **kept)),
        el(
            "span",
            visit.t("All hits as a file"),
            [
                el("a", form.upper(), href=f"/export/search.{form}?{asked_for}", download=True)
                for form in FORMS
            ],
        ),
        el("a", visit.t("Follow as a feed"), href=f"/feeds/search?{asked_for}", target="_blank"),
        el(
            "a",
            visit.t("Save this search"),
            href=visit.link("saved", **{"q": what.q, **what.kept()}),
        )
        if visit.house.role is Role.CONSOLE
        else None,
        el("a", visit.t("How to ask"), href=visit.link("asking")),
        class_="onward",
    )


def _hit(visit: Visit, what: Asked, mention: Mention, again: dict[str, int]) -> Html | None:
    """None for a page that was taken away; the index will follow."""
    document = mention.document
    try:
        entry = visit.house.entry(document.page)
    except NotFound:
        return None
    lang = script_of(visit, entry)
    said = (
        visit.title_name(entry),
        dates.long(entry.date, visit.lang),
        visit.page_label(entry),
        kind_name(visit, ArticleKind(document.kind)),
        visit.many("{n} place", "{n} places", mention.places) if mention.places else "",
    )
    address = links.reader(
        visit.lang,
        entry.id,
        q=what.q,
        article=document.id,
        near="1" if mention.possible else "",
    )
    return el(
        "li",
        el(
            "a",
            _clip(what, mention),
            el("span", marked(mention.snippet), lang=lang, class_=_snippet_class(mention)),
            el(
                "span",
                el("b", document.headline, lang=lang, class_="headline")
                if document.headline
                else None,
                el("small", " · ".join(filter(None, said))),
                class_="said",
            ),
            href=address,
            class_="hit",
        ),
        _further(visit, document.id, again.get(document.id, 0)),
    )


def _snippet_class(mention: Mention) -> str:
    vertical = mention.document.direction == "vertical-rl"
    return "snippet vertical" if vertical else "snippet"


def _further(visit: Visit, article: str, again: int) -> Html:
    link = visit.link("alike", article=article)
    return el(
        "p",
        el("a", visit.many("Printed again {n} time", "Printed again {n} times", again), href=link)
        if again
        else None,
        el("a", visit.t("More like this"), href=f"{link}#alike" if again else link),
        class_="further",
    )


def marked(snippet: Snippet) -> Html:
    """The piece of text with its hits marked, between ellipses."""
    parts: list[str] = ["…"]
    at = 0
    for start, end in snippet.marks:
        parts += [snippet.text[at:start], el("mark", snippet.text[start:end])]
        at = end
    return join(parts, snippet.text[at:], "…")


def _clip(what: Asked, mention: Mention) -> Html | None:
    """The first hit as printed, with its surroundings, marked; it is cut when it comes in sight."""
    if not mention.places:
        return None
    width, height = clips.SIZE
    source = links.hit_clip(mention.document, what.q, near=mention.possible)
    return el(
        "span",
        el("img", src=source, alt="", loading="lazy", width=width, height=height),
        class_="thumb",
    )


def _kept(what: Asked) -> list[Html]:
    """The filters stay when the words change."""
    kept = what.kept().items()
    return [el("input", type="hidden", name=name, value=value) for name, value in kept if value]


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
