"""The examples of the recipes, as a reader would copy them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from baoguan.collections.exhibits import read_exhibit, read_gallery, read_titles
from baoguan.pipeline.exporting import FORMS
from tests.conftest import ROOT

RECIPES = ROOT / "docs" / "recipes"


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    """The files of the recipe for exhibits, each named in its first line."""
    text = (RECIPES / "exhibits.md").read_text("utf-8")
    for name, content in re.findall(r"```toml\n# (\S+)\n(.*?)```", text, re.DOTALL):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(content, "utf-8")
    return tmp_path


def test_the_examples_of_an_exhibit_are_read(examples: Path) -> None:
    (title,) = read_titles(examples / "titles.toml")
    assert title.name("en") == "The Crystal"
    exhibit = read_exhibit(examples / "exhibits" / "lead-and-fire.toml")
    assert exhibit.sections[0].body["en"].split("\n\n")[1].startswith("An empty line")
    assert len(exhibit.sections[0].items) == 1
    assert len(read_gallery(examples / "galleries" / "river.toml").items) == 1


def test_every_export_is_told_whom_it_is_for() -> None:
    text = (RECIPES / "exports.md").read_text("utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == set(FORMS)
