"""The layout's hand-set constants, searched one after the other on some folds and read off others.

They travel where a fit on one real fold and typeset pages makes other folds no worse. What is
sought is the least mean of `Errors.weighed` over shifted boxes, real folds together weighing as
much as all set ones.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from baoguan.ocr.ink import find_rules
from baoguan.ocr.sheet import Sheet
from baoguan.ocr.vertical import lay_out_vertical
from press.constants import SHARES, Values, names, set_to, value_of
from press.shifted import Errors, Known, errors, mean, shifted

STEPS = ((0.8, 1.25), (0.9, 1.1))  # of the value, round by round
FURTHEST = 2.0  # times the value set by hand, or as small a part of it
LEAST = 0.0008  # of what is sought: a smaller gain is noise
WORSE = 0.003  # after the first parts: the others are not looked at
FIRST = 4


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A fold whose boxes are shifted by one seed; `weight` sums to one over real and set folds."""

    fold: Known
    seed: int
    weight: float


def parts_of(folds: Sequence[Known], seeds: int) -> list[Part]:
    """Real folds with so many seeds, 0 among them, set folds as they are; real ones first."""
    real = [fold for fold in folds if fold.lines != "truth"]
    typeset = [fold for fold in folds if fold.lines == "truth"]
    of_real = [
        Part(fold, seed, 1 / (len(real) * seeds))
        for seed in reversed(range(seeds))
        for fold in real
    ]
    of_set = [Part(fold, 0, 1 / len(typeset)) for fold in typeset]
    first = len(real)
    return [*of_real[:first], *of_set[: FIRST - first], *of_real[first:], *of_set[FIRST - first :]]


class Bench:
    """What the layout makes of parts, kept where nothing changed: rules are looked for again for
    another value of `ink` alone, and the same text is not scored twice."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        self._ruled = functools.lru_cache(maxsize=2 * len(parts))(self._find_rules)
        self._scores: dict[tuple[int, str], Errors] = {}

    def errors(self, part: Part, values: Values) -> Errors:
        ink = tuple(sorted((k, v) for k, v in values.items() if k.startswith("ink.")))
        sheets = self._ruled(part, ink)
        with set_to(values):
            laid = [lay_out_vertical(sheet) for sheet in sheets]
        text = "\n".join(
            "".join(line.text for block in group.blocks for line in block.lines)
            for sheet in laid
            for group in sheet.groups
        )
        key = id(part.fold), text
        if key not in self._scores:
            self._scores[key] = errors(part.fold, laid)
        return self._scores[key]

    def _find_rules(self, part: Part, ink: tuple[tuple[str, float], ...]) -> list[Sheet]:
        with set_to(dict(ink)):
            return [find_rules(shifted(sheet, part.seed)) for sheet in part.fold.sheets]

    def all(self, values: Values) -> list[float]:
        return [part.weight * self.errors(part, values).weighed for part in self.parts]

    def gain(self, values: Values, base: Sequence[float]) -> tuple[float, list[float] | None]:
        """By how much `values` are better than what gave `base`, and their own figures; None where
        the first parts show that they are worse or change nothing."""
        own: list[float] = []
        for part in self.parts:
            own.append(part.weight * self.errors(part, values).weighed)
            if len(own) == FIRST:
                lost = sum(own) - sum(base[:FIRST])
                if own == list(base[:FIRST]) or lost > WORSE:
                    return -lost, None
        return sum(base) - sum(own), own


def search(bench: Bench, tell: Callable[[str], None], least: float = LEAST) -> dict[str, float]:
    """The constants found, by name, those that stayed left out.

    Round by round each is tried at the steps from where it is, and moves where that gains; what
    moved nothing in the first round is not tried again.
    """
    values: dict[str, float] = {}
    base = bench.all(values)
    alive = names()
    tell(f"by hand {sum(base):.4f}")
    for steps in STEPS:
        moved = set()
        for name in alive:
            for value in _around(name, values, steps):
                gain, own = bench.gain({**values, name: value}, base)
                moved |= {name} if gain else set()
                if taken := own is not None and gain > least:
                    values[name], base = value, own
                tell(f"{name} {value:g} {-gain:+.4f}{' taken' if taken else ''} {sum(base):.4f}")
        alive = [name for name in alive if name in moved]
    return values


def _around(name: str, values: Values, steps: Sequence[float]) -> list[float]:
    """Values to try: within bounds, whole where the constant counts something."""
    by_hand = value_of(name)
    here = values.get(name, by_hand)
    digits = None if isinstance(by_hand, int) else 3
    tried = [round(here * step, digits) for step in steps]
    most = min(1.0, by_hand * FURTHEST) if name in SHARES else by_hand * FURTHEST
    return [v for v in tried if v != here and by_hand / FURTHEST <= v <= most]


def compared(folds: Sequence[Known], values: Values, shifts: int) -> Iterator[str]:
    """For each fold order / article as read and the mean over shifts, by hand and with `values`."""
    for fold in folds:
        bench = Bench([Part(fold, seed, 1.0) for seed in range(shifts + 1)])
        by_hand, found = ([bench.errors(part, v) for part in bench.parts] for v in ({}, values))
        yield (
            f"{fold.name:30} {fold.lines:5}  as read {by_hand[0]} → {found[0]}  "
            f"shifted {mean(by_hand[1:])} → {mean(found[1:])}"
        )
