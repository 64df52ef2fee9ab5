from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from baoguan.errors import StoreDamaged
from baoguan.store import Store, sha256_of


@pytest.fixture(params=["local", "remote"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """The same promises on a local disk and on an object store (fsspec's own, in memory)."""
    local = request.param == "local"
    url = str(tmp_path / "store") if local else f"memory://{tmp_path.name}"
    return Store(url, tmp_path / "cache")


def test_bytes_come_back_by_their_hash(store: Store) -> None:
    sha = store.add("pages", b"one page")
    assert sha == hashlib.sha256(b"one page").hexdigest()
    assert store.read("pages", sha) == b"one page"


def test_a_file_is_kept_unchanged(store: Store, tmp_path: Path) -> None:
    scan = tmp_path / "scan.tif"
    scan.write_bytes(bytes(range(256)) * 9000)
    sha = sha256_of(scan)
    store.add_file("masters", scan, sha)
    store.add_file("masters", scan, sha)
    assert store.path("masters", sha).read_bytes() == scan.read_bytes()


def test_what_is_not_there_is_told(store: Store) -> None:
    with pytest.raises(StoreDamaged, match="lacks"):
        store.read("pages", "0" * 64)
    with pytest.raises(StoreDamaged, match="lacks"):
        store.path("masters", "0" * 64)


def test_a_changed_file_is_noticed(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "store"), tmp_path)
    sha = store.add("pages", b"true")
    Path(store.key("pages", sha)).write_bytes(b"false")
    with pytest.raises(StoreDamaged, match="have changed"):
        store.read("pages", sha)


def test_a_file_that_changes_under_our_hands_is_not_kept(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "store"), tmp_path)
    scan = tmp_path / "scan.tif"
    scan.write_bytes(b"before")
    sha = sha256_of(scan)
    scan.write_bytes(b"after")
    with pytest.raises(StoreDamaged, match="changed while"):
        store.add_file("masters", scan, sha)
    assert not store.has("masters", sha)
    assert store.sweep() == 0


def test_what_a_kill_left_half_written_is_swept(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "store"), tmp_path)
    sha = store.add("pages", b"whole")
    (tmp_path / "store" / "tmp" / "half").write_bytes(b"ha")
    assert store.sweep() == 1
    assert store.read("pages", sha) == b"whole"
