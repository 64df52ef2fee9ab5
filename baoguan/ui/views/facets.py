"""What narrows a search: each choice with the hits that it would leave, and the hits in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from baoguan.calendars import bound
from baoguan.model import ArticleKind, Direction
from baoguan.search import QUALITIES, Facets, Filters, Index, Query, filters_of
from baoguan.search.narrowing import YES_NO
from baoguan.ui import dates
from baoguan.ui.markup import Html, el
from baoguan.ui.visit import Visit

KINDS = (ArticleKind.ARTICLE, ArticleKind.ADVERTISEMENT, ArticleKind.HEAD, ArticleKind.MARGIN)
MOST_NAMES = 8
MOST_YEARS = 30  # side by side; more are gathered by ten


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    q: str
    title: str
    since: str
    until: str
    kind: str
    direction: str
    quality: str
    pictures: str
    person: str
    place: str
    page: int

    @property
    def narrowed(self) -> bool:
        return any(self.kept().values())

    def kept(self) -> dict[str, str]:
        """The filters by their names in the address."""
        return {
            "paper": self.title,
            "since": self.since,
            "until": self.until,
            "kind": self.kind,
            "set": self.direction,
            "sure": self.quality,
            "pictures": self.pictures,
            "person": self.person,
            "place": self.place,
        }

    def filters(self) -> Filters:
        return filters_of(self.kept())


def asked(visit: Visit) -> Asked:
    def among(name: str, values: Iterable[str]) -> str:
        value = visit.param(name)
        return value if value in {str(v) for v in values} else ""

    return Asked(
        q=visit.param("q"),
        title=visit.param("paper"),
        since=visit.param("since"),
        until=visit.param("until"),
        kind=among("kind", KINDS),
        direction=among("set", Direction),
        quality=among("sure", QUALITIES),
        pictures=among("pictures", YES_NO),
        person=visit.param("person"),
        place=visit.param("place"),
        page=max(1, visit.number("n", 1)),
    )


# -- counts -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Counts:
    """Hits by each way of narrowing, counted without what it is narrowed by already."""

    titles: Mapping[str, int]
    kinds: Mapping[str, int]
    directions: Mapping[str, int]
    qualities: Mapping[str, int]
    illustrated: Mapping[str, int]
    persons: Mapping[str, int]
    places: Mapping[str, int]
    months: Mapping[str, int]


def counts(index: Index, query: Query, what: Asked) -> Counts:
    """One question to the index, and one more for each filter in force."""
    everything = index.facets(query, what.filters())

    def facets(other: Asked) -> Facets:
        return everything if other == what else index.facets(query, other.filters())

    return Counts(
        titles=facets(replace(what, title="")).titles,
        kinds=facets(replace(what, kind="")).kinds,
        directions=facets(replace(what, direction="")).directions,
        qualities=facets(replace(what, quality="")).qualities,
        illustrated=facets(replace(what, pictures="")).illustrated,
        persons=facets(replace(what, person="")).persons,
        places=facets(replace(what, place="")).places,
        months=facets(replace(what, since="", until="")).months,
    )


# -- choices ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    hits: int


def panel(visit: Visit, what: Asked, counted: Counts) -> Html:
    """A choice that would leave nothing is not one; where there is but one, there is none."""
    t = visit.t
    titles = {title.id: title.name(visit.lang) for title in visit.shelf.titles.values()}
    kinds = {str(kind): kind_name(visit, kind) for kind in KINDS}
    groups = (
        (t("Title"), "paper", titles, counted.titles, what.title, t("All titles")),
        (t("Kind"), "kind", kinds, counted.kinds, what.kind, t("All kinds")),
        (
            t("Picture"),
            "pictures",
            {"yes": t("With a picture"), "no": t("Without a picture")},
            counted.illustrated,
            what.pictures,
            t("With or without"),
        ),
        (
            t("Set"),
            "set",
            {
                str(Direction.VERTICAL_RL): t("In columns"),
                str(Direction.HORIZONTAL_RTL): t("In lines from the right"),
                str(Direction.HORIZONTAL_LTR): t("In lines"),
            },
            counted.directions,
            what.direction,
            t("Either way"),
        ),
        (
            t("Surely read"),
            "sure",
            {
                "95": t("95 % and more"),
                "90": "90–95 %",
                "80": "80–90 %",
                "0": t("less than 80 %"),
            },
            counted.qualities,
            what.quality,
            t("However sure"),
        ),
        (
            t("People"),
            "person",
            _frequent(counted.persons, what.person),
            counted.persons,
            what.person,
            None,
        ),
        (
            t("Places named"),
            "place",
            _frequent(counted.places, what.place),
            counted.places,
            what.place,
            None,
        ),
    )
    form = el(
        "form",
        el("input", type="hidden", name="q", value=what.q),
        [_group(visit, what, *group) for group in groups],
        _printed(visit, what),
        el("button", t("Show"), type="submit", class_="plain"),
        el("a", t("Clear the filters"), href=visit.link("search", q=what.q), class_="quiet")
        if what.narrowed
        else None,
        action="/search",
        method="get",
    )
    return el("details", el("summary", t("Narrow the search")), form, open=True)


def _group(
    visit: Visit,
    what: Asked,
    legend: str,
    name: str,
    labels: Mapping[str, str],
    hits: Mapping[str, int],
    chosen: str,
    all_of_them: str | None,
) -> Html | None:
    """Links, not a list that drops down: one touch, and every choice has an address."""
    choices = [
        Choice(value, label, hits.get(value, 0))
        for value, label in labels.items()
        if value in hits or value == chosen
    ]
    if len(choices) < 2 and not chosen:
        return None
    base = {**what.kept(), "q": what.q}
    every = () if all_of_them is None else (Choice("", all_of_them, sum(hits.values())),)
    return el(
        "fieldset",
        el("legend", legend),
        el("input", type="hidden", name=name, value=chosen) if chosen else None,
        [
            el(
                "a",
                choice.label,
                el("small", f"{choice.hits:,}"),
                href=visit.link("search", **{**base, name: _other(choice.value, chosen, every)}),
                aria_current="true" if choice.value == chosen else None,
                class_="choice",
            )
            for choice in (*every, *choices)
        ],
    )


def _other(value: str, chosen: str, every: tuple[Choice, ...]) -> str:
    """Where there is no choice of all, the one in force leads back to all."""
    return "" if value == chosen and not every else value


def _frequent(hits: Mapping[str, int], chosen: str) -> dict[str, str]:
    """The names in most hits, and the one that is chosen."""
    names = sorted(hits, key=lambda name: (-hits[name], name))[:MOST_NAMES]
    return {name: name for name in dict.fromkeys([*([chosen] if chosen else []), *names])}


def _printed(visit: Visit, what: Asked) -> Html:
    return el(
        "fieldset",
        el("legend", visit.t("Printed")),
        el(
            "span",
            _date(visit.t("from"), "since", what.since),
            _date(visit.t("to"), "until", what.until),
            class_="pair",
        ),
        el("small", visit.t("A year, a month or a day: 1939, 1939-04-23, 民國廿八年四月")),
    )


def _date(label: str, name: str, value: str) -> Html:
    return el(
        "label",
        el("span", label),
        el("input", type="text", name=name, value=value, maxlength="60"),
    )


def kind_name(visit: Visit, kind: ArticleKind) -> str:
    return {
        ArticleKind.ARTICLE: visit.t("Article"),
        ArticleKind.ADVERTISEMENT: visit.t("Advertisement"),
        ArticleKind.HEAD: visit.t("Masthead"),
        ArticleKind.MARGIN: visit.t("Margin"),
    }[kind]


# -- time -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time, as written in the address, and how many hits fall in it."""

    since: str
    until: str
    label: str
    said: str
    hits: int


