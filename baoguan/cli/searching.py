"""Find and count: search, trends, similar, reprints, holdings."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from baoguan.cli.answers import tell_answer
from baoguan.cli.dates import AfterOption, TitlesOption, UntilOption, filters_of
from baoguan.cli.shell import JsonOption, app, opened, out, write_file
from baoguan.errors import UsageError

if TYPE_CHECKING:
    from baoguan.archive import Archive
    from baoguan.collections.hitlists import HitRow
    from baoguan.holdings import Holdings
    from baoguan.search import Document, Filters


class HitForm(StrEnum):
    CSV = "csv"
    JSONL = "jsonl"
    RIS = "ris"
    TXT = "txt"


class Span(StrEnum):
    YEAR = "year"
    MONTH = "month"


@app.command()
def search(
    context: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(
            help='Words, "a phrase", AND, OR, NOT, parentheses, 甲 NEAR/5 乙, 蔣?石, shang*,'
            " =後 (only as printed), title:jb, date:1939-04..1939-06, date:民國廿八年, page:1,"
            " kind:advertisement, person:梅蘭芳, place:上海."
        ),
    ],
    limit: Annotated[
        int | None, typer.Option(min=0, help="How many hits; 0 is all.", show_default="20")
    ] = None,
    count: Annotated[bool, typer.Option("--count", help="Print the number of hits alone.")] = False,
    title: TitlesOption = None,
    after: AfterOption = "",
    until: UntilOption = "",
    tolerant: Annotated[
        bool,
        typer.Option("--tolerant", help="Then list what fits but for one misread character."),
    ] = False,
    export_to: Annotated[
        str,
        typer.Option(
            "--export",
            metavar="FILE",
            help="Write every hit with its citation: .csv, .jsonl, .ris or .txt; - prints.",
        ),
    ] = "",
    form: Annotated[
        HitForm | None, typer.Option("--format", help="Of the export, where FILE does not tell.")
    ] = None,
    address: Annotated[
        str, typer.Option(help="Of the archive's server, for the links in an export.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Find articles. Traditional, simplified and printed variants are one: 华军 finds 華軍."""
    filters = filters_of(title, after, until)
    with opened(context) as archive:
        asked = " ".join(words)
        if export_to or form:
            rows = _hit_rows(archive, asked, filters, limit or 0, tolerant, address)
            _export_hits(rows, export_to or "-", form)
            return
        limit = 20 if limit is None else limit
        if count:
            print(archive.count(asked, filters))
            return
        tell_answer(archive.find(asked, filters, limit=limit, tolerant=tolerant), as_json)


@app.command()
def trends(
    context: typer.Context,
    words: Annotated[
        list[str], typer.Argument(help="Each is a query of its own, as in `search`; quote spaces.")
    ],
    by: Annotated[Span, typer.Option(help="Year by year or month by month.")] = Span.YEAR,
    title: TitlesOption = None,
    after: AfterOption = "",
    until: UntilOption = "",
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
) -> None:
    """How often words were printed, absolute and in a million characters, several compared.

    Periods of which nothing is held are left out; what is undated is in none.
    """
    from baoguan.search import By, trend_rows

    filters = filters_of(title, after, until)
    with opened(context) as archive:
        found = [archive.trend(asked, filters, By(by)) for asked in words]
    rows = list(trend_rows(words, found))
    if as_csv:
        csv.writer(sys.stdout, lineterminator="\n").writerows(rows)
        return
    table = Table(box=None, header_style="bold")
    for name in rows[0]:
        figures = name not in ("period", "words")
        table.add_column(name.replace("_", " "), justify="right" if figures else "left")
    for row in rows[1:]:
        table.add_row(*map(escape, row))
    Console(highlight=False, width=max(out.width, 120)).print(table)


@app.command()
def similar(
    context: typer.Context,
    article: Annotated[str, typer.Argument(help="The article's id, as `search` prints it.")],
    limit: Annotated[int, typer.Option(min=1, help="How many articles.")] = 10,
    as_json: JsonOption = False,
) -> None:
    """More like this: articles with the words that tell this one from others."""
    with opened(context) as archive:
        alike = archive.more_like(article, limit)
        found = {document.id: document for document in archive.documents(alike.ids)}
    if as_json:
        print(json.dumps({"words": alike.words, "articles": alike.ids}, ensure_ascii=False))
        return
    out.print(f"by the words {' '.join(alike.words)}" if alike.words else "no word tells it apart")
    for document in (found[id_] for id_ in alike.ids if id_ in found):
        out.print(f"[bold]{document.title} {document.date or 'undated'}[/]  {document.id}")
        out.print(f"  {escape(document.headline or document.text[:40])}")


