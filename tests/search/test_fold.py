from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baoguan.search import fold, fold_table


@given(st.text())
def test_folding_keeps_the_length_and_twice_is_once(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_every_code_point_folds_to_one_that_folds_no_further() -> None:
    every = "".join(chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    assert fold(fold(every)) == fold(every)
    assert len(fold(every)) == len(every)


@pytest.mark.parametrize(
    ("form", "folded"),
    [
        ("ＡＢＣ１２３　", "abc123 "),
        ("ｱｲｳ", "アイウ"),
        ("⽇⼈", "日人"),  # Kangxi radicals
        ("\uf900\uf9a9", "岂囹"),  # compatibility ideographs
        ("㈱ﬁ½", "㈱ﬁ½"),  # would become several code points
        ("中華民國臺灣", "中华民国台湾"),
        ("爲囘淸峯戱戲戏説靑緖硏", "为回清峰戏戏戏说青绪研"),
        ("囯囻圀國", "国国国国"),
        ("衆眾啓啟強强卽即", "众众启启强强即即"),
        ("後后裏里裡", "后后里里里"),
        ("乾幹干發髮発", "干干干发发发"),
        ("戦囲巻", "战围卷"),  # Japanese forms
        ("予芸弁", "予芸弁"),  # Japanese forms that are other Chinese characters
        ("二○〇", "二〇〇"),
        ("İß", "İß"),
        ("é", "é"),
    ],
)
def test_a_form_folds_to(form: str, folded: str) -> None:
    assert fold(form) == folded


def test_what_is_kept_apart() -> None:
    for one, other in [
        ("己", "已"),
        ("已", "巳"),
        ("未", "末"),
        ("日", "曰"),
        ("土", "士"),
        ("盧", "蘆"),
    ]:
        assert fold(one) != fold(other)


def test_the_table_is_the_one_that_its_sources_give() -> None:
    """Only where Python's Unicode is the one that the table was written with."""
    kept = (fold_table.DATA / "fold.txt").read_text("ascii")
    made_with = kept.partition("# Unicode ")[2].partition("\n")[0]
    if made_with != fold_table.SOURCES:
        pytest.skip(f"the table was written with {made_with}, here is {fold_table.SOURCES}")
    assert fold_table.render(fold_table.build()) == kept


def test_each_line_of_variants_says_something_that_the_other_sources_do_not() -> None:
    def without(character: str) -> str:
        for _ in range(3):
            character = fold_table.simplified_form(fold_table.unicode_form(character))
        return character

    variants = fold_table.read_variants()
    assert not {v for v, target in variants.items() if without(v) == without(target)}
    assert all(fold(variant) == fold(target) for variant, target in variants.items())


def test_a_variant_that_goes_to_two_places_is_told_by_its_line(tmp_path: Path) -> None:
    file = tmp_path / "variants.txt"
    file.write_text("# forms\n甲 乙\n丙 乙\n", "utf-8")
    with pytest.raises(ValueError, match="line 3: 乙"):
        fold_table.read_variants(file)
