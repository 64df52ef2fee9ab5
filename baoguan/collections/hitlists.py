"""Hits as lists to take away: CSV for spreadsheets, JSON Lines, RIS for references, plain text.

Each writer takes rows as they come and gives text as it is ready, so a list may be of any length.
RIS as Zotero, EndNote and Mendeley read it (tags of the 2001 specification by Research Information
Systems, type NEWS).
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields


@dataclass(frozen=True, slots=True)
class HitRow:
    """An article that was found; `before`, `hit`, `after` are its text around the first place."""

    article: str
    title: str  # the newspaper's name
    date: dt.date | None
    printed: str  # the date as printed
    edition: str
    page: int  # 0 where unknown
    kind: str
    headline: str
    before: str
    hit: str
    after: str
    possible: bool  # found only because a character may have been misread
    link: str


COLUMNS = tuple(field.name for field in fields(HitRow))
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(rows: Iterable[HitRow]) -> Iterator[str]:
    """With a byte order mark, by which Excel knows UTF-8; nothing in it is taken for a formula.

    What begins like a formula is preceded by an apostrophe, which spreadsheets do not show (OWASP,
    CSV Injection).
    """
    yield "\ufeff" + _csv_line(COLUMNS)
    for row in rows:
        yield _csv_line([_harmless(value) for value in _plain(row).values()])


def as_json_lines(rows: Iterable[HitRow]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(_plain(row), ensure_ascii=False) + "\n"


def as_ris(rows: Iterable[HitRow]) -> Iterator[str]:
    for row in rows:
        lines = [f"{tag}  - {one_line(value)}" for tag, value in _ris(row) if value]
        yield "\r\n".join(["TY  - NEWS", *lines, "ER  - ", "", ""])


def as_text(rows: Iterable[HitRow]) -> Iterator[str]:
    """Key word in context: a citation, the words with what stands around them, the address."""
    for number, row in enumerate(rows, 1):
        doubt = " (?)" if row.possible else ""
        words = one_line(f"…{row.before}【{row.hit}】{row.after}…" if row.hit else f"{row.after}…")
        yield f"{number}. {citation(row)}{doubt}\n   {words}\n   {row.link}\n\n"


def citation(row: HitRow) -> str:
    """〈華軍反攻南昌〉，《晶報》1939-04-23（民國二十八年四月二十三日），第1版."""
    when = row.date.isoformat() if row.date else "s.d."
    printed = f"（{row.printed}）" if row.printed else ""
    parts = (
        f"〈{one_line(row.headline)}〉" if row.headline else "",
        f"《{one_line(row.title)}》{when}{printed}",
        f"第{row.page}版" if row.page else "",
    )
    return "，".join(filter(None, parts))


def one_line(text: str) -> str:
    return " ".join(text.split())


Writer = Callable[[Iterable[HitRow]], Iterator[str]]
WRITERS: Mapping[str, Writer] = {
    "csv": as_csv,
    "jsonl": as_json_lines,
    "ris": as_ris,
    "txt": as_text,
}


def _plain(row: HitRow) -> dict[str, object]:
    return asdict(row) | {"date": row.date.isoformat() if row.date else None}


def _csv_line(cells: Iterable[object]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _harmless(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _ris(row: HitRow) -> Iterator[tuple[str, str]]:
    yield "ID", row.article
    yield "TI", row.headline or one_line(row.before + row.hit + row.after)[:40]
    yield "T2", row.title
    if row.date:
        yield "PY", f"{row.date.year:04}"
        yield "DA", f"{row.date:%Y/%m/%d}/"
    yield "ET", row.edition
    yield "SP", str(row.page) if row.page else ""
    yield "AB", f"…{row.before}{row.hit}{row.after}…"
    yield "N1", row.printed
    yield "UR", row.link
