from __future__ import annotations

from pathlib import Path

import pytest

from baoguan.collections.exhibits import read_exhibit, read_gallery, read_titles
from baoguan.errors import UsageError
from baoguan.model import Box

EXHIBIT = """
id = "lead"
[title]
zh-Hant = "鉛與火"
en = "Lead and fire"
[lead]
en = "How a page was made."
[cover]
page = "jb-1939-04-23-a-p0001"
[[sections]]
heading = { en = "Type" }
body = { en = "One paragraph.\\n\\nAnother." }
[[sections.items]]
page = "jb-1939-04-23-a-p0001"
box = [1, 2, 30, 40]
caption = { en = "A headline" }
"""


def test_an_exhibit_is_read_as_written(tmp_path: Path) -> None:
    (tmp_path / "lead.toml").write_text(EXHIBIT)
    exhibit = read_exhibit(tmp_path / "lead.toml")
    assert exhibit.title == {"zh-Hant": "鉛與火", "en": "Lead and fire"}
    (section,) = exhibit.sections
    assert section.items[0].box == Box(1, 2, 30, 40)
    assert exhibit.cover.box is None


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id = "lead"', "", "'id' is missing"),
        ("zh-Hant =", "zh-TW =", "zh-TW"),
        ("[1, 2, 30, 40]", "[30, 2, 1, 40]", "inside out"),
        ("[1, 2, 30, 40]", "[1, 2]", "lead.toml"),
        ("[title]", "[title", "lead.toml"),
    ],
)
def test_a_mistake_is_told_with_its_file(old: str, new: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "lead.toml").write_text(EXHIBIT.replace(old, new))
    with pytest.raises(UsageError, match=told) as caught:
        read_exhibit(tmp_path / "lead.toml")
    assert "lead.toml" in str(caught.value)


def test_galleries_and_titles_are_read(tmp_path: Path) -> None:
    (tmp_path / "g.toml").write_text(
        'id = "g"\ntitle = { en = "G" }\nlead = {}\n[[items]]\npage = "p"\n'
    )
    assert read_gallery(tmp_path / "g.toml").items[0].page == "p"
    (tmp_path / "titles.toml").write_text(
        '[jb]\nplace = "上海"\nlanguages = ["zh-Hant"]\n[jb.names]\nen = "The Crystal"\n'
    )
    (title,) = read_titles(tmp_path / "titles.toml")
    assert (title.id, title.name("en"), title.place) == ("jb", "The Crystal", "上海")
