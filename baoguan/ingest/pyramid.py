"""A frame of a master as a tiled pyramid, so that any part can be shown at any size at once."""

from __future__ import annotations

import uuid
from pathlib import Path

import numpy as np
import pyvips

from baoguan.ingest.decode import decode

TILE = 512  # pixels
QUALITY = 85  # of JPEG: glyph edges stay clean


def pyramid(source: Path, frame: int, target: Path, *, pdf_dpi: int = 300, turn: int = 0) -> Path:
    """Make `target`, a pyramidal TIFF of one frame of `source` turned by `turn` degrees clockwise,
    unless it is there; returns it.

    Raises what `decode` raises for a file that is no longer what it was when it came in.
    """
    if target.exists():
        return target
    return tile(decode(source, frame, pdf_dpi=pdf_dpi, turn=turn), target)


def tile(pixels: np.ndarray, target: Path) -> Path:
    """The pyramid of decoded pixels: what is shown is what is read. Written beside and renamed, so
    that nobody ever sees half a file.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f"{target.name}.{uuid.uuid4().hex}")
    try:
        pyvips.Image.new_from_array(pixels).tiffsave(
            str(beside),
            compression="jpeg",
            Q=QUALITY,
            tile=True,
            tile_width=TILE,
            tile_height=TILE,
            pyramid=True,
            bigtiff=True,
            keep="none",
        )
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return target
