"""The layout of a page printed in rows, left to right, in columns under headlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from baoguan.model import ArticleKind, Box, Line, RegionKind
from baoguan.ocr.display import is_display
from baoguan.ocr.faces import find_faces, lines_by_face
from baoguan.ocr.flow import size_of
from baoguan.ocr.mastheads import head_foot
from baoguan.ocr.order import in_order
from baoguan.ocr.pictures import find_pictures, rules_outside, with_pictures, within
from baoguan.ocr.registers import ALLEY, CELLS, Plane, cut_at_bands, white_bands
from baoguan.ocr.sheet import Block, Group, Rules, Sheet

HEAD_SIZE = 1.3  # of the body glyph: set as a headline
WORDS_APART = 2.2  # heights: the widest white within a row
LEADING = 1.3  # glyph sides: the widest white between lines of one block
ALIGNED = 2.2  # glyph sides by which the left edges of a block's lines may differ
TABLE_ROW = 4.0  # glyph sides: the highest row of a table
CAPTION = 2.0  # glyph sides between a picture and the caption under it


@dataclass(frozen=True, slots=True)
class Stack:
    """Lines of one size set one under the other."""

    lines: tuple[Line, ...]
    headline: bool
    table: bool = False

    @property
    def box(self) -> Box:
        return Box.around(line.box for line in self.lines)


def lay_out_horizontal(sheet: Sheet) -> Sheet:
    """The sheet with its groups, in reading order."""
    sheet = replace(sheet, lines=tuple(join_pieces(sheet)))
    sheet = replace(sheet, lines=cut_at_bands(sheet, sheet.glyph, across=True))
    sheet = replace(sheet, lines=cut_at_bands(sheet, sheet.glyph, across=True, high=True))
    sheet = replace(sheet, lines=tuple(join_pieces(sheet)))
    pictures = find_pictures(sheet)
    sheet = replace(sheet, rules=rules_outside(sheet.rules, pictures, sheet.glyph))
    inside = [line for line in sheet.lines if any(within(line.box, p) for p in pictures)]
    lines = [line for line in sheet.lines if not any(line is i for i in inside)]
    foot = head_foot(lines, sheet.rules, sheet.glyph)
    heads = [line for line in lines if foot is not None and line.box.centre[1] < foot]
    lines = [line for line in lines if not any(line is h for h in heads)]
    adverts, lines = _framed_adverts(lines, sheet)
    tables, lines = find_tables(lines, sheet.rules, sheet.glyph)
    stacks = stacks_of(lines, sheet.rules, sheet.glyph) + tables
    captions, stacks = _captions(stacks, pictures, sheet.glyph)
    articles = articles_of(stacks, sheet.rules, sheet.glyph)
    placed = [_article_group(article) for article in articles] + adverts
    placed = with_pictures(placed, pictures, captions, inside, sheet.direction)
    groups = _heads_group(heads) + in_order(placed, sheet.glyph)
    return replace(sheet, groups=tuple(groups))


def join_pieces(sheet: Sheet) -> list[Line]:
    """Pieces of one printed row, found apart, as one line."""
    joined: list[Line] = []
    gutters = white_bands(sheet, CELLS / sheet.glyph, across=True, size=ALLEY)
    for line in sorted(sheet.lines, key=lambda each: (each.box.left, each.box.top)):
        for k, last in enumerate(joined):
            if _goes_on(last, line, sheet, gutters):
                box = Box.around([last.box, line.box])
                joined[k] = replace(last, box=box, chars=last.chars + line.chars)
                break
        else:
            joined.append(line)
    return joined


def _goes_on(last: Line, line: Line, sheet: Sheet, gutters: Plane) -> bool:
    if last.direction.vertical or line.direction.vertical:
        return False
    a, b = last.box, line.box
    height = min(a.height, b.height)
    level = min(a.bottom, b.bottom) - max(a.top, b.top) > 0.7 * height
    gap = b.left - a.right
    near = -0.3 * height < gap < WORDS_APART * height
    alike = max(a.height, b.height) < 1.35 * height
    if not (level and near and alike) or _rule_between(a, b, sheet.rules):
        return False
    body = height < 1.15 * sheet.glyph
    return not (body and _gutter_between(last, line, gutters, CELLS / sheet.glyph))


def _gutter_between(last: Line, line: Line, gutters: Plane, scale: float) -> bool:
    """Whether white that runs on above and below stands between two pieces of a row."""
    left, right = last.chars[-1].box.centre[0], line.chars[0].box.centre[0]
    y = (last.box.centre[1] + line.box.centre[1]) / 2
    rows = slice(int(left * scale), int(right * scale) + 1)
    return bool(gutters[rows, min(int(y * scale), gutters.shape[1] - 1)].any())


def _rule_between(a: Box, b: Box, rules: Rules) -> bool:
    return any(
        a.centre[0] < r.centre[0] < b.centre[0] and r.top < a.centre[1] < r.bottom
        for r in rules.down
    )


def _framed_adverts(lines: Sequence[Line], sheet: Sheet) -> tuple[list[Group], list[Line]]:
    """Frames with few lines of mixed or large type, and the lines that are in none."""
    faces = find_faces(sheet)
    groups, rest = [], []
    for face, members in lines_by_face(lines, faces).items():
        box = faces.boxes[face]
        small = box.area < 0.2 * sheet.width * sheet.height
        if face and small and len(members) > 1 and is_display(members, sheet.glyph):
            ordered = tuple(sorted(members, key=lambda line: (line.box.top, line.box.left)))
            around = Box.around([box, *(line.box for line in members)])
            block = Block(RegionKind.ADVERTISEMENT, around, sheet.direction, ordered)
            groups.append(Group(ArticleKind.ADVERTISEMENT, (block,)))
        else:
            rest += members
    return groups, rest


def stacks_of(lines: Sequence[Line], rules: Rules, glyph: float) -> list[Stack]:
    """Lines put under each other where size, left edge and leading agree and no rule parts them."""
    stacks: list[list[Line]] = []
    for line in sorted(lines, key=lambda each: (each.box.top, each.box.left)):
        fitting = [s for s in stacks if _fits(s, line, rules, glyph)]
        if fitting:
            max(fitting, key=lambda s: s[-1].box.bottom).append(line)
        else:
            stacks.append([line])
    return [Stack(tuple(s), is_headline(s[0], glyph)) for s in stacks]


def is_headline(line: Line, glyph: float) -> bool:
    return size_of(line) >= HEAD_SIZE * glyph


def _fits(stack: Sequence[Line], line: Line, rules: Rules, glyph: float) -> bool:
    last = stack[-1]
    if last.direction.vertical or line.direction.vertical:
        return False
    gap = line.box.top - last.box.bottom
    big = is_headline(line, glyph)
    if big != is_headline(last, glyph):
        return False
    unit = max(size_of(line), size_of(last)) if big else glyph
    if not -0.5 * unit < gap < LEADING * unit:
        return False
    shared = min(line.box.right, last.box.right) - max(line.box.left, last.box.left)
    if shared < 0.5 * min(line.box.width, last.box.width):
        return False
    box = Box.around(line.box for line in stack)
    if not big and (
        line.box.right > box.right + ALIGNED * glyph * 2
        or line.box.left < box.left - ALIGNED * glyph
    ):
        return False
    return not any(
        last.box.centre[1] < r.centre[1] < line.box.centre[1]
        and min(r.right, line.box.right) - max(r.left, line.box.left) > 0.5 * line.box.width
        for r in rules.across
    )


def find_tables(
    lines: Sequence[Line], rules: Rules, glyph: float
) -> tuple[list[Stack], list[Line]]:
    """Tables (lines between three or more rules of one width, close together); other lines."""
    tables: list[Stack] = []
    rest = list(lines)
    for box in _grids(rules, glyph):
        members = [line for line in rest if within(line.box, box)]
        if len(members) >= 4:
            rest = [line for line in rest if not within(line.box, box)]
            tables.append(Stack(tuple(_by_rows(members)), False, table=True))
    return tables, rest


def _grids(rules: Rules, glyph: float) -> list[Box]:
    """Boxes of at least four rules across, one under the other, with like ends."""
    groups: list[list[Box]] = []
    for rule in sorted(rules.across, key=lambda r: r.top):
        for group in groups:
            last = group[-1]
            ends = abs(last.left - rule.left) + abs(last.right - rule.right)
            if ends < 3 * glyph and rule.top - last.bottom < TABLE_ROW * glyph:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [Box.around(group) for group in groups if len(group) >= 4]


def _by_rows(lines: Sequence[Line]) -> list[Line]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda each: each.box.centre[1]):
        if rows and line.box.centre[1] < rows[-1][0].box.bottom:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda each: each.box.left)]


def _captions(
    stacks: Sequence[Stack], pictures: Sequence[Box], glyph: float
) -> tuple[dict[int, Block], list[Stack]]:
    """For the index of a picture, the few lines right under it; and the other stacks."""
    found: dict[int, Block] = {}
    rest = []
    for stack in stacks:
        box = stack.box
        over = [
            i
            for i, p in enumerate(pictures)
            if -0.7 * glyph < box.top - p.bottom < CAPTION * glyph
            and box.left > p.left - 2 * glyph
            and box.right < p.right + 2 * glyph
        ]
        if over and over[0] not in found and len(stack.lines) <= 3 and not stack.headline:
            block = Block(RegionKind.CAPTION, box, stack.lines[0].direction, stack.lines)
            found[over[0]] = block
        else:
            rest.append(stack)
    return found, rest


def articles_of(stacks: Sequence[Stack], rules: Rules, glyph: float) -> list[list[Stack]]:
    """Each headline with the columns under it, column by column; other columns by themselves."""
    stacks = with_kickers(stacks, glyph)
    headlines = merged_headlines([s for s in stacks if s.headline])
    rooms = [room_beside(group, stacks, rules) for group in headlines]
    under: dict[int, list[Stack]] = {i: [] for i in range(len(headlines))}
    alone: list[Stack] = []
    for stack in (s for s in stacks if not s.headline):
        owner = headline_over(stack, rooms, rules, glyph)
        if owner is None:
            alone.append(stack)
        else:
            under[owner].append(stack)
    articles = [[*headlines[i], *by_columns(under[i])] for i in under]
    return articles + [by_columns(group) for group in _beside(alone, rules, glyph)]


def merged_headlines(stacks: Sequence[Stack]) -> list[list[Stack]]:
    """Headlines that stand right over each other (kicker, headline, sub-headline) together."""
    groups: list[list[Stack]] = []
    for stack in sorted(stacks, key=lambda s: (s.box.top, s.box.left)):
        for group in groups:
            box = Box.around(s.box for s in group)
            shared = min(box.right, stack.box.right) - max(box.left, stack.box.left)
            gap = stack.box.top - box.bottom
            near = gap < 1.2 * max(size_of(stack.lines[0]), size_of(group[-1].lines[0]))
            if near and shared > 0.5 * min(box.width, stack.box.width):
                group.append(stack)
                break
        else:
            groups.append([stack])
    return groups


def with_kickers(stacks: Sequence[Stack], glyph: float) -> list[Stack]:
    """Single lines right above a headline, and no wider than it by much, are headlines too."""

    def leads(stack: Stack) -> bool:
        if stack.headline or stack.table or len(stack.lines) != 1:
            return False
        x = stack.box.centre[0]
        for other in stacks:
            if not other.headline:
                continue
            above = -glyph < other.box.top - stack.box.bottom < 1.2 * glyph
            below = -glyph < stack.box.top - other.box.bottom < 1.2 * glyph
            centred = abs(x - other.box.centre[0]) < 1.5 * glyph
            if (above and other.box.left < x < other.box.right) or (below and centred):
                return True
        return False

    return [Stack(s.lines, True) if leads(s) else s for s in stacks]


def room_beside(group: Sequence[Stack], stacks: Sequence[Stack], rules: Rules) -> Box:
    """The box of a headline, widened over the free room at its sides: its article lies below."""
    box = Box.around(s.box for s in group)
    left, right = 0.0, float("inf")
    middle = box.centre
    beside = [s.box for s in stacks if not any(s is g for g in group)] + list(rules.down)
    for other in beside:
        shared = min(box.bottom, other.bottom) - max(box.top, other.top)
        if shared < 0.3 * min(box.height, max(1, other.height)):
            continue
        if other.centre[0] < middle[0]:
            left = max(left, float(min(other.right, box.left)))
        else:
            right = min(right, float(max(other.left, box.right)))
    far = max(s.box.right for s in stacks)
    return Box(int(left), box.top, int(min(right, max(far, box.right))), box.bottom)


def headline_over(stack: Stack, rooms: Sequence[Box], rules: Rules, glyph: float) -> int | None:
    """The index of the lowest headline above `stack` with no rule between, whose room spans it."""
    best, best_bottom = None, float("-inf")
    x = stack.box.centre[0]
    for i, box in enumerate(rooms):
        if box.bottom > stack.box.top + glyph or box.bottom <= best_bottom:
            continue
        parted = not stack.table and _parted(box, stack.box, rules)
        if box.left < x < box.right and not parted:
            best, best_bottom = i, box.bottom
    return best


def _parted(head: Box, body: Box, rules: Rules) -> bool:
    """Whether a rule runs across between a headline and the text below it."""
    return any(
        head.bottom - 2 < r.centre[1] < body.top + 2
        and min(r.right, body.right) - max(r.left, body.left) > 0.6 * body.width
        for r in rules.across
    )


def _beside(stacks: Sequence[Stack], rules: Rules, glyph: float) -> list[list[Stack]]:
    """Stacks without a headline of their own, those that stand level together."""
    groups: list[list[Stack]] = []
    for stack in sorted(stacks, key=lambda s: (s.box.top, s.box.left)):
        for group in groups:
            box = Box.around(s.box for s in group)
            level = abs(stack.box.top - box.top) < 1.5 * glyph
            close = -glyph < stack.box.left - box.right < 4 * glyph
            if level and close and not _rule_between(box, stack.box, rules):
                group.append(stack)
                break
        else:
            groups.append([stack])
    return groups


def by_columns(stacks: Sequence[Stack]) -> list[Stack]:
    """Column by column from the left, each from the top."""
    columns: list[list[Stack]] = []
    for stack in sorted(stacks, key=lambda s: s.box.left):
        for column in columns:
            box = Box.around(s.box for s in column)
            shared = min(box.right, stack.box.right) - max(box.left, stack.box.left)
            if shared > 0.5 * min(box.width, stack.box.width):
                column.append(stack)
                break
        else:
            columns.append([stack])
    return [s for column in columns for s in sorted(column, key=lambda s: s.box.top)]


def _article_group(stacks: Sequence[Stack]) -> Group:
    blocks = tuple(
        Block(
            _kind(s),
            s.box,
            s.lines[0].direction,
            s.lines,
        )
        for s in stacks
    )
    return Group(ArticleKind.ARTICLE, blocks)


def _kind(stack: Stack) -> RegionKind:
    if stack.table:
        return RegionKind.TABLE
    return RegionKind.HEADLINE if stack.headline else RegionKind.TEXT


def _heads_group(lines: Sequence[Line]) -> list[Group]:
    """One article of kind head, a region for each line: the name first, then row by row."""
    if not lines:
        return []
    name = max(lines, key=size_of)
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda each: -each.box.height):
        row = next((r for r in rows if r[0].box.top < line.box.centre[1] < r[0].box.bottom), None)
        if row is None:
            rows.append([line])
        else:
            row.append(line)
    rows.sort(key=lambda row: row[0].box.top)
    named = len(rows) > 1
    ordered = [
        line
        for row in rows
        for line in sorted(
            row, key=lambda each: (named and each is not name, _column_of(each, row), each.box.top)
        )
    ]
    blocks = tuple(
        Block(RegionKind.MASTHEAD, line.box, line.direction, (line,)) for line in ordered
    )
    return [Group(ArticleKind.HEAD, blocks)]


def _column_of(line: Line, row: Sequence[Line]) -> int:
    """The left edge of the lines of `row` that stand under or over `line`."""
    return min(
        o.box.left for o in row if o.box.left < line.box.right and line.box.left < o.box.right
    )
