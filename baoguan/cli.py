"""The command line: it parses, calls a plain function, and prints. Heavy parts load when needed."""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from baoguan import __version__
from baoguan.errors import (
    BadDate,
    BaoguanError,
    IndexUnavailable,
    Interrupted,
    SomeRejected,
    UsageError,
)
from baoguan.settings import Settings, load_settings

if TYPE_CHECKING:
    from baoguan.archive import Answer, Archive, Hit
    from baoguan.calendars import PrintedDate
    from baoguan.collections.hitlists import HitRow
    from baoguan.evaluate import Compared, Evaluation, Overlap, Score
    from baoguan.holdings import Holdings
    from baoguan.model import Page
    from baoguan.pipeline import ReadReport, Rejected
    from baoguan.search import Document, Filters

STEPS = {
    "store": "Checking and storing",
    "read": "Reading pages",
    "gather": "Comparing passages",
    "index": "Indexing",
}

app = typer.Typer(
    name="baoguan",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help="""报馆: from scans of newspapers to a searchable archive and exhibits.

A first session:

    baoguan --archive my-archive import scans/
    baoguan --archive my-archive search 華軍
    baoguan --archive my-archive serve
""",
)
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


class Form(StrEnum):
    ALTO = "alto"
    HOCR = "hocr"
    METS = "mets"
    PAGE = "page"
    PDF = "pdf"
    TEXT = "text"


class HitForm(StrEnum):
    CSV = "csv"
    JSONL = "jsonl"
    RIS = "ris"
    TXT = "txt"


class Role(StrEnum):
    RESEARCH = "research"
    KIOSK = "kiosk"
    CONSOLE = "console"


class Span(StrEnum):
    YEAR = "year"
    MONTH = "month"


