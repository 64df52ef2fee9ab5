"""Typeset lines as the recogniser gets them: cut, turned and squeezed by the reader's own code."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from baoguan.ocr.detect import UNCLIP, Stroke
from baoguan.ocr.engines.rapidocr import HEIGHT, SQUEEZE_ACROSS, SQUEEZE_UPRIGHT
from baoguan.ocr.lines import Strip, cut, stretched
from baoguan.ocr.sheet import Floats
from baoguan.ocr.upright import upright_row
from press.lines import Look, Piece, piece, settable
from press.oldtype import CASES, Case
from press.worn import Age
from training.corrected import SQUEEZES_DOWN, Corrected
from training.texts import Texts

# How often each kind of line is set. Columns are what the weights are for: the wheel's model goes
# on reading rows. There are a few rows all the same, for readers that have no other model.
KINDS = {
    "column": 0.64,
    "mixed": 0.1,
    "headline": 0.12,
    "upright": 0.03,
    "row": 0.03,
    "modern": 0.06,
    "latin": 0.02,
}
# How letters and figures stand in a mixed column, see `press.lines.Look`.
LATIN = {"lying": 0.4, "abreast": 0.45, "standing": 0.15}
STRAY = 0.01  # characters put at random in place of the text's own
STRAY_BESIDE = 0.5  # the same, in lines with characters that are asked for
WORDS = 0.2  # old lines made of common words, in place of a newspaper's text
TO_THE_LEFT = (
    0.7  # rows of old type that run from right to left; the reader gets them as they stand
)
LONGEST = 40  # characters
PRINTED = 0.5  # lines in which modern forms are set as they were printed


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """`image`: float32 (48, width), -1 to 1; `text` what it says from left to right."""

    image: Floats
    text: str
    kind: str
    number: int  # its place in the stream, from which another run can go on


def samples(
    texts: Texts,
    alphabet: Sequence[str],
    seed: int,
    start: int = 0,
    real: Sequence[Corrected] = (),
    share: float = 0.0,
) -> Iterator[Sample]:
    """Lines without end, of characters of `alphabet`; the same seed gives the same lines. `share`
    of them are drawn from `real`, the others typeset."""
    known = frozenset(alphabet[1:])
    han = sorted(char for char in known if "一" <= char <= "鿿")
    real = [line for line in real if _label(line.text, "column", texts.printed, known)]
    for number in itertools.count(start):
        rng = np.random.default_rng([seed, number])
        if real and rng.random() < share:
            line = real[int(rng.integers(len(real)))]
            text = _label(line.text, "column", texts.printed, known)
            yield Sample(line.image(rng), text, "real", number)
            continue
        sample = _sample(texts, known, han, number, rng)
        if sample is not None:
            yield sample


def _sample(
    texts: Texts, known: frozenset[str], han: list[str], number: int, rng: np.random.Generator
) -> Sample | None:
    kind = str(rng.choice(list(KINDS), p=list(KINDS.values())))
    said = _said(kind, texts, han, rng)
    text = _label(said, kind, texts.printed, known)
    look = _look(kind, CASES, rng)
    if not text or len(text) > LONGEST or not settable(said, look.case):
        return None
    return Sample(_image(kind, said, look, texts, rng), text, kind, number)


def samples_with(
    texts: Texts, characters: Sequence[str], cases: Sequence[Case], seed: int
) -> Iterator[Sample]:
    """Lines of old type without end, each with one of `characters` once at some place in it and
    otherwise none of them; set in `cases` only. Half of what else they say is put at random, so
    that whatever looks like one of `characters` is seen beside them."""
    han = sorted(c for c in texts.characters if "一" <= c <= "鿿" and c not in characters)
    for number in itertools.count():
        rng = np.random.default_rng([seed, number])
        kind = str(rng.choice(["column", "headline", "upright"], p=[0.6, 0.15, 0.25]))
        said = _said(kind, texts, [], rng, printed=False)
        said = "".join(char for char in said if char not in characters)
        stray = rng.random(len(said)) < STRAY_BESIDE
        said = "".join(str(rng.choice(han)) if s else c for c, s in zip(said, stray, strict=True))
        at = int(rng.integers(0, len(said) + 1))
        said = said[:at] + str(rng.choice(list(characters))) + said[at:]
        text = "".join(said.split())
        look = _look(kind, cases, rng)
        if len(text) <= LONGEST and settable(said, look.case):
            yield Sample(_image(kind, said, look, texts, rng), text, kind, number)


def _image(kind: str, said: str, look: Look, texts: Texts, rng: np.random.Generator) -> Floats:
    before, after = (_said(kind, texts, [], rng) for _ in range(2))
    set_piece = piece(said, before, after, look, rng)
    return _prepared(kind, cut_strip(set_piece, rng), set_piece, rng)


def _said(
    kind: str, texts: Texts, han: list[str], rng: np.random.Generator, printed: bool = True
) -> str:
    if kind == "latin":
        return texts.latin(int(rng.integers(8, 40)), rng)
    if kind == "modern":
        return texts.words(int(rng.integers(5, 22)), bool(rng.random() < 0.45), rng)
    if kind == "mixed":
        return _mixed(_said("column", texts, han, rng, printed), texts.foreign(rng), rng)
    length = _length(kind, rng)
    said = texts.words(length, True, rng) if rng.random() < WORDS else texts.stretch(length, rng)
    if printed and rng.random() < PRINTED:
        said = "".join(texts.printed.get(char, char) for char in said)
    if kind == "row" and rng.random() < TO_THE_LEFT:
        said = said[::-1]
    if not han:
        return said
    stray = rng.random(len(said)) < STRAY
    return "".join(str(rng.choice(han)) if s else c for c, s in zip(said, stray, strict=True))


def _mixed(said: str, foreign: str, rng: np.random.Generator) -> str:
    at = int(rng.integers(0, len(said) + 1))
    return said[:at] + foreign + said[at:]


def _length(kind: str, rng: np.random.Generator) -> int:
    if kind == "headline":
        return int(rng.integers(2, 13))
    short, usual, _ = 0.15, 0.6, 0.25
    chance = rng.random()
    if chance < short:
        return int(rng.integers(1, 6))
    return int(rng.integers(6, 13)) if chance < short + usual else int(rng.integers(13, 26))


def _label(said: str, kind: str, printed: dict[str, str], known: frozenset[str]) -> str:
    """What the recogniser shall answer: the modern form where its table lacks the printed one."""
    modern = {old: new for new, old in printed.items()}
    text = said if kind in ("latin", "modern") else "".join(said.split())
    text = "".join(char if char in known else modern.get(char, char) for char in text)
    if any(char not in known for char in text):
        return ""
    return text


def _look(kind: str, cases: Sequence[Case], rng: np.random.Generator) -> Look:
    styles = {
        "headline": ("bold", "display"),
        "row": ("body", "bold", "display"),
        "modern": ("modern",),
        "latin": ("latin",),
    }.get(kind, ("body",))
    latin = str(rng.choice(list(LATIN), p=list(LATIN.values()))) if kind == "mixed" else "standing"
    if kind in ("column", "mixed", "upright") and rng.random() < 0.1:
        styles = ("bold", "display")
    body = kind in ("column", "mixed", "upright") and styles == ("body",)
    size = round(rng.normal(25.5, 2.2)) if body else int(rng.uniform(22, 56))
    if kind in ("modern", "latin"):
        return Look(
            _case(styles, cases, rng),
            int(rng.uniform(7, 20)) * 2,
            rng.uniform(0.98, 1.1),
            rng.uniform(1.3, 1.9),
            False,
            True,
            Age.some(rng, rng.uniform(0.1, 0.7)),
        )
    solid = rng.random() < 0.85
    pitch = rng.uniform(0.87, 1.02) if solid else rng.uniform(1.02, 1.5)
    return Look(
        case=_case(styles, cases, rng),
        size=max(18, size // 2 * 2),
        pitch=pitch,
        lead=rng.uniform(1.1, 1.5),
        down=kind != "row",
        body=body,
        age=Age.some(rng, rng.uniform(0.6, 1.1)),
        latin=latin,
    )


def _case(styles: tuple[str, ...], cases: Sequence[Case], rng: np.random.Generator) -> Case:
    these = [case for case in cases if case.style in styles]
    weights = np.array([case.weight for case in these])
    return these[int(rng.choice(len(these), p=weights / weights.sum()))]


def cut_strip(of: Piece, rng: np.random.Generator) -> Strip:
    return cut(of.pixels, _stroke(of, rng))


def _stroke(of: Piece, rng: np.random.Generator) -> Stroke:
    """The kernel that the detector would have found, within its usual error."""
    width, height = of.right - of.left, of.bottom - of.top
    thick, length = (width, height) if of.down else (height, width)
    thick, length = thick * rng.uniform(1.0, 1.2), length + thick * rng.uniform(-0.05, 0.35)
    across, along = thick / 2, max(thick / 2, length - thick / 2)
    for _ in range(8):  # until kernel and reach together are as large as the print
        reach = across * along * UNCLIP / (2 * (across + along))
        across, along = max(2.0, thick - 2 * reach), max(2.0, length - 2 * reach)
    x, y = (of.left + of.right) / 2, (of.top + of.bottom) / 2
    off = rng.normal(0, 0.035 * thick, 2)
    return Stroke(x + off[0], y + off[1], along, across, of.down, 0.0, 1.0)


def _prepared(kind: str, strip: Strip, of: Piece, rng: np.random.Generator) -> Floats:
    if kind != "upright":
        squeeze = rng.uniform(*SQUEEZES_DOWN) if strip.down else SQUEEZE_ACROSS
        return stretched(strip.pixels, HEIGHT, squeeze)
    start, length = of.top - strip.to_sheet.f, of.bottom - of.top
    places = [min(1.0, max(0.0, (start + p * length) / strip.length)) for p in of.places]
    return stretched(upright_row(strip, places), HEIGHT, SQUEEZE_UPRIGHT)
