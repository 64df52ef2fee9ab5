"""An import killed at random moments, then resumed once: nothing lost, nothing doubled."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from baoguan.archive import open_archive
from baoguan.settings import load_settings
from baoguan.store import sha256_of
from tests.scans import grey

KILLS = int(os.environ.get("BAOGUAN_TEST_KILLS", "30"))
FILES = 24
SECONDS = (0.2, 6.0)  # a kill comes within; the whole import takes longer than the second


def start(archive: Path, scans: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "baoguan", "--archive", str(archive), "import", str(scans)]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )


@pytest.mark.slow
def test_thirty_kills_and_one_resume_lose_and_double_nothing(tmp_path: Path) -> None:
    scans, archive = tmp_path / "scans", tmp_path / "archive"
    scans.mkdir()
    for number in range(FILES):
        grey(90, 60, seed=number).save(scans / f"jb_1939-04-23_{number + 1:04d}.png")
    moments = random.Random(1939)
    for _ in range(KILLS):
        running = start(archive, scans)
        time.sleep(moments.uniform(*SECONDS))
        os.killpg(running.pid, signal.SIGKILL) if running.poll() is None else None
        running.communicate()
    resumed = start(archive, scans)
    _, told = resumed.communicate(timeout=300)
    assert resumed.returncode == 0, told.decode()
    assert_whole(archive, scans)


def assert_whole(folder: Path, scans: Path) -> None:
    shas = {sha256_of(file) for file in scans.iterdir()}
    with open_archive(load_settings(folder)) as archive:
        states = archive.catalogue.scans()
        assert {s.scan.master for s in states} == shas
        assert len(states) == FILES
        assert {s.state for s in states} == {"indexed"}
        pages = archive.catalogue.page_revisions()
        assert len(pages) == FILES
        assert dict(archive.index.contents()) == pages
        assert archive.catalogue.outbox() == ()
        for sha in shas:
            archive.store.read("masters", sha)
        for revision in pages.values():
            archive.store.read("pages", revision)
        assert archive.store.sweep() == 0
