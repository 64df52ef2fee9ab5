from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from baoguan.ocr.profiles import runs, smooth

FLAGS = np.array([0, 1, 1, 0, 1, 0, 0, 0, 1], np.bool_)


def test_flags_are_told_by_their_runs() -> None:
    assert runs(FLAGS) == [(1, 3), (4, 5), (8, 9)]
    assert runs(FLAGS, gap=2) == [(1, 5), (8, 9)]
    assert runs(np.zeros(5, np.bool_)) == []


@given(st.lists(st.booleans(), max_size=40))
def test_runs_without_gaps_hold_all_flags_and_no_others(said: list[bool]) -> None:
    flags = np.array(said, np.bool_)
    again = np.zeros_like(flags)
    for first, end in runs(flags):
        again[first:end] = True
    assert (again == flags).all()


def test_smooth_values_are_means() -> None:
    assert np.allclose(smooth(np.array([0.0, 3.0, 0.0, 0.0]), 3), [1, 1, 1, 0])
