from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baoguan.model import Name, NameKind
from baoguan.search import Namer


def told(namer: Namer, text: str) -> set[str]:
    return {f"{name.kind}:{name.name}" for name in namer.names(text)}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("昨晚梅蘭芳在天蟾舞臺", {"person:梅兰芳"}),
        ("汪精衞由南京到上海", {"person:汪精卫", "place:南京", "place:上海"}),
        ("諸葛亮借東風", {"person:诸葛亮"}),
        ("南京路江蘇省", {"place:南京", "place:南京路", "place:江苏", "place:江苏省"}),
    ],
)
def test_the_dictionary_tells_people_and_places(text: str, names: set[str]) -> None:
    assert names <= told(Namer(), text) <= names | {"place:江苏"}


NONE = [
    "文明戲",
    "大洋三元",
    "周旋其間",
    "吳先生",
    "楊院長",
    "童子軍",
    "黃花崗",
    "海關",
    "愛國",
    "冷笑",
]


@pytest.mark.parametrize("text", NONE)
def test_what_only_looks_like_a_name_is_none(text: str) -> None:
    assert told(Namer(), text) == set()


def test_the_list_knows_what_the_dictionary_does_not() -> None:
    listed = [
        Name("梅蘭芳", NameKind.PERSON, ("畹華", "梅郎")),
        Name("招商局", NameKind.ORGANISATION),
        Name("溥儀", NameKind.PERSON),
    ]
    namer = Namer(listed)
    assert told(namer, "畹華與溥仪過招商局") == {
        "person:梅兰芳",
        "person:溥仪",
        "organisation:招商局",
    }
    assert namer.names("梅郎")[0].keys == ("person:梅兰芳", "person:畹华", "person:梅郎")


def test_the_list_may_say_that_a_word_is_no_name() -> None:
    assert told(Namer(), "馬克斯") == {"person:马克斯"}
    assert told(Namer([Name("馬克斯", NameKind.NONE)]), "馬克斯") == set()


def test_the_longer_name_hides_the_shorter_within_it() -> None:
    namer = Namer([Name("上海銀行", NameKind.ORGANISATION), Name("海銀", NameKind.PERSON)])
    assert told(namer, "上海銀行") == {"organisation:上海银行"}


def test_one_name_may_be_of_two_kinds() -> None:
    namer = Namer([Name("中山", NameKind.PERSON), Name("中山", NameKind.PLACE)])
    assert told(namer, "中山") == {"person:中山", "place:中山"}


@given(st.text(max_size=60))
def test_any_text_has_its_names_once(text: str) -> None:
    names = Namer([Name("甲乙", NameKind.PERSON)]).names(text)
    assert len({(name.kind, name.name) for name in names}) == len(names)
