"""Who may import whom, and where the heavy libraries stay: the table of the house."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

NOUNS = {"model", "errors"}
BELOW_ARCHIVE = {"settings", "store", "catalogue", "tables", "revisions"}
MAY_IMPORT = {
    "model": set(),
    "errors": set(),
    "calendars": {"errors"},
    "settings": NOUNS,
    "store": NOUNS,
    "tables": NOUNS,
    "catalogue": NOUNS | {"tables"},
    "holdings": NOUNS,
    "revisions": NOUNS,
    "supervised": NOUNS,
    "ingest": NOUNS | {"calendars"},
    "ocr": NOUNS,
    "search": NOUNS | {"calendars"},
    "labels": NOUNS,
    "collections": NOUNS | {"calendars", "labels"},
    "migrations": {"tables"},
    "evaluate": NOUNS | {"labels", "revisions", "search"},
    "archive": NOUNS | BELOW_ARCHIVE | {"search"},
    "pipeline": NOUNS
    | BELOW_ARCHIVE
    | {"archive", "calendars", "collections", "ingest", "ocr", "search", "supervised"},
    "doctor": NOUNS | {"archive", "settings"},
}
ANYTHING_BUT_THE_OTHER = {"ui": "cli", "cli": "ui"}
AT_HOME = {
    "cv2": {"ocr"},
    "onnxruntime": {"ocr"},
    "pytesseract": {"ocr"},
    "rapidocr": {"ocr"},
    "elasticsearch": {"search"},
    "tantivy": {"search"},
    "jieba": {"search"},
    "rjieba": {"search"},
    "lunar_python": {"calendars"},
    "opencc": {"search"},
    "sqlalchemy": {"catalogue", "tables", "migrations"},
    "alembic": {"catalogue", "migrations"},
    "streamlit": {"ui"},
    "starlette": {"ui"},
    "typer": {"cli"},
}
PACKAGE = ROOT / "baoguan"
FILES = sorted(PACKAGE.rglob("*.py"))


def part_of(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "baoguan":
                yield from (f"baoguan.{alias.name}" for alias in node.names)
            yield node.module


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(PACKAGE)))
def test_each_part_imports_only_what_stands_below_it(file: Path) -> None:
    part = part_of(file)
    for name in imports(file):
        head, _, rest = name.partition(".")
        if head != "baoguan" or part in ("__init__", "__main__"):
            continue
        other = rest.split(".")[0]
        if other in ("", part, "__version__"):
            continue
        if part in ANYTHING_BUT_THE_OTHER:
            assert other != ANYTHING_BUT_THE_OTHER[part], f"{part} imports {other}"
        else:
            assert other in MAY_IMPORT[part], f"{part} imports {other}"


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(PACKAGE)))
def test_heavy_libraries_stay_in_their_part(file: Path) -> None:
    for name in imports(file):
        home = AT_HOME.get(name.partition(".")[0])
        assert home is None or part_of(file) in home, f"{file} imports {name}"


def test_the_package_never_imports_the_press_or_the_training() -> None:
    for file in FILES:
        assert not {"press", "training", "samples", "tests", "torch", "onnx"} & {
            name.partition(".")[0] for name in imports(file)
        }