ArchiveOption = Annotated[
    Path | None,
    typer.Option(
        "--archive",
        metavar="DIR",
        help="The archive's folder; else BAOGUAN_ARCHIVE, else ./archive.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]


def main() -> None:
    """The outermost edge: errors become one sentence, an advice and an exit code."""
    try:
        app()
    except BaoguanError as error:
        err.print(f"[bold red]✗[/] {escape(str(error))}")
        if error.advice:
            err.print(f"  {escape(error.advice)}")
        raise SystemExit(error.exit_code) from None


def _version(wanted: bool) -> None:
    if wanted:
        out.print(f"baoguan {__version__}")
        raise typer.Exit


@app.callback()
def common(
    context: typer.Context,
    archive: ArchiveOption = None,
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
) -> None:
    context.obj = archive


def _settings(context: typer.Context) -> Settings:
    return load_settings(context.obj)


@contextmanager
def _opened(context: typer.Context, *, create: bool = False) -> Iterator[Archive]:
    from baoguan.archive import create_archive, open_archive

    settings = _settings(context)
    if create:
        create_archive(settings)
    with open_archive(settings) as archive:
        try:
            yield archive
        except KeyboardInterrupt:
            raise Interrupted("stopped") from None


@contextmanager
def _bars(*, quiet: bool = False) -> Iterator[Any]:
    """A progress callback that draws one bar for each step, on standard error."""
    columns = (
        TextColumn("{task.description:<22}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, disable=quiet) as bars:
        tasks: dict[str, TaskID] = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(STEPS.get(step, step.capitalize()), total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield show


@app.command()
def init(context: typer.Context) -> None:
    """Make an empty archive. `import` does so by itself."""
    with _opened(context, create=True) as archive:
        out.print(f"The archive is in {escape(str(archive.settings.archive.absolute()))}")
        out.print("Next: baoguan import SCANS, then baoguan serve")


@app.command("import")
def import_(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Scans, or folders of them.")],
    title: Annotated[str, typer.Option(help="The newspaper, where file names do not tell.")] = "",
    date: Annotated[
        str, typer.Option(help="1939-04-23 or 民國廿八年四月廿三日, where file names do not tell.")
    ] = "",
    page: Annotated[int | None, typer.Option(min=1, help="The page number.")] = None,
    store_only: Annotated[
        bool, typer.Option("--store-only", help="Check and keep the files; read them later.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Check, keep, read and index scans: TIFF, JPEG, PNG, JPEG 2000, PDF.

    Names such as `jb_1939-04-23_0001.jpg`, `申報_光緒三十年正月初一_0001.tif`, or
    `jb_3797_1939-04-23_0001+0004.jpg` for two facing pages, tell title, date and page. The same
    files again change nothing; an import that was stopped goes on where it was. Exit code 20: some
    files were rejected, each is listed.
    """
    from baoguan.pipeline import Hints, index_pages, read_scans, store_files

    day, printed = _day(date, "--date")
    hints = Hints(title, day, page, printed)
    failed: tuple[Rejected, ...] = ()
    with _opened(context, create=True) as archive, archive.locked(), _bars() as show:
        report = store_files(archive, paths, hints, show)
        if not store_only:
            waiting = archive.catalogue.scans("stored")
            failed = read_scans(archive, waiting, show).failed
            _index_if_possible(archive, lambda: index_pages(archive, show))
    for file, missing in report.unknown:
        err.print(f"  {escape(file)}: {missing} unknown; its name fits no pattern")
    _tell_rejected([*report.rejected, *failed])
    if as_json:
        print(
            json.dumps(
                {
                    "seen": report.seen,
                    "stored": report.stored,
                    "duplicate": report.duplicate,
                    "rejected": [_rejected_json(r) for r in report.rejected],
                    "failed": [_rejected_json(r) for r in failed],
                    "unknown": [{"path": file, "missing": m} for file, m in report.unknown],
                },
                ensure_ascii=False,
            )
        )
    else:
        out.print(
            f"{report.seen} files seen: {report.stored} stored, {report.duplicate} held already, "
            f"{len(report.rejected)} rejected"
        )
    if report.rejected:
        raise SomeRejected(f"{len(report.rejected)} of {report.seen} files were rejected")
    if failed:
        raise SomeRejected(f"{len(failed)} scans could not be read")


@app.command()
def read(
    context: typer.Context,
    pages: Annotated[
        list[str] | None, typer.Argument(help="Pages to read again; none: what is not read yet.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Read every page again.")] = False,
) -> None:
    """Read stored scans: lines, characters, regions, articles, pictures.

    A page read again gets a new revision; the older ones are kept.
    """
    from baoguan.pipeline import index_pages, read_scans

    with _opened(context) as archive, archive.locked(), _bars() as show:
        if pages:
            scans = archive.catalogue.scans_of(pages)
        else:
            scans = archive.catalogue.scans(*([] if again else ["stored", "failed"]))
        report = read_scans(archive, scans, show)
        _index_if_possible(archive, lambda: index_pages(archive, show))
    _tell_reading(report)


@app.command()
def index(
    context: typer.Context,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Empty it and begin anew.")] = False,
) -> None:
    """Bring the index up to the archive, or make it anew."""
    from baoguan.pipeline import index_pages

    with _opened(context) as archive, archive.locked(), _bars() as show:
        report = index_pages(archive, show, rebuild=rebuild)
    if report.rebuilt and not rebuild:
        out.print("The index was made with other rules; it was made anew.")
    out.print(f"{report.pages} pages indexed")


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
    title: Annotated[list[str] | None, typer.Option(help="Only in this title, by its id.")] = None,
    after: Annotated[
        str, typer.Option("--from", help="Then or later: 1939-04-23, 1939-04, 民國廿八年四月.")
    ] = "",
    until: Annotated[str, typer.Option("--to", help="Then or earlier.")] = "",
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
    filters = _filters(title, after, until)
    with _opened(context) as archive:
        asked = " ".join(words)
        if export_to or form:
            rows = _hit_rows(archive, asked, filters, limit or 0, tolerant, address)
            _export_hits(rows, export_to or "-", form)
            return
        limit = 20 if limit is None else limit
        if count:
            print(archive.count(asked, filters))
            return
        _tell_answer(archive.find(asked, filters, limit=limit, tolerant=tolerant), as_json)


@app.command()
def trends(
    context: typer.Context,
    words: Annotated[
        list[str], typer.Argument(help="Each is a query of its own, as in `search`; quote spaces.")
    ],
    by: Annotated[Span, typer.Option(help="Year by year or month by month.")] = Span.YEAR,
    title: Annotated[list[str] | None, typer.Option(help="Only in this title, by its id.")] = None,
    after: Annotated[
        str, typer.Option("--from", help="Then or later: 1939-04-23, 1939-04, 民國廿八年四月.")
    ] = "",
    until: Annotated[str, typer.Option("--to", help="Then or earlier.")] = "",
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
) -> None:
    """How often words were printed, absolute and in a million characters, several compared.

    Periods of which nothing is held are left out; what is undated is in none.
    """
    from baoguan.search import By, trend_rows

    filters = _filters(title, after, until)
    with _opened(context) as archive:
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
    with _opened(context) as archive:
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
    with _opened(context) as archive:
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

    with _opened(context) as archive:
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


@app.command()
def serve(
    context: typer.Context,
    role: Annotated[
        Role, typer.Argument(help="research: read-only; kiosk: touch; console: archivists.")
    ] = Role.RESEARCH,
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8501,
    host: Annotated[str, typer.Option(help="0.0.0.0 to answer the whole network.")] = "127.0.0.1",
) -> None:
    """Open the archive in the browser; Ctrl-C ends it."""
    with _opened(context) as archive:
        folder = str(archive.settings.archive.absolute())
    arguments = ["--archive", folder, "--role", role, "--host", host, "--port", str(port)]
    os.execv(sys.executable, [sys.executable, "-m", "baoguan.ui", *arguments])


@app.command()
def export(
    context: typer.Context,
    form: Annotated[Form, typer.Argument(help="What to write.")],
    folder: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where to write it.")],
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Pages or issues; none: all.")
    ] = None,
) -> None:
    """Write text, ALTO 4.4, PAGE XML, hOCR (a file a page), METS or PDF/A (a file an issue)."""
    from baoguan.pipeline import export as write

    with _opened(context) as archive, _bars() as show:
        written = write(archive, form, folder, ids or (), show)
    out.print(f"{len(written)} files in {escape(str(folder))}")


@app.command()
def exhibits(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(help="With titles.toml, exhibits/*.toml, galleries/*.toml.")
    ],
) -> None:
    """Load titles' names, exhibits and galleries from a folder of TOML files."""
    from baoguan.collections.exhibits import read_exhibit, read_gallery, read_titles

    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder")
    titles = read_titles(folder / "titles.toml") if (folder / "titles.toml").exists() else ()
    shows = [read_exhibit(file) for file in sorted(folder.glob("exhibits/*.toml"))]
    galleries = [read_gallery(file) for file in sorted(folder.glob("galleries/*.toml"))]
    with _opened(context, create=True) as archive:
        for title in titles:
            archive.catalogue.put_title(title)
        for show in shows:
            archive.catalogue.put_exhibit(show)
        for gallery in galleries:
            archive.catalogue.put_gallery(gallery)
    out.print(f"{len(titles)} titles, {len(shows)} exhibits, {len(galleries)} galleries")


names_app = typer.Typer(
    no_args_is_help=True,
    help="The archive's own list of people, places and organisations, a CSV for any spreadsheet.",
)
app.add_typer(names_app, name="names")
NamesFile = Annotated[
    Path, typer.Argument(help="CSV with the columns name, kind, aliases, note.", dir_okay=False)
]


@names_app.command("import")
def import_names(context: typer.Context, file: NamesFile) -> None:
    """Put the list in the place of the one before, and index again the pages that it concerns.

    `kind` is person, place, organisation, or none for what looks like a name and is not one.
    Aliases are parted by |.
    """
    from baoguan.collections.names import read_names
    from baoguan.pipeline import index_pages, put_names

    listed = read_names(file)
    with _opened(context, create=True) as archive, archive.locked(), _bars() as show:
        report = put_names(archive, listed)
        _index_if_possible(archive, lambda: index_pages(archive, show, check=False))
    out.print(
        f"{len(listed)} names: {report.added} added, {report.changed} changed, "
        f"{report.removed} removed; {report.pages} pages name them"
    )


@names_app.command("export")
def export_names(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="Where to write it; else printed.")] = None,
) -> None:
    """Write the list as it stands."""
    from baoguan.collections.names import write_names

    with _opened(context) as archive:
        text = write_names(archive.catalogue.names())
    if file is None:
        print(text.removeprefix("\ufeff"), end="")
    else:
        _write(file, [text])


@names_app.command("check")
def check_names(file: NamesFile) -> None:
    """Say which rows of a list are wrong, and change nothing."""
    from baoguan.collections.names import read_names

    out.print(f"{len(read_names(file))} names, no fault")


saved_app = typer.Typer(
    no_args_is_help=True,
    help="Searches that are asked again, with what came in since the last look.",
)
app.add_typer(saved_app, name="saved")


@saved_app.command("list")
def list_saved(context: typer.Context, as_json: JsonOption = False) -> None:
    """The saved searches, and how many articles came in for each since somebody looked."""
    from baoguan.pipeline import count_new

    with _opened(context) as archive:
        for search in archive.catalogue.saved_searches():
            new = count_new(archive, search)
            if as_json:
                kept = {**asdict(search), "filters": dict(search.filters), "new": new}
                print(json.dumps(kept, ensure_ascii=False, default=str))
            else:
                words = f"{search.query}  {'&'.join(f'{k}={v}' for k, v in search.filters.items())}"
                out.print(f"{search.id}  [bold]{escape(search.name)}[/]  {new} new")
                out.print(f"  {escape(words.strip())}")


@saved_app.command("save")
def save(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="As in `search`.")],
    name: Annotated[str, typer.Option(help="What it is called; else the words.")] = "",
) -> None:
    """Save a search; what there is now counts as seen."""
    from baoguan.pipeline import save_search

    with _opened(context) as archive:
        search = save_search(archive, name, query, {})
    out.print(f"{search.id}: /feeds/saved/{search.id}")


@saved_app.command("look")
def look_at_saved(
    context: typer.Context, id_: Annotated[str, typer.Argument(metavar="ID")]
) -> None:
    """List what is new for a saved search; it counts as seen afterwards."""
    from baoguan.pipeline import look, new_since

    with _opened(context) as archive:
        search = archive.catalogue.saved_search(id_)
        answer = archive.find(search.query, new_since(search), limit=0)
        look(archive, search)
        _tell_answer(answer, as_json=False)


@saved_app.command("remove")
def remove_saved(context: typer.Context, id_: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Forget a saved search."""
    with _opened(context) as archive:
        archive.catalogue.remove_saved_search(id_)


@app.command()
def evaluate(
    context: typer.Context,
    truths: Annotated[list[Path], typer.Argument(help="*.truth.json files, or folders of them.")],
    html: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a report that shows each fault on the scan."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Compare pages as read with their true text.

    Diplomatic keeps every printed glyph; folded (°) joins variants and drops punctuation. line:
    lines anywhere; order: articles in the page's reading order; article: article by article;
    recall, precision: characters anywhere; then how far regions cover the true ones, by class.
    """
    from baoguan.evaluate import Compared, read_truth
    from baoguan.evaluate import evaluate as compare

    with _opened(context) as archive:
        held = archive.catalogue.page_revisions()
        truth = read_truth(truths)
        read = [(page, archive.page(page.id)) for page in truth if page.id in held]
        pages = [Compared(page, found, compare(page, found)) for page, found in read]
        for page in truth:
            if page.id not in held:
                err.print(f"  {escape(page.id)} is not in the archive")
        if not pages:
            raise UsageError("none of these pages has been read: import their scans first")
        if html:
            _write_report(archive, pages, html)
    _tell_figures([page.evaluation for page in pages], as_json)


@app.command()
def status(
    context: typer.Context,
    pages: Annotated[bool, typer.Option("--pages", help="List every page.")] = False,
    as_json: JsonOption = False,
) -> None:
    """What the archive holds, what waits, and what failed with its reason."""
    with _opened(context) as archive:
        counts = archive.catalogue.counts()
        failed = archive.catalogue.scans("failed")
        rejected = archive.catalogue.rejected_files()
        unknown = archive.catalogue.unknown()
        listed = archive.catalogue.pages() if pages else ()
    if as_json:
        data = asdict(counts) | {
            "failed": [{"scan": s.scan.issue, "code": s.code, "reason": s.reason} for s in failed],
            "rejected": [{"path": f.path, "code": f.code, "reason": f.reason} for f in rejected],
            "unknown": [s.scan.issue for s in unknown],
            "pages_listed": [entry.id for entry in listed],
        }
        print(json.dumps(data, ensure_ascii=False, default=str))
        return
    out.print(
        f"{counts.titles} titles, {counts.issues} issues, {counts.pages} pages, "
        f"{counts.articles} articles, {counts.pictures} pictures, {counts.characters} characters"
    )
    if counts.first:
        out.print(f"{counts.first} to {counts.last}")
    for state, number in sorted(counts.scans_by_state.items()):
        out.print(f"  scans {state}: {number}")
    out.print(f"  pages waiting for the index: {counts.waiting_for_index}")
    for scan in unknown:
        out.print(f"  [yellow]unknown title or date[/] {escape(scan.scan.issue)}")
    for scan in failed:
        out.print(f"  [red]failed[/] {escape(scan.scan.issue)}: {escape(scan.reason)}")
    for file in rejected:
        out.print(f"  [red]rejected[/] {escape(file.path)}: {escape(file.reason)}")
    for entry in listed:
        out.print(f"  {entry.id}  {entry.characters} characters, {entry.confidence:.0%} sure")


@app.command()
def doctor(context: typer.Context, as_json: JsonOption = False) -> None:
    """Say what this machine lacks, and how to get it."""
    from baoguan.doctor import examine

    checks = examine(_settings(context))
    if as_json:
        print(json.dumps([asdict(check) for check in checks], ensure_ascii=False))
    else:
        for check in checks:
            mark = "[green]✓[/]" if check.ok else "[red]✗[/]" if check.needed else "[yellow]·[/]"
            out.print(f"{mark} {escape(check.name)}: {escape(check.found)}")
            if not check.ok and check.advice:
                out.print(f"    {escape(check.advice)}")
    if any(check.needed and not check.ok for check in checks):
        raise typer.Exit(1)


def _meant(text: str, option: str) -> PrintedDate | None:
    """The year, month or day that an option names; None where it is not given."""
    from baoguan.calendars import read_date

    if not text:
        return None
    try:
        meant = read_date(text)
    except BadDate as error:
        raise BadDate(f"{option} {text}: {error}", error.position) from error
    if len(meant) > 1:
        years = ", ".join(str(date.first.year) for date in meant)
        raise BadDate(f"{option} {text} may be {years}: name the era too, as in 光緒甲午")
    return meant[0]


def _filters(titles: Sequence[str] | None, after: str, until: str) -> Filters:
    from baoguan.search import Filters

    begin, end = _meant(after, "--from"), _meant(until, "--to")
    return Filters(tuple(titles or ()), begin.first if begin else None, end.last if end else None)


def _day(text: str, option: str) -> tuple[dt.date | None, str]:
    """The day that an option names, and how it is printed, where it is so written."""
    from baoguan.ingest.names import in_words

    meant = _meant(text, option)
    if meant and not meant.day:
        raise BadDate(f"{option} {text} is not one day")
    return (meant.day, in_words(meant.printed)) if meant else (None, "")


def _index_if_possible(archive: Archive, work: Any) -> None:
    """A server that is down delays the index and nothing else."""
    try:
        work()
    except IndexUnavailable as error:
        waiting = archive.catalogue.counts().waiting_for_index
        err.print(f"[yellow]![/] {escape(str(error))}; {waiting} pages wait. {error.advice}")


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


def _tell_rejected(rejected: Sequence[Rejected]) -> None:
    for item in rejected:
        err.print(f"[red]✗[/] {escape(item.path)} ({item.code}): {escape(item.reason)}")
        err.print(f"    {escape(item.advice)}")


def _rejected_json(item: Rejected) -> dict[str, str]:
    return {"path": item.path, "code": item.code, "reason": f"{item.reason}. {item.advice}"}


def _tell_reading(report: ReadReport) -> None:
    _tell_rejected(report.failed)
    out.print(f"{report.scans} scans read, {report.pages} pages")
    if report.failed:
        raise SomeRejected(f"{len(report.failed)} scans could not be read")


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
        _write(Path(file), pieces)


def _tell_answer(answer: Answer, as_json: bool) -> None:
    for hit in answer.hits:
        if as_json:
            print(json.dumps(_hit_json(hit), ensure_ascii=False))
        else:
            when = hit.page.date or "undated"
            doubt = "  [yellow]possible[/]" if hit.possible else ""
            where = f"{hit.page.title} {when} p. {hit.page.number}"
            out.print(f"[bold]{where}[/]  {hit.article.id}{doubt}")
            out.print(f"  {_marked(hit)}")
    if not as_json:
        more = f", {answer.possible} more possible" if answer.possible else ""
        out.print(f"{answer.total} articles{more}")


def _hit_json(hit: Hit) -> dict[str, Any]:
    boxes = [
        {
            "page": hit.page.id,
            "left": box.left,
            "top": box.top,
            "right": box.right,
            "bottom": box.bottom,
        }
        for match in hit.matches
        for box in match.boxes
    ]
    return {
        "id": hit.article.id,
        "title": hit.page.title,
        "date": hit.page.date.isoformat() if hit.page.date else None,
        "page": hit.page.id,
        "snippet": hit.snippet.text,
        "boxes": boxes,
    } | ({"possible": True} if hit.possible else {})


def _marked(hit: Hit) -> str:
    parts, last = [], 0
    for start, end in hit.snippet.marks:
        parts += [escape(hit.snippet.text[last:start]), "[bold red]"]
        parts += [escape(hit.snippet.text[start:end]), "[/]"]
        last = end
    return "".join([*parts, escape(hit.snippet.text[last:])])


def _write(file: Path, pieces: Iterable[str]) -> None:
    """Into a file, as it comes; line ends stay as they are."""
    try:
        with file.open("w", encoding="utf-8", newline="") as target:
            target.writelines(pieces)
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror or error}") from error


def _write_report(archive: Archive, pages: Sequence[Compared], file: Path) -> None:
    from PIL import Image

    from baoguan.evaluate import report
    from baoguan.ingest import decode

    def scan_of(page: Page) -> Image.Image:
        source = archive.store.path("masters", page.master)
        return Image.fromarray(decode(source, page.frame, pdf_dpi=archive.settings.pdf_dpi))

    try:
        with file.open("w", encoding="utf-8") as target:
            target.writelines(report(pages, scan_of))
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror or error}") from error


def _tell_figures(results: Sequence[Evaluation], as_json: bool) -> None:
    from baoguan.evaluate import overall, summed

    whole = (
        overall([result.diplomatic for result in results]),
        overall([result.folded for result in results]),
        summed(result.regions for result in results),
    )
    rows = [(r.page, r.diplomatic, r.folded, r.regions) for r in results]
    rows.append(("all pages", *whole))
    if not as_json:
        wide = Console(highlight=False, width=max(out.width, 120))  # or ids would be cut
        wide.print(_error_table(rows))
        wide.print(_cover_table(rows))
        return
    for name, exact, loose, regions in rows:
        figures = {"page": name, "diplomatic": asdict(exact), "folded": asdict(loose)}
        iou = {label: round(overlap.iou, 4) for label, overlap in regions.items()}
        print(json.dumps(figures | {"region_iou": iou}))


_Figures = tuple[str, "Score", "Score", "Mapping[str, Overlap]"]


def _error_table(rows: Sequence[_Figures]) -> Table:
    names = ("characters", "line", "order", "article", "line°", "order°", "article°")
    table = _figure_table(names, "error rates: diplomatic, then folded (°)")
    for name, exact, loose, _ in rows:
        rates = [rate for s in (exact, loose) for rate in (s.line_cer, s.order_cer, s.article_cer)]
        table.add_row(name, str(exact.characters), *(f"{rate:.4f}" for rate in rates))
    return table


def _cover_table(rows: Sequence[_Figures]) -> Table:
    from baoguan.labels import ALL_LABELS

    names = ("recall", "precision", "recall°", "precision°", *ALL_LABELS)
    table = _figure_table(names, "characters found anywhere; intersection over union of regions")
    for name, exact, loose, regions in rows:
        shares = [share for s in (exact, loose) for share in (s.char_recall, s.char_precision)]
        cover = [f"{regions[k].iou:.4f}" if k in regions else "–" for k in ALL_LABELS]
        table.add_row(name, *(f"{share:.4f}" for share in shares), *cover)
    return table


def _figure_table(names: Sequence[str], caption: str) -> Table:
    table = Table(box=None, header_style="bold", caption=caption)
    table.add_column("page")
    for name in names:
        table.add_column(name, justify="right")
    return table
