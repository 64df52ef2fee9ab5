"""Titles, and their issues as a calendar of front pages."""

from __future__ import annotations

from itertools import groupby

from baoguan.catalogue import PageEntry
from baoguan.model import Issue, Title
from baoguan.ui import dates, links
from baoguan.ui.markup import Html, el, join
from baoguan.ui.views import states
from baoguan.ui.views.frame import framed, kicker
from baoguan.ui.visit import Visit, script_of


def view(visit: Visit) -> Html:
    name = visit.t("Titles and issues")
    if not visit.shelf.pages:
        return framed(visit, "browse", states.empty_archive(visit), title=name)
    chosen = visit.param("title")
    titles = [t for t in visit.shelf.titles.values() if not chosen or t.id == chosen]
    return framed(
        visit,
        "browse",
        el("h1", name),
        _choices(visit, chosen) if len(visit.shelf.titles) > 1 else None,
        [_title(visit, title) for title in titles],
        title=name,
    )


def _choices(visit: Visit, chosen: str) -> Html:
    choices = [("", visit.t("All titles"))]
    choices += [(t.id, t.name(visit.lang)) for t in visit.shelf.titles.values()]
    return el(
        "nav",
        [
            el(
                "a",
                label,
                href=visit.link("browse", title=id_),
                aria_current="true" if id_ == chosen else None,
                class_="choice",
            )
            for id_, label in choices
        ],
        class_="choices",
        aria_label=visit.t("Title"),
    )


def _title(visit: Visit, title: Title) -> Html | None:
    issues = [
        issue
        for issue in visit.shelf.issues.values()
        if issue.title == title.id and issue.id in visit.shelf.of_issue
    ]
    if not issues:
        return None
    years = [(year, list(some)) for year, some in groupby(issues, key=_year)]
    return el(
        "section",
        el("h2", title.name(visit.lang)),
        el(
            "p",
            " · ".join(
                filter(None, (title.place, visit.many("{n} issue", "{n} issues", len(issues))))
            ),
            class_="meta",
        ),
        _calendar(visit, title) if any(issue.date for issue in issues) else None,
        [_of_year(visit, year, some) for year, some in years],
        class_="title",
    )


def _calendar(visit: Visit, title: Title) -> Html:
    address = visit.link("calendar", title=title.id)
    return el("p", el("a", visit.t("Calendar"), href=address, class_="quiet"))


def _year(issue: Issue) -> int | None:
    return issue.date.year if issue.date else None


def _of_year(visit: Visit, year: int | None, issues: list[Issue]) -> Html:
    label = str(year) if year else dates.short(None, visit.lang)
    return el(
        "div",
        el("h3", label),
        el("ul", [el("li", _front(visit, issue)) for issue in issues], class_="fronts"),
        class_="year",
    )


def _front(visit: Visit, issue: Issue) -> Html:
    pages = visit.shelf.of_issue[issue.id]
    name = _day(visit, issue)
    return el(
        "a",
        thumbnail(visit, pages[0], 320),
        el("b", name),
        el("small", visit.many("{n} page", "{n} pages", len(pages))),
        href=visit.link("issue", id=issue.id),
    )


def _day(visit: Visit, issue: Issue) -> str:
    if issue.date is None:
        return issue.printed or dates.short(None, visit.lang)
    return dates.day(issue.date, visit.lang)


def thumbnail(visit: Visit, entry: PageEntry, width: int) -> Html:
    return el(
        "img",
        src=links.crop(entry, None, width=width),
        alt=f"{visit.title_name(entry)}, {visit.page_label(entry)}",
        loading="lazy",
        width=entry.box.width,
        height=entry.box.height,
    )


def issue_view(visit: Visit) -> Html:
    """One issue: its pages, and the headlines of each. Raises NotFound."""
    issue = visit.house.archive.catalogue.issue(visit.param("id"))
    pages = visit.shelf.of_issue.get(issue.id, ())
    title = visit.shelf.titles.get(issue.title) or Title(issue.title)
    name = title.name(visit.lang)
    when = dates.long(issue.date, visit.lang)
    return framed(
        visit,
        "issue",
        kicker(name, visit.many("{n} page", "{n} pages", len(pages))),
        el("h1", when),
        el("p", issue.printed, class_="meta", lang="zh-Hant") if issue.printed else None,
        el("ol", [el("li", _page(visit, page)) for page in pages], class_="leaves"),
        _neighbours(visit, issue),
        title=f"{name} {dates.short(issue.date, visit.lang)}",
    )


def _page(visit: Visit, entry: PageEntry) -> Html:
    page = visit.house.archive.page(entry.id)
    heads = [article for article in page.articles if article.headline][:6]
    lang = script_of(visit, entry)
    return join(
        el("a", thumbnail(visit, entry, 640), href=links.reader(visit.lang, entry.id)),
        el("h2", visit.page_label(entry)),
        el(
            "ul",
            [
                el(
                    "li",
                    el(
                        "a",
                        article.headline,
                        href=links.reader(visit.lang, entry.id, article=article.id),
                        lang=lang,
                    ),
                )
                for article in heads
            ],
        )
        if heads
        else None,
    )


def _neighbours(visit: Visit, issue: Issue) -> Html:
    """The issues of the title before and after it."""
    row = [
        other
        for other in visit.shelf.issues.values()
        if other.title == issue.title and other.id in visit.shelf.of_issue
    ]
    at = next((i for i, other in enumerate(row) if other.id == issue.id), 0)
    before, after = row[max(0, at - 1) : at], row[at + 1 : at + 2]
    return el(
        "nav",
        [
            el(
                "a",
                label,
                " ",
                dates.short(other.date, visit.lang),
                href=visit.link("issue", id=other.id),
                class_="quiet",
            )
            for label, some in ((visit.t("Before:"), before), (visit.t("After:"), after))
            for other in some
        ],
        class_="paging",
        aria_label=visit.t("Issues"),
    )
