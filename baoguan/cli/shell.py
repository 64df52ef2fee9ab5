"""The program: its options, its consoles, the open archive, bars, and the outermost edge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
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

from baoguan import __version__
from baoguan.errors import BaoguanError, IndexUnavailable, Interrupted, UsageError
from baoguan.settings import Settings, load_settings

if TYPE_CHECKING:
    from baoguan.archive import Archive

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


def settings_of(context: typer.Context) -> Settings:
    return load_settings(context.obj)


@contextmanager
def opened(context: typer.Context, *, create: bool = False) -> Iterator[Archive]:
    from baoguan.archive import create_archive, open_archive

    settings = settings_of(context)
    if create:
        create_archive(settings)
    with open_archive(settings) as archive:
        try:
            yield archive
        except KeyboardInterrupt:
            raise Interrupted("stopped") from None


@contextmanager
def bars(*, quiet: bool = False) -> Iterator[Any]:
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


def index_if_possible(archive: Archive, work: Any) -> None:
    """A server that is down delays the index and nothing else."""
    try:
        work()
    except IndexUnavailable as error:
        waiting = archive.catalogue.counts().waiting_for_index
        err.print(f"[yellow]![/] {escape(str(error))}; {waiting} pages wait. {error.advice}")


def write_file(file: Path, pieces: Iterable[str]) -> None:
    """Into a file, as it comes; line ends stay as they are."""
    try:
        with file.open("w", encoding="utf-8", newline="") as target:
            target.writelines(pieces)
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror or error}") from error
