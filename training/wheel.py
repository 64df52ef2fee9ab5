"""The model that training begins with: the recogniser in the rapidocr wheel."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from baoguan.ocr.engines import rapidocr

_SPEC = find_spec("rapidocr")
assert _SPEC is not None, "the package rapidocr is not installed"
assert _SPEC.origin is not None
RECOGNISER = Path(_SPEC.origin).parent / "models" / rapidocr.RECOGNISER
