"""The archive's own list of names as a CSV that archivists edit in any spreadsheet.

name,kind,aliases,note
梅蘭芳,person,畹華|梅郎,伶人
招商局,organisation,輪船招商局,
馬克斯,none,,a shoe shop's advertisement

`kind` is person, place, organisation, or none for what looks like a name and is not one; aliases
are parted by `|`, `、` or `;`. The first row names the columns, in any order; aliases and note may
be left out. UTF-8, with or without a byte order mark.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from baoguan.errors import BadNames
from baoguan.model import Name, NameKind

COLUMNS = ("name", "kind", "aliases", "note")
SHORTEST, LONGEST = 2, 40  # characters
_PARTED = re.compile(r"[|｜、;；]")


def read_names(file: Path) -> tuple[Name, ...]:
    """Raises BadNames with every row that is wrong, by its number in the file."""
    try:
        return parse_names(file.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise BadNames(f"{file}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise BadNames(f"{file}: not UTF-8; save it as “CSV UTF-8”") from error


def parse_names(text: str) -> tuple[Name, ...]:
    """The names of a CSV's text; raises BadNames."""
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    names: list[Name] = []
    problems: list[str] = []
    met: dict[tuple[str, str], int] = {}
    try:
        columns = [cell.strip().lower() for cell in next(lines, [])]
        _check_columns(columns)
        for row in lines:
            number = lines.line_num
            if not any(cell.strip() for cell in row):
                continue
            if len(row) > len(columns):
                problems.append(f"row {number}: more cells than columns; quote what holds a comma")
                continue
            cells = dict(zip(columns, (_clean(cell) for cell in row), strict=False))
            wrong = list(_problems(cells, met))
            problems += [f"row {number}: {problem}" for problem in wrong]
            if not wrong:
                met[cells["name"], cells["kind"].lower()] = number
                names.append(_name(cells))
    except csv.Error as error:
        problems.append(f"row {lines.line_num}: {error}")
    if problems:
        raise BadNames("\n".join(problems))
    return tuple(names)


def write_names(names: Iterable[Name]) -> str:
    """The same CSV, with a byte order mark, so that spreadsheets take it for UTF-8."""
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    rows.writerows((n.name, n.kind.value, "|".join(n.aliases), n.note) for n in names)
    return "\ufeff" + out.getvalue()


def _check_columns(columns: list[str]) -> None:
    unknown = [column for column in columns if column not in COLUMNS]
    if unknown:
        raise BadNames(f"row 1: unknown column {unknown[0]!r}; known are {', '.join(COLUMNS)}")
    if missing := [column for column in COLUMNS[:2] if column not in columns]:
        raise BadNames(f"row 1: the column {missing[0]} is missing; it names the columns")
    if len(set(columns)) < len(columns):
        raise BadNames("row 1: a column is named twice")


def _problems(cells: Mapping[str, str], met: Mapping[tuple[str, str], int]) -> Iterator[str]:
    name, kind = cells.get("name", ""), cells.get("kind", "").lower()
    if not name:
        yield "the name is missing"
    if kind not in set(NameKind):
        yield f"kind is {', '.join(NameKind)}, not {kind!r}"
    for written in (name, *_aliases(cells)):
        if written and not SHORTEST <= len(written) <= LONGEST:
            yield f"{written} has {len(written)} characters; names have {SHORTEST} to {LONGEST}"
    if earlier := met.get((name, kind)):
        yield f"{name} stands in row {earlier} already"


def _name(cells: Mapping[str, str]) -> Name:
    kind = NameKind(cells["kind"].lower())
    return Name(cells["name"], kind, _aliases(cells), cells.get("note", ""))


def _aliases(cells: Mapping[str, str]) -> tuple[str, ...]:
    parts = (part.strip() for part in _PARTED.split(cells.get("aliases", "")))
    return tuple(dict.fromkeys(part for part in parts if part))


def _clean(cell: str) -> str:
    return unicodedata.normalize("NFC", cell).strip()
