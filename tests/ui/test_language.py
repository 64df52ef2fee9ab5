from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import baoguan.ui
from baoguan.ui.language import LANGUAGES, Said, choose, language

FOLDER = Path(baoguan.ui.__file__).parent


def sentences() -> Iterator[str]:
    """The constant first argument of `t`, the second of `many`, wherever they are called."""
    for file in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                at = {"t": 0, "many": 1}.get(name)
                if at is not None and len(node.args) > at:
                    argument = node.args[at]
                    if isinstance(argument, ast.Constant):
                        yield str(argument.value)


@pytest.mark.parametrize("code", ["zh-Hans", "zh-Hant"])
def test_every_sentence_is_translated_and_none_is_left_over(code: str) -> None:
    assert set(sentences()) == set(language(code).sentences)


@pytest.mark.parametrize("code", ["zh-Hans", "zh-Hant"])
def test_translations_keep_what_is_to_be_filled_in(code: str) -> None:
    for sentence, said in language(code).sentences.items():
        assert set(re.findall(r"{\w+}", sentence)) == set(re.findall(r"{\w+}", said)), sentence


def test_english_tells_one_from_many_and_chinese_need_not() -> None:
    assert language("en").many("{n} issue", "{n} issues", 1) == "1 issue"
    assert language("en").many("{n} issue", "{n} issues", 1200) == "1,200 issues"
    assert language("zh-Hant").many("{n} issue", "{n} issues", 1) == "1 期"


@pytest.mark.parametrize(
    ("asked", "accepted", "chosen"),
    [
        ("zh-Hant", "en", "zh-Hant"),
        (None, "zh-TW,zh;q=0.9,en;q=0.8", "zh-Hant"),
        (None, "zh-CN,en;q=0.8", "zh-Hans"),
        ("xx", "fr-FR,en-GB;q=0.7", "en"),
        (None, "fr-FR", "zh-Hans"),
    ],
)
def test_the_address_is_asked_before_the_browser(
    asked: str | None, accepted: str, chosen: str
) -> None:
    assert choose(asked, accepted) == chosen


def test_a_text_that_is_missing_comes_from_the_nearest_language_and_says_so() -> None:
    assert language("zh-Hans").pick({"zh-Hant": "報", "en": "paper"}) == Said("報", "zh-Hant")
    assert language("en").pick({}) == Said("", "en")


def test_a_language_that_we_do_not_speak_is_an_error() -> None:
    with pytest.raises(KeyError):
        language("fr")
    assert LANGUAGES == ("zh-Hans", "zh-Hant", "en")
