"""The archive's names and its saved searches."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from baoguan.cli.answers import tell_answer
from baoguan.cli.shell import JsonOption, app, bars, index_if_possible, opened, out, write_file

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
    with opened(context, create=True) as archive, archive.locked(), bars() as show:
        report = put_names(archive, listed)
        index_if_possible(archive, lambda: index_pages(archive, show, check=False))
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

    with opened(context) as archive:
        text = write_names(archive.catalogue.names())
    if file is None:
        print(text.removeprefix("\ufeff"), end="")
    else:
        write_file(file, [text])


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

    with opened(context) as archive:
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

    with opened(context) as archive:
        search = save_search(archive, name, query, {})
    out.print(f"{search.id}: /feeds/saved/{search.id}")


@saved_app.command("look")
def look_at_saved(
    context: typer.Context, id_: Annotated[str, typer.Argument(metavar="ID")]
) -> None:
    """List what is new for a saved search; it counts as seen afterwards."""
    from baoguan.pipeline import look, new_since

    with opened(context) as archive:
        search = archive.catalogue.saved_search(id_)
        answer = archive.find(search.query, new_since(search), limit=0)
        look(archive, search)
        tell_answer(answer, as_json=False)


@saved_app.command("remove")
def remove_saved(context: typer.Context, id_: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Forget a saved search."""
    with opened(context) as archive:
        archive.catalogue.remove_saved_search(id_)
