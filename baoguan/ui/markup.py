"""HTML from Python, escaped unless it says that it is HTML already.

el("p", "a < b", el("em", "!"), class_="lead", lang="en")  →  <p class="lead" lang="en">a &lt; …
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import TypeAlias

VOID = frozenset({"img", "input", "br", "hr", "wbr"})


class Html(str):
    """Text that is HTML already; every other string is escaped when it goes in."""

    __slots__ = ()

    def __str__(self) -> Html:
        """Itself: str() of HTML must not make it text that is escaped."""
        return self


Child: TypeAlias = "str | Html | Iterable[Child] | None"


def join(*children: Child) -> Html:
    """Children one after the other; None is left out."""
    return Html("".join(_flatten(children)))


def el(name: str, /, *children: Child, **attributes: object) -> Html:
    """An element. `class_` is class, `data_page` is data-page; None and False leave one out."""
    opening = f"<{name}{''.join(_attributes(attributes))}>"
    if name in VOID:
        return Html(opening)
    return Html(f"{opening}{join(*children)}</{name}>")


def _attributes(attributes: dict[str, object]) -> Iterable[str]:
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        named = name.rstrip("_").replace("_", "-")
        yield f" {named}" if value is True else f' {named}="{html.escape(str(value))}"'


def _flatten(children: Iterable[Child]) -> Iterable[str]:
    for child in children:
        if child is None:
            continue
        if isinstance(child, Html):
            yield child
        elif isinstance(child, str):
            yield html.escape(child, quote=False)
        else:
            yield from _flatten(child)
