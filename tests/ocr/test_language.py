from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from baoguan.ocr.forms import joined, never_printed, root
from baoguan.ocr.language import chinese, chosen
from baoguan.ocr.recognise import NONE, Slot

OLD = "報館學會國際聞說話電車開門見於號處實業"


def said(*options: dict[str, float]) -> str:
    slots = [Slot((i + 0.5) / len(options), each) for i, each in enumerate(options)]
    return chosen(slots, chinese()).text


def test_the_language_decides_between_what_looks_alike() -> None:
    assert said({"電": 1.0}, {"活": 0.5, "話": 0.5}) == "電話"
    assert said({"生": 1.0}, {"話": 0.5, "活": 0.5}) == "生活"


def test_the_language_does_not_overrule_what_is_seen_clearly() -> None:
    assert said({"電": 1.0}, {"活": 0.97, "話": 0.02}) == "電活"


def test_a_slot_may_be_left_empty_where_none_is_likelier() -> None:
    assert said({"電": 1.0}, {NONE: 0.97, "的": 0.03}, {"話": 1.0}) == "電話"
    assert said({NONE: 1.0}) == ""


def test_printed_variants_count_together_and_the_likelier_is_printed() -> None:
    assert joined({"複": 0.4, "爲": 0.35, "為": 0.25}) == {"複": 0.4, "爲": 0.6}
    assert said({"複": 0.4, "爲": 0.35, "為": 0.25}) == "爲"


def test_other_characters_are_told_with_their_chances() -> None:
    (glyph,) = chosen([Slot(0.5, {"探": 0.6, "採": 0.4})], chinese()).glyphs
    assert glyph.confidence == 0.6
    assert glyph.others == (("採", 0.4),)


def test_a_page_in_traditional_characters_holds_no_simplified_ones() -> None:
    never = never_printed(OLD * 2)
    assert {"报", "馆", "の"} <= never
    assert not {"報", "后", "台", "却", "温"} & never


def test_a_page_in_simplified_characters_or_with_kana_may_hold_them() -> None:
    assert not never_printed("报馆学会国际闻说话电车" * 3)
    assert not never_printed("報館学会")
    assert "の" not in never_printed(OLD * 2 + "のはに")


@given(st.dictionaries(st.sampled_from([NONE, *OLD, *"报馆学"]), st.floats(0.01, 1), min_size=1))
def test_joining_forms_loses_no_chance(options: dict[str, float]) -> None:
    together = joined(options)
    assert abs(sum(together.values()) - sum(options.values())) < 1e-9
    assert len({root(text) for text in together}) == len(together)


@given(st.sampled_from(OLD), st.sampled_from(OLD))
def test_what_may_follow_is_a_chance(first: str, second: str) -> None:
    assert chinese().follows(root(first), root(second)) < 0
