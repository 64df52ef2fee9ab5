"""How many pages a minute are read, and how well, beside peers on the same scans in one run.

    python -m bench.ocr                                     the sample newspapers
    python -m bench.ocr ../shared/data/jingbao              scans with NAME.text.xml beside them
    python -m bench.ocr --readers fast rapidocr-uncapped
    python -m bench.ocr --readers fast best --megapixels 60 ../shared/data/jingbao

The last enlarges every scan, to see the memory that large ones take.
Every reader has all cores: a process each, a thread a process, models loaded before the clock
starts. `-wheel` reads columns with the wheel's weights instead of ours, `-openvino` finds lines on
OpenVINO. Peers are RapidOCR as it
comes from its wheel, the same without its cap of 2000 pixels a side, and Tesseract with the models
of the print at hand. Error rates are those of `baoguan evaluate`, folded: line wherever a true line
stands, order in the reader's own order.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import cv2
import numpy as np
import pytesseract
import rapidocr
from PIL import Image

from baoguan.evaluate.scores import folded, lost
from baoguan.model import Scan
from baoguan.ocr import Options, read_scan
from baoguan.ocr.models import WHEEL
from baoguan.revisions import pages_from_json
from press.ecpo import told_in

SAMPLES = Path(__file__).parents[1] / "samples" / "scans"
CORES = os.cpu_count() or 1
BLANK = np.full((200, 200), 250, np.uint8)

Read = Callable[[np.ndarray, tuple[int, ...], bool], str]  # pixels, page numbers, vertical


@dataclass(frozen=True, slots=True)
class Truth:
    """A scan, its page numbers, whether its columns run down, and its articles' true lines."""

    scan: Path
    numbers: tuple[int, ...]
    vertical: bool
    articles: tuple[tuple[str, ...], ...]


def ours(options: Options) -> Read:
    def read(pixels: np.ndarray, numbers: tuple[int, ...], _: bool) -> str:
        scan = Scan("0" * 64, 0, "bench-undated-a", numbers)
        return "\n".join(page.text for page in read_scan(pixels, scan, options))

    return read


def wheels(cap: int) -> Read:
    one = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    engine = rapidocr.RapidOCR(
        params=one | {"Global.max_side_len": cap, "Global.log_level": "critical"}
    )

    def read(pixels: np.ndarray, numbers: tuple[int, ...], vertical: bool) -> str:
        del numbers, vertical
        found = engine(cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGR))
        return "\n".join(getattr(found, "txts", None) or ())

    return read


def tesseract() -> Read:
    os.environ["OMP_THREAD_LIMIT"] = "1"

    def read(pixels: np.ndarray, numbers: tuple[int, ...], vertical: bool) -> str:
        del numbers
        models = "chi_tra_vert" if vertical else "chi_sim+eng"
        return str(pytesseract.image_to_string(Image.fromarray(pixels), lang=models))

    return read


READERS: dict[str, Callable[[], Read]] = {
    "fast": partial(ours, Options(quality="fast")),
    "best": partial(ours, Options(quality="best")),
    "fast-wheel": partial(ours, Options(quality="fast", recogniser=WHEEL)),
    "best-wheel": partial(ours, Options(quality="best", recogniser=WHEEL)),
    "fast-openvino": partial(ours, Options(quality="fast", runtime="openvino")),
    "best-openvino": partial(ours, Options(quality="best", runtime="openvino")),
    "rapidocr": partial(wheels, 2000),
    "rapidocr-uncapped": partial(wheels, 100_000),
    "tesseract": tesseract,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=SAMPLES)
    parser.add_argument("--readers", nargs="+", choices=READERS, default=list(READERS))
    parser.add_argument("--megapixels", type=float, help="enlarge every scan to as many")
    chosen = parser.parse_args()
    truths = [*samples_in(chosen.folder), *folds_in(chosen.folder)]
    if not truths:
        parser.error(f"no scan in {chosen.folder} has its true text beside it")
    pages = sum(len(truth.numbers) for truth in truths)
    print(f"{pages} pages on {len(truths)} scans, {CORES} processes")
    print(f"{'':20}pages/min   line   order   memory of a process, MB")
    for name in chosen.readers:
        seconds, texts, peak = measured(name, truths, chosen.megapixels)
        line, order = scores(truths, texts)
        print(
            f"{name:20}{60 * pages / seconds:9.2f}  {line:.4f}  {order:.4f}   {peak:.0f}",
            flush=True,
        )


def samples_in(folder: Path) -> list[Truth]:
    found = []
    for file in sorted(folder.rglob("*.truth.json")):
        pages = pages_from_json(file.read_bytes())
        articles = [[x.text for x in p.lines_of(a)] for p in pages for a in p.articles]
        numbers = tuple(page.number for page in pages)
        vertical = pages[0].direction.vertical
        found.append(Truth(_scan(file), numbers, vertical, tuple(map(tuple, articles))))
    return found


def folds_in(folder: Path) -> list[Truth]:
    """Scans with their text in the TEI of Early Chinese Periodicals Online."""
    found = []
    for file in sorted(folder.rglob("*.text.xml")):
        articles = tuple(tuple(told.lines) for told in told_in(file))
        numbers = tuple(int(n) for n in file.name.split(".")[0].rsplit("_", 1)[1].split("+"))
        found.append(Truth(_scan(file), numbers, True, articles))
    return found


def _scan(truth: Path) -> Path:
    stem = truth.name.split(".")[0]
    return next(p for p in sorted(truth.parent.glob(f"{stem}.*")) if p.suffix in (".jpg", ".png"))


def measured(
    name: str, truths: Sequence[Truth], megapixels: float | None
) -> tuple[float, list[str], float]:
    """Seconds for all scans, what was read on each, and megabytes of the largest process."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(CORES, context) as pool:
        list(pool.map(_warm, [name] * CORES))
        began = time.perf_counter()
        read = list(pool.map(partial(_text, name, megapixels), truths))
        seconds = time.perf_counter() - began
    return seconds, [text for text, _ in read], max(peak for _, peak in read)


@cache
def _reader(name: str) -> Read:
    cv2.setNumThreads(1)
    return READERS[name]()


def _warm(name: str) -> None:
    _reader(name)(BLANK, (1,), True)
    time.sleep(1)  # so that every process of the pool takes one


def _text(name: str, megapixels: float | None, truth: Truth) -> tuple[str, float]:
    scan = Image.open(truth.scan).convert("L")
    if megapixels:
        larger = (megapixels * 1e6 / (scan.width * scan.height)) ** 0.5
        scan = scan.resize((round(scan.width * larger), round(scan.height * larger)))
    pixels = np.asarray(scan)
    text = _reader(name)(pixels, truth.numbers, truth.vertical)
    return text, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def scores(truths: Sequence[Truth], texts: Sequence[str]) -> tuple[float, float]:
    lost_lines = lost_articles = characters = 0
    for truth, text in zip(truths, texts, strict=True):
        printed = [folded(line) for line in text.split("\n")]
        apart, together = "\n".join(printed), "".join(printed)
        lines = [folded(line) for article in truth.articles for line in article]
        articles = ["".join(map(folded, article)) for article in truth.articles]
        lost_lines += sum(lost(line, apart) for line in lines)
        lost_articles += sum(lost(article, together) for article in articles)
        characters += sum(map(len, lines))
    return lost_lines / max(1, characters), lost_articles / max(1, characters)


if __name__ == "__main__":
    main()