@app.command()
def reprints(
    context: typer.Context,
    article: Annotated[
        str, typer.Argument(help="An article's id; none: all that was printed again.")
    ] = "",
    limit: Annotated[int, typer.Option(min=0, help="How many; 0 is all.")] = 20,
    as_json: JsonOption = False,
) -> None:
    """Passages printed again in another issue, though some characters were misread."""
    with opened(context) as archive:
        if article:
            _tell_reprints(archive, article, limit, as_json)
        else:
            _tell_families(archive, limit, as_json)


@app.command()
def holdings(
    context: typer.Context,
    title: Annotated[str, typer.Argument(help="A title's id; none: all titles.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Which days each title is held of, and which are wanting by its own rhythm."""
    from baoguan.holdings import holdings_of

    with opened(context) as archive:
        held = [
            holdings_of(one, archive.catalogue.issues(one.id))
            for one in archive.catalogue.titles()
            if title in ("", one.id)
        ]
    for one in held:
        if as_json:
            print(json.dumps(_holdings_json(one), ensure_ascii=False))
        else:
            _tell_holdings(one)


def _hit_rows(
    archive: Archive, asked: str, filters: Filters, limit: int, tolerant: bool, address: str
) -> Iterator[HitRow]:
    from baoguan.pipeline import hit_rows
    from baoguan.pipeline.hits import reader_address

    def link(document: Document, possible: bool) -> str:
        return reader_address(document, asked, possible=possible, server=address.rstrip("/"))

    return hit_rows(archive, asked, filters, limit=limit, tolerant=tolerant, link=link)


def _export_hits(rows: Iterable[HitRow], file: str, form: HitForm | None) -> None:
    from baoguan.collections.hitlists import WRITERS

    named = form or Path(file).suffix.removeprefix(".").lower()
    if named not in WRITERS:
        raise UsageError(f"{file}: write {', '.join(WRITERS)} as its ending, or give --format")
    pieces = WRITERS[named](rows)
    if file == "-":
        sys.stdout.reconfigure(newline="")  # type: ignore[union-attr]
        sys.stdout.writelines(pieces)
    else:
        write_file(Path(file), pieces)


def _tell_reprints(archive: Archive, article: str, limit: int, as_json: bool) -> None:
    mine = archive.document(article)
    pairs = archive.passages.reprints_of(mine.id)
    shown = pairs[: limit or None]
    others = {other.id: other for other in archive.documents(pair.other for pair in shown)}
    for pair in shown:
        if as_json:
            print(json.dumps(asdict(pair), ensure_ascii=False))
            continue
        other = others[pair.other]
        out.print(f"[bold]{other.title} {other.date or 'undated'}[/]  {other.id}")
        out.print(
            f"  {pair.same} characters the same, {pair.likeness:.0%}: "
            f"{escape(mine.text[slice(*pair.one_span)][:40])}"
        )
    if not as_json:
        out.print(f"{len(pairs)} passages")


def _tell_families(archive: Archive, limit: int, as_json: bool) -> None:
    families = archive.passages.families()
    shown = families[: limit or None]
    first = {d.id: d for d in archive.documents(family.articles[0] for family in shown)}
    for family in shown:
        if as_json:
            print(json.dumps(asdict(family), ensure_ascii=False))
            continue
        one = first[family.articles[0]]
        out.print(f"[bold]{len(family.articles)} times[/]  from {one.date or 'undated'}  {one.id}")
        out.print(f"  {escape(one.headline or one.text[:40])}")
    if not as_json:
        out.print(f"{len(families)} families of articles")


def _holdings_json(held: Holdings) -> dict[str, Any]:
    return {
        "title": held.title.id,
        "days": [day.isoformat() for day in held.days],
        "undated": [issue.id for issue in held.undated],
        "every_days": {year: every for year, every in held.every.items() if every},
        "no_issue_held": [day.isoformat() for days in held.gaps.values() for day in days],
    }


def _tell_holdings(held: Holdings) -> None:
    out.print(f"[bold]{held.title.id}[/]  {len(held.days)} days, {len(held.undated)} undated")
    for year, every in held.every.items():
        out.print(f"  {year}" + (f"  every {every} days" if every else ""))
        for month, days in held.months(year).items():
            gaps = " ".join(str(day.day) for day in held.gaps.get(month, ()))
            if days or gaps:
                numbers = " ".join(str(day.day) for day in days)
                hole = f"   no issue held: {gaps}" if gaps else ""
                out.print(f"    {month:%m}  {numbers}{hole}")
