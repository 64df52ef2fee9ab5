"""The archivist's saved searches: what each asks, and how much came in since somebody looked."""

from __future__ import annotations

from baoguan.errors import BaoguanError
from baoguan.model import SavedSearch
from baoguan.ui.markup import Html, el
from baoguan.ui.views.console import part
from baoguan.ui.visit import Visit


def about(visit: Visit) -> Html:
    return part(
        el(
            "p",
            visit.t(
                "A saved search counts what became searchable since somebody last looked, and has"
                " a feed that any feed reader follows."
            ),
            class_="lead-text",
        )
    )


def row(visit: Visit, search: SavedSearch, new: int | None) -> Html:
    """`new` is None where the index does not answer."""
    found = (
        visit.many("{n} new article", "{n} new articles", new) if new else visit.t("nothing new")
    )
    filters = " ".join(f"{name}={value}" for name, value in search.filters.items() if value)
    return part(
        el(
            "div",
            el("h2", search.name),
            el("p", el("q", search.query), el("small", filters) if filters else None),
            el(
                "p",
                el(
                    "b",
                    found if new is not None else visit.t("not known just now"),
                    class_="new" if new else None,
                ),
                el("small", visit.t("last looked at what came in until {day}", day=_day(search))),
            ),
            el(
                "p",
                el("a", visit.t("The feed"), href=f"/feeds/saved/{search.id}?lang={visit.lang}"),
                class_="onward",
            ),
            class_="saved",
        )
    )


def nothing(visit: Visit) -> Html:
    return part(
        el("p", visit.t("No search is saved yet: search, then choose “Save this search”.")),
        el("a", visit.t("To the search"), href=visit.link("search"), class_="go"),
    )


def removed(visit: Visit, search: SavedSearch) -> Html:
    return part(el("p", visit.t("“{name}” was removed.", name=search.name)))


def refused(visit: Visit, error: BaoguanError) -> Html:
    return part(el("p", visit.t("The search was not saved:"), " ", str(error), class_="bad"))


def _day(search: SavedSearch) -> str:
    return f"{search.seen:%Y-%m-%d %H:%M} UTC" if search.seen.year > 1970 else "–"
