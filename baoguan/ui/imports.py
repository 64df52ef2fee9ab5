"""An import started from the console: `baoguan import` in a process of its own, one at a time."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from baoguan.errors import ArchiveBusy, Unreadable

COMPLAINT_LINES = 4

_lock = threading.Lock()
_last: list[Import] = []


@dataclass(slots=True)
class Import:
    """One run; `ended` holds what the command printed, once it has."""

    source: str
    ended: subprocess.CompletedProcess[str] | None = None

    @property
    def running(self) -> bool:
        return self.ended is None

    def result(self) -> dict[str, Any] | None:
        """What the command reported; None while it runs or where it broke off."""
        try:
            said: dict[str, Any] = json.loads(self.ended.stdout if self.ended else "")
        except ValueError:
            return None
        return said

    def complaint(self) -> str:
        """The last lines of what went wrong."""
        lines = self.ended.stderr.strip().splitlines() if self.ended else []
        return "\n".join(lines[-COMPLAINT_LINES:])


def last_import() -> Import | None:
    return _last[-1] if _last else None


def import_folder(archive: Path, source: Path) -> Import:
    """Raises Unreadable for a path that is not there and ArchiveBusy while an import runs."""
    if not source.exists():
        raise Unreadable(f"{source}: no such file or folder")
    return _start(archive, source, str(source))


def import_uploads(archive: Path, files: Iterable[tuple[str, bytes]]) -> Import:
    """Names and contents as uploaded; they are kept beside until the import has ended."""
    incoming = Path(tempfile.mkdtemp(prefix="baoguan-incoming-"))
    names = [_put(incoming, name, content) for name, content in files]
    try:
        return _start(archive, incoming, ", ".join(names), passing=True)
    except ArchiveBusy:
        shutil.rmtree(incoming)
        raise


def _put(folder: Path, name: str, content: bytes) -> str:
    plain = Path(name).name
    (folder / plain).write_bytes(content)
    return plain


def _start(archive: Path, source: Path, said: str, *, passing: bool = False) -> Import:
    with _lock:
        if _last and _last[-1].running:
            raise ArchiveBusy("an import is at work")
        started = Import(said)
        _last[:] = [started]
    work = threading.Thread(target=_run, args=(started, archive, source, passing), daemon=True)
    work.start()
    return started


def _run(run: Import, archive: Path, source: Path, passing: bool) -> None:
    command = [sys.executable, "-m", "baoguan", "--archive", str(archive), "import", "--json", "--"]
    run.ended = subprocess.run(
        [*command, str(source)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if passing:
        shutil.rmtree(source, ignore_errors=True)
