"""Pictures: curated galleries, and everything cut from the pages, in rows of equal height."""

from __future__ import annotations

from dataclasses import dataclass

from baoguan.catalogue import PageEntry
from baoguan.model import Box, Gallery, Item
from baoguan.ui import dates, links
from baoguan.ui.markup import Html, el
from baoguan.ui.views import states
from baoguan.ui.views.frame import framed, go
from baoguan.ui.visit import Visit, script_of

PICTURES_SHOWN = 60
ROW = 420  # pixels of height asked for
LARGE = 2000


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture on the wall."""

    entry: PageEntry
    box: Box
    caption: str
    lang: str


def view(visit: Visit) -> Html:
    name = visit.t("Pictures")
    galleries = visit.house.archive.catalogue.galleries()
    chosen = next((g for g in galleries if g.id == visit.param("id")), None)
    pictures = _of_gallery(visit, chosen) if chosen else _of_pages(visit)
    if not pictures and not galleries:
        return framed(visit, "gallery", _none(visit), title=name, dark=True)
    title = visit.language.pick(chosen.title) if chosen else None
    lead = visit.language.pick(chosen.lead) if chosen else None
    start = (max(1, visit.number("n", 1)) - 1) * PICTURES_SHOWN
    page = pictures[start : start + PICTURES_SHOWN]
    return framed(
        visit,
        "gallery",
        el("h1", title.text if title else name, lang=title.lang if title else None),
        el("p", lead.text, lang=lead.lang, class_="lead-text") if lead and lead.text else None,
        _choices(visit, galleries, chosen),
        el("p", visit.many("{n} picture", "{n} pictures", len(pictures)), class_="meta"),
        el("ul", [_on_wall(visit, shown) for shown in page], class_="wall"),
        _paging(visit, start, len(pictures)),
        _lightbox(visit) if page else None,
        title=title.text if title else name,
        dark=True,
    )


def _none(visit: Visit) -> Html:
    if not visit.shelf.pages:
        return states.empty_archive(visit)
    return states.state(
        visit.t("No picture has been found on the pages"),
        visit.t("Photographs and drawings appear here as soon as pages with pictures are read."),
        go(visit.t("To the entrance"), visit.link("")),
    )


def _of_pages(visit: Visit) -> list[Shown]:
    return [
        Shown(p.page, p.box, p.caption, script_of(visit, p.page))
        for p in visit.house.archive.catalogue.pictures()
    ]


def _of_gallery(visit: Visit, gallery: Gallery) -> list[Shown]:
    return [shown for item in gallery.items if (shown := _item(visit, item))]


def _item(visit: Visit, item: Item) -> Shown | None:
    entry = visit.shelf.pages.get(item.page)
    if entry is None:
        return None
    caption = visit.language.pick(item.caption)
    return Shown(entry, item.box or entry.box, caption.text, caption.lang)


def _choices(visit: Visit, galleries: tuple[Gallery, ...], chosen: Gallery | None) -> Html | None:
    if not galleries:
        return None
    every = [("", visit.t("All pictures"), visit.lang)]
    for gallery in galleries:
        title = visit.language.pick(gallery.title)
        every.append((gallery.id, title.text, title.lang))
    here = chosen.id if chosen else ""
    return el(
        "nav",
        [
            el(
                "a",
                label,
                href=visit.link("gallery", id=id_),
                lang=lang,
                aria_current="true" if id_ == here else None,
                class_="choice",
            )
            for id_, label, lang in every
        ],
        class_="choices",
        aria_label=visit.t("Galleries"),
    )


def _on_wall(visit: Visit, shown: Shown) -> Html:
    """A picture; its row grows it by its shape, and the lightbox reads what it needs from it."""
    ratio = shown.box.width / shown.box.height
    where = (visit.title_name(shown.entry), dates.long(shown.entry.date, visit.lang))
    return el(
        "li",
        el(
            "a",
            el(
                "img",
                src=links.crop(shown.entry, shown.box, width=ROW * 3, height=ROW),
                alt=shown.caption or " ".join(where),
                loading="lazy",
            ),
            el("span", shown.caption or where[0], lang=shown.lang, class_="caption"),
            href=links.reader(visit.lang, shown.entry.id, box=shown.box),
            data_large=links.crop(shown.entry, shown.box, width=LARGE, height=LARGE),
            data_caption=shown.caption,
            data_lang=shown.lang,
            data_where=" · ".join((*where, visit.page_label(shown.entry))),
        ),
        style=f"--ratio:{ratio:.4f}",
    )


def _paging(visit: Visit, start: int, total: int) -> Html | None:
    if total <= PICTURES_SHOWN:
        return None
    at, pages = start // PICTURES_SHOWN + 1, -(-total // PICTURES_SHOWN)
    gallery = visit.param("id")
    steps = ((at - 1, visit.t("Previous")), (at + 1, visit.t("Next")))
    shown = [
        el("a", label, href=visit.link("gallery", id=gallery, n=to), class_="quiet")
        for to, label in steps
        if 1 <= to <= pages
    ]
    return el("nav", shown, el("span", f"{at} / {pages}"), class_="paging")


def _lightbox(visit: Visit) -> Html:
    def button(name: str, sign: str, label: str) -> Html:
        return el("button", sign, type="button", data_do=name, aria_label=label, title=label)

    return el(
        "div",
        el("img", alt=""),
        el(
            "div",
            el("p", class_="caption"),
            el("p", class_="where"),
            el("a", visit.t("See it on the page"), href="#", class_="go"),
            class_="about",
        ),
        el(
            "div",
            button("previous", "‹", visit.t("Previous")),
            el("span", class_="count"),
            button("next", "›", visit.t("Next")),
            button("play", visit.t("Slideshow"), visit.t("Slideshow")),
            button("close", visit.t("Close"), visit.t("Close")),
            class_="bar",
        ),
        class_="lightbox",
        role="dialog",
        aria_modal="true",
        aria_label=visit.t("Picture"),
        hidden=True,
    )
