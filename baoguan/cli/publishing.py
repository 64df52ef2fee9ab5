"""Show it and give it away: serve, export, exhibits."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from baoguan.cli.shell import app, bars, opened, out
from baoguan.errors import UsageError


class Form(StrEnum):
    ALTO = "alto"
    HOCR = "hocr"
    METS = "mets"
    PAGE = "page"
    PDF = "pdf"
    TEXT = "text"


class Role(StrEnum):
    RESEARCH = "research"
    KIOSK = "kiosk"
    CONSOLE = "console"


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
    with opened(context) as archive:
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

    with opened(context) as archive, bars() as show:
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
    with opened(context, create=True) as archive:
        for title in titles:
            archive.catalogue.put_title(title)
        for show in shows:
            archive.catalogue.put_exhibit(show)
        for gallery in galleries:
            archive.catalogue.put_gallery(gallery)
    out.print(f"{len(titles)} titles, {len(shows)} exhibits, {len(galleries)} galleries")
