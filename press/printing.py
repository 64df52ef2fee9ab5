"""Prints a set page: type, rules and pictures on a white sheet, in ink."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from press import drawing
from press.fonts import Script, font
from press.setting import Glyph
from press.sheet import Ink, Rect, Rule, SetArticle, SetPage, SetRegion

# The em of these faces stands 0.88 above the baseline and 0.12 below it.
ASCENT = 0.88
TURNED = frozenset("（）《》〈〉「」『』【】“”‘’—…～")
TO_UPPER_RIGHT = frozenset("，。、")
WHITE: Ink = (255, 255, 255)


def print_page(page: SetPage, seed: int, colour: bool) -> Image.Image:
    """The sheet, white where nothing is printed; pictures in halftone unless in colour."""
    image = Image.new("RGB", (page.width, page.height), WHITE)
    draw = ImageDraw.Draw(image)
    for article in page.articles:
        _print_article(image, draw, article, seed, colour)
    for rule in page.rules:
        _rule(draw, rule)
    return image


def _print_article(
    image: Image.Image, draw: ImageDraw.ImageDraw, article: SetArticle, seed: int, colour: bool
) -> None:
    for tint in article.tints:
        draw.rectangle(_whole(tint.rect), fill=tint.ink)
    for rule in article.rules:
        _rule(draw, rule)
    for region in article.regions:
        if region.drawing:
            left, top, right, bottom = _whole(region.rect)
            rng = np.random.default_rng([seed, left, top])
            picture = drawing.draw(region.drawing, right - left, bottom - top, rng, colour)
            image.paste(picture, (left, top), _cut_out(region, picture.size))
        for line in region.lines:
            for glyph in line.glyphs:
                _glyph(image, draw, glyph)


def _cut_out(region: SetRegion, size: tuple[int, int]) -> Image.Image | None:
    """A mask of the region's outline, if it has one."""
    if not region.outline:
        return None
    mask = Image.new("L", size, 0)
    corner = region.rect
    points = [(x - corner.left, y - corner.top) for x, y in region.outline]
    ImageDraw.Draw(mask).polygon(points, fill=255)
    return mask


def _glyph(image: Image.Image, draw: ImageDraw.ImageDraw, glyph: Glyph) -> None:
    type_ = glyph.type
    script = type_.script
    if glyph.text in TO_UPPER_RIGHT:
        # Simplified faces put the points into the corner of the cell, as old ones did.
        script = Script.SIMPLIFIED
    face = font(type_.face, script, type_.size)
    if glyph.vertical and glyph.text in TURNED:
        _turned_glyph(image, glyph, script)
        return
    dx, dy = 0.0, 0.0
    if glyph.vertical and glyph.text in TO_UPPER_RIGHT:
        dx, dy = 0.56 * type_.size, -0.56 * type_.size
    origin = (glyph.left + dx, glyph.top + dy + ASCENT * type_.size)
    draw.text(origin, glyph.text, font=face, fill=type_.ink, anchor="ls")


def _turned_glyph(image: Image.Image, glyph: Glyph, script: Script) -> None:
    """A bracket or dash, turned a quarter clockwise within its cell."""
    size = glyph.type.size
    mask = Image.new("L", (size, size), 0)
    face = font(glyph.type.face, script, size)
    ImageDraw.Draw(mask).text((0, ASCENT * size), glyph.text, font=face, fill=255, anchor="ls")
    turned = mask.transpose(Image.Transpose.ROTATE_270)
    image.paste(glyph.type.ink, (round(glyph.left), round(glyph.top)), turned)


def _rule(draw: ImageDraw.ImageDraw, rule: Rule) -> None:
    box = rule.rect
    if rule.style in FRAMES:
        for inset, width in FRAMES[rule.style]:
            draw.rectangle(_whole(box.inset(inset)), outline=rule.ink, width=width)
        return
    ends = [(box.left, box.top), (box.right, box.bottom)]
    across = (0.0, 1.0) if box.width >= box.height else (1.0, 0.0)
    if rule.style == "wavy-box":
        for edge in _edges(box):
            draw.line(_wave(edge), fill=rule.ink, width=3, joint="curve")
        return
    if rule.style == "chain":
        draw.line(ends, fill=rule.ink, width=3)
        _dots(draw, box, rule.ink, step=26.0, radius=5.0)
        return
    if rule.style == "wavy":
        draw.line(_wave(box), fill=rule.ink, width=2, joint="curve")
        return
    if rule.style == "dotted":
        _dots(draw, box, rule.ink)
        return
    for offset, width in RULES[rule.style]:
        points = [(x + across[0] * offset, y + across[1] * offset) for x, y in ends]
        draw.line(points, fill=rule.ink, width=width)


RULES = {"thin": [(0.0, 2)], "thick": [(0.0, 5)], "double": [(-3.0, 4), (3.0, 1)]}
FRAMES = {
    "box": [(0.0, 2)],
    "double-box": [(0.0, 4), (7.0, 1)],
    "thick-box": [(0.0, 6)],
    "ornate": [(0.0, 2), (4.0, 5), (11.0, 1)],
    "ring": [(0.0, 15)],
}


def _wave(box: Rect, length: float = 11.0, height: float = 2.6) -> list[tuple[float, float]]:
    upright = box.height > box.width
    along = np.arange(0, max(box.width, box.height), 1.5)
    swing = np.sin(along * 2 * np.pi / length) * height
    if upright:
        return [(box.left + s, box.top + a) for a, s in zip(along, swing, strict=True)]
    return [(box.left + a, box.top + s) for a, s in zip(along, swing, strict=True)]


def _edges(box: Rect) -> list[Rect]:
    return [
        Rect(box.left, box.top, box.right, box.top),
        Rect(box.left, box.bottom, box.right, box.bottom),
        Rect(box.left, box.top, box.left, box.bottom),
        Rect(box.right, box.top, box.right, box.bottom),
    ]


def _dots(
    draw: ImageDraw.ImageDraw, box: Rect, ink: Ink, step: float = 9.0, radius: float = 1.6
) -> None:
    upright = box.height > box.width
    for along in np.arange(0, max(box.width, box.height), step):
        x = box.left + (0 if upright else along)
        y = box.top + (along if upright else 0)
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=ink)


def _whole(rect: Rect) -> tuple[int, int, int, int]:
    return round(rect.left), round(rect.top), round(rect.right), round(rect.bottom)
