"""The search moves constants where that gains, and every constant counts where it is used."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from baoguan.model import Box, Char, Direction, Line
from baoguan.ocr import bylines, flow, registers
from baoguan.ocr.layout import lay_out
from baoguan.ocr.sheet import Rules
from press.constants import COPIES, SOUGHT, Values, names, set_to, value_of
from press.measure import scans_below
from press.refit import Bench, Part, parts_of, search
from press.shifted import Errors, Known, errors, known, steadiness

OCR = Path(flow.__file__).parent
TREES = {file.stem: ast.parse(file.read_text("utf-8")) for file in OCR.glob("*.py")}


class Made(Bench):
    """A bench on which errors are told by a function of the values."""

    def __init__(self, parts: int, error: Callable[[Values], float]) -> None:
        fold = Known("made", "best", (), ())
        super().__init__([Part(fold, seed, 1 / parts) for seed in range(parts)])
        self.error = error
        self.asked: list[Values] = []

    def errors(self, part: Part, values: Values) -> Errors:
        if part is self.parts[0]:
            self.asked.append(values)
        return Errors(self.error(values), 0.0)


def quiet(_: str) -> None:
    pass


def test_constants_are_set_for_a_while_and_tuples_by_place() -> None:
    before = {name: value_of(name) for name in names()}
    with set_to({"flow.HEADLINE": 1.5, "registers.BAND.1": 0.5, "registers.BAND.0": 4.0}):
        assert flow.HEADLINE == bylines.HEADLINE == 1.5
        assert registers.BAND == (4.0, 0.5)
    assert {name: value_of(name) for name in names()} == before


@pytest.mark.parametrize("module", SOUGHT)
def test_constants_are_looked_up_when_they_are_used(module: str) -> None:
    sought = {name for name in names() if name.startswith(f"{module}.")}
    for name in sought:
        attribute = name.split(".")[1]
        assert attribute in set(_used_in_functions(TREES[module])), name
        importing = [file for file, tree in TREES.items() if attribute in _imported(tree, module)]
        assert tuple(importing) == COPIES.get(name, ()), name


def _used_in_functions(tree: ast.Module) -> Iterator[str]:
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for statement in function.body:
                yield from (n.id for n in ast.walk(statement) if isinstance(n, ast.Name))


def _imported(tree: ast.Module, module: str) -> set[str]:
    return {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == f"baoguan.ocr.{module}"
        for alias in node.names
    }


def test_another_value_gives_another_layout() -> None:
    upper = Line(Box(0, 0, 20, 100), Direction.VERTICAL_RL, (Char("上", Box(0, 0, 20, 100), 1),))
    lower = Line(
        Box(0, 110, 20, 200), Direction.VERTICAL_RL, (Char("下", Box(0, 110, 20, 200), 1),)
    )

    def pieces() -> int:
        return len(flow.towers([upper, lower], [], Rules(), 20.0))

    assert pieces() == 1
    with set_to({"flow.FRAGMENT": 0.4}):
        assert pieces() == 2


def test_the_search_goes_where_errors_are_least_and_nowhere_else() -> None:
    bench = Made(6, lambda values: 0.3 + 0.1 * abs(values.get("flow.FAR", 2.6) - 3.575))
    assert search(bench, quiet) == {"flow.FAR": 3.575}


def test_gains_as_small_as_noise_are_none() -> None:
    bench = Made(6, lambda values: 0.3 - 0.0005 * ("flow.FAR" in values))
    assert search(bench, quiet) == {}


def test_constants_stay_near_what_was_set_by_hand_and_counts_are_whole() -> None:
    bench = Made(2, lambda _: 0.3)
    search(bench, quiet)
    for values in bench.asked:
        for name, value in values.items():
            assert value_of(name) / 2 <= value <= value_of(name) * 2
            assert isinstance(value, int) == isinstance(value_of(name), int)


def test_what_moves_nothing_is_not_tried_again() -> None:
    bench = Made(2, lambda values: 0.3 + 0.01 * ("flow.FAR" in values))
    search(bench, quiet)
    tried = [values for values in bench.asked if values]
    assert len([values for values in tried if "flow.FAR" in values]) == 4
    assert len([values for values in tried if "flow.LEVEL" in values]) == 2


def test_real_folds_weigh_as_much_as_set_ones() -> None:
    folds = [
        Known(str(n), lines, (), ()) for n, lines in enumerate(["best", "fast", *["truth"] * 3])
    ]
    parts = parts_of(folds, 4)
    weights = {"truth": 0.0, "best": 0.0, "fast": 0.0}
    for part in parts:
        weights[part.fold.lines] += part.weight
    assert weights == {"truth": pytest.approx(1), "best": 0.5, "fast": 0.5}
    assert {part.seed for part in parts if part.fold.lines == "best"} == {0, 1, 2, 3}
    assert {part.seed for part in parts if part.fold.lines == "truth"} == {0}
    assert {part.fold.lines for part in parts[:4]} == {"best", "fast", "truth"}


def test_a_bench_tells_what_the_layout_gives_with_constants_so_set(folder: Path) -> None:
    (whole,) = known(scans_below(folder)[0])
    fold = replace(whole, sheets=whole.sheets[:1])
    bench = Bench([Part(fold, seed, 0.5) for seed in (0, 1)])
    as_read, moved = steadiness(fold, 1)
    assert [bench.errors(part, {}) for part in bench.parts] == [as_read, moved]
    changed = {"ink.LONG": 5.0, "flow.FAR": 0.1, "flow.LOOSE": 0.1}
    with set_to(changed):
        otherwise = errors(fold, [lay_out(sheet) for sheet in fold.sheets])
    assert bench.errors(bench.parts[0], changed) == otherwise != as_read
    assert bench.errors(bench.parts[0], {}) == as_read
