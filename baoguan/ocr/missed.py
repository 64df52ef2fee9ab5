"""Columns that the detector missed or cut wrongly, found from what is read beside them.

Each step takes what is read of a sheet and gives it with more. `look` reads strips. See
`docs/decisions/0010-lines.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

from baoguan.ocr.beside import columns_beside, is_column_beside
from baoguan.ocr.carried_on import Ahead, carried_on, ends_of
from baoguan.ocr.grids import are_columns, grids_in
from baoguan.ocr.language import chinese, chosen
from baoguan.ocr.lines import Strip
from baoguan.ocr.recognise import Reading, Slot
from baoguan.ocr.second_look import Read, body_of, with_more
from baoguan.ocr.sheet import Floats, Sheet
from baoguan.ocr.two_in_one import Pair, left_of, pairs_in, read_better

ROUNDS = 3  # looks beside what the last look has found


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A strip, what may stand in it, and what is read there so far."""

    strip: Strip
    slots: tuple[Slot, ...]
    reading: Reading

    @property
    def line(self) -> Read:
        return self.strip, self.reading


Look = Callable[[Sequence[Strip]], list[Seen]]


def seen_as(strip: Strip, slots: tuple[Slot, ...]) -> Seen:
    """A strip as the language reads what may stand in it."""
    return Seen(strip, slots, chosen(slots, chinese()))


def better(read: Sequence[Seen], more: Sequence[Seen]) -> list[Seen]:
    """Of what covers each other, what is read better."""
    both = [*read, *more]
    return [both[i] for i in with_more(_lines(read), _lines(more))]


def with_missed(sheet: Sheet, read: Sequence[Seen], chance: Floats, look: Look) -> list[Seen]:
    """With all that the steps below find; `chance` is the detector's map of the sheet."""
    read = parted(sheet, read, look)
    read = with_grids(sheet, read, look)
    read = whole(sheet, read, look)
    return with_columns_beside(sheet, read, chance, look)


def parted(sheet: Sheet, read: Sequence[Seen], look: Look) -> list[Seen]:
    """With strips that hold two columns parted, where that reads better."""
    pairs = pairs_in(sheet.pixels, sheet.ink, _lines(read))
    halves = look([strip for pair in pairs for strip in pair.columns])
    apart: dict[int, list[Pair]] = {}
    columns: list[Seen] = []
    for pair, *both in zip(pairs, halves[::2], halves[1::2], strict=True):
        if read_better(read[pair.line].line, pair, [half.reading for half in both]):
            apart.setdefault(pair.line, []).append(pair)
            columns += both
    for i, here in apart.items():
        left = left_of(sheet.pixels, read[i].strip, read[i].slots, here)
        columns += [seen_as(strip, slots) for strip, slots in left]
    return [each for i, each in enumerate(read) if i not in apart] + columns


def with_grids(sheet: Sheet, read: Sequence[Seen], look: Look) -> list[Seen]:
    """With short columns that were taken for rows, as long as they are."""
    grids = grids_in(sheet.pixels, _lines(read), chinese())
    seen = iter(look([strip for grid in grids for strip in grid.columns]))
    gone: set[int] = set()
    columns: list[Seen] = []
    for grid in grids:
        new = [next(seen) for _ in grid.columns]
        if are_columns((read[i].reading for i in grid.rows), [each.reading for each in new]):
            gone |= set(grid.rows)
            columns += new
    if not columns:
        return list(read)
    kept = [each for i, each in enumerate(read) if i not in gone]
    added = range(len(kept), len(kept) + len(columns))
    return whole(sheet, kept + columns, look, added)


def whole(
    sheet: Sheet, read: Sequence[Seen], look: Look, which: Container[int] | None = None
) -> list[Seen]:
    """With columns as long as their ink reads like text: those of indices `which`, or those as thin
    as a body column."""
    ends = ends_of(sheet.pixels, sheet.ink, _lines(read), which)
    ahead: dict[int, list[Ahead]] = {}
    for end, seen in zip(ends, look([end.strip for end in ends]), strict=True):
        ahead.setdefault(end.line, []).append((end, seen.slots, seen.reading))
    longer = (
        carried_on(sheet.pixels, read[i].strip, read[i].slots, found) for i, found in ahead.items()
    )
    return better(read, [seen_as(*each) for each in longer if each])


def with_columns_beside(
    sheet: Sheet, read: Sequence[Seen], chance: Floats, look: Look
) -> list[Seen]:
    """With the columns beside columns that no map shows, as long as they are."""
    known, new, read = set(read), set(read), list(read)
    for _ in range(ROUNDS):
        lines = _lines(read)
        body = body_of(lines)
        which = {i for i, each in enumerate(read) if each in new}
        found = look(columns_beside(sheet.pixels, sheet.ink, chance, lines, which))
        more = [each for each in found if is_column_beside(each.line, body)]
        read = better(read, more)
        new = set(more) & set(read)
        if not new:
            break
    added = {i for i, each in enumerate(read) if each not in known}
    return whole(sheet, read, look, added) if added else read


def _lines(read: Sequence[Seen]) -> list[Read]:
    return [each.line for each in read]
