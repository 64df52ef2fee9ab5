"""What an index was made with. An index made with something else is stale and answers nothing."""

from __future__ import annotations

import unicodedata
from importlib.metadata import version

from baoguan.search.fold import FOLD_VERSION

SCHEMA_VERSION = 8  # raised whenever fields, tokens or documents change their meaning

ANALYSIS = (
    f"schema {SCHEMA_VERSION}, fold {FOLD_VERSION}, words rjieba {version('rjieba')}, "
    f"unicode {unicodedata.unidata_version}"
)
