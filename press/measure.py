"""How well the layout of set folds is found: the truth's lines, or those that the engine reads.

Folds are told apart by issue: what is learned is learned on the even numbers of the paper and
measured on the odd ones.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

from baoguan.evaluate import Score, evaluate, overall, read_truth
from baoguan.evaluate.scores import TRUTH_SUFFIX
from baoguan.model import Page, Scan
from baoguan.ocr.assemble import assemble
from baoguan.ocr.deskew import deskew
from baoguan.ocr.direction import with_directions
from baoguan.ocr.engines import make_engine
from baoguan.ocr.fold import split
from baoguan.ocr.layout import lay_out
from baoguan.ocr.light import grey
from baoguan.ocr.sheet import Sheet
from press.ecpo import numbers_of
from press.oracle import oracle_sheets

Source = Callable[[Path], tuple[Sheet, ...]]
PARTS = {"learning": 0, "held-out": 1}  # the number of the paper, modulo two


@dataclass(frozen=True, slots=True)
class Measured:
    name: str
    part: str
    score: Score  # folded


def scans_below(folder: Path, part: str = "", only: str = "") -> list[Path]:
    """The scans of the folds of a part, or of all; raises KeyError for a part that is none."""
    wanted = (PARTS[part],) if part else tuple(PARTS.values())
    scans = sorted(folder.glob("jb_*.jpg"))
    return [scan for scan in scans if only in scan.name and _number(scan) % 2 in wanted]


def part_of(scan: Path) -> str:
    return next(name for name, rest in PARTS.items() if _number(scan) % 2 == rest)


def is_set(scan: Path) -> bool:
    """Whether a fold is of those that `folds` wrote, with the boxes of its true lines."""
    return scan.with_suffix(TRUTH_SUFFIX).exists()


def _number(scan: Path) -> int:
    found = re.match(r"jb_(\d+)_", scan.name)
    return int(found[1]) if found else 0


def measure(scans: Sequence[Path], lines: str) -> Iterator[Measured]:
    """`lines` is of SOURCES."""
    for scan in scans:
        truth = true_pages_of(scan)
        read = [page_of(sheet, truth[0]) for sheet in sheets_of(scan, lines)]
        score = evaluate(joined(truth), joined(read)).folded
        yield Measured(scan.stem, part_of(scan), score)


def true_pages_of(scan: Path) -> list[Page]:
    """From left to right."""
    truth = read_truth([scan.with_suffix(TRUTH_SUFFIX)])
    return sorted(truth, key=lambda page: page.box.left)


def sheets_of(scan: Path, lines: str, cache: Path | None = None) -> tuple[Sheet, ...]:
    """Both halves with their lines; kept in `cache` or beside the scan, since reading takes a
    minute.

    Delete `*.pickle` there after a change of `model` or of `Sheet`.
    """
    kept = (cache or scan.parent) / f"{scan.stem}.{lines}.pickle"
    if kept.exists() and kept.stat().st_mtime >= scan.stat().st_mtime:
        with kept.open("rb") as file:
            sheets: tuple[Sheet, ...] = pickle.load(file)
        return sheets
    sheets = SOURCES[lines](scan)
    kept.parent.mkdir(parents=True, exist_ok=True)
    with kept.open("wb") as file:
        pickle.dump(sheets, file)
    return sheets


def _oracle(scan: Path) -> tuple[Sheet, ...]:
    return oracle_sheets(scan, true_pages_of(scan))


def _read(scan: Path, quality: str) -> tuple[Sheet, ...]:
    engine = make_engine("rapidocr", quality)
    return tuple(
        replace(engine.read_lines(deskew(replace(half, lies=0))), number=number)
        for half, number in zip(
            split(grey(np.asarray(Image.open(scan)))), numbers_of(scan.stem), strict=True
        )
    )


SOURCES: dict[str, Source] = {
    "truth": _oracle,
    "best": partial(_read, quality="best"),
    "fast": partial(_read, quality="fast"),
}


def page_of(sheet: Sheet, like: Page) -> Page:
    issue = like.id.rsplit("-p", 1)[0]
    scan = Scan(like.master, 0, issue, (sheet.number,))
    return assemble(lay_out(with_directions(sheet)), scan, like.width, like.height, ())


def joined(pages: Sequence[Page]) -> Page:
    """The pages of a fold as one, in the order of their numbers: what stands in the gutter
    belongs to either."""
    ordered = sorted(pages, key=lambda page: page.id)
    return replace(
        ordered[0],
        regions=tuple(region for page in ordered for region in page.regions),
        articles=tuple(article for page in ordered for article in page.articles),
        pictures=(),
    )


def told(measured: Sequence[Measured]) -> Iterator[str]:
    """A line for each fold, then one for each part."""
    for fold in measured:
        yield _row(fold.name, fold.score)
    for part in PARTS:
        mine = [fold for fold in measured if fold.part == part]
        for kind, pages in (("articles", "0002+0003"), ("adverts", "0001+0004"), ("all", "")):
            scores = [fold.score for fold in mine if pages in fold.name]
            if scores:
                yield _row(f"{part}, {kind} ({len(scores)})", overall(scores))


def _row(name: str, score: Score) -> str:
    return (
        f"{name:32} line {score.line_cer:.3f}  order {score.order_cer:.3f}  "
        f"article {score.article_cer:.3f}  recall {score.char_recall:.3f}"
    )
