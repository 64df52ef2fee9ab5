"""What surrounds every light page: the masthead with its ears, the way to the rooms, the foot."""

from __future__ import annotations

from urllib.parse import urlencode

from baoguan.ui.house import Role
from baoguan.ui.language import LANGUAGES, NAMES, SHORT_NAMES
from baoguan.ui.markup import Child, Html, el, join
from baoguan.ui.visit import Visit

NAMEPLATE = {
    "zh-Hans": ("报馆", "zh-Hans"),
    "zh-Hant": ("報館", "zh-Hant"),
    "en": ("報館", "zh-Hant"),
}
SIZES = ("small", "medium", "large")


def framed(visit: Visit, name: str, *children: Child, title: str = "", dark: bool = False) -> Html:
    """A whole page. `name` is the page's address, `title` what the browser's tab says."""
    return el(
        "div",
        el("a", visit.t("Skip to the content"), href="#content", class_="skip"),
        masthead(visit, name),
        el("main", *children, id="content", tabindex="-1"),
        foot(visit),
        class_=f"bg view-{name or 'entrance'}{' dark' if dark else ''}",
        data_lang=visit.lang,
        data_title=title,
    )


def masthead(visit: Visit, name: str) -> Html:
    text, lang = NAMEPLATE[visit.lang]
    plate = el("a", text, href=visit.link(""), lang=lang, aria_label=visit.t("To the entrance"))
    return el(
        "header",
        el(
            "div",
            el("div", holdings(visit), class_="ear left"),
            el("p", plate, class_="nameplate"),
            el("div", languages(visit, name), sizes(visit), class_="ear right"),
            class_="ears",
        ),
        el("nav", *_rooms(visit, name), class_="rooms", aria_label=visit.t("Rooms")),
        class_="masthead",
    )


def holdings(visit: Visit) -> Html:
    """What we hold, counted, and from when to when."""
    counts = visit.shelf.counts
    held = visit.t(
        "{titles} · {issues}",
        titles=visit.many("{n} title", "{n} titles", counts.titles),
        issues=visit.many("{n} issue", "{n} issues", counts.issues),
    )
    years = sorted({day.year for day in (counts.first, counts.last) if day})
    return join(el("span", held), el("span", " — ".join(map(str, years))) if years else None)


def languages(visit: Visit, name: str) -> Html:
    """This page in the other languages."""
    parts = []
    for code in LANGUAGES:
        address = f"/{name}?{urlencode({**visit.params, 'lang': code})}"
        here = "true" if code == visit.lang else None
        parts.append(
            el(
                "a",
                SHORT_NAMES[code],
                href=address,
                lang=code,
                hreflang=code,
                aria_label=NAMES[code],
                aria_current=here,
            )
        )
    return el("span", parts, class_="languages", role="group", aria_label=visit.t("Language"))


def sizes(visit: Visit) -> Html:
    labels = (visit.t("small"), visit.t("medium"), visit.t("large"))
    buttons = [
        el("button", label, type="button", data_size=size)
        for size, label in zip(SIZES, labels, strict=True)
    ]
    return el("span", el("span", visit.t("Type")), buttons, class_="sizes", role="group")


def foot(visit: Visit) -> Html:
    counts = visit.shelf.counts
    text = visit.t(
        "{pages} and {characters} read",
        pages=visit.many("{n} page", "{n} pages", counts.pages),
        characters=visit.many("{n} character", "{n} characters", counts.characters),
    )
    return el("footer", el("p", text), class_="foot")


def search_box(visit: Visit, q: str = "", *hidden: Child) -> Html:
    """The one box: a plain form, so that what is searched for is in the address.

    Our script adds the language: Streamlit's cleaner takes away fields named like properties of a
    form (`lang`, `title`).
    """
    hint = visit.t("Words, names, places; “a phrase”, AND, OR, NOT")
    name = visit.t("Words to search for")
    return box("/search", visit.t("Search"), *hidden, q=q, hint=hint, name=name)


def box(action: str, button: str, *hidden: Child, q: str, hint: str, name: str) -> Html:
    """A form of one wide field, and what the address keeps; `name` is for those who do not see."""
    return el(
        "form",
        *hidden,
        el(
            "input",
            type="search",
            name="q",
            value=q,
            placeholder=hint,
            aria_label=name,
            autocomplete="off",
            enterkeyhint="search",
            maxlength="1000",
        ),
        el("button", button, type="submit"),
        action=action,
        method="get",
        class_="box",
        role="search",
    )


def _rooms(visit: Visit, here: str) -> list[Html]:
    return [
        el("a", label, href=visit.link(name), aria_current="page" if _within(name, here) else None)
        for name, label in rooms(visit)
    ]


def rooms(visit: Visit) -> list[tuple[str, str]]:
    every = [
        ("", visit.t("Entrance")),
        ("exhibits", visit.t("Press history")),
        ("gallery", visit.t("Pictures")),
        ("search", visit.t("Search")),
        ("browse", visit.t("Titles and issues")),
    ]
    if visit.kiosk:
        return every[:3]
    if visit.house.role is Role.CONSOLE:
        return [
            *every,
            ("saved", visit.t("Saved searches")),
            ("import", visit.t("Import")),
            ("status", visit.t("Status")),
        ]
    return every


_ROOM = {
    "asking": "search",
    "exhibit": "exhibits",
    "issue": "browse",
    "calendar": "browse",
    "trends": "search",
    "alike": "search",
}


def _within(room: str, here: str) -> bool:
    return room == _ROOM.get(here, here)


def go(text: str, href: str) -> Html:
    """The one next step."""
    return el("a", text, href=href, class_="go")


def kicker(*words: str) -> Html:
    return el("p", " · ".join(filter(None, words)), class_="kicker")
