"""What the steps tell while they run and when they end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from baoguan.errors import BaoguanError

Progress = Callable[[str, int, int], None]  # step, done, of how many


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file, or a page, that did not go through: a reason code, what happened, what to do next."""

    path: str
    code: str
    reason: str
    advice: str

    @classmethod
    def because(cls, path: str, error: BaoguanError) -> Rejected:
        return cls(path, error.code, str(error), error.advice)


def silent(_step: str, _done: int, _total: int) -> None:
    """No progress is shown."""
