"""Reads real folds and clean modern lines with a model and with the wheel's, in one pipeline."""

from __future__ import annotations

import itertools
import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from baoguan.evaluate.scores import edit_distance, folded, lost
from baoguan.ocr.deskew import deskew
from baoguan.ocr.engines.rapidocr import (
    HEIGHT,
    SQUEEZE_ACROSS,
    SQUEEZE_DOWN,
    WORTH,
    RapidOcr,
    recogniser_of,
)
from baoguan.ocr.fold import split
from baoguan.ocr.light import grey
from baoguan.ocr.lines import Strip, stretched
from baoguan.ocr.models import WHEEL
from press.ecpo import broken, root_of
from press.lines import Look, piece, settable
from press.oldtype import CASES
from press.worn import Age
from training.strips import cut_strip
from training.texts import Texts

CLEAN = Age(spread=0.0, uneven=0.1, blur=0.3, bleed=0.0, noise=0.1, tilt=0.0)
DRAWS = 2000  # of the bootstrap


@dataclass(frozen=True, slots=True)
class Errors:
    """Characters lost in each true line, and how many it has."""

    lost: np.ndarray
    characters: np.ndarray

    @property
    def rate(self) -> float:
        return float(self.lost.sum() / self.characters.sum())

    def fewer_than(self, other: Errors) -> tuple[float, float, float]:
        """Share of the errors of `other` that are gone, and where it lies in 95 of 100 draws."""
        rng = np.random.default_rng(0)
        draws = rng.integers(0, len(self.lost), (DRAWS, len(self.lost)))
        shares = 1 - self.lost[draws].sum(1) / other.lost[draws].sum(1)
        low, high = np.percentile(shares, [2.5, 97.5])
        return float(1 - self.lost.sum() / other.lost.sum()), float(low), float(high)


def engine(model: str, quality: str = "best") -> RapidOcr:
    """`model` is an ONNX file that reads columns, or the name of a shipped one."""
    if not model.endswith(".onnx"):
        return RapidOcr(quality, model)
    made = RapidOcr(quality, WHEEL)
    made.columns = recogniser_of(Path(model))
    return made


def score(model: str, folds: Path, cache: Path) -> None:
    """Prints line_cer of every fold in the folder that has its true text beside it."""
    finder = engine(WHEEL)
    for truth in sorted(folds.glob("*.text.xml")):
        lines = [folded(line) for line in _printed_lines(truth)]
        lines = [line for line in lines if line]
        strips = _strips(truth.with_suffix("").with_suffix(".jpg"), finder, cache)
        for quality in ("fast", "best"):
            new, old = (_errors(lines, strips, engine(m, quality)) for m in (model, WHEEL))
            fewer, low, high = new.fewer_than(old)
            name = truth.name.split(".")[0]
            print(f"{name} {quality}: wheel {old.rate:.4f}, {model} {new.rate:.4f}", flush=True)
            print(f"    {fewer:.1%} fewer errors ({low:.1%} to {high:.1%} over lines)", flush=True)


def _errors(truth: Sequence[str], strips: Sequence[Strip], reader: RapidOcr) -> Errors:
    read = []
    for strip, reading in zip(strips, reader.read_strips(strips), strict=True):
        if reading.worth >= WORTH:
            text = folded(reading.text)
            read.append(text if strip.down else text[::-1])  # rows of 1939 run to the left
    hay = "\n".join(read)
    return Errors(
        np.array([lost(line, hay) for line in truth]), np.array([len(line) for line in truth])
    )


def _strips(scan: Path, reader: RapidOcr, cache: Path) -> list[Strip]:
    """The strips of a fold's two pages; found once, since they do not depend on the recogniser."""
    kept = cache / f"{scan.stem}.strips"
    if not kept.exists():
        cache.mkdir(parents=True, exist_ok=True)
        sheets = split(grey(np.asarray(Image.open(scan).convert("L"))))
        found = [strip for sheet in sheets for strip in reader.find(deskew(sheet))[0]]
        kept.write_bytes(pickle.dumps(found))
    strips: list[Strip] = pickle.loads(kept.read_bytes())
    return strips


