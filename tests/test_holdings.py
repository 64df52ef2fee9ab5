from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from baoguan.holdings import holdings_of, rhythm
from baoguan.model import Issue, Title

APRIL = dt.date(1930, 4, 1)


def issues(*days: int) -> list[Issue]:
    return [Issue(f"jb-{day}", "jb", dt.date(1930, 4, day)) for day in days]


def test_a_paper_of_every_third_day_shows_the_days_that_are_not_held() -> None:
    held = holdings_of(Title("jb"), issues(3, 6, 9, 15, 18, 27))
    assert held.every == {1930: 3}
    assert [day.day for day in held.gaps[APRIL]] == [12, 21, 24]
    assert [day.day for day in held.months(1930)[APRIL]] == [3, 6, 9, 15, 18, 27]


def test_without_a_rhythm_no_day_is_said_to_be_wanting() -> None:
    assert holdings_of(Title("jb"), issues(1, 2, 9, 27)).gaps == {}
    assert holdings_of(Title("jb"), issues(1, 8)).gaps == {}
    assert holdings_of(Title("jb"), []).issues == {}


def test_a_rhythm_is_of_a_year_and_says_nothing_of_the_days_between_two() -> None:
    daily = [Issue(f"a{n}", "jb", dt.date(1931, 1, n)) for n in range(1, 8)]
    held = holdings_of(Title("jb"), [*issues(1, 4, 7, 10), *daily])
    assert held.every == {1930: 3, 1931: 1}
    assert held.gaps == {}
    assert list(held.months(1930)) == [dt.date(1930, month, 1) for month in range(4, 13)]


def test_two_editions_of_a_day_stand_together_and_the_undated_apart() -> None:
    morning, evening = (Issue(f"jb-{e}", "jb", APRIL, e) for e in "ab")
    unknown = Issue("jb-x", "jb", None)
    held = holdings_of(Title("jb"), [evening, unknown, morning])
    assert held.issues == {APRIL: (morning, evening)}
    assert held.undated == (unknown,)


@given(st.sets(st.integers(0, 300), min_size=1), st.integers(1, 31))
def test_a_gap_is_never_a_day_that_is_held(offsets: set[int], every: int) -> None:
    days = [APRIL + dt.timedelta(days=every * offset) for offset in offsets]
    held = holdings_of(Title("jb"), [Issue(str(d), "jb", d) for d in days])
    gaps = [day for some in held.gaps.values() for day in some]
    assert not set(gaps) & set(days)
    assert gaps == sorted(set(gaps))
    assert all(min(days) < gap < max(days) for gap in gaps)


def test_a_few_odd_distances_do_not_hide_a_rhythm() -> None:
    days = [APRIL + dt.timedelta(days=n) for n in (0, 7, 14, 21, 28, 35, 37, 42, 49)]
    assert rhythm(days) == 7
