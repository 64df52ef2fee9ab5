"""A small turn of `bench/truth.py`, over real newspapers and every engine at hand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.search.conftest import SERVERS

ROOT = Path(__file__).parents[2]


@pytest.mark.elasticsearch
def test_hits_boxes_forms_and_misreadings_are_those_of_a_scan() -> None:
    command = [sys.executable, "-m", "bench.truth", "--queries", "150", "--seed", "7"]
    told = subprocess.run(
        [*command, *(("--elasticsearch", *SERVERS) if SERVERS else ())],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert "150 queries" in told.stdout
