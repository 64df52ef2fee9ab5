"""People, places and organisations named in a text: by jieba's dictionary and a list.

The dictionary alone calls every second word a name that is none (文明, 周旋, 大洋). So a word of it
counts as a person only where it is built like one (a surname and two characters, no form of
address), and as a place where it ends like one (南京路) or stands in data/places.txt. What it
cannot know, nicknames, courtesy names, people of two characters, the archive's own list tells;
where both speak, the list wins. docs/decisions/0007-names.md has the figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from baoguan.model import Name, NameKind
from baoguan.search.cutting import joins_into_a_run, token_texts, words
from baoguan.search.fold import fold
from baoguan.search.query import Or, Phrase, Query

DATA = Path(__file__).parent / "data"
PLACE_ENDINGS = ("省", "市", "县", "路", "街", "州", "府", "河", "湖", "寺", "半岛", "群岛", "码头")


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text: its kind, the name folded, and the keys (`person:梅兰芳`) that find it."""

    kind: str
    name: str
    keys: tuple[str, ...]


class Namer:
    """Tells the names in texts. `listed` is the archive's own list."""

    def __init__(self, listed: Iterable[Name] = ()) -> None:
        self._listed: dict[str, list[Name]] = {}
        for name in listed:
            for surface in surfaces(name):
                self._listed.setdefault(surface, []).append(name)
        self._by_head: dict[str, list[str]] = {}
        for surface in sorted(self._listed, key=len, reverse=True):
            self._by_head.setdefault(surface[:2], []).append(surface)

    def names(self, text: str) -> tuple[Named, ...]:
        """Each name in `text` once, by kind and name. An alias counts as the name it stands for."""
        folded = fold(text)
        found: dict[tuple[str, str], Named] = {}
        own = self._own(folded)
        for surface in own:
            for name in self._listed[surface]:
                if name.kind is not NameKind.NONE:
                    found[name.kind.value, fold(name.name)] = _named(name)
        for word in words(folded):
            kind = None if word in self._listed else _dictionary().get(word)
            if kind and not any(word in surface for surface in own):
                found.setdefault((kind, word), Named(kind, word, (f"{kind}:{word}",)))
        return tuple(found[key] for key in sorted(found))

    def _own(self, folded: str) -> list[str]:
        """The listed surfaces in the text, the longest at each place."""
        own, at = [], 0
        while self._by_head and at < len(folded) - 1:
            near = self._by_head.get(folded[at : at + 2], ())
            surface = next((s for s in near if _stands_at(s, folded, at)), None)
            if surface:
                own.append(surface)
            at += len(surface) if surface else 1
        return own


def _named(name: Name) -> Named:
    keys = tuple(f"{name.kind.value}:{surface}" for surface in surfaces(name))
    return Named(name.kind.value, fold(name.name), keys)


def _stands_at(surface: str, text: str, at: int) -> bool:
    """Whether it is printed there, Latin words as whole ones."""
    end = at + len(surface)
    begins_within = at > 0 and _joined(text[at - 1 : at + 1])
    ends_within = end < len(text) and _joined(text[end - 1 : end + 1])
    return text.startswith(surface, at) and not begins_within and not ends_within


def _joined(two: str) -> bool:
    return all(map(joins_into_a_run, two))


def any_of(written: Iterable[str]) -> Query:
    """Asks for all texts in which one of these names may stand."""
    cut = (tuple(token_texts(fold(name))) for name in written)
    return Or(tuple(Phrase(tokens) for tokens in cut if tokens))


def surfaces(name: Name) -> tuple[str, ...]:
    """The name and its aliases, folded."""
    return tuple(dict.fromkeys(fold(written) for written in (name.name, *name.aliases)))


@cache
def _dictionary() -> Mapping[str, str]:
    """Each word of jieba's dictionary that is taken for a name, and its kind."""
    import jieba  # here, since only its dictionary's file is wanted, when texts are indexed

    surnames, places = _listed("surnames"), {fold(place) for place in _listed("places")}
    never = {fold(word) for word in _listed("not_persons")}
    found: dict[str, str] = dict.fromkeys(places, NameKind.PLACE.value)
    with (Path(jieba.__file__).parent / "dict.txt").open(encoding="utf-8") as lines:
        for line in lines:
            word, _, flag = line.split()
            if flag in ("nr", "nrfg") and word not in never and _is_person(word, surnames):
                found.setdefault(word, NameKind.PERSON.value)
            elif flag == "ns" and len(word) >= 3 and word.endswith(PLACE_ENDINGS):
                found[word] = NameKind.PLACE.value
    return found


def _is_person(word: str, surnames: frozenset[str]) -> bool:
    """Three characters after a surname of one, three or four after one of two."""
    endings = _listed("not_name_endings")
    built = len(word) == 3 and word[0] in surnames and word[0] != word[1]
    compound = len(word) in (3, 4) and word[:2] in surnames
    return (built or compound) and endings.isdisjoint((word[-2:], word[-1]))


@cache
def _listed(file: str) -> frozenset[str]:
    lines = (DATA / f"{file}.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
