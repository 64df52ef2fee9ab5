"""Work in child processes that can be killed: only that stops a decoder or an engine that hangs.

Children are spawned, never forked (onnxruntime's threads do not survive a fork), use one thread
each, get a limit of memory, and die with their parent.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Generic, TypeVar

from pebble import ProcessExpired, ProcessPool

from baoguan.errors import BaoguanError, OutOfMemory, ReaderCrashed, TimedOut

_In = TypeVar("_In")
_Out = TypeVar("_Out")

ONE_THREAD = ("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "VIPS_CONCURRENCY")
TASKS_PER_CHILD = 100  # then a fresh process: native libraries are known to grow
PR_SET_PDEATHSIG = 1  # linux/prctl.h
AHEAD = 2  # tasks handed to the pool for each process, so that an endless input stays outside


@dataclass(frozen=True, slots=True)
class Outcome(Generic[_In, _Out]):
    """What became of one task: a result, or one of our errors."""

    task: _In
    result: _Out | None
    error: BaoguanError | None


def run(
    work: Callable[[_In], _Out],
    tasks: Iterable[_In],
    *,
    processes: int,
    seconds: float,
    memory_mb: int,
) -> Iterator[Outcome[_In, _Out]]:
    """`work(task)` for each task, outcomes as they come.

    `work` is a module's function and may raise BaoguanError. A child that takes longer than
    `seconds`, more than `memory_mb` beyond its libraries, or that dies, costs its own task only.
    """
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    pool = ProcessPool(
        max_workers=processes,
        max_tasks=TASKS_PER_CHILD,
        initializer=_prepare,
        initargs=(memory_mb, os.getpid()),
        context=get_context("spawn"),
    )
    waiting = iter(tasks)
    running: dict[Future[_Out], _In] = {}
    try:
        while True:
            for task in waiting:
                running[pool.schedule(work, args=[task], timeout=seconds)] = task
                if len(running) >= processes * AHEAD:
                    break
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield _outcome(running.pop(future), future, seconds, memory_mb)
    finally:
        pool.stop()
        pool.join()


def _outcome(task: _In, future: Future[_Out], seconds: float, memory_mb: int) -> Outcome[_In, _Out]:
    try:
        return Outcome(task, future.result(), None)
    except BaoguanError as error:
        return Outcome(task, None, error)
    except TimeoutError:
        return Outcome(task, None, TimedOut(f"took longer than {seconds:.0f} seconds"))
    except MemoryError:
        return Outcome(task, None, OutOfMemory(f"needed more than {memory_mb} MB"))
    except ProcessExpired as error:
        return Outcome(task, None, ReaderCrashed(f"the process died (exit {error.exitcode})"))
    except Exception as error:  # noqa: BLE001  whatever a child raised costs its own task only
        return Outcome(task, None, ReaderCrashed(f"{type(error).__name__}: {error}"))


def _prepare(memory_mb: int, parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before we could ask to die with it
        os._exit(1)
    mapped = _mapped_bytes()
    limit = mapped + memory_mb * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _mapped_bytes() -> int:
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
        return int(file.read().split()[0]) * resource.getpagesize()
