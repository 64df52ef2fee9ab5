from __future__ import annotations

from pathlib import Path

from baoguan.ingest.discover import discover


def test_folders_are_searched_to_the_bottom_in_order(tmp_path: Path) -> None:
    for name in ("b/2.tif", "b/1.TIF", "a.jpg", "b/notes.txt", ".hidden.jpg", "c/d/e.pdf"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    found = [item.path.relative_to(tmp_path).as_posix() for item in discover([tmp_path])]
    assert found == ["a.jpg", "b/1.TIF", "b/2.tif", "c/d/e.pdf"]


def test_a_file_named_twice_is_found_once(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    file.touch()
    assert len(list(discover([file, tmp_path, file]))) == 1


def test_a_file_named_by_the_user_counts_whatever_its_suffix(tmp_path: Path) -> None:
    file = tmp_path / "scan"
    file.touch()
    assert [item.path for item in discover([file])] == [file]


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    (item,) = discover([tmp_path / "none"])
    assert "No such file" in str(item.error)


def test_a_folder_that_nobody_may_read_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    (tmp_path / "open.jpg").touch()
    locked.chmod(0)
    try:
        found = list(discover([tmp_path]))
    finally:
        locked.chmod(0o755)
    assert [(item.path.name, item.error is None) for item in found] == [
        ("locked", False),
        ("open.jpg", True),
    ]


def test_a_link_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    (tmp_path / "gone.jpg").symlink_to(tmp_path / "nothing.jpg")
    (item,) = discover([tmp_path])
    assert item.error is not None
