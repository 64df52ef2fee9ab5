"""The type cases: faces by their trade names, found among the fonts of the system."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path

from PIL import ImageFont

FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
)


class Face(StrEnum):
    SONG = "song"
    SONG_MEDIUM = "song-medium"
    SONG_BOLD = "song-bold"
    SONG_BLACK = "song-black"
    HEI = "hei"
    HEI_MEDIUM = "hei-medium"
    HEI_BOLD = "hei-bold"
    HEI_BLACK = "hei-black"
    KAI = "kai"


class Script(StrEnum):
    """The regional letter forms within a face."""

    SIMPLIFIED = "SC"
    TRADITIONAL = "TC"


# Each face: its file, the Debian package that brings it, the family names of its two scripts.
_NOTO_SERIF = ("Noto Serif CJK SC", "Noto Serif CJK TC")
_NOTO_SANS = ("Noto Sans CJK SC", "Noto Sans CJK TC")
_KAI = ("AR PL UKai CN", "AR PL UKai TW")
_CASES: dict[Face, tuple[str, str, tuple[str, str]]] = {
    Face.SONG: ("NotoSerifCJK-Regular.ttc", "fonts-noto-cjk", _NOTO_SERIF),
    Face.SONG_MEDIUM: ("NotoSerifCJK-Medium.ttc", "fonts-noto-cjk-extra", _NOTO_SERIF),
    Face.SONG_BOLD: ("NotoSerifCJK-Bold.ttc", "fonts-noto-cjk", _NOTO_SERIF),
    Face.SONG_BLACK: ("NotoSerifCJK-Black.ttc", "fonts-noto-cjk-extra", _NOTO_SERIF),
    Face.HEI: ("NotoSansCJK-Regular.ttc", "fonts-noto-cjk", _NOTO_SANS),
    Face.HEI_MEDIUM: ("NotoSansCJK-Medium.ttc", "fonts-noto-cjk-extra", _NOTO_SANS),
    Face.HEI_BOLD: ("NotoSansCJK-Bold.ttc", "fonts-noto-cjk", _NOTO_SANS),
    Face.HEI_BLACK: ("NotoSansCJK-Black.ttc", "fonts-noto-cjk-extra", _NOTO_SANS),
    Face.KAI: ("ukai.ttc", "fonts-arphic-ukai", _KAI),
}


class FontMissing(LookupError):
    """A face is not installed; the message names the Debian package that brings it."""


@cache
def font(face: Face, script: Script, size: int) -> ImageFont.FreeTypeFont:
    """The face at `size` pixels to the em."""
    name, package, families = _CASES[face]
    family = families[0 if script is Script.SIMPLIFIED else 1]
    path = _find(name)
    if path is None:
        raise FontMissing(f"{name} not found: install the Debian package {package}")
    return _member(path, family, size)


def _find(name: str) -> Path | None:
    return next((path for folder in FOLDERS for path in sorted(folder.rglob(name))), None)


def _member(path: Path, family: str, size: int) -> ImageFont.FreeTypeFont:
    """The font of a collection that bears the family name."""
    index = 0
    while True:
        try:
            member = ImageFont.truetype(
                str(path), size, index, layout_engine=ImageFont.Layout.BASIC
            )
        except OSError:
            raise FontMissing(f"{path.name} holds no {family}") from None
        # Weights other than regular and bold carry their weight in the family name.
        if (member.getname()[0] or "").startswith(family):
            return member
        index += 1
