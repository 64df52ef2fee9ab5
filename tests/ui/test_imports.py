from __future__ import annotations

import time
from pathlib import Path

import pytest

from baoguan.archive import create_archive
from baoguan.errors import ArchiveBusy, Unreadable
from baoguan.settings import Settings
from baoguan.ui import imports

SECONDS = 60


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    settings = Settings(archive=tmp_path / "archive")
    create_archive(settings)
    return settings.archive


def ended(run: imports.Import) -> imports.Import:
    until = time.monotonic() + SECONDS
    while run.running and time.monotonic() < until:
        time.sleep(0.05)
    return run


def test_an_upload_that_is_no_scan_is_rejected_with_its_reason(archive: Path) -> None:
    run = imports.import_uploads(archive, [("../jb_1939-04-23_0001.jpg", b"no scan at all")])
    with pytest.raises(ArchiveBusy):
        imports.import_uploads(archive, [("another.jpg", b"")])
    result = ended(run).result()
    assert result is not None
    (rejected,) = result["rejected"]
    assert rejected["code"] == "unknown-format"
    assert rejected["path"].endswith("/jb_1939-04-23_0001.jpg")
    assert not Path(rejected["path"]).exists()
    assert run.source == "jb_1939-04-23_0001.jpg"


def test_a_folder_that_is_not_there_is_said_so_at_once(archive: Path) -> None:
    with pytest.raises(Unreadable):
        imports.import_folder(archive, archive / "nowhere")


def test_an_import_that_breaks_off_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    run = ended(imports.import_folder(tmp_path / "file" / "archive", tmp_path))
    assert run.result() is None
    assert run.complaint()
