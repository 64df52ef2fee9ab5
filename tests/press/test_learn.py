"""The logit finds what decides, and stays at the prior where nothing tells."""

from __future__ import annotations

import numpy as np
import pytest

from press.evidence import WEIGHTS
from press.learn import NAMES, Choice, fit

SIDE, INDENTED = NAMES.index("side"), NAMES.index("indented")


def choice(sides: tuple[float, float], true: int) -> Choice:
    seen = np.zeros((2, len(NAMES)))
    seen[:, SIDE] = sides
    return Choice(seen, true)


def test_what_decides_every_choice_is_weighed_more_and_the_rest_as_before() -> None:
    learned = fit([choice((0.0, 1.0), 0)] * 60, WEIGHTS)
    assert learned["side"] > WEIGHTS["side"] + 0.5
    assert learned["indented"] == pytest.approx(WEIGHTS["indented"], abs=1e-3)


def test_nothing_is_learned_from_nothing() -> None:
    with pytest.raises(ValueError, match="nothing"):
        fit([], WEIGHTS)
