"""Articles of a TEI file are those that the scoring tool sees."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from press.ecpo import articles_in, numbers_of

TEI = """<text><div type="page" n="1">
<div type="head">晶報<lb/>星期日</div>
<div type="other"><p>刊例</p><div type="article"><head/><p>不怕<lb/>死下場</p>
<div type="section"><p>其二</p></div></div></div>
<div type="advert"><!-- 香烟 --></div>
</div></text>"""


def test_sections_belong_to_their_article_and_what_stands_outside_to_its_division(
    tmp_path: Path,
) -> None:
    file = tmp_path / "fold.xml"
    file.write_text(TEI, encoding="utf-8")
    assert sorted(articles_in(file)) == sorted(
        [("晶報", "星期日"), ("刊例",), ("不怕", "死下場", "其二")]
    )


@pytest.mark.parametrize("pages", ["0001+0004", "0002+0003"])
def test_articles_of_real_folds_are_those_of_the_tool(
    shared: Path, tool: ModuleType, pages: str
) -> None:
    file = shared / "data" / "jingbao" / f"jb_3797_1939-04-23_{pages}.text.xml"
    ours = ["".join(map(tool.norm, lines)) for lines in articles_in(file)]
    theirs = ["".join(lines) for lines in tool.ground_truth_units(file)]
    assert sorted(filter(None, ours)) == sorted(theirs)


def test_the_even_number_is_on_the_right_of_an_odd_one_and_else_the_second_on_the_left() -> None:
    assert numbers_of("jb_3797_1939-04-23_0001+0004") == (1, 4)
    assert numbers_of("jb_3797_1939-04-23_0002+0003") == (3, 2)
    with pytest.raises(ValueError, match="not named"):
        numbers_of("nanbu_1934-05-12_0002")
