"""The front page of the archive itself: a lead, the front page of the day, the rooms."""

from __future__ import annotations

import datetime as dt

from baoguan.calendars import written
from baoguan.catalogue import PageEntry
from baoguan.model import Article, ArticleKind, Exhibit, Item
from baoguan.ui import dates, links
from baoguan.ui.markup import Html, el, join
from baoguan.ui.views import states
from baoguan.ui.views.frame import framed, kicker, search_box
from baoguan.ui.visit import Visit, script_of

ROOMS_SHOWN = 5
HEADLINES_SHOWN = 6
LEAD_RATIO = 0.62  # height of the lead picture to its width


def view(visit: Visit) -> Html:
    if not visit.shelf.pages:
        return framed(visit, "", states.empty_archive(visit))
    exhibits = visit.house.archive.catalogue.exhibits()
    return framed(
        visit,
        "",
        None if visit.kiosk else search_box(visit),
        el(
            "div",
            el("section", _lead(visit, exhibits), class_="lead"),
            el("section", _front_page(visit), class_="front"),
            el(
                "section",
                _rooms(visit, exhibits),
                el("div", headlines(visit, HEADLINES_SHOWN), class_="headlines"),
                class_="doors",
            ),
            class_="columns",
        ),
    )


def _lead(visit: Visit, exhibits: tuple[Exhibit, ...]) -> Html:
    if not exhibits:
        return _lead_of_titles(visit)
    exhibit = exhibits[0]
    title, lead = visit.language.pick(exhibit.title), visit.language.pick(exhibit.lead)
    target = visit.link("exhibit", id=exhibit.id)
    return join(
        kicker(visit.t("Press history"), visit.t("On show")),
        el("h1", el("a", title.text, href=target, lang=title.lang)),
        _cover(visit, exhibit.cover, target, 900),
        el("p", lead.text, lang=lead.lang, class_="lead-text"),
        el("p", shape(visit, exhibit), class_="meta"),
    )


def _lead_of_titles(visit: Visit) -> Html:
    """Without an exhibit, the newspapers themselves lead."""
    today = visit.shelf.front_today
    others = [page for page in visit.shelf.fronts() if page.date and page != today]
    entry = others[-1] if others else visit.shelf.fronts()[0]
    target = visit.link("browse")
    top = entry.box
    cut = type(top)(top.left, top.top, top.right, top.top + int(top.width * LEAD_RATIO))
    return join(
        kicker(visit.t("From the archive")),
        el("h1", el("a", visit.title_name(entry), href=target)),
        _picture(visit, entry, Item(entry.id, cut, {}), target, 900),
        el("p", dates.long(entry.date, visit.lang), class_="lead-text"),
    )


def shape(visit: Visit, exhibit: Exhibit) -> str:
    """How much there is to see, counted."""
    items = sum(len(section.items) for section in exhibit.sections)
    return visit.t(
        "{sections} · {items}",
        sections=visit.many("{n} section", "{n} sections", len(exhibit.sections)),
        items=visit.many("{n} item", "{n} items", items),
    )


def _cover(visit: Visit, item: Item, target: str, width: int) -> Html | None:
    entry = visit.shelf.pages.get(item.page)
    return _picture(visit, entry, item, target, width) if entry else None


def _picture(visit: Visit, entry: PageEntry, item: Item, target: str, width: int) -> Html:
    caption = visit.language.pick(item.caption)
    box = item.box or entry.box
    alt = caption.text or f"{visit.title_name(entry)} {dates.short(entry.date, visit.lang)}"
    return el(
        "a",
        el(
            "img",
            src=links.crop(entry, box, width=width),
            alt=alt,
            width=box.width,
            height=box.height,
        ),
        href=target,
        class_="lead-picture",
    )


