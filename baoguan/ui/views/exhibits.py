"""Exhibits: the list, and one told in sections of text beside cuts from the scans."""

from __future__ import annotations

from baoguan.catalogue import PageEntry
from baoguan.model import Box, Exhibit, Item, Section
from baoguan.ui import dates, links
from baoguan.ui.language import Said
from baoguan.ui.markup import Html, el, join
from baoguan.ui.views import states
from baoguan.ui.views.entrance import shape
from baoguan.ui.views.frame import framed, go, kicker
from baoguan.ui.visit import Visit

ITEM_WIDTH = 1100  # pixels asked of the scan
WIDE, TALL = 1.5, 0.95  # width to height
SECTIONS_ZH = "〇一二三四五六七八九十"


def list_view(visit: Visit) -> Html:
    exhibits = visit.house.archive.catalogue.exhibits()
    name = visit.t("Press history")
    if not exhibits:
        return framed(visit, "exhibits", _none(visit), title=name)
    return framed(
        visit,
        "exhibits",
        el("h1", name),
        el("ol", [el("li", _entry(visit, exhibit)) for exhibit in exhibits], class_="exhibits"),
        title=name,
    )


def _none(visit: Visit) -> Html:
    if not visit.shelf.pages:
        return states.empty_archive(visit)
    return states.state(
        visit.t("No exhibit is on show"),
        visit.t("The newspapers themselves can be read in the meantime."),
        go(visit.t("Browse titles and issues"), visit.link("" if visit.kiosk else "browse")),
    )


def _entry(visit: Visit, exhibit: Exhibit) -> Html:
    title, lead = visit.language.pick(exhibit.title), visit.language.pick(exhibit.lead)
    return el(
        "a",
        _picture(visit, exhibit.cover, 960),
        el(
            "span",
            el("b", title.text, lang=title.lang),
            el("span", lead.text, lang=lead.lang),
            el("small", shape(visit, exhibit)),
        ),
        href=visit.link("exhibit", id=exhibit.id),
    )


def view(visit: Visit) -> Html:
    """One exhibit. Raises NotFound."""
    exhibit = visit.house.archive.catalogue.exhibit(visit.param("id"))
    title, lead = visit.language.pick(exhibit.title), visit.language.pick(exhibit.lead)
    sections = list(enumerate(exhibit.sections, 1))
    return framed(
        visit,
        "exhibit",
        el(
            "article",
            el(
                "header",
                el(
                    "div",
                    kicker(visit.t("Press history"), shape(visit, exhibit)),
                    el("h1", title.text, lang=title.lang),
                    el("p", lead.text, lang=lead.lang, class_="lead-text"),
                    _untranslated(visit, title),
                    el("nav", _contents(visit, sections), aria_label=visit.t("Sections")),
                ),
                _figure(visit, exhibit.cover),
            ),
            [_section(visit, number, section) for number, section in sections],
            _credits(visit, exhibit),
            class_="exhibit",
        ),
        _next(visit, exhibit),
        title=title.text,
    )


def _untranslated(visit: Visit, said: Said) -> Html | None:
    if said.lang == visit.lang or not said.text:
        return None
    return el("p", visit.t("This exhibit has not been translated yet."), class_="meta")


def _contents(visit: Visit, sections: list[tuple[int, Section]]) -> Html:
    entries = []
    for number, section in sections:
        heading = visit.language.pick(section.heading)
        entries.append(
            el("li", el("a", heading.text, href=f"#section-{number}", lang=heading.lang))
        )
    return el("ol", entries)


def _section(visit: Visit, number: int, section: Section) -> Html:
    heading, body = visit.language.pick(section.heading), visit.language.pick(section.body)
    paragraphs = [p.strip() for p in body.text.split("\n\n") if p.strip()]
    return el(
        "section",
        el(
            "div",
            el("p", _numeral(visit, number), class_="numeral"),
            el("h2", heading.text, lang=heading.lang),
            [el("p", paragraph, lang=body.lang) for paragraph in paragraphs],
            class_="text",
        ),
        el("div", [_figure(visit, item) for item in section.items], class_="items"),
        id=f"section-{number}",
    )


def _numeral(visit: Visit, number: int) -> str:
    return str(number) if visit.lang == "en" or number > 10 else SECTIONS_ZH[number]


def _figure(visit: Visit, item: Item) -> Html | None:
    entry = visit.shelf.pages.get(item.page)
    if entry is None:
        return None
    caption = visit.language.pick(item.caption)
    source = f"{visit.title_name(entry)}, {dates.long(entry.date, visit.lang)}, "
    return el(
        "figure",
        el(
            "a",
            _image(visit, entry, item, ITEM_WIDTH),
            href=links.reader(visit.lang, entry.id, box=item.box),
            aria_label=visit.t("See it on the page"),
        ),
        el(
            "figcaption",
            el("span", caption.text, lang=caption.lang) if caption.text else None,
            el("small", source, visit.page_label(entry)),
        ),
        class_=_shape(item.box or entry.box),
    )


def _shape(box: Box) -> str | None:
    """How a cut is set: wide ones across both columns, tall ones no higher than the window."""
    ratio = box.width / box.height
    return "wide" if ratio > WIDE else "tall" if ratio < TALL else None


def _picture(visit: Visit, item: Item, width: int) -> Html | None:
    entry = visit.shelf.pages.get(item.page)
    return el("span", _image(visit, entry, item, width), class_="cut") if entry else None


def _image(visit: Visit, entry: PageEntry, item: Item, width: int) -> Html:
    box = item.box or entry.box
    caption = visit.language.pick(item.caption)
    return el(
        "img",
        src=links.crop(entry, item.box, width=width, height=width),
        alt=caption.text or visit.title_name(entry),
        loading="lazy",
        width=box.width,
        height=box.height,
    )


def _credits(visit: Visit, exhibit: Exhibit) -> Html | None:
    said = visit.language.pick(exhibit.credits)
    if not said.text:
        return None
    lines = [el("p", line, lang=said.lang) for line in said.text.splitlines() if line.strip()]
    return el("footer", el("h2", visit.t("Credits")), lines, class_="credits")


def _next(visit: Visit, exhibit: Exhibit) -> Html:
    """The exhibit after this one, or back to the list."""
    every = visit.house.archive.catalogue.exhibits()
    at = next(i for i, one in enumerate(every) if one.id == exhibit.id)
    following = every[(at + 1) % len(every)]
    if following.id == exhibit.id:
        step = go(visit.t("All exhibits"), visit.link("exhibits"))
    else:
        title = visit.language.pick(following.title)
        step = join(
            kicker(visit.t("Next exhibit")),
            el("a", title.text, href=visit.link("exhibit", id=following.id), lang=title.lang),
        )
    return el("nav", step, class_="next")
