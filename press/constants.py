"""The layout's hand-set constants by name, and the layout with other values of them.

Only attributes of modules are set, and only for a while: no file is touched. So a constant has to
be looked up when it is used.
"""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Iterator, Mapping

SOUGHT: Mapping[str, str] = {  # tuples by place
    "ink": "BLANKED CLOSED WIDENED OPENED LONG THIN FINE FINE_LONG UNREAD BESIDE TEXT LEFT INKED "
    "UNBROKEN UNBROKEN_GAP UNBROKEN_THIN CORE",
    "registers": "BAND.0 BAND.1 INKED AROUND NEAR VOTES LARGE PIECE SEAM",
    "faces": "BRIDGED BRIDGED_LONG LONG TALL",
    "zones": "WALL IN_LINE CROSSED OUTER NARROW SPANNING",
    "vertical": "HEAD_SIZE MARGIN_TALL MARGIN_LONG MARGIN_WIDE SMALL_FACE MAST_CHARS HEADING_BOX "
    "ROOM BAND OVER",
    "display": "LARGE SHARE ROOM ROOMY GREAT DISPLAY BODY.0 BODY.1 COLUMNS MOSTLY TWO NEARLY MANY "
    "FEW MOST",
    "bylines": "SMALL SHORT UNDER ASIDE",
    "flow": "FAR LEVEL HEADLINE STANDING HEAD_LEVEL BOLD BOLD_SIZE SET_OFF KICKER_SIZE "
    "KICKER_CHARS KICKER_DROP RULE_NEAR FREE FRAGMENT TOWER_HEAD BARRED BAR_NEAR LOOSE SET_IN "
    "SHARED FLAT MANY LAPPED WITHIN_COLUMN NEXT IN_LINE PIECES HIGHER PART ACROSS_COVER",
    "breaks": "SET_IN GREAT RANK APART_SIZE APART",
    "links": "LARGE ALONE DOWN SIDE MOST_SIDE BACK SHORT SIGNED SIGNED_ABOVE INDENT TAIL LEAVE "
    "FRAMED WITHIN WHOLE LEAST_TEXT LEAST_LED OVER",
}
# Where a name is imported by itself.
COPIES = {"flow.HEADLINE": ("bylines",), "flow.FAR": ("links",)}
SHARES = ("ink.INKED", "ink.BLANKED", "display.BODY.0")  # never above one

Values = Mapping[str, float]


def names() -> list[str]:
    return [f"{module}.{name}" for module, all_ in SOUGHT.items() for name in all_.split()]


def value_of(name: str) -> float:
    module, attribute, *place = name.split(".")
    value = getattr(_module(module), attribute)
    number: float = value[int(place[0])] if place else value
    return number


@contextlib.contextmanager
def set_to(values: Values) -> Iterator[None]:
    """The layout with other values of its constants, named as in `names`."""
    places = [
        (_module(module), name.split(".")[1], name.split(".")[2:], value)
        for name, value in values.items()
        for module in (name.split(".")[0], *COPIES.get(name, ()))
    ]
    before = [(module, attribute, getattr(module, attribute)) for module, attribute, *_ in places]
    try:
        for module, attribute, place, value in places:
            known = getattr(module, attribute)
            if place:
                at = int(place[0])
                setattr(module, attribute, (*known[:at], value, *known[at + 1 :]))
            else:
                setattr(module, attribute, value)
        yield
    finally:
        for module, attribute, known in reversed(before):
            setattr(module, attribute, known)


def _module(name: str) -> object:
    return importlib.import_module(f"baoguan.ocr.{name}")