def _front_page(visit: Visit) -> Html | None:
    entry = visit.shelf.front_today
    if entry is None:
        return None
    target = links.reader(visit.lang, entry.id)
    name = visit.title_name(entry)
    return join(
        kicker(
            visit.t("Front page of the day"),
            dates.printed_day(entry.date, visit.lang) if entry.date else "",
        ),
        el(
            "figure",
            el(
                "a",
                el(
                    "img",
                    src=links.crop(entry, None, width=800),
                    alt=f"{name}, {dates.long(entry.date, visit.lang)}",
                    width=entry.box.width,
                    height=entry.box.height,
                ),
                href=target,
            ),
            el("figcaption", el("b", caption(visit, entry)), el("span", name)),
            class_="front-page",
        ),
    )


def caption(visit: Visit, entry: PageEntry, today: dt.date | None = None) -> str:
    """How long ago, where it was on this very day; else the date as on a masthead."""
    day = today or dt.date.today()
    if entry.date is None:
        return visit.title_name(entry)
    if (entry.date.month, entry.date.day) == (day.month, day.day):
        years = day.year - entry.date.year
        return visit.t("{years} years ago today", years=_years(visit, years))
    return dates.printed(entry.date, visit.lang)


def _years(visit: Visit, years: int) -> str:
    return str(years) if visit.lang == "en" or years > 99 else written(years)


def _rooms(visit: Visit, exhibits: tuple[Exhibit, ...]) -> Html:
    doors = [*_exhibit_doors(visit, exhibits[1:]), *_picture_doors(visit)]
    if not visit.kiosk:
        doors += _title_doors(visit)[: max(1, ROOMS_SHOWN - len(doors))]
    return el("ul", [el("li", door) for door in doors[:ROOMS_SHOWN]])


def _exhibit_doors(visit: Visit, exhibits: tuple[Exhibit, ...]) -> list[Html]:
    return [
        _door(
            visit.link("exhibit", id=exhibit.id),
            visit.language.pick(exhibit.title).text,
            shape(visit, exhibit),
            visit.language.pick(exhibit.title).lang,
        )
        for exhibit in exhibits
    ]


def _picture_doors(visit: Visit) -> list[Html]:
    counted = visit.shelf.counts.pictures
    said = visit.many("{n} picture cut from the pages", "{n} pictures cut from the pages", counted)
    return [_door(visit.link("gallery"), visit.t("Pictures"), said)] if counted else []


def _title_doors(visit: Visit) -> list[Html]:
    doors = []
    for title in visit.shelf.titles.values():
        issues = [issue for issue in visit.shelf.issues.values() if issue.title == title.id]
        years = sorted({issue.date.year for issue in issues if issue.date})
        span = f"{years[0]} — {years[-1]}" if len(years) > 1 else "".join(map(str, years))
        held = visit.many("{n} issue", "{n} issues", len(issues))
        said = " · ".join(filter(None, (held, span)))
        doors.append(_door(visit.link("browse", title=title.id), title.name(visit.lang), said))
    return doors


def _door(href: str, title: str, said: str, lang: str | None = None) -> Html:
    return el(
        "a",
        el("span", el("b", title, lang=lang), el("small", said)),
        el("i", "→", aria_hidden="true"),
        href=href,
    )


def headlines(visit: Visit, shown: int) -> Html | None:
    """Headlines of the front page of the day."""
    entry = visit.shelf.front_today
    if entry is None:
        return None
    articles = [
        article
        for article in visit.house.archive.page(entry.id).articles
        if article.headline and article.kind is ArticleKind.ARTICLE
    ][:shown]
    if not articles:
        return None
    lang = script_of(visit, entry)
    return join(
        kicker(visit.t("Headlines"), visit.title_name(entry), dates.short(entry.date, visit.lang)),
        el("ul", [el("li", _headline(visit, entry, a, lang)) for a in articles]),
    )


def _headline(visit: Visit, entry: PageEntry, article: Article, lang: str) -> Html:
    href = links.reader(visit.lang, entry.id, article=article.id)
    return el("a", article.headline, href=href, lang=lang)
