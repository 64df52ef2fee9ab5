from __future__ import annotations

from pathlib import Path

import jieba
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from baoguan.search import cutting, fold, words
from baoguan.search.cutting import (
    LONGEST_RUN,
    glyph_texts,
    joined,
    spaced,
    token_texts,
    tokens,
    tokens_and_starts,
)

SAMPLE = """
中華民國二十六年七月七日夜，日軍在蘆溝橋附近演習，藉口失蹤士兵一名，要求進入宛平縣城搜查，爲我守軍所拒。
本市各界抗敵後援會昨開緊急會議，議決通電全國，誓爲政府後盾。上海商業儲蓄銀行啓事：本行總經理陳光甫君。
大世界遊藝場 今日開映 Charlie Chaplin 主演之「摩登時代」 票價大洋三角 電話 94120
京劇名伶梅蘭芳博士，定於本月十五日起，在天津中國大戲院登臺，演唱《霸王別姬》《貴妃醉酒》等拿手傑作。
"""


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("盧溝橋", ["盧", "溝", "橋"]),
        ("The Times，1937年7月", ["The", "Times", "1937", "年", "7", "月"]),
        ("café ñandú", ["café", "ñandú"]),
        ("アジア人々", ["ア", "ジ", "ア", "人", "々"]),
        ("대한민국", ["대", "한", "민", "국"]),
        ("ㄅㄆ", ["ㄅ", "ㄆ"]),
        ("𠀀𪛖〇", ["𠀀", "𪛖", "〇"]),
        ("Москва Αθήνα", ["Москва", "Αθήνα"]),
        ("snake_case a-b", ["snake", "case", "a", "b"]),
        ("😀★，。「」□×\ud800\x00", []),
        ("", []),
    ],
)
def test_a_text_cuts_into(text: str, cut: list[str]) -> None:
    assert token_texts(text) == cut


def test_a_run_longer_than_engines_bear_is_cut() -> None:
    assert [len(token) for token in token_texts("x" * 150)] == [LONGEST_RUN, LONGEST_RUN, 22]


@given(st.text())
def test_tokens_say_where_they_stand(text: str) -> None:
    assert all(text[token.start : token.end] == token.text for token in tokens(text))


@given(st.text())
def test_tokens_joined_cut_into_the_same_tokens(text: str) -> None:
    cut = tuple(token_texts(fold(text)))
    if all(len(token) < LONGEST_RUN for token in cut):
        assert tuple(token_texts(joined(cut))) == cut


@settings(deadline=None)
@given(st.text() | st.text("甲國Ａb1，ｱ ", max_size=200))
@example("x" * 65 + "國" + "Ａ" * 64)
@example("".join(map(chr, range(0x20, 0x3000))))
def test_the_pass_that_is_fast_cuts_into_the_same_tokens(text: str) -> None:
    made = cutting.cut(text)
    assert list(zip(*tokens_and_starts(text), strict=True)) == [
        (token.text, token.start) for token in tokens(fold(text))
    ]
    assert made.folded == spaced(text).split() == token_texts(fold(text))
    assert made.printed == glyph_texts(text)
    assert [fold(glyph) for glyph in glyph_texts(text)] == token_texts(fold(text))


def of_two_and_more(cut: list[str]) -> list[str]:
    return [word for word in cut if len(word) > 1]


def test_words_are_those_of_jieba() -> None:
    folded = fold(SAMPLE)
    assert words(folded) == of_two_and_more(list(jieba.cut_for_search(folded, HMM=False)))
    assert "上海" in words(folded)
    assert "中华民国" in words(folded)


def test_words_of_generated_texts_are_those_of_jieba() -> None:
    dictionary = Path(jieba.__file__).with_name("dict.txt").read_text("utf-8").splitlines()
    text = "".join(fold(line.split()[0]) for line in dictionary[::97])
    assert words(text) == of_two_and_more(list(jieba.cut_for_search(text, HMM=False)))
