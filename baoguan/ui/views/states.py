"""Pages for when there is nothing to show: one sentence, and one next step."""

from __future__ import annotations

from baoguan.errors import BadQuery, IndexStale, SearchError
from baoguan.ui.house import Role
from baoguan.ui.markup import Child, Html, el
from baoguan.ui.views.frame import framed, go, search_box
from baoguan.ui.visit import Visit


def state(title: str, sentence: str, *next_step: Child) -> Html:
    """The plain block; pages put it where their content would be."""
    return el("section", el("h1", title), el("p", sentence), *next_step, class_="bg-state")


def empty_archive(visit: Visit) -> Html:
    console = visit.house.role is Role.CONSOLE
    step = go(visit.t("Import scans"), visit.link("import")) if console else None
    hint = el("p", el("code", "baoguan import FOLDER"), class_="command")
    return state(
        visit.t("No newspaper has come in yet"),
        visit.t("As soon as scans are imported, their pages can be read and searched here."),
        step or hint,
    )


def not_found(visit: Visit) -> Html:
    return framed(
        visit,
        "",
        state(
            visit.t("This is not in the archive"),
            visit.t("It may have been taken out, or the address is mistyped."),
            go(visit.t("To the titles and issues"), visit.link("" if visit.kiosk else "browse")),
        ),
        title=visit.t("This is not in the archive"),
    )


def no_hits(visit: Visit, q: str, narrowed: bool) -> Html:
    step = (
        go(visit.t("Search without the filters"), visit.link("search", q=q))
        if narrowed
        else go(visit.t("Browse titles and issues"), visit.link("browse"))
    )
    return state(
        visit.t("Nothing was printed with these words"),
        visit.t("Try fewer characters, or another way of writing the name."),
        step,
    )


def bad_query(visit: Visit, q: str, error: BadQuery) -> Html:
    """The query with the place where it stops making sense."""
    at = min(max(error.position, 0), len(q))
    return el(
        "section",
        el("h1", visit.t("This query cannot be understood")),
        el(
            "p",
            q[:at],
            el("mark", q[at : at + 1] or " ", title=visit.t("here")),
            q[at + 1 :],
            class_="query-shown",
        ),
        el("p", visit.t('Words, "a phrase", AND, OR, NOT and parentheses are understood.')),
        go(visit.t("How to ask"), visit.link("asking")),
        class_="bg-state",
    )


def no_index(visit: Visit, error: SearchError) -> Html:
    stale = isinstance(error, IndexStale)
    sentence = (
        visit.t("The index was made by another version; nothing is lost, it has to be made again.")
        if stale
        else visit.t("The index does not answer just now. The pages can still be read.")
    )
    return framed(
        visit,
        "search",
        search_box(visit, visit.param("q")),
        state(
            visit.t("Searching is not possible at the moment"),
            sentence,
            go(visit.t("Browse titles and issues"), visit.link("browse")),
        ),
        title=visit.t("Search"),
    )


def failed(visit: Visit, code: str) -> Html:
    return framed(
        visit,
        "",
        state(
            visit.t("This page cannot be shown"),
            visit.t("The reason is noted with the code “{code}”.", code=code),
            go(visit.t("To the entrance"), visit.link("")),
        ),
        title=visit.t("This page cannot be shown"),
    )
