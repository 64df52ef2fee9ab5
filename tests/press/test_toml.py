"""What is written is TOML, and reads back the same."""

from __future__ import annotations

import tomllib
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from press import toml

text = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30)
paragraphs = st.lists(text.map(str.strip).filter(bool), min_size=2, max_size=3).map("\n\n".join)
value = st.one_of(text, st.integers(-9, 9999), st.lists(st.integers(0, 99), max_size=4))
key = st.text("abcdefg-", min_size=1, max_size=8)
leaf = st.dictionaries(key, value, max_size=3)


@settings(suppress_health_check=[HealthCheck.too_slow])  # the alphabet is made on the first draw
@given(st.dictionaries(key, st.one_of(value, leaf, st.lists(leaf, min_size=1, max_size=3))))
def test_tables_read_back_as_written(data: dict[str, Any]) -> None:
    assert tomllib.loads(toml.dump(data)) == data


@given(paragraphs)
def test_paragraphs_keep_their_empty_lines(body: str) -> None:
    assert tomllib.loads(toml.dump({"body": body}))["body"].strip() == body.strip()
