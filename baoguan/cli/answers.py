"""What a search found, as it is printed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich.markup import escape

from baoguan.cli.shell import out

if TYPE_CHECKING:
    from baoguan.archive import Answer, Hit


def tell_answer(answer: Answer, as_json: bool) -> None:
    for hit in answer.hits:
        if as_json:
            print(json.dumps(_hit_json(hit), ensure_ascii=False))
        else:
            when = hit.page.date or "undated"
            doubt = "  [yellow]possible[/]" if hit.possible else ""
            where = f"{hit.page.title} {when} p. {hit.page.number}"
            out.print(f"[bold]{where}[/]  {hit.article.id}{doubt}")
            out.print(f"  {_marked(hit)}")
    if not as_json:
        more = f", {answer.possible} more possible" if answer.possible else ""
        out.print(f"{answer.total} articles{more}")


def _hit_json(hit: Hit) -> dict[str, Any]:
    boxes = [
        {
            "page": hit.page.id,
            "left": box.left,
            "top": box.top,
            "right": box.right,
            "bottom": box.bottom,
        }
        for match in hit.matches
        for box in match.boxes
    ]
    return {
        "id": hit.article.id,
        "title": hit.page.title,
        "date": hit.page.date.isoformat() if hit.page.date else None,
        "page": hit.page.id,
        "snippet": hit.snippet.text,
        "boxes": boxes,
    } | ({"possible": True} if hit.possible else {})


def _marked(hit: Hit) -> str:
    parts, last = [], 0
    for start, end in hit.snippet.marks:
        parts += [escape(hit.snippet.text[last:start]), "[bold red]"]
        parts += [escape(hit.snippet.text[start:end]), "[/]"]
        last = end
    return "".join([*parts, escape(hit.snippet.text[last:])])
