"""What pictures are drawn on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

Tone = tuple[int, int, int]
Point = tuple[float, float]


def grey(level: int) -> Tone:
    return level, level, level


BLACK, WHITE = grey(15), grey(255)
ORANGE, TEAL, RED = (238, 140, 60), (38, 120, 130), (196, 44, 40)


@dataclass(frozen=True, slots=True)
class Plate:
    """A picture being drawn; lengths of strokes are fractions of its shorter side."""

    image: Image.Image
    rng: np.random.Generator

    def at(self, x: float, y: float) -> Point:
        return x * self.image.width, y * self.image.height

    @property
    def unit(self) -> int:
        return min(self.image.size)

    def sky(self, above: Tone, below: Tone, top: float = 0.0, bottom: float = 1.0) -> None:
        """A gradient over the full width."""
        start, end = int(top * self.image.height), int(bottom * self.image.height)
        steps = np.linspace(0, 1, max(1, end - start))[:, None, None]
        band = np.array(above) * (1 - steps) + np.array(below) * steps
        band = np.repeat(band, self.image.width, axis=1).astype(np.uint8)
        self.image.paste(Image.fromarray(band), (0, start))

    def shape(self, points: Sequence[Point], tone: Tone) -> None:
        ImageDraw.Draw(self.image).polygon([self.at(*p) for p in points], fill=tone)

    def block(self, left: float, top: float, right: float, bottom: float, tone: Tone) -> None:
        self.shape([(left, top), (right, top), (right, bottom), (left, bottom)], tone)

    def stroke(self, points: Sequence[Point], tone: Tone = BLACK, width: float = 0.012) -> None:
        pixels = max(1, round(width * self.unit))
        where = [self.at(*p) for p in points]
        ImageDraw.Draw(self.image).line(where, fill=tone, width=pixels, joint="curve")

    def disc(
        self,
        x: float,
        y: float,
        across: float,
        tone: Tone | None = BLACK,
        outline: Tone | None = None,
        width: float = 0.012,
        flat: float = 1.0,
    ) -> None:
        """A disc of radius `across` (of the shorter side), `flat` times as high."""
        (cx, cy), r = self.at(x, y), across * self.unit
        pixels = max(1, round(width * self.unit))
        ImageDraw.Draw(self.image).ellipse(
            (cx - r, cy - r * flat, cx + r, cy + r * flat),
            fill=tone,
            outline=outline,
            width=pixels if outline else 0,
        )

    def soften(self, radius: float) -> None:
        blurred = self.image.filter(ImageFilter.GaussianBlur(radius * self.unit))
        self.image.paste(blurred)

    def grain(self, strength: float) -> None:
        pixels = np.asarray(self.image).astype(np.float32)
        coarse = self.rng.normal(0, strength, (pixels.shape[0] // 3 + 1, pixels.shape[1] // 3 + 1))
        fine = np.repeat(np.repeat(coarse, 3, 0), 3, 1)[: pixels.shape[0], : pixels.shape[1], None]
        self.image.paste(Image.fromarray(np.clip(pixels + fine, 0, 255).astype(np.uint8)))
