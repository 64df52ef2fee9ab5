"""The days of which issues of a title are held, year by year, with the holes in plain sight."""

from __future__ import annotations

import calendar
import datetime as dt

from baoguan.errors import NotFound
from baoguan.holdings import Holdings, holdings_of
from baoguan.model import Title
from baoguan.ui import dates
from baoguan.ui.markup import Html, el
from baoguan.ui.views import states
from baoguan.ui.views.frame import framed, kicker
from baoguan.ui.visit import Visit

_WEEKS = calendar.Calendar(firstweekday=6)  # as calendars on Chinese walls have it: Sunday first


def view(visit: Visit) -> Html:
    """Raises NotFound for a title of which nothing is held."""
    name = visit.t("Calendar")
    if not visit.shelf.pages:
        return framed(visit, "calendar", states.empty_archive(visit), title=name)
    title = _title(visit)
    issues = [i for i in visit.shelf.issues.values() if i.title == title.id]
    held = holdings_of(title, [i for i in issues if i.id in visit.shelf.of_issue])
    if not held.issues:
        raise NotFound(f"no dated issue of {title.id}")
    asked = visit.number("year", 0)
    year = asked if asked in held.every else min(held.every)
    return framed(
        visit,
        "calendar",
        kicker(visit.t("Calendar"), title.place),
        el("h1", title.name(visit.lang)),
        _titles(visit, title),
        _years(visit, held, year),
        _legend(visit, held, year),
        el("div", [_month(visit, held, month) for month in _all_months(year)], class_="months"),
        title=f"{title.name(visit.lang)} {year}",
    )


def _title(visit: Visit) -> Title:
    asked = visit.param("title")
    if asked:
        if asked not in visit.shelf.titles:
            raise NotFound(f"no title {asked}")
        return visit.shelf.titles[asked]
    dated = (i for i in visit.shelf.issues.values() if i.date and i.id in visit.shelf.of_issue)
    first = next(dated, None)
    if first is None:
        raise NotFound("nothing held is dated")
    return visit.shelf.titles[first.title]


def _titles(visit: Visit, here: Title) -> Html | None:
    every = {i.title for i in visit.shelf.issues.values() if i.date}
    shown = [title for title in visit.shelf.titles.values() if title.id in every]
    if len(shown) < 2:
        return None
    return el(
        "nav",
        [
            el(
                "a",
                title.name(visit.lang),
                href=visit.link("calendar", title=title.id),
                aria_current="true" if title.id == here.id else None,
                class_="choice",
            )
            for title in shown
        ],
        class_="choices",
        aria_label=visit.t("Title"),
    )


def _years(visit: Visit, held: Holdings, shown: int) -> Html:
    """Years with the days held of each; between them it says where there are none."""
    parts: list[Html] = []
    before = None
    for year in held.every:
        if before is not None and year > before + 1:
            gap = f"{before + 1}" if year == before + 2 else f"{before + 1}–{year - 1}"
            parts.append(el("span", gap, " ", visit.t("no issue held"), class_="hole"))
        days = sum(day.year == year for day in held.issues)
        parts.append(
            el(
                "a",
                str(year),
                el("small", visit.many("{n} day", "{n} days", days)),
                href=visit.link("calendar", title=held.title.id, year=year),
                aria_current="true" if year == shown else None,
            )
        )
        before = year
    return el("nav", parts, class_="years", aria_label=visit.t("Years"))


def _legend(visit: Visit, held: Holdings, year: int) -> Html:
    every = held.every[year]
    rhythm = (
        visit.many("An issue every day", "An issue every {n} days", every)
        if every
        else visit.t("No steady rhythm can be told from what is held")
    )
    return el(
        "p",
        el("b", "8", class_="held"),
        visit.t("issue held"),
        el("b", "8", class_="gap") if every else None,
        visit.t("no issue held, though the rhythm would have one") if every else None,
        el("span", rhythm),
        class_="legend meta",
    )


def _all_months(year: int) -> list[dt.date]:
    return [dt.date(year, month, 1) for month in range(1, 13)]


def _month(visit: Visit, held: Holdings, month: dt.date) -> Html:
    gaps = set(held.gaps.get(month, ()))
    weeks = _WEEKS.monthdatescalendar(month.year, month.month)
    name = dates.month(month.year, month.month, visit.lang)
    return el(
        "table",
        el("caption", name),
        el(
            "thead",
            el(
                "tr",
                [el("th", dates.weekday_short(day, visit.lang), scope="col") for day in weeks[0]],
            ),
        ),
        el(
            "tbody",
            [
                el("tr", [_day(visit, held, gaps, day, day.month == month.month) for day in week])
                for week in weeks
            ],
        ),
        class_="month",
    )


def _day(visit: Visit, held: Holdings, gaps: set[dt.date], day: dt.date, inside: bool) -> Html:
    if not inside:
        return el("td")
    issues = held.issues.get(day, ())
    if not issues:
        said = f"{dates.long(day, visit.lang)}: {visit.t('no issue held')}"
        return el("td", str(day.day), class_="gap" if day in gaps else None, title_=said)
    links = [
        el(
            "a",
            str(day.day) if first else "+",
            href=visit.link("issue", id=issue.id),
            aria_label=dates.long(day, visit.lang) + (f" {issue.edition}" if not first else ""),
        )
        for first, issue in zip((True, *(False for _ in issues[1:])), issues, strict=True)
    ]
    return el("td", links, class_="held")
