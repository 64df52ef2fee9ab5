"""How to ask: every sign of the query language, each with an example that may be tried at once."""

from __future__ import annotations

from collections.abc import Iterable

from baoguan.ui.markup import Html, el, join
from baoguan.ui.views.frame import framed, go, search_box
from baoguan.ui.visit import Visit

Rule = tuple[str, str, str]  # what it is called, an example, what it means


def view(visit: Visit) -> Html:
    title = visit.t("How to ask")
    return framed(
        visit,
        "asking",
        search_box(visit),
        el(
            "header",
            el("h1", title),
            el(
                "p",
                visit.t(
                    "Each example can be touched. Full-width signs and Chinese quotation marks are"
                    " as good as the plain ones; AND, OR, NOT and NEAR are written in capitals."
                ),
                class_="lead-text",
            ),
            class_="asking-head",
        ),
        el("div", [_part(visit, name, rules) for name, rules in _parts(visit)], class_="asked"),
        go(visit.t("To the search"), visit.link("search")),
        title=title,
    )


def _part(visit: Visit, name: str, rules: Iterable[Rule]) -> Html:
    rows = [
        join(
            el("dt", rule),
            el(
                "dd",
                el("a", example, href=visit.link("search", q=example), lang="zh-Hant"),
                el("small", meaning),
            ),
        )
        for rule, example, meaning in rules
    ]
    return el("section", el("h2", name), el("dl", rows, class_="rules"))


def _parts(visit: Visit) -> tuple[tuple[str, tuple[Rule, ...]], ...]:
    t = visit.t
    return (
        (
            t("Words"),
            (
                (t("Two words"), "北平 晨報", t("both stand in the article")),
                (t("A phrase"), "「民國二十八年」", t("exactly so, one after the other")),
                (t("Either"), "輪船 OR 航線", t("one of the two")),
                (t("Without"), "上海 NOT 廣告", t("the first, not the second")),
                (t("Grouped"), "(輪船 OR 航線) 上海", t("parentheses first")),
                (
                    t("Near each other"),
                    "輪船 NEAR/5 上海",
                    t("at most 5 characters between"),
                ),
            ),
        ),
        (
            t("Unsure characters"),
            (
                (t("Any character"), "蔣?石", t("one character of any kind in between")),
                (
                    t("Any letters"),
                    "shang*",
                    t("of Latin words and numbers"),
                ),
                (
                    t("As printed"),
                    "=後",
                    t("only this form; without = simplified, traditional and variants are one"),
                ),
            ),
        ),
        (
            t("Where and when"),
            (
                (t("Title"), "title:晶報", t("a newspaper, by its name or its id")),
                (t("Days"), "date:1939-04..1939-06", t("from and to; one of them may be left out")),
                (
                    t("Dates as printed"),
                    "date:民國廿八年四月",
                    t("eras of the Qing, the Republic, Japan and Manchukuo"),
                ),
                (t("Lunisolar dates"), "date:光緒三十年正月初一", t("with 閏 for a leap month")),
                (
                    t("Cyclic years"),
                    "date:甲午",
                    t("each such year since 1872"),
                ),
                (t("Page number"), "page:1", t("front pages alone")),
                (t("Kind"), "kind:advertisement", "article, advertisement, head, margin"),
            ),
        ),
        (
            t("Names"),
            (
                (
                    t("A person"),
                    "person:梅蘭芳",
                    t("named in the article"),
                ),
                (t("A place"), "place:上海", t("a city, a country, a street")),
                (t("An organisation"), "organisation:招商局", t("from the archive's own list")),
            ),
        ),
    )
