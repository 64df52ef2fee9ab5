"""The layout of a page printed in columns, right to left, in registers."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from baoguan.model import ArticleKind, Box, Direction, Line, RegionKind
from baoguan.ocr.breaks import runs_of
from baoguan.ocr.bylines import bylines
from baoguan.ocr.cuts import blocks_in_order
from baoguan.ocr.direction import prevailing
from baoguan.ocr.display import holds_articles, is_display
from baoguan.ocr.faces import OUTSIDE, Faces, find_faces, lines_by_face
from baoguan.ocr.flow import (
    chains_of,
    columns_of,
    follow,
    pitch_of,
    right_above,
    size_of,
    without_bars,
    without_decoration,
)
from baoguan.ocr.links import Run, link, with_own_text
from baoguan.ocr.mastheads import head_foot
from baoguan.ocr.order import in_order
from baoguan.ocr.pictures import (
    find_pictures,
    rules_outside,
    with_pictures,
    with_whole_frames,
    within,
)
from baoguan.ocr.registers import cut_at_bands
from baoguan.ocr.sheet import Block, Group, Rules, Sheet
from baoguan.ocr.zones import side_zones, stacked, walls

HEAD_SIZE = 1.35  # of the body glyph: set as a headline
HEAD_WORDS = ("民國", "星期", "郵政", "發行", "本報", "登記", "館址")
MARGIN_TALL = 0.35  # of the text's height, where letters are set wide
MARGIN_LONG = 0.5
MARGIN_WIDE = 1.25
SMALL_FACE = 0.3  # of the text's area
MAST_CHARS = 16
ROOM = 2.0  # pitches left of the last column: an article ends there
OVER = 0.3  # glyph sides by which a row above or below all columns may reach into them
BAND = 4.0  # glyph sides between advertisements side by side
SURE = 0.9  # confidence of a word that may stand alone
HEADING_BOX = 4.5  # glyph sides: a lower frame holds a headline


def lay_out_vertical(sheet: Sheet) -> Sheet:
    """The sheet with its groups, in reading order."""
    sheet = replace(sheet, lines=without_specks(sheet.lines, sheet.glyph))
    sheet = replace(sheet, lines=cut_at_bands(sheet, pitch_of(sheet.lines, sheet.glyph)))
    faces = find_faces(sheet)
    zone = text_zone(sheet)
    pictures, inside, captions, sheet = _pictures(sheet, faces)
    foot = head_foot(_unframed(sheet, faces), sheet.rules, sheet.glyph)
    strips, beside, rest = _strips(sheet.lines, sheet, zone)
    adverts, rest = _adverts(rest, faces, sheet, foot)
    adverts += [_advert([], picture, sheet) for picture in _drawn(pictures, adverts, sheet.glyph)]
    heads, margins, rest = _around(rest, sheet, zone, foot)
    margins += beside
    articles = _articles(rest, sheet, zone, pictures, faces)
    adverts += strips
    placed = with_pictures([*articles, *adverts], pictures, captions, inside, sheet.direction)
    body = in_order(placed, sheet.glyph, right_to_left=True)
    groups = [*_head_group(heads), *body, *_margin_groups(margins)]
    return replace(sheet, groups=tuple(groups))


def without_specks(lines: Sequence[Line], glyph: float) -> tuple[Line, ...]:
    """`lines` without a doubtful character or two that stand far from all others."""

    def lonely(line: Line) -> bool:
        left, top, right, bottom = line.box.as_tuple()
        room = 4 * glyph
        near = Box(int(left - room), int(top - room), int(right + room), int(bottom + room))
        return not any(o is not line and near.overlap(o.box) for o in lines)

    def doubtful(line: Line) -> bool:
        return len(line.chars) <= 2 and line.confidence < SURE

    return tuple(line for line in lines if not (doubtful(line) and lonely(line)))


def _pictures(sheet: Sheet, faces: Faces) -> tuple[list[Box], list[Line], dict[int, Block], Sheet]:
    """Pictures, the lines inside them, their captions, and the sheet with the other lines."""
    pictures = with_whole_frames(find_pictures(sheet), faces, sheet)
    inside = [line for line in sheet.lines if any(within(line.box, p) for p in pictures)]
    rest = [line for line in sheet.lines if not any(line is i for i in inside)]
    captions: dict[int, Block] = {}
    for i, picture in enumerate(pictures):
        near = [line for line in rest if _captions(line, picture, sheet.glyph)]
        if near:
            line = max(near, key=lambda each: len(each.chars))
            captions[i] = _block(RegionKind.CAPTION, [line], line.direction)
            rest = [each for each in rest if each is not line]
    rules = rules_outside(sheet.rules, pictures, sheet.glyph)
    return pictures, inside, captions, replace(sheet, lines=tuple(rest), rules=rules)


def _captions(line: Line, picture: Box, glyph: float) -> bool:
    """A short line of small type beside the middle of a picture, or under it."""
    if size_of(line) > 1.2 * glyph:
        return False
    box = line.box
    x, y = picture.centre
    if line.direction.vertical:
        gap = max(box.left - picture.right, picture.left - box.right)
        centred = abs(box.centre[1] - y) < 0.12 * picture.height
        return centred and -0.6 * glyph < gap < 1.6 * glyph and box.height < 0.92 * picture.height
    gap = max(box.top - picture.bottom, picture.top - box.bottom)
    centred = abs(box.centre[0] - x) < 0.12 * picture.width
    return centred and -0.6 * glyph < gap < 1.6 * glyph and box.width < 0.92 * picture.width


def text_zone(sheet: Sheet) -> Box:
    """The rectangle that body columns take, outliers left out."""
    body = [
        line.box
        for line in sheet.lines
        if line.direction.vertical
        and line.box.width < HEAD_SIZE * sheet.glyph
        and len(line.chars) > 4
    ]
    if len(body) < 8:
        return Box(0, 0, sheet.width, sheet.height)
    cut = max(1, len(body) // 60)
    return Box(
        sorted(b.left for b in body)[cut],
        sorted(b.top for b in body)[cut],
        sorted(b.right for b in body)[-cut - 1],
        sorted(b.bottom for b in body)[-cut - 1],
    )


def _unframed(sheet: Sheet, faces: Faces) -> list[Line]:
    """Lines outside small frames with advertisements, margins left out."""
    zone = text_zone(sheet)
    found: list[Line] = []
    for face, members in lines_by_face(sheet.lines, faces).items():
        small = faces.boxes[face].area < SMALL_FACE * zone.area
        chars = sum(len(line.chars) for line in members)
        if not (face and small and chars > MAST_CHARS and is_display(members, sheet.glyph)):
            found += members
    return [
        line
        for line in found
        if zone.left - sheet.glyph < line.box.centre[0] < zone.right + sheet.glyph
    ]


def _around(
    lines: Sequence[Line], sheet: Sheet, zone: Box, foot: float | None
) -> tuple[list[Line], list[Line], list[Line]]:
    """Page heads above the text, columns in the margins, and the rest."""
    heads, margins, rest = [], [], []

    def aside(line: Line) -> bool:
        return not zone.left - sheet.glyph < line.box.centre[0] < zone.right + sheet.glyph

    outside = [line for line in lines if aside(line)]
    for line in lines:
        above = foot is not None and line.box.centre[1] < foot
        worded = any(word in line.text for word in HEAD_WORDS)
        high = foot is None and line.box.bottom < zone.top + 0.5 * sheet.glyph
        worded = worded and line.box.centre[1] < zone.top + 0.3 * zone.height
        if above or (not line.direction.vertical and (worded or high)):
            heads.append(line)
        elif aside(line) and _is_in_margin(line, outside, zone, sheet.glyph):
            margins.append(line)
        else:
            rest.append(line)
    return heads, margins, rest


def _head_group(lines: Sequence[Line]) -> list[Group]:
    """One article of kind head: each line is a region; the paper's name first, then row by row
    from right to left."""
    if not lines:
        return []
    name = max(lines, key=size_of) if len(_rows(lines)) > 1 else None
    blocks = []
    for row in _rows(lines):
        for line in sorted(row, key=lambda each: (each is not name, -each.box.right)):
            blocks.append(Block(RegionKind.MASTHEAD, line.box, line.direction, (line,)))
    return [Group(ArticleKind.HEAD, tuple(blocks))]


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that are level, the tallest of a row ruling."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda each: -each.box.height):
        row = next((r for r in rows if r[0].box.top < line.box.centre[1] < r[0].box.bottom), None)
        if row is None:
            rows.append([line])
        else:
            row.append(line)
    return sorted(rows, key=lambda row: row[0].box.top)


def _margin_groups(lines: Sequence[Line]) -> list[Group]:
    groups: list[list[Line]] = []
    for line in sorted(lines, key=lambda each: (-each.box.centre[0], each.box.top)):
        if groups and abs(groups[-1][0].box.centre[0] - line.box.centre[0]) < line.box.width:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [
        Group(
            ArticleKind.MARGIN,
            (
                _block(
                    RegionKind.MARGIN,
                    sorted(group, key=lambda line: line.box.top),
                    Direction.VERTICAL_RL,
                ),
            ),
        )
        for group in groups
    ]


def _block(kind: RegionKind, lines: Sequence[Line], direction: Direction) -> Block:
    return Block(kind, Box.around(line.box for line in lines), direction, tuple(lines))


def _adverts(
    lines: Sequence[Line], faces: Faces, sheet: Sheet, foot: float | None
) -> tuple[list[Group], list[Line]]:
    """Framed advertisements, and the lines that are in none."""
    frames: list[Box] = []
    name = None if foot is None else _name_of(sheet, foot)
    for face, members in lines_by_face(lines, faces).items():
        box = faces.boxes[face]
        heading = _is_title_box(members, box, sheet.glyph)
        named = any(line is name for line in members)
        if (
            face
            and not heading
            and not named
            and is_display(members, sheet.glyph)
            and not _is_head(members)
        ):
            frames.append(Box.around([box, *(line.box for line in members)]))
    groups, rest = [], list(lines)
    for frame in sorted(frames, key=lambda box: -box.area):
        inside = [line for line in rest if within(line.box, frame)]
        if inside:
            groups.append(_advert(inside, frame, sheet))
            rest = [line for line in rest if not within(line.box, frame)]
    return sorted(groups, key=lambda g: (g.blocks[0].box.top, -g.blocks[0].box.right)), rest


def _drawn(pictures: Sequence[Box], adverts: Sequence[Group], glyph: float) -> list[Box]:
    """Pictures that are advertisements: in none, and level with one beside them at the head and at
    the foot."""
    known = [block.box for group in adverts for block in group.blocks]

    def is_level(one: Box, other: Box) -> bool:
        gap = max(one.left, other.left) - min(one.right, other.right)
        ends = max(abs(one.top - other.top), abs(one.bottom - other.bottom))
        return -glyph < gap < BAND * glyph and ends < glyph

    return [
        picture
        for picture in pictures
        if not any(within(picture, box) for box in known)
        and any(is_level(picture, box) for box in known)
    ]


def _is_title_box(lines: Sequence[Line], box: Box, glyph: float) -> bool:
    """A frame around a headline: low, or narrow and without body type."""
    narrow = box.width < HEADING_BOX * glyph
    return box.height < HEADING_BOX * glyph or (
        narrow and all(size_of(line) > 1.12 * glyph for line in lines)
    )


def _name_of(sheet: Sheet, foot: float) -> Line | None:
    """The paper's name: the largest line across above the foot of the page's head."""
    above = [
        line for line in sheet.lines if line.box.centre[1] < foot and not line.direction.vertical
    ]
    return max(above, key=size_of, default=None)


def _is_head(lines: Sequence[Line]) -> bool:
    return any(word in line.text for word in HEAD_WORDS[:4] for line in lines) and len(lines) < 8


def _strips(
    lines: Sequence[Line], sheet: Sheet, zone: Box
) -> tuple[list[Group], list[Line], list[Line]]:
    """Beside the page's frame: the strip of stacked advertisements, one group, as papers sell it;
    margin lines; and the lines elsewhere."""
    groups: list[Group] = []
    margins: list[Line] = []
    taken: set[int] = set()
    at = walls(sheet.rules, zone, sheet.glyph)
    for members in side_zones(lines, at, sheet.width):
        thin = Box.around(line.box for line in members).width < 3 * sheet.glyph
        if thin and any(_is_in_margin(line, members, zone, sheet.glyph) for line in members):
            margins += members
            taken |= {id(line) for line in members}
        if thin or holds_articles(members, sheet.glyph):
            continue
        adverts = [_advert(part, box, sheet) for box, part in stacked(members, sheet.rules)]
        blocks = tuple(block for group in adverts for block in group.blocks)
        groups.append(Group(ArticleKind.ADVERTISEMENT, blocks))
        taken |= {id(line) for line in members}
    return groups, margins, [line for line in lines if id(line) not in taken]


def _is_in_margin(line: Line, outside: Sequence[Line], zone: Box, glyph: float) -> bool:
    """Whether a column of body type beside the text goes along most of it, alone or with those of
    `outside` that are in line with it; set wide, along less."""
    if not _is_small(line, glyph):
        return False
    wide = line.box.height / len(line.chars) > MARGIN_WIDE * size_of(line)
    if wide and line.box.height > MARGIN_TALL * zone.height:
        return True
    x = line.box.centre[0]
    in_line = (o.box for o in outside if _is_small(o, glyph) and o.box.left < x < o.box.right)
    return sum(box.height for box in in_line) > MARGIN_LONG * zone.height


def _is_small(line: Line, glyph: float) -> bool:
    return line.direction.vertical and size_of(line) <= 2.6 * glyph and len(line.chars) > 2


def _advert(lines: Sequence[Line], box: Box, sheet: Sheet) -> Group:
    above, inner, below = _without_rows_at_ends(lines, sheet.glyph)
    blocks = blocks_in_order(inner, -sheet.glyph, True)
    ordered = [*above, *(line for block in blocks for line in _columns_and_rows(block)), *below]
    box = Box.around([box, *(line.box for line in lines)])
    block = Block(
        RegionKind.ADVERTISEMENT, box, prevailing(ordered, sheet.direction), tuple(ordered)
    )
    return Group(ArticleKind.ADVERTISEMENT, (block,))


def _without_rows_at_ends(
    lines: Sequence[Line], glyph: float
) -> tuple[list[Line], list[Line], list[Line]]:
    """Rows above all columns, what is between, and rows below all columns."""
    columns = [line.box for line in lines if line.direction.vertical]
    if not columns:
        return [], list(lines), []
    top, foot = min(box.top for box in columns), max(box.bottom for box in columns)
    rows = [line for line in lines if not line.direction.vertical]
    rows.sort(key=lambda line: (line.box.top, -line.box.right))
    above = [line for line in rows if line.box.bottom < top + OVER * glyph]
    below = [line for line in rows if line.box.top > foot - OVER * glyph]
    ends = {id(line) for line in (*above, *below)}
    return above, [line for line in lines if id(line) not in ends], below


def _columns_and_rows(lines: Sequence[Line]) -> list[Line]:
    """What no white parts: rows above the columns, the columns from the right, rows below."""
    columns = [line for line in lines if line.direction.vertical]
    rows = [line for line in lines if not line.direction.vertical]
    middle = Box.around(line.box for line in columns or rows).centre[1]
    rows.sort(key=lambda line: (line.box.top, -line.box.right))
    above = [line for line in rows if line.box.centre[1] < middle or not columns]
    below = [line for line in rows if not any(line is a for a in above)]
    return above + sorted(columns, key=lambda line: (-line.box.centre[0], line.box.top)) + below


def _articles(
    lines: Sequence[Line], sheet: Sheet, zone: Box, pictures: Sequence[Box], faces: Faces
) -> list[Group]:
    """Columns followed leftwards, broken at headlines, linked from register to register."""
    pitch = pitch_of(lines, sheet.glyph)
    signed = bylines(lines, sheet.rules, sheet.glyph)
    rows = {id(row) for under in signed.values() for row in under}
    lines = [line for line in lines if id(line) not in rows]
    rules = without_bars(sheet.rules, lines, sheet.glyph)
    over = headlines_above(lines, sheet.rules, sheet.glyph)
    leading = {id(lines[i]): head for i, head in over.items()}
    tops = {i: _top_of_heads(head, lines, sheet.glyph) for i, head in leading.items()}
    columns = columns_of(lines, sheet.rules, zone, sheet.glyph, tops, sheet.ink)
    after = follow(columns, without_decoration(rules, pitch), pitch)
    runs = runs_of(columns, chains_of(len(columns), after), leading, pitch, rules)
    runs = _with_upper_heads(runs, lines, sheet.glyph)
    used = {id(h) for run in runs for h in run.heads}
    loose = [line for line in lines if not line.direction.vertical and id(line) not in used]
    runs = _with_frames(runs, faces, pitch)
    runs, articles = with_own_text(runs, link(runs, pitch, pictures), pitch)
    groups = [_article([runs[i] for i in article], signed) for article in articles]
    return _with_rows(groups, loose, faces)


def _with_rows(groups: Sequence[Group], rows: Sequence[Line], faces: Faces) -> list[Group]:
    """Rows that lead nothing belong to the article with which they share a frame, as its head or
    its foot; elsewhere each is one for itself."""
    found = list(groups)
    places = [{faces.face_of(block.box) for block in group.blocks} for group in groups]
    alone = []
    for row in sorted(rows, key=lambda row: row.box.top):
        face = faces.face_of(row.box)
        within = [k for k, place in enumerate(places) if face and place == {face}]
        block = _block(RegionKind.TEXT, [row], row.direction)
        if len(within) != 1:
            alone.append(Group(ArticleKind.ARTICLE, (block,)))
            continue
        group = found[within[0]]
        above = row.box.centre[1] < Box.around(b.box for b in group.blocks).centre[1]
        blocks = (block, *group.blocks) if above else (*group.blocks, block)
        found[within[0]] = Group(group.kind, blocks)
    return found + alone


def headlines_above(lines: Sequence[Line], rules: Rules, glyph: float) -> dict[int, Line]:
    """For columns right under a horizontal headline, without a rule between: the index of the
    column and the headline."""
    found: dict[int, Line] = {}
    for head in lines:
        if head.direction.vertical or len(head.chars) < 2:
            continue
        for i, line in enumerate(lines):
            gap = line.box.top - head.box.bottom
            inside = head.box.left - 0.6 * glyph < line.box.centre[0] < head.box.right + 0.6 * glyph
            close = -0.5 * glyph < gap < 2.2 * glyph
            if line.direction.vertical and inside and close and not ruled_off(head, line, rules):
                known = found.get(i)
                if known is None or head.box.bottom > known.box.bottom:
                    found[i] = head
    return found


def ruled_off(head: Line, line: Line, rules: Rules) -> bool:
    """Whether a rule stands between a row and the column under it."""
    x = line.box.centre[0]
    top, bottom = head.box.centre[1], max(line.box.top, head.box.bottom)
    return any(r.left <= x <= r.right and top < r.centre[1] <= bottom for r in rules.across)


def _with_frames(runs: Sequence[Run], faces: Faces, pitch: float) -> list[Run]:
    """Runs in a frame that holds one beginning are marked with it: they are one article."""
    places = [faces.face_of(run.body) for run in runs]
    begun = Counter(face for run, face in zip(runs, places, strict=True) if run.begins)
    frames = {face for face, count in begun.items() if count == 1 and face != OUTSIDE}
    ends: dict[int, int] = {}
    for run, face in zip(runs, places, strict=True):
        ends[face] = min(run.box.left, ends.get(face, run.box.left))
    roomy = {face for face in frames if ends[face] - faces.boxes[face].left > ROOM * pitch}
    return [
        replace(run, frame=face if face in frames else OUTSIDE, ends_in_frame=face in roomy)
        for run, face in zip(runs, places, strict=True)
    ]


def _with_upper_heads(runs: Sequence[Run], lines: Sequence[Line], glyph: float) -> list[Run]:
    """Runs with the horizontal lines that stand right above their headlines."""
    known = {id(h) for run in runs for h in run.heads}
    out = []
    for run in runs:
        heads = list(run.heads)
        for head in heads:  # grows while it is walked
            for line in lines:
                if id(line) not in known and right_above(line, head, glyph):
                    known.add(id(line))
                    heads.append(line)
        heads.sort(key=lambda each: (each.box.top, -each.box.right))
        out.append(replace(run, heads=tuple(heads)))
    return out


def _top_of_heads(head: Line, lines: Sequence[Line], glyph: float) -> float:
    """The top of a horizontal headline, or of the topmost that stands right above it."""
    above = [line for line in lines if right_above(line, head, glyph)]
    return min([_top_of_heads(line, lines, glyph) for line in above], default=float(head.box.top))


def _article(runs: Sequence[Run], signed: Mapping[int, Sequence[Line]]) -> Group:
    """Headlines, bylines and text as blocks, one per stretch."""
    blocks: list[Block] = []
    for run in runs:
        blocks += [_block(RegionKind.HEADLINE, [h], h.direction) for h in run.heads]
        for (kind, direction), stretch in itertools.groupby(
            _kinds(run, signed), key=lambda told: (told[0], told[1].direction)
        ):
            blocks.append(_block(kind, [line for _, line in stretch], direction))
    return Group(ArticleKind.ARTICLE, tuple(blocks))


def _kinds(run: Run, signed: Mapping[int, Sequence[Line]]) -> Iterator[tuple[RegionKind, Line]]:
    """Each line of a run with its kind; under a heading in the same column stands text.

    `signed` maps the id of a headline to the rows under it.
    """
    for n, column in enumerate(run.columns):
        for k, line in enumerate(column.lines):
            heading = n in run.headings and (k == 0 or size_of(line) > 0.8 * size_of(column.first))
            yield RegionKind.HEADLINE if heading else RegionKind.TEXT, line
            for row in signed.get(id(line), ()):
                yield RegionKind.TEXT, row