def histogram(visit: Visit, what: Asked, months: Mapping[str, int]) -> Html | None:
    """Hits in time as bars; each narrows the search to its stretch, and shows what is within."""
    bars, above = stretches(visit, what, months)
    if sum(bar.hits > 0 for bar in bars) < 2 and not (what.since or what.until):
        return None
    most = max((bar.hits for bar in bars), default=0)
    kept = {**what.kept(), "q": what.q}
    return el(
        "nav",
        el(
            "p",
            el("span", visit.t("Hits in time")),
            [
                el("a", label, href=visit.link("search", **{**kept, "since": a, "until": b}))
                for label, a, b in above
            ],
            class_="scale",
        ),
        el("ol", [el("li", _bar(visit, what, kept, bar, most)) for bar in bars], class_="bars"),
        class_="histogram",
        aria_label=visit.t("Hits in time"),
    )


def _bar(visit: Visit, what: Asked, kept: Mapping[str, str], bar: Bar, most: int) -> Html:
    chosen = (what.since, what.until) == (bar.since, bar.until)
    height = f"height:{max(3, round(100 * bar.hits / most))}%" if bar.hits else ""
    inner = (el("i", style=height) if height else None, el("span", bar.label))
    if not bar.hits:
        return el("span", el("b", inner[0]), inner[1], class_="bar none")
    said = f"{bar.said}: {visit.many('{n} article', '{n} articles', bar.hits)}"
    address = visit.link("search", **{**kept, "since": bar.since, "until": bar.until})
    return el(
        "a",
        el("b", inner[0]),
        inner[1],
        href=address,
        aria_label=said,
        title_=said,
        aria_current="true" if chosen else None,
        class_="bar",
    )


def stretches(
    visit: Visit, what: Asked, months: Mapping[str, int]
) -> tuple[list[Bar], list[tuple[str, str, str]]]:
    """Decades, years or months, by how much time is asked for; and the ways back to more."""
    first, last = bound(what.since, last=False), bound(what.until, last=True)
    back: list[tuple[str, str, str]] = []
    if first and last and first.year == last.year:
        back.append((visit.t("All years"), "", ""))
        return _months(visit, first.year, months), back
    years = Counter({int(m[:4]): 0 for m in months})
    for month, hits in months.items():
        years[int(month[:4])] += hits
    shown = [y for y in years if (not first or y >= first.year) and (not last or y <= last.year)]
    if first or last:
        back.append((visit.t("All years"), "", ""))
    if not shown:
        return [], back
    row = range(min(shown), max(shown) + 1)
    if len(row) > MOST_YEARS:
        return _decades(row, years), back
    return [Bar(str(y), str(y), str(y), str(y), years[y]) for y in row], back


def _months(visit: Visit, year: int, months: Mapping[str, int]) -> list[Bar]:
    names = [(number, f"{year}-{number:02d}") for number in range(1, 13)]
    return [Bar(m, m, str(n), dates.month(year, n, visit.lang), months.get(m, 0)) for n, m in names]


def _decades(row: Sequence[int], years: Mapping[int, int]) -> list[Bar]:
    begins = range(row[0] // 10 * 10, row[-1] + 1, 10)
    return [
        Bar(
            str(begin),
            str(begin + 9),
            str(begin),
            f"{begin}–{begin + 9}",
            sum(years.get(y, 0) for y in range(begin, begin + 10)),
        )
        for begin in begins
    ]
