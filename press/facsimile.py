"""A page set again: the true texts in the polygons in which a real page had them.

What no polygon could be found for is laid out in those left over. The truth is what was set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from baoguan.model import ArticleKind, Direction, RegionKind
from press.drawing import PICTURES
from press.ecpo import Shape, Told
from press.fonts import Face
from press.matching import (
    EM,
    PITCH,
    Chain,
    body_of,
    can_follow,
    is_byline,
    is_caption,
    jump_cost,
    match,
    room_of,
    starts_at,
    title_of,
)
from press.pouring import Part, advertisement, fitted, pour
from press.ruling import Style, rules_of
from press.sheet import Rect, Rule, SetArticle, SetPage, SetRegion

# All 17 advertisements of 1939 are ruled on all four sides.
FRAMES = ("box", "double-box", "thick-box", "ornate", "wavy-box")
ADVERT_FACES = (Face.SONG_BOLD, Face.SONG_BLACK, Face.HEI_BOLD, Face.KAI, Face.SONG)
LOW = 78.0  # a lower polygon holds a row
LEAST_ROOM = 30  # characters: a smaller polygon held no article
STOPS = "。、，」）"
SUBHEAD = 11  # characters: a longer paragraph of one line is no sub-heading


@dataclass(slots=True)
class _Desk:
    """The page while it is set: which polygons are taken, what has been set."""

    shapes: tuple[Shape, ...]
    style: Style
    rng: np.random.Generator
    taken: set[str] = field(default_factory=set)
    articles: list[SetArticle] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def free(self, kind: str) -> list[Shape]:
        return [s for s in self.shapes if s.kind == kind and s.id not in self.taken]

    def take(self, *shapes: Shape) -> None:
        self.taken |= {shape.id for shape in shapes}


def set_page(
    number: int,
    size: tuple[int, int],
    told: Sequence[Told],
    spare: Sequence[Told],
    shapes: Sequence[Shape],
    style: Style,
    rng: np.random.Generator,
) -> SetPage:
    """One page; `spare` are articles for polygons that its own text leaves empty."""
    desk = _Desk(tuple(shapes), style, rng)
    mine = [t for t in told if t.kind == "article" and t.paragraphs]
    _pictures(desk, _captions(told))
    for i, chain in match(mine, desk.free("article")).items():
        if all(shape.id not in desk.taken for shape in chain.shapes):
            desk.take(*chain.shapes)
            _article(desk, mine[i], chain, "matched")
    done = {article.key for article in desk.articles}
    _fill(desk, [t for t in mine if _key(t) not in done], "laid out")
    _fill(desk, spare, "laid out, of another page")
    _rows(desk, [t for t in told if t.kind in ("margin", "head")])
    _advertisements(desk, [t for t in told if t.kind == "advert" and t.paragraphs])
    rules = rules_of(desk.articles, desk.shapes, desk.style, desk.rng)
    width, height = size
    return SetPage(
        number, width, height, Direction.VERTICAL_RL, tuple(desk.articles), tuple(rules),
        tuple(desk.notes),
    )  # fmt: skip


def _key(told: Told) -> str:
    return f"{told.page}:{''.join(told.lines)[:24]}"


def _captions(told: Sequence[Told]) -> list[str]:
    """Lines under pictures: told apart, or within an article."""
    apart = [t.lines[0] for t in told if t.kind == "image" and t.lines]
    within = [p.lines[0] for t in told if t.kind == "article" for p in t.paragraphs[1:]
              if is_caption(p.lines)]  # fmt: skip
    return apart + within


def _pictures(desk: _Desk, told: Sequence[str]) -> None:
    """Drawings in the polygons of pictures, with the rows beside them as captions.

    A narrow one is no picture but a headline written with a brush.
    """
    captions = list(told)
    desk.shapes = tuple(
        replace(s, kind="article") if s.kind == "image" and _is_written(s.rect) else s
        for s in desk.shapes
    )
    for shape in desk.free("image"):
        desk.take(shape)
        rect = shape.rect
        if rect.width < 24 or rect.height < 24:
            continue
        name = str(desk.rng.choice(sorted(PICTURES)))
        regions = [SetRegion(RegionKind.PICTURE, rect, Direction.VERTICAL_RL, drawing=name,
                             outline=shape.polygon)]  # fmt: skip
        beside = [s for s in desk.free("article") if _is_caption(s.rect, rect)]
        if beside and captions:
            desk.take(beside[0])
            text = captions.pop(0)
            line = fitted(text, beside[0].rect, Direction.HORIZONTAL_RTL, Face.SONG, 0.2, 34)
            region = SetRegion(
                RegionKind.CAPTION, beside[0].rect, Direction.HORIZONTAL_RTL, (line,)
            )
            regions.append(region)
        desk.articles.append(
            SetArticle(f"picture {shape.id}", ArticleKind.ARTICLE, "", tuple(regions))
        )


def _is_written(rect: Rect) -> bool:
    return 45 < rect.width < 190 and rect.height > 1.7 * rect.width


def _is_caption(rect: Rect, picture: Rect) -> bool:
    shared = min(rect.right, picture.right) - max(rect.left, picture.left)
    gap = max(rect.top - picture.bottom, picture.top - rect.bottom)
    return rect.height < LOW and shared > 0.6 * rect.width and gap < 40


def _article(desk: _Desk, told: Told, chain: Chain, how: str) -> None:
    """An article set in its chain of polygons."""
    title, parts = title_of(told), body_of(told)
    byline = ""
    if title and len(told.paragraphs) > 1 and is_byline(told.paragraphs[1].lines):
        byline = "".join(told.paragraphs[1].lines)
    regions: list[SetRegion] = []
    rules: list[Rule] = []
    queue = [_part(lines, desk.style, n) for n, lines in enumerate(parts)]
    if chain.head is not None:
        face = desk.style.head_face
        line = fitted(title, chain.head.rect, Direction.VERTICAL_RL, face)
        regions.append(
            SetRegion(RegionKind.HEADLINE, chain.head.rect, Direction.VERTICAL_RL, (line,))
        )
        rules += _ornament(desk, chain.head)
        signed = _byline(desk, chain.head, byline)
        if signed:
            regions.append(signed)
        elif byline:
            queue.insert(0, Part(byline, Face.KAI, 4))
    elif title:
        face = Face.HEI_BOLD if desk.rng.random() < 0.5 else Face.SONG_BLACK
        queue.insert(0, Part(title, face, 2, heading=True))
        if byline:
            queue.insert(1, Part(byline, Face.KAI, 4))
    rects = [shape.rect.inset(4, 2) for shape in chain.body]
    poured, lost = pour(queue, rects)
    if lost:
        poured, _ = pour(_shortened(queue, lost), rects)
    regions += poured
    if not poured:
        return
    if lost:
        how += f", {lost} characters without room"
    desk.notes.append(f"{_key(told)}: {how}")
    desk.articles.append(
        SetArticle(_key(told), ArticleKind.ARTICLE, title, tuple(regions), tuple(rules))
    )


def _part(lines: tuple[str, ...], style: Style, place: int) -> Part:
    text = "".join(lines)
    if len(lines) == 1 and len(text) < SUBHEAD and not is_byline(lines) and place:
        return Part(text, Face.HEI_BOLD, 1, heading=True)
    return Part(text, style.body_face, style.indent if len(lines) > 2 else 0)


def _shortened(parts: Sequence[Part], by: int) -> list[Part]:
    """The parts without their last `by` characters, and without what then follows the last stop."""
    kept: list[Part] = []
    room = sum(len(part.text) for part in parts) - by
    for part in parts:
        if len(part.text) > room:
            end = max(part.text.rfind(stop, 0, room) for stop in STOPS)
            return [*kept, replace(part, text=part.text[: end + 1])] if end >= 0 else kept
        kept.append(part)
        room -= len(part.text)
    return kept


def _ornament(desk: _Desk, head: Shape) -> list[Rule]:
    """A ring on top of a headline, where a square polygon is left there."""
    for shape in desk.free("article"):
        rect = shape.rect
        square = 35 < rect.width < 140 and 0.6 < rect.width / rect.height < 1.6
        if square and _in_line(rect, head.rect) and -20 < head.rect.top - rect.bottom < 90:
            desk.take(shape)
            return [Rule("ring", rect.inset(rect.width * 0.12, rect.height * 0.12))]
    return []


def _byline(desk: _Desk, head: Shape, byline: str) -> SetRegion | None:
    for shape in desk.free("article"):
        rect = shape.rect
        near = -20 < rect.top - head.rect.bottom < 220
        if rect.height < 200 and near and _in_line(rect, head.rect):
            desk.take(shape)
            if not byline:
                return None
            low = rect.width >= rect.height
            direction = Direction.HORIZONTAL_RTL if low else Direction.VERTICAL_RL
            line = fitted(byline, rect, direction, Face.SONG, 0.1, 34)
            return SetRegion(RegionKind.TEXT, rect, direction, (line,))
    return None


def _in_line(rect: Rect, head: Rect) -> bool:
    middle = (rect.left + rect.right) / 2
    return head.left - 20 < middle < head.right + 20


def _fill(desk: _Desk, articles: Sequence[Told], how: str) -> None:
    """Articles laid out in polygons that are left, in the order of the registers.

    Where room is short an article ends at a stop before its end; where none fits at all the
    polygon stays white.
    """
    for told in articles:
        free = [s for s in desk.free("article") if _is_body(s.rect)]
        place = _place(told, free)
        if place is None:
            continue
        desk.take(*place.shapes)
        _article(desk, told, place, how)


def _place(told: Told, free: Sequence[Shape]) -> Chain | None:
    """Free polygons for an article, each on the left of the one before or right below it."""
    heads = [s for s in free if 38 < s.rect.width < 190 and s.rect.height > 2.5 * s.rect.width]
    bodies = [s for s in free if room_of(s.rect) >= LEAST_ROOM]
    title = title_of(told)
    if not bodies:
        return None
    head: Shape | None = None
    first = min(bodies, key=lambda s: (round(s.rect.top / 60), -s.rect.right))
    under = [(h, s) for h in heads if title for s in bodies if starts_at(s, h)]
    if under:
        head, first = under[0]
    body = [first]
    needed = sum(len(line) for line in told.lines)
    while sum(room_of(s.rect) for s in body) < 0.9 * needed:
        last = body[-1].rect
        after = [s for s in bodies if s is not head and s.group == first.group
                 and not any(s is b for b in body) and can_follow(last, s.rect)]  # fmt: skip
        if not after:
            break
        body.append(min(after, key=lambda s: jump_cost(last, s.rect)))
    if sum(room_of(s.rect) for s in body) > 1.6 * needed:
        return None
    return Chain(head, tuple(body), 0.0)


def _is_body(rect: Rect) -> bool:
    return rect.height > 3 * EM and rect.width > 0.8 * PITCH


def _rows(desk: _Desk, told: Sequence[Told]) -> None:
    """Page heads and margins, from right to left, in the polygons for them."""
    lines = [(t.kind, line, p.direction) for t in told for p in t.paragraphs for line in p.lines]
    shapes = desk.free("additional")
    shapes.sort(key=lambda s: (round(s.rect.top / 150), -s.rect.right))
    biggest = max(shapes, key=lambda s: min(s.rect.width, s.rect.height), default=None)
    lines.sort(key=lambda line: line[0] == "head")
    for shape in shapes:
        desk.take(shape)
        rect = shape.rect
        if any(s is not shape and rect.holds(s.rect) for s in shapes):
            continue
        if not lines:
            return
        kind, text, direction = lines.pop(-1 if shape is biggest else 0)
        down = rect.height > 1.5 * rect.width
        if down or direction.vertical:
            direction = Direction.VERTICAL_RL if down else Direction.HORIZONTAL_RTL
        line = fitted(text, rect, direction, Face.SONG_BLACK, 0.8, 110)
        region = SetRegion(
            RegionKind.MARGIN if down else RegionKind.MASTHEAD, rect, direction, (line,)
        )
        kind_ = ArticleKind.MARGIN if kind == "margin" else ArticleKind.HEAD
        desk.articles.append(SetArticle(f"row {shape.id}", kind_, "", (region,)))


def _advertisements(desk: _Desk, told: Sequence[Told]) -> None:
    """Advertisements by amount of text in polygons by area, each in its frame.

    Those in the strip in the fold are told as one, as in the originals.
    """
    shapes = [
        s
        for kind in ("advertisement", "strip")
        for s in desk.free(kind)
        if not _holds_another(s, desk.shapes)
    ]
    shapes.sort(key=lambda s: -s.rect.width * s.rect.height)
    texts = sorted(told, key=lambda t: -sum(map(len, t.lines)))
    if not texts:
        return
    desk.take(*shapes)
    set_ = [(s, _advertisement(desk, s, texts[n % len(texts)])) for n, s in enumerate(shapes)]
    apart = [article for s, article in set_ if article and s.kind != "strip"]
    strip = [article for s, article in set_ if article and s.kind == "strip"]
    desk.articles += apart
    if strip:
        strip.sort(key=lambda article: article.regions[0].rect.top)
        regions = tuple(region for article in strip for region in article.regions)
        rules = tuple(rule for article in strip for rule in article.rules)
        desk.articles.append(
            SetArticle("strip", ArticleKind.ADVERTISEMENT, strip[0].headline, regions, rules)
        )


def _advertisement(desk: _Desk, shape: Shape, text: Told) -> SetArticle | None:
    rect = shape.rect.inset(5)
    room = _beside_pictures(rect, desk.shapes)
    lines = _cut(text.lines, room)
    if not lines or room.width < 30 or room.height < 30:
        return None
    region = advertisement(lines, room, desk.rng, ADVERT_FACES)
    whole = SetRegion(region.kind, rect, region.direction, region.lines)
    frame = str(desk.rng.choice(FRAMES))
    return SetArticle(
        f"advertisement {shape.id}", ArticleKind.ADVERTISEMENT, lines[0], (whole,),
        (Rule(frame, rect),),
    )  # fmt: skip


def _cut(lines: Sequence[str], room: Rect) -> list[str]:
    """As many lines as the room holds in type that can be read."""
    left = int(room.width * room.height / (30 * 34))
    kept = []
    for line in lines:
        if len(line) > left:
            break
        kept.append(line)
        left -= len(line)
    return kept or [line[: max(2, left)] for line in lines[:1]]


def _holds_another(shape: Shape, shapes: Sequence[Shape]) -> bool:
    return any(
        s is not shape and s.kind == shape.kind and shape.rect.holds(s.rect, 12) for s in shapes
    )


def _beside_pictures(rect: Rect, shapes: Sequence[Shape]) -> Rect:
    """The largest part of a rectangle beside the pictures in it."""
    for shape in shapes:
        hole = shape.rect
        if shape.kind != "image" or hole.right < rect.left or hole.left > rect.right:
            continue
        if hole.bottom < rect.top or hole.top > rect.bottom:
            continue
        parts = [
            Rect(rect.left, rect.top, hole.left - 8, rect.bottom),
            Rect(hole.right + 8, rect.top, rect.right, rect.bottom),
            Rect(rect.left, rect.top, rect.right, hole.top - 8),
            Rect(rect.left, hole.bottom + 8, rect.right, rect.bottom),
        ]
        rect = max(parts, key=lambda r: max(0.0, r.width) * max(0.0, r.height))
    return rect
