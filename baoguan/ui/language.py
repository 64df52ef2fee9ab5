"""The three languages of the pages, from Babel catalogues; keys are the English sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from baoguan.model import Localised

LOCALES = Path(__file__).parent / "locales"
LANGUAGES = ("zh-Hans", "zh-Hant", "en")
NAMES = {"zh-Hans": "简体中文", "zh-Hant": "繁體中文", "en": "English"}
SHORT_NAMES = {"zh-Hans": "简", "zh-Hant": "繁", "en": "EN"}
DEFAULT = "zh-Hans"

_NEAREST = {
    "zh-Hans": ("zh-Hans", "zh-Hant", "en"),
    "zh-Hant": ("zh-Hant", "zh-Hans", "en"),
    "en": ("en", "zh-Hans", "zh-Hant"),
}
_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")


@dataclass(frozen=True, slots=True)
class Said:
    """A text and the language it is really in."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class Language:
    code: str
    sentences: Mapping[str, str]

    def t(self, sentence: str, **values: object) -> str:
        """The sentence in this language, with `{name}` filled in."""
        said = self.sentences.get(sentence, sentence)
        return said.format(**values) if values else said

    def many(self, one: str, other: str, n: int) -> str:
        """A sentence about `{n}` things; Chinese looks up the second form."""
        if self.code == "en":
            return (one if n == 1 else other).format(n=f"{n:,}")
        return self.t(other, n=f"{n:,}")

    def pick(self, texts: Localised) -> Said:
        """A text of the content in this language, else in the nearest that it has."""
        for code in _NEAREST[self.code]:
            if text := texts.get(code):
                return Said(text, code)
        return Said("", self.code)


@cache
def language(code: str) -> Language:
    """Raises KeyError for a language we do not speak."""
    if code not in LANGUAGES:
        raise KeyError(code)
    return Language(code, _sentences(code))


def choose(asked: str | None, accepted: str = "", default: str = DEFAULT) -> str:
    """The language asked for in the address, else the browser's, else the archive's."""
    if asked in LANGUAGES:
        return asked
    for tag in (part.split(";")[0].strip().lower() for part in accepted.split(",")):
        if tag.startswith(_TRADITIONAL):
            return "zh-Hant"
        if tag.startswith(("zh", "en")):
            return "zh-Hans" if tag.startswith("zh") else "en"
    return default


def _sentences(code: str) -> dict[str, str]:
    if code == "en":
        return {}
    with (LOCALES / f"{code.replace('-', '_')}.po").open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file) if m.id and m.string}
