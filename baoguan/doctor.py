"""What this machine has of what baoguan uses, and how to get the rest."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from dataclasses import dataclass

from baoguan.archive import open_archive
from baoguan.errors import BaoguanError
from baoguan.settings import Settings

TESSERACT_LANGUAGES = ("chi_sim", "chi_sim_vert", "chi_tra", "chi_tra_vert", "eng")
NEEDED = {
    "cv2": "opencv-python-headless",
    "onnxruntime": "onnxruntime",
    "pyvips": "pyvips-binary",
    "rapidocr": "rapidocr",
    "rjieba": "rjieba",
    "streamlit": "streamlit",
    "tantivy": "tantivy",
}


@dataclass(frozen=True, slots=True)
class Check:
    """`needed` things must be there; the others serve a part that can be done without."""

    name: str
    ok: bool
    found: str
    advice: str = ""
    needed: bool = True


def examine(settings: Settings) -> tuple[Check, ...]:
    """Every check; nothing is changed."""
    return (
        Check(
            "Python", sys.version_info >= (3, 11), sys.version.split()[0], "Install Python 3.11."
        ),
        *(_package(module, package) for module, package in NEEDED.items()),
        _openvino(settings),
        _tesseract(),
        _fonts(),
        _archive(settings),
        _index(settings),
    )


def _package(module: str, package: str) -> Check:
    found = importlib.util.find_spec(module) is not None
    return Check(package, found, "installed" if found else "missing", "Run `make setup`.")


def _openvino(settings: Settings) -> Check:
    found = importlib.util.find_spec("openvino") is not None
    return Check(
        "OpenVINO (finds lines in less time)",
        found,
        "installed" if found else "missing",
        f"Run `{sys.executable} -m pip install 'baoguan[openvino]'`, "
        "or keep to `runtime` = onnxruntime.",
        needed=settings.runtime == "openvino",
    )


def _tesseract() -> Check:
    name, advice = "Tesseract (second engine)", "apt install tesseract-ocr tesseract-ocr-chi-*"
    if not shutil.which("tesseract"):
        return Check(name, False, "missing", advice, needed=False)
    listed = subprocess.run(
        ["tesseract", "--list-langs"], capture_output=True, text=True, check=False
    ).stdout.split()
    missing = [language for language in TESSERACT_LANGUAGES if language not in listed]
    found = f"without {', '.join(missing)}" if missing else "with all languages"
    return Check(name, not missing, found, advice, needed=False)


def _fonts() -> Check:
    name, advice = "Chinese fonts (screens of this machine)", "apt install fonts-noto-cjk"
    if not shutil.which("fc-list"):
        return Check(name, False, "no fontconfig", advice, needed=False)
    listed = subprocess.run(
        ["fc-list", ":lang=zh", "family"], capture_output=True, text=True, check=False
    ).stdout
    good = "Noto Serif CJK" in listed
    return Check(name, good, "Noto CJK" if good else "none of Noto CJK", advice, needed=False)


def _archive(settings: Settings) -> Check:
    name = f"Archive {settings.archive.absolute()}"
    try:
        with open_archive(settings) as archive:
            counts = archive.catalogue.counts()
    except BaoguanError as error:
        return Check(name, False, str(error), error.advice, needed=False)
    return Check(name, True, f"{counts.pages} pages, {counts.articles} articles")


def _index(settings: Settings) -> Check:
    name = "Index"
    try:
        with open_archive(settings) as archive:
            pages = len(archive.index.contents())
    except BaoguanError as error:
        return Check(name, False, str(error), error.advice, needed=False)
    return Check(name, True, f"{pages} pages")
