"""Files by content: a file's name in the store is the SHA-256 of its bytes, and it never changes.

    masters/3f/3f2a…      scans as they came in
    pages/9b/9b41…        revisions of pages, JSON

Any fsspec URL will do. On a local disk a file is written beside, flushed to the disk and renamed,
so that a kill or a power cut leaves either the whole file or none.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import uuid
from pathlib import Path
from typing import BinaryIO, Literal

import fsspec
from fsspec.implementations.local import LocalFileSystem

from baoguan.errors import StoreDamaged

Kind = Literal["masters", "pages"]
CHUNK = 1 << 20  # bytes


def sha256_of(path: Path) -> str:
    """Hex digest of a file's bytes; raises OSError where it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Store:
    """Content-addressed files below an fsspec URL; `cache` keeps local copies of remote ones."""

    def __init__(self, url: str, cache: Path) -> None:
        self._files, self._root = fsspec.core.url_to_fs(url)
        self._local = isinstance(self._files, LocalFileSystem)
        self._cache = cache

    def key(self, kind: Kind, sha: str) -> str:
        return f"{self._root}/{kind}/{sha[:2]}/{sha}"

    def has(self, kind: Kind, sha: str) -> bool:
        return bool(self._files.exists(self.key(kind, sha)))

    def add_file(self, kind: Kind, path: Path, sha: str) -> None:
        """Keep a copy of `path`, whose hash is `sha`; raises StoreDamaged if it changed since."""
        if self.has(kind, sha):
            return
        with path.open("rb") as source:
            self._write(self.key(kind, sha), source, sha)

    def add(self, kind: Kind, content: bytes) -> str:
        """Keep these bytes; returns their SHA-256."""
        sha = hashlib.sha256(content).hexdigest()
        if not self.has(kind, sha):
            self._write(self.key(kind, sha), io.BytesIO(content), sha)
        return sha

    def read(self, kind: Kind, sha: str) -> bytes:
        """The bytes, checked against their name; raises StoreDamaged."""
        try:
            content = bytes(self._files.cat_file(self.key(kind, sha)))
        except FileNotFoundError as error:
            raise StoreDamaged(f"the store lacks {kind}/{sha}") from error
        if hashlib.sha256(content).hexdigest() != sha:
            raise StoreDamaged(f"the bytes of {kind}/{sha} have changed")
        return content

    def path(self, kind: Kind, sha: str) -> Path:
        """A local path to read from: the file itself, or a copy of a remote one."""
        if self._local:
            path = Path(self.key(kind, sha))
            if not path.exists():
                raise StoreDamaged(f"the store lacks {kind}/{sha}")
            return path
        copy = self._cache / kind / sha
        if not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            beside = copy.with_name(f"{sha}.{uuid.uuid4().hex}")
            beside.write_bytes(self.read(kind, sha))
            beside.replace(copy)
        return copy

    def sweep(self) -> int:
        """Remove what a killed process left half written; call only while no other writes."""
        left = list(Path(self._root, "tmp").glob("*")) if self._local else []
        for path in left:
            path.unlink()
        return len(left)

    def _write(self, key: str, source: BinaryIO, sha: str) -> None:
        if self._local:
            self._write_locally(Path(key), source, sha)
            return
        with self._files.open(key, "wb") as target:
            shutil.copyfileobj(source, target, CHUNK)

    def _write_locally(self, target: Path, source: BinaryIO, sha: str) -> None:
        beside = Path(self._root, "tmp", uuid.uuid4().hex)
        beside.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        with beside.open("wb") as file:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        if digest.hexdigest() != sha:
            beside.unlink()
            raise StoreDamaged("the file changed while it was copied")
        target.parent.mkdir(parents=True, exist_ok=True)
        beside.replace(target)
        _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
