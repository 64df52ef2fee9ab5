"""The files that a user means by some paths: files as named, folders searched to the bottom."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from baoguan.errors import Unreadable

SUFFIXES = frozenset({".tif", ".tiff", ".jpg", ".jpeg", ".jpe", ".png", ".jp2", ".j2k", ".jpf"}) | {
    ".jpx",
    ".j2c",
    ".jpc",
    ".pdf",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A file to import, or a path that cannot be looked into, with the error."""

    path: Path
    error: Unreadable | None = None


def discover(paths: Iterable[Path]) -> Iterator[Found]:
    """Each file once, in a stable order: the paths as given, folders sorted by name.

    Inside folders only files with the suffix of a scan count, and hidden ones do not.
    """
    seen: set[Path] = set()
    for path in paths:
        for found in _look(path):
            real = found.path.absolute()
            if real not in seen:
                seen.add(real)
                yield found


def _look(path: Path) -> Iterator[Found]:
    try:
        mode = path.stat().st_mode
        if not stat.S_IMODE(mode) & 0o444:
            # The superuser could read it all the same; who took the permission away meant it.
            yield Found(path, Unreadable(f"nobody has permission to read {path}"))
        elif stat.S_ISDIR(mode):
            yield from _look_inside(path)
        elif stat.S_ISREG(mode):
            yield Found(path)
        else:
            yield Found(path, Unreadable(f"{path} is not a regular file"))
    except OSError as error:
        yield Found(path, Unreadable(f"{path}: {error.strerror or error}"))


def _look_inside(folder: Path) -> Iterator[Found]:
    with os.scandir(folder) as entries:
        names = sorted((entry.name, entry.is_dir()) for entry in entries)
    for name, is_folder in names:
        if not name.startswith(".") and (is_folder or Path(name).suffix.lower() in SUFFIXES):
            yield from _look(folder / name)
