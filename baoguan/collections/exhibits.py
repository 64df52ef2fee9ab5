"""Titles, exhibits and galleries from TOML files, as an archivist writes them.

    titles.toml          [jb] names = { zh-Hant = "晶報", en = "The Crystal" }, place, languages
    exhibits/NAME.toml   id, [title], [lead], [cover], [credits], [[sections]], [[sections.items]]
    galleries/NAME.toml  id, [title], [lead], [[items]]

A text has the keys zh-Hans, zh-Hant, en; an item has `page`, an optional `box` in master pixels,
and a caption.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from baoguan.errors import UsageError
from baoguan.model import Box, Exhibit, Gallery, Item, Localised, Section, Title

LANGUAGES = ("zh-Hans", "zh-Hant", "en")


def read_titles(file: Path) -> tuple[Title, ...]:
    """Raises UsageError where the file cannot be understood."""
    data = _toml(file)
    try:
        return tuple(
            Title(id_, dict(t["names"]), t.get("place", ""), tuple(t.get("languages", ())))
            for id_, t in data.items()
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"{file}: {_missing(error)}") from error


def read_exhibit(file: Path) -> Exhibit:
    """Raises UsageError where the file cannot be understood."""
    data = _toml(file)
    try:
        return Exhibit(
            id=str(data["id"]),
            title=_text(data["title"]),
            lead=_text(data["lead"]),
            cover=_item(data["cover"]),
            sections=tuple(
                Section(
                    _text(s["heading"]), _text(s["body"]), tuple(map(_item, s.get("items", ())))
                )
                for s in data["sections"]
            ),
            credits=_text(data.get("credits", {})),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"{file}: {_missing(error)}") from error


def read_gallery(file: Path) -> Gallery:
    """Raises UsageError where the file cannot be understood."""
    data = _toml(file)
    try:
        return Gallery(
            id=str(data["id"]),
            title=_text(data["title"]),
            lead=_text(data["lead"]),
            items=tuple(map(_item, data["items"])),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"{file}: {_missing(error)}") from error


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{file}: {error}") from error


def _text(data: Mapping[str, Any]) -> Localised:
    unknown = set(data) - set(LANGUAGES)
    if unknown:
        raise ValueError(f"{', '.join(sorted(unknown))} is none of {', '.join(LANGUAGES)}")
    return {language: str(text).strip() for language, text in data.items()}


def _item(data: Mapping[str, Any]) -> Item:
    box = Box(*map(int, data["box"])) if "box" in data else None
    return Item(str(data["page"]), box, _text(data.get("caption", {})))


def _missing(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)
