"""Fill an archive and look after it: init, import, read, index, status, doctor."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from baoguan.cli.dates import day_of
from baoguan.cli.shell import (
    JsonOption,
    app,
    bars,
    err,
    index_if_possible,
    opened,
    out,
    settings_of,
)
from baoguan.errors import SomeRejected

if TYPE_CHECKING:
    from baoguan.pipeline import ReadReport, Rejected


@app.command()
def init(context: typer.Context) -> None:
    """Make an empty archive. `import` does so by itself."""
    with opened(context, create=True) as archive:
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
    from baoguan.pipeline import Hints, ReadReport, index_pages, read_scans, store_files

    day, printed = day_of(date, "--date")
    hints = Hints(title, day, page, printed)
    reading = ReadReport()
    with opened(context, create=True) as archive, archive.locked(), bars() as show:
        report = store_files(archive, paths, hints, show)
        if not store_only:
            waiting = archive.catalogue.scans("stored")
            reading = read_scans(archive, waiting, show)
            index_if_possible(archive, lambda: index_pages(archive, show))
    for file, missing in report.unknown:
        err.print(f"  {escape(file)}: {missing} unknown; its name fits no pattern")
    _tell_turned(reading.turned)
    _tell_rejected([*report.rejected, *reading.failed])
    if as_json:
        print(
            json.dumps(
                {
                    "seen": report.seen,
                    "stored": report.stored,
                    "duplicate": report.duplicate,
                    "rejected": [_rejected_json(r) for r in report.rejected],
                    "failed": [_rejected_json(r) for r in reading.failed],
                    "turned": reading.turned,
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
    if reading.failed:
        raise SomeRejected(f"{len(reading.failed)} scans could not be read")


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

    with opened(context) as archive, archive.locked(), bars() as show:
        if pages:
            scans = archive.catalogue.scans_of(pages)
        else:
            scans = archive.catalogue.scans(*([] if again else ["stored", "failed"]))
        report = read_scans(archive, scans, show)
        index_if_possible(archive, lambda: index_pages(archive, show))
    _tell_reading(report)


@app.command()
def index(
    context: typer.Context,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Empty it and begin anew.")] = False,
) -> None:
    """Bring the index up to the archive, or make it anew."""
    from baoguan.pipeline import index_pages

    with opened(context) as archive, archive.locked(), bars() as show:
        report = index_pages(archive, show, rebuild=rebuild)
    if report.rebuilt and not rebuild:
        out.print("The index was made with other rules; it was made anew.")
    out.print(f"{report.pages} pages indexed")


@app.command()
def status(
    context: typer.Context,
    pages: Annotated[bool, typer.Option("--pages", help="List every page.")] = False,
    as_json: JsonOption = False,
) -> None:
    """What the archive holds, what waits, and what failed with its reason."""
    with opened(context) as archive:
        counts = archive.catalogue.counts()
        failed = archive.catalogue.scans("failed")
        rejected = archive.catalogue.rejected_files()
        unknown = archive.catalogue.unknown()
        turned = archive.catalogue.turned()
        listed = archive.catalogue.pages() if pages else ()
    if as_json:
        data = asdict(counts) | {
            "failed": [{"scan": s.scan.issue, "code": s.code, "reason": s.reason} for s in failed],
            "rejected": [{"path": f.path, "code": f.code, "reason": f.reason} for f in rejected],
            "unknown": [s.scan.issue for s in unknown],
            "turned": turned,
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
    for page in turned:
        out.print(f"  [yellow]turned to stand upright[/] {escape(page)}")
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

    checks = examine(settings_of(context))
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


def _tell_reading(report: ReadReport) -> None:
    _tell_turned(report.turned)
    _tell_rejected(report.failed)
    out.print(f"{report.scans} scans read, {report.pages} pages")
    if report.failed:
        raise SomeRejected(f"{len(report.failed)} scans could not be read")


def _tell_turned(pages: Sequence[str]) -> None:
    for page in pages:
        err.print(f"  {page} lay on its side or on its head and was turned; look at it")


def _tell_rejected(rejected: Sequence[Rejected]) -> None:
    for item in rejected:
        err.print(f"[red]✗[/] {escape(item.path)} ({item.code}): {escape(item.reason)}")
        err.print(f"    {escape(item.advice)}")


def _rejected_json(item: Rejected) -> dict[str, str]:
    return {"path": item.path, "code": item.code, "reason": f"{item.reason}. {item.advice}"}
