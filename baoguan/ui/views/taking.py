"""What can be done with the hits of a search: take them away, follow them, keep the search."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from baoguan.ui.house import Role
from baoguan.ui.markup import Html, el
from baoguan.ui.visit import Visit

FORMS = {"csv": "CSV", "jsonl": "JSON Lines", "ris": "RIS", "txt": "TXT"}


def taking(visit: Visit) -> Html:
    """One line of links for the search that the address asks for."""
    asked = {k: v for k, v in visit.params.items() if k not in ("lang", "n") and v}
    lists = [
        el("a", label, href=_route(f"/export/search.{form}", visit, asked), download=True)
        for form, label in FORMS.items()
    ]
    parts = [
        el("span", el("span", visit.t("Take all hits away:")), lists, class_="lists"),
        el("a", visit.t("Follow by feed"), href=_route("/feeds/search", visit, asked)),
    ]
    if visit.house.role is Role.CONSOLE:
        parts.append(el("a", visit.t("Save this search"), href=visit.link("saved", **asked)))
    parts.append(el("a", visit.t("How to ask"), href=visit.link("asking")))
    return el("p", parts, class_="taking")


def _route(path: str, visit: Visit, asked: Mapping[str, str]) -> str:
    return f"{path}?{urlencode({'lang': visit.lang, **asked}, quote_via=quote)}"
