"""Compare with true text: evaluate."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from baoguan.cli.shell import JsonOption, app, err, opened, out, write_file
from baoguan.errors import UsageError

if TYPE_CHECKING:
    from baoguan.archive import Archive
    from baoguan.evaluate import Compared, Evaluation, Overlap, Score
    from baoguan.model import Page


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

    with opened(context) as archive:
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


def _write_report(archive: Archive, pages: Sequence[Compared], file: Path) -> None:
    from PIL import Image

    from baoguan.evaluate import report
    from baoguan.ingest import decode

    def scan_of(page: Page) -> Image.Image:
        source = archive.store.path("masters", page.master)
        dpi = archive.settings.pdf_dpi
        return Image.fromarray(decode(source, page.frame, pdf_dpi=dpi, turn=page.turn))

    write_file(file, report(pages, scan_of))


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
