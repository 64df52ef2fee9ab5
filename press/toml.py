"""Writes TOML, as much of it as exhibits and galleries need."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any


def dump(data: Mapping[str, Any]) -> str:
    return "\n".join(_table(data, ())).strip() + "\n"


def _table(data: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    """Plain values first, since in TOML whatever follows a header belongs to it."""
    for key, value in data.items():
        if not _is_nested(value):
            yield f"{key} = {_value(value)}"
    for key, value in data.items():
        where = (*path, key)
        if isinstance(value, Mapping):
            yield f"\n[{'.'.join(where)}]"
            yield from _table(value, where)
        elif _is_nested(value):
            for member in value:
                yield f"\n[[{'.'.join(where)}]]"
                yield from _table(member, where)


def _is_nested(value: Any) -> bool:
    return isinstance(value, Mapping) or (
        isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)
    )


def _value(value: Any) -> str:
    if isinstance(value, str) and "\n" in value:
        inner = value.strip("\n").replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
        return f'"""\n{inner}\n"""'
    # A JSON string, number or list of them is a TOML one too.
    return json.dumps(value, ensure_ascii=False)
