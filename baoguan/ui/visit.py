"""One request for a page: the house, the language, and what the address says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from baoguan.catalogue import PageEntry
from baoguan.model import Box, Direction
from baoguan.ui import links
from baoguan.ui.house import House, Role, Shelf
from baoguan.ui.language import Language


@dataclass(frozen=True, slots=True)
class Visit:
    house: House
    language: Language
    params: Mapping[str, str]

    @property
    def lang(self) -> str:
        return self.language.code

    @property
    def shelf(self) -> Shelf:
        return self.house.shelf()

    @property
    def kiosk(self) -> bool:
        return self.house.role is Role.KIOSK

    def t(self, sentence: str, **values: object) -> str:
        return self.language.t(sentence, **values)

    def many(self, one: str, other: str, n: int) -> str:
        return self.language.many(one, other, n)

    def param(self, name: str) -> str:
        return self.params.get(name, "").strip()

    def number(self, name: str, default: int) -> int:
        """A positive whole number in the address, else the default."""
        value = self.param(name)
        return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else default

    def box(self) -> Box | None:
        """The box in the address, if it is one."""
        parts = self.param("box").split(",")
        if len(parts) != 4 or not all(p.isascii() and p.isdigit() and len(p) < 7 for p in parts):
            return None
        left, top, right, bottom = map(int, parts)
        return Box(left, top, right, bottom) if left < right and top < bottom else None

    def link(self, name: str, **params: object) -> str:
        return links.page(name, self.lang, **params)

    def title_name(self, entry: PageEntry) -> str:
        return self.shelf.title_of(entry).name(self.lang)

    def page_label(self, entry: PageEntry) -> str:
        return self.t("page {n}", n=entry.number)


def script_of(visit: Visit, entry: PageEntry) -> str:
    """The `lang` of a page's printed text: the title's first language, else by its direction."""
    for language in visit.shelf.title_of(entry).languages:
        return language
    return "zh-Hans" if entry.direction is Direction.HORIZONTAL_LTR else "zh-Hant"