def _printed_lines(file: Path) -> Iterator[str]:
    """The lines of a TEI text as they were printed."""
    for paragraph in root_of(file).iter("p"):
        yield from (line for line in broken(paragraph) if line.strip())


def harm(model: str, texts: Texts, count: int = 240, seed: int = 3) -> None:
    """Prints the CER of clean modern lines, in rows and in columns, by the wheel's and by a model.

    At work rows are read by the wheel's model whatever the setting: those of the model tell what it
    has forgotten."""
    models = {WHEEL: engine(WHEEL).columns, model: engine(model).columns}
    reader = engine(WHEEL)
    for name, traditional in (("simplified", False), ("traditional", True), ("English", None)):
        for down in (False, True)[: 1 if traditional is None else 2]:
            lines = list(itertools.islice(_modern(texts, traditional, down, seed), count))
            squeeze = SQUEEZE_DOWN if down else SQUEEZE_ACROSS
            images = [stretched(strip.pixels, HEIGHT, squeeze) for strip, _ in lines]
            rates = []
            for loaded in models.values():
                read = [r.text for r in reader.read_prepared(images, loaded)]
                lost = sum(
                    edit_distance(folded(t), folded(r))
                    for (_, t), r in zip(lines, read, strict=True)
                )
                rates.append(lost / sum(len(folded(t)) for _, t in lines))
            way = "columns" if down else "rows"
            print(f"{name}, {way}: wheel {rates[0]:.4f}, {model} {rates[1]:.4f}", flush=True)


def _modern(
    texts: Texts, traditional: bool | None, down: bool, seed: int
) -> Iterator[tuple[Strip, str]]:
    style = "latin" if traditional is None else "body" if traditional else "modern"
    cases = [c for c in CASES if c.style == style and c.file.startswith(("Noto", "Old"))]
    for number in itertools.count():
        rng = np.random.default_rng([seed, number, down])
        text = texts.latin(30, rng) if traditional is None else texts.words(14, traditional, rng)
        case = cases[int(rng.integers(len(cases)))]
        look = Look(case, int(rng.integers(11, 17)) * 2, 1.02, 1.7, down, True, CLEAN)
        if settable(text, case):
            yield cut_strip(piece(text, text[::-1], text, look, rng), rng), text


def mixed(model: str, texts: Texts, count: int = 120, seed: int = 3) -> None:
    """Prints how often letters and figures within a column are read whole, by the wheel's model and
    by this one, in the reader's own pipeline with `best`."""
    readers = {name: engine(name) for name in (WHEEL, model)}
    for latin, foreign in (("lying", _word), ("abreast", _two_figures)):
        lines = list(itertools.islice(_with_foreign(texts, latin, foreign, seed), count))
        told = []
        for name, reader in readers.items():
            read = reader.read_strips([strip for strip, _ in lines])
            right = sum(text in r.text for (_, text), r in zip(lines, read, strict=True))
            told.append(f"{name} {right / count:.2f}")
        print(f"{latin} in columns, read whole: {', '.join(told)}", flush=True)


def _word(texts: Texts, rng: np.random.Generator) -> str:
    while not (found := texts.foreign(rng)).isalpha() or len(found) < 2:
        pass
    return found


def _two_figures(_: Texts, rng: np.random.Generator) -> str:
    return str(rng.integers(10, 100))


def _with_foreign(
    texts: Texts, latin: str, foreign: Callable[[Texts, np.random.Generator], str], seed: int
) -> Iterator[tuple[Strip, str]]:
    cases = [c for c in CASES if c.style == "body" and settable("AZaz09", c)]
    for number in itertools.count():
        rng = np.random.default_rng([seed, number])
        before, after = texts.words(5, True, rng), texts.words(6, True, rng)
        found = foreign(texts, rng)
        said, case = before + found + after, cases[int(rng.integers(len(cases)))]
        look = Look(case, 26, 0.95, 1.35, True, True, Age.some(rng, 0.8), latin)
        if settable(said, case) and not any(c.isascii() for c in before[-1] + after[0]):
            yield cut_strip(piece(said, after, before, look, rng), rng), found
