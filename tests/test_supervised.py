from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from baoguan.errors import BaoguanError, OutOfMemory, ReaderCrashed, TimedOut, UsageError
from baoguan.supervised import Outcome, run


def double(number: int) -> int:
    return 2 * number


def misbehave(how: str) -> str:
    match how:
        case "hang":
            time.sleep(60)
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "grow":
            bytearray(3_000_000_000)
        case "refuse":
            raise UsageError("refused")
        case "break":
            raise KeyError("broken")
    return how


def outcomes(
    work: Callable[[str], str], tasks: list[str], seconds: float = 3
) -> dict[str, Outcome[str, str]]:
    done = run(work, tasks, processes=2, seconds=seconds, memory_mb=500)
    return {outcome.task: outcome for outcome in done}


def test_every_task_has_one_outcome() -> None:
    done = list(run(double, range(50), processes=2, seconds=30, memory_mb=500))
    assert sorted((o.task, o.result) for o in done) == [(n, 2 * n) for n in range(50)]


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ("hang", TimedOut),
        ("die", ReaderCrashed),
        ("grow", OutOfMemory),
        ("refuse", UsageError),
        ("break", ReaderCrashed),
    ],
)
def test_a_task_that_goes_wrong_costs_only_itself(how: str, error: type[BaoguanError]) -> None:
    done = outcomes(misbehave, ["a", how, "b", "c"])
    assert type(done[how].error) is error
    assert [done[good].result for good in "abc"] == list("abc")


def test_children_die_with_their_parent() -> None:
    code = (
        "from tests.test_supervised import misbehave\n"
        "from baoguan.supervised import run\n"
        "if __name__ == '__main__':\n"
        "    list(run(misbehave, ['hang'], processes=1, seconds=60, memory_mb=500))\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code])
    try:
        child = wait_for_child(parent.pid)
    finally:
        parent.kill()
        parent.wait()
    for _ in range(100):
        if not alive(child):
            return
        time.sleep(0.05)
    pytest.fail("the child outlived its parent")


def wait_for_child(parent: int) -> int:
    """The worker's process id, once its limits are set."""
    for _ in range(200):
        listed = subprocess.run(
            ["pgrep", "-P", str(parent), "-f", "spawn_main"],
            capture_output=True,
            text=True,
            check=False,
        ).stdout.split()
        if listed:
            time.sleep(1)
            return int(listed[-1])
        time.sleep(0.05)
    raise AssertionError("no child was started")


def alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:  # noqa: PTH123
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
