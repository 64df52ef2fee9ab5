from __future__ import annotations

import random
from pathlib import Path

import jieba
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baoguan.search import (
    Phrase,
    fold,
    look_alikes,
    loosened,
    matches,
    parse,
    spans,
)
from baoguan.search.lookalike_table import FONT, MOST, TABLE, big5_level_1, gb2312_level_1


@pytest.mark.parametrize(
    ("one", "other"),
    ["己已", "未末", "土士", "大太", "千干", "戊戌", "撤撒", "治冶", "盧慮", "平乎"],
)
def test_characters_that_readers_mix_up_are_look_alikes(one: str, other: str) -> None:
    assert fold(other) in look_alikes(fold(one))
    assert fold(one) in look_alikes(fold(other))


def test_what_stands_in_the_table_is_folded_and_never_itself() -> None:
    lines = [line for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert len(lines) > 4000
    for line in lines:
        assert fold(line) == line
        assert len(set(line)) == len(line) <= MOST + 1


def test_the_sets_of_the_table_are_those_of_the_standards() -> None:
    assert (len(big5_level_1()), len(gb2312_level_1())) == (5401, 3755)
    assert FONT.suffix == ".ttc"


@pytest.mark.parametrize(
    ("words", "text", "holds"),
    [
        ("盧溝橋事", "盧溝口事", True),
        ("盧溝橋事", "盧溝事", False),
        ("盧溝橋事", "溝橋事", True),
        ("盧溝橋事", "盧口口事", False),
        ("shanghai 盧溝", "shanghai 慮溝", True),
        ("「盧溝 shanghai」", "盧口 shanghai", False),
        ("盧溝橋事 NEAR/1 甲", "盧溝口事甲", False),
    ],
)
def test_one_wrong_character_is_borne(words: str, text: str, holds: bool) -> None:
    assert matches(loosened(parse(words)), text) is holds


def test_where_nothing_can_be_misread_the_query_is_the_same() -> None:
    for words in ("甲", "shanghai", "=盧溝橋事變", "盧?橋事變", "NOT 盧溝橋事變", "甲" * 33):
        assert loosened(parse(words)) == parse(words)


def test_a_query_of_many_phrases_is_loosened_only_so_far() -> None:
    many = parse(" OR ".join(["盧溝橋事變"] * 50))
    loose = loosened(many)
    assert str(loose).count("Phrase") < 50 + 130 + 30


def test_the_misread_place_is_marked() -> None:
    assert spans(loosened(parse("盧溝橋事變")), "在盧溝口事變") == ((1, 6),)
    assert spans(loosened(parse("未來")), "在末來") == ((1, 3),)


@settings(deadline=None)
@given(st.lists(st.sampled_from("甲乙丙a"), min_size=1, max_size=6), st.text("甲乙丙a", max_size=9))
def test_what_is_found_is_found_loosely_too(tokens: list[str], text: str) -> None:
    query = Phrase(tuple(tokens))
    if matches(query, text):
        assert matches(loosened(query), text)


def test_of_words_with_five_in_a_hundred_characters_misread_most_are_possible() -> None:
    """Four characters: 95 in 100; two and three: as many as the table tells of its own kind."""
    chance = random.Random(5)
    dictionary = Path(jieba.__file__).with_name("dict.txt").read_text("utf-8").splitlines()
    words = [fold(line.split()[0]) for line in dictionary[::50]]
    for length, least in ((4, 0.98), (2, 0.95)):
        asked = [word for word in words if len(word) == length]
        found = sum(
            matches(loosened(parse(f"「{word}」")), misread(word, chance)) for word in asked
        )
        assert found >= least * len(asked) > 0


def misread(word: str, chance: random.Random) -> str:
    """Each character is taken for a look-alike once in twenty."""
    return "".join(
        chance.choice(look_alikes(c)) if look_alikes(c) and chance.random() < 0.05 else c
        for c in word
    )
