from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from baoguan.search import Phrase, parse
from baoguan.search.cutting import cut, token_texts
from baoguan.search.fold import fold
from baoguan.search.interleaved import COMMON, NOTHING, interleaved, placed
from baoguan.search.query import ANY

SOME = st.text("中國国大绪緒后後a1 ，", max_size=12)  # common, rare, of two forms, and letters


def written(text: str) -> list[str]:
    made = cut(text)
    return interleaved(made.folded, made.printed).split()


def found(phrase: Phrase, text: str) -> list[int]:
    """The tokens at which `phrase` begins, as an index that knows only places would tell."""
    places = written(text)
    wanted = placed(phrase)
    return [
        start
        for start in range(len(places) // 3)
        if all(places[3 * start + p : 3 * start + p + 1] == [token] for p, token in wanted)
    ]


def test_a_token_has_its_folded_form_its_pair_and_its_printed_form() -> None:
    assert written("中國緒年") == [
        *("中", "中国", "=中"),
        *("国", NOTHING, "=國"),
        *("绪", NOTHING, "=緒"),
        *("年", NOTHING, "=年"),
    ]
    assert written("") == []


@pytest.mark.parametrize(
    ("asked", "places"),
    [
        ('"中"', [(0, "中")]),
        ('"中國"', [(1, "中国")]),
        ('"中國人"', [(1, "中国"), (4, "国人")]),
        ('"中國人民"', [(1, "中国"), (7, "人民")]),
        ('"光緒中國"', [(0, "光"), (3, "绪"), (7, "中国")]),
        ("中?國", [(0, "中"), (6, "国")]),
        ('="中國"', [(1, "中国"), (2, "=中"), (5, "=國")]),
        ('="光緒"', [(2, "=光"), (5, "=緒")]),
    ],
)
def test_a_phrase_is_looked_for_by_what_is_rarest(asked: str, places: list[object]) -> None:
    phrase = parse(asked)
    assert isinstance(phrase, Phrase)
    assert placed(phrase) == places
    assert placed(phrase, 10) == [(place + 30, token) for place, token in places]


@given(SOME, SOME)
@example("後中國大", "國大")
def test_a_phrase_is_found_where_its_tokens_stand(text: str, words: str) -> None:
    tokens = tuple(token_texts(fold(words)))
    there = token_texts(fold(text))
    if tokens:
        assert found(Phrase(tokens), text) == [
            i for i in range(len(there)) if tuple(there[i : i + len(tokens)]) == tokens
        ]


@given(SOME, SOME)
def test_as_printed_it_is_found_where_its_glyphs_stand(text: str, words: str) -> None:
    glyphs = tuple(cut(words).printed)
    there = cut(text).printed
    if glyphs:
        assert found(Phrase(glyphs, exact=True), text) == [
            i for i in range(len(there)) if tuple(there[i : i + len(glyphs)]) == glyphs
        ]


@given(SOME, st.sampled_from("中國绪a"), st.sampled_from("中大后1"))
def test_what_stands_between_two_tokens_may_be_anything(text: str, one: str, other: str) -> None:
    one, other = fold(one), fold(other)
    there = token_texts(fold(text))
    assert found(Phrase((one, ANY, other)), text) == [
        i for i in range(len(there) - 2) if (there[i], there[i + 2]) == (one, other)
    ]


def test_common_characters_are_folded_and_each_is_one() -> None:
    assert len(COMMON) == 500
    assert {fold(character) for character in COMMON} == COMMON
