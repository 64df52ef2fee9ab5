"""How often words were printed, year by year or month by month: a chart, and its numbers."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from baoguan.calendars import bound
from baoguan.errors import BadQuery
from baoguan.search import By, Period
from baoguan.ui import dates
from baoguan.ui.markup import Html, el, join
from baoguan.ui.series import COUNT_WITHIN, MOST_COMPARED, Compared, compared, counted
from baoguan.ui.views import states
from baoguan.ui.views.frame import box, framed
from baoguan.ui.visit import Visit

MOST_TICKS = 12
MEASURES = ("million", "places", "articles")


_Place = Callable[[Period], float]  # percent from the left
_Height = Callable[[float], float]  # percent from the top


@dataclass(frozen=True, slots=True)
class Line:
    words: str
    periods: tuple[Period, ...]
    values: tuple[float, ...]


def view(visit: Visit) -> Html:
    name = visit.t("Words in time")
    if not visit.shelf.pages:
        return framed(visit, "trends", states.empty_archive(visit), title=name)
    what = compared(visit.param)
    return framed(
        visit,
        "trends",
        _box(visit),
        _shown(visit, what) if what.words else _welcome(visit),
        title=f"{'、'.join(what.words)} · {name}" if what.words else name,
    )


def _box(visit: Visit) -> Html:
    kept = [
        el("input", type="hidden", name=key, value=visit.param(key))
        for key in ("paper", "since", "until", "by", "measure")
        if visit.param(key)
    ]
    hint = visit.t("Words to compare, with commas between")
    return box("/trends", visit.t("Count"), kept, q=visit.param("q"), hint=hint, name=hint)


def _welcome(visit: Visit) -> Html:
    example = "江水, 輪船"
    return states.state(
        visit.t("How often was it printed?"),
        visit.t("Up to {n} words are compared by year or by month.", n=MOST_COMPARED),
        el("a", example, href=visit.link("trends", q=example), class_="go", lang="zh-Hant"),
    )


def _shown(visit: Visit, what: Compared) -> Html:
    try:
        found = counted(visit.house.archive, what)
    except BadQuery as error:
        return states.bad_query(visit, visit.param("q"), error)
    only_articles = any(period.occurrences is None for periods in found for period in periods)
    measure = visit.param("measure") if visit.param("measure") in MEASURES else MEASURES[0]
    measure = "articles" if only_articles else measure
    lines = [
        Line(words, periods, tuple(_value(period, measure) for period in periods))
        for words, periods in zip(what.words, found, strict=True)
    ]
    if not any(any(line.values) for line in lines):
        return states.no_hits(visit, what.words[0], bool(what.filters.titles))
    return join(
        _heading(visit, what, lines, measure),
        _choices(visit, what, measure, only_articles),
        _chart(visit, what, lines),
        _notes(visit, only_articles),
        _numbers(visit, lines),
    )


def _value(period: Period, measure: str) -> float:
    if measure == "million":
        return period.per_million or 0.0
    return float(period.articles if measure == "articles" else period.occurrences or 0)


def _heading(visit: Visit, what: Compared, lines: list[Line], measure: str) -> Html:
    title = visit.shelf.titles.get(what.filters.titles[0]) if what.filters.titles else None
    return el(
        "header",
        el("p", title.name(visit.lang), class_="kicker") if title else None,
        el(
            "h1",
            [
                el("span", el("i", class_=f"key k{n}"), line.words, class_="of")
                for n, line in enumerate(lines)
            ],
        ),
        el("p", _measure_name(visit, measure), class_="meta"),
        class_="chart-head",
    )


def _measure_name(visit: Visit, measure: str) -> str:
    return {
        "million": visit.t("Places in a million characters"),
        "places": visit.t("Places where it was printed"),
        "articles": visit.t("Articles with it"),
    }[measure]


def _choices(visit: Visit, what: Compared, measure: str, only_articles: bool) -> Html:
    base = {k: v for k, v in visit.params.items() if k != "lang"}
    periods = ((visit.t("By year"), By.YEAR), (visit.t("By month"), By.MONTH))
    measures = [m for m in MEASURES if not only_articles or m == "articles"]

    def choice(label: str, name: str, value: str, now: bool) -> Html:
        address = visit.link("trends", **{**base, name: value})
        return el("a", label, href=address, aria_current="true" if now else None, class_="choice")

    return el(
        "nav",
        [choice(label, "by", str(by), by is what.by) for label, by in periods],
        el("span", class_="gap"),
        [choice(_measure_name(visit, m), "measure", m, m == measure) for m in measures],
        class_="choices",
        aria_label=visit.t("What is shown"),
    )


# -- the drawing ------------------------------------------------------------------------------


def _chart(visit: Visit, what: Compared, lines: list[Line]) -> Html:
    """Lines stretched to their place, with points as links: each leads to what was counted."""
    places = [_ordinal(period.name) for period in lines[0].periods]
    first, last = min(places), max(places)
    steps = max(1, last - first)
    highest = _round_up(max(max(line.values) for line in lines))

    def x(period: Period) -> float:
        return 100 * (_ordinal(period.name) - first) / steps if last > first else 50.0

    def y(value: float) -> float:
        return 100 * (1 - value / highest)

    drawn = [
        el(
            "path",
            d=_path(line, x, y),
            class_=f"k{n}",
            vector_effect="non-scaling-stroke",
        )
        for n, line in enumerate(lines)
    ]
    points = [
        _point(visit, what, line, n, period, value, x(period), y(value))
        for n, line in enumerate(lines)
        for period, value in zip(line.periods, line.values, strict=True)
    ]
    ticks = [
        el("span", _figure(highest * part / 4), style=f"top:{100 - 25 * part}%")
        for part in range(5)
    ]
    return el(
        "figure",
        el("div", ticks, class_="scale-y", aria_hidden="true"),
        el(
            "div",
            el("div", [el("i", style=f"top:{25 * n}%") for n in range(5)], class_="rules-y"),
            el(
                "svg",
                drawn,
                viewBox="0 0 100 100",
                preserveAspectRatio="none",
                aria_hidden="true",
            ),
            points,
            class_="plot",
        ),
        el("div", _time_marks(what.by, first, last), class_="scale-x", aria_hidden="true"),
        class_="chart",
    )


def _path(line: Line, x: _Place, y: _Height) -> str:
    """A line through the periods; where nothing is held between two it is broken."""
    parts = []
    before = None
    for period, value in zip(line.periods, line.values, strict=True):
        at = _ordinal(period.name)
        parts.append(f"{'L' if before == at - 1 else 'M'}{x(period):.3f} {y(value):.3f}")
        before = at
    return "".join(parts)


def _point(
    visit: Visit,
    what: Compared,
    line: Line,
    number: int,
    period: Period,
    value: float,
    left: float,
    top: float,
) -> Html:
    said = f"{line.words}, {period.name}: {_said(visit, period)}"
    address = visit.link(
        "search",
        q=line.words,
        paper=what.filters.titles[0] if what.filters.titles else "",
        since=period.name,
        until=period.name,
    )
    style = f"left:{left:.3f}%;top:{top:.3f}%"
    if not value:
        return el("i", class_=f"point none k{number}", style=style)
    return el(
        "a", href=address, aria_label=said, title_=said, class_=f"point k{number}", style=style
    )


def _said(visit: Visit, period: Period) -> str:
    articles = visit.many("{n} article", "{n} articles", period.articles)
    if period.occurrences is None:
        return articles
    return f"{visit.many('{n} place', '{n} places', period.occurrences)} · {articles}"


def _time_marks(by: By, first: int, last: int) -> list[Html]:
    steps = last - first
    each = next(n for n in _STEPS[by] if steps / n <= MOST_TICKS or n == _STEPS[by][-1])
    begin = -(-first // each) * each
    marks = list(range(begin, last + 1, each)) or [first]
    return [
        el(
            "span",
            _time(by, mark),
            style=f"left:{100 * (mark - first) / steps if steps else 50:.3f}%",
        )
        for mark in marks
    ]


_STEPS = {By.YEAR: (1, 2, 5, 10, 20, 50, 100), By.MONTH: (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200)}


def _time(by: By, mark: int) -> str:
    return str(mark) if by is By.YEAR else f"{mark // 12}-{mark % 12 + 1:02d}"


def _ordinal(period: str) -> int:
    """Years, or months, counted through."""
    year, _, month = period.partition("-")
    return int(year) * 12 + int(month) - 1 if month else int(year)


def _round_up(value: float) -> float:
    """The next of 1, 2, 4, 10, 20 … that four rules divide evenly."""
    if value <= 0:
        return 1.0
    size = 10 ** math.floor(math.log10(value))
    return float(next(n * size for n in (1, 2, 4, 6, 8, 10) if n * size >= value))


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:.2f}".rstrip("0")


# -- below ------------------------------------------------------------------------------------


def _notes(visit: Visit, only_articles: bool) -> Html:
    bound = visit.t(
        "More than {n} articles: places are not counted here, only articles.",
        n=f"{COUNT_WITHIN:,}",
    )
    return el(
        "p",
        bound + " " if only_articles else None,
        visit.t("A line breaks where nothing is held of a time; undated pages are not counted."),
        class_="meta chart-note",
    )


def _numbers(visit: Visit, lines: list[Line]) -> Html:
    kept = {k: v for k, v in visit.params.items() if v and k not in ("lang", "measure")}
    address = f"/trends.csv?{urlencode(kept, quote_via=quote)}"
    t = visit.t
    head = (
        t("Time"), t("Words"), t("Places"), t("in a million characters"), t("Articles"),
        t("Articles held"), t("Characters held"),
    )  # fmt: skip
    rows = [
        el(
            "tr",
            el("th", _period_name(visit, period), scope="row"),
            el("td", line.words),
            [el("td", cell, class_="figure") for cell in _cells(period)],
        )
        for line in lines
        for period in line.periods
    ]
    return el(
        "details",
        el("summary", t("The numbers")),
        el("p", el("a", t("Download as CSV"), href=address, download="trends.csv", class_="go")),
        el(
            "table",
            el("thead", el("tr", [el("th", name, scope="col") for name in head])),
            el("tbody", rows),
        ),
        class_="numbers",
    )


def _cells(period: Period) -> Sequence[str]:
    return (
        "–" if period.occurrences is None else f"{period.occurrences:,}",
        "–" if period.per_million is None else f"{period.per_million:,.1f}",
        f"{period.articles:,}",
        f"{period.held.articles:,}",
        f"{period.held.characters:,}",
    )


def _period_name(visit: Visit, period: Period) -> str:
    begin = bound(period.name, last=False) or dt.date.min
    named = dates.month(begin.year, begin.month, visit.lang)
    return named if "-" in period.name else period.name
