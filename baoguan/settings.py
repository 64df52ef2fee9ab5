"""One frozen Settings, from the archive's `baoguan.toml` and from BAOGUAN_* in the environment.

What is said on the command line wins over the environment, and that over the file.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from baoguan.errors import UsageError

FILE_NAME = "baoguan.toml"
PREFIX = "BAOGUAN_"
DEFAULT_ARCHIVE = Path("archive")

NAME_PATTERNS = (
    "{title}_{date}_{page}",
    "{title}_{anything}_{date}_{page}+{page}",
    "{title}_{date}_{page}+{page}",
    "{title}_{anything}_{date}_{page}",
)


class Settings(BaseSettings):
    """Where things are kept and how pages are read; frozen, handed in, never global."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    archive: Path = DEFAULT_ARCHIVE
    store: str = ""  # an fsspec URL; empty is the folder `store` in the archive
    catalogue: str = ""  # an SQLAlchemy URL; empty is SQLite in the archive
    index: str = ""  # http(s)://… is Elasticsearch; empty is tantivy in the archive
    index_api_key: str = Field(default="", repr=False)  # of Elasticsearch, in place of a password
    index_ca: str = ""  # a PEM file: the authority that vouches for the server

    engine: Literal["rapidocr", "tesseract"] = "rapidocr"
    quality: Literal["fast", "best"] = "best"
    recogniser: Literal["old-type", "wheel"] = "old-type"  # what reads columns
    runtime: Literal["onnxruntime", "openvino"] = "onnxruntime"  # what finds lines runs on
    direction: Literal["auto", "vertical-rl", "horizontal-rtl", "horizontal-ltr"] = "auto"
    turn: Literal["auto", "0", "90", "180", "270"] = "auto"  # degrees clockwise, before reading
    name_patterns: tuple[str, ...] = NAME_PATTERNS

    workers: int = Field(default=0, ge=0)  # pages read at once; 0 is one for each core
    page_seconds: int = Field(default=600, ge=1)  # wall clock for reading one scan
    page_memory_mb: int = Field(default=4096, ge=256)  # address space beyond the libraries
    max_megapixels: int = Field(default=400, ge=1)
    max_frames: int = Field(default=2000, ge=1)  # of one TIFF or PDF
    pdf_dpi: int = Field(default=300, ge=50, le=1200)  # at which PDF pages are drawn

    language: Literal["zh-Hans", "zh-Hant", "en"] = "zh-Hans"

    @property
    def store_url(self) -> str:
        return self.store or str(self.archive.absolute() / "store")

    @property
    def catalogue_url(self) -> str:
        return self.catalogue or f"sqlite:///{self.archive.absolute() / 'catalogue.db'}"

    @property
    def index_url(self) -> str:
        return self.index or str(self.archive.absolute() / "index")

    @property
    def derivatives(self) -> Path:
        """Tiles' pyramids: local, made again at any time."""
        return self.archive.absolute() / "derivatives"

    @property
    def processes(self) -> int:
        return self.workers or os.cpu_count() or 1


def load_settings(archive: Path | None = None, **overrides: object) -> Settings:
    """The settings of `archive`, or of the one that BAOGUAN_ARCHIVE names.

    Raises UsageError for a file that is not TOML, an unknown name or a value that cannot be.
    """
    folder = archive or Path(os.environ.get(f"{PREFIX}ARCHIVE") or DEFAULT_ARCHIVE)
    in_file = {
        name: value
        for name, value in _read(folder / FILE_NAME).items()
        if f"{PREFIX}{name.upper()}" not in os.environ
    }
    try:
        return Settings(**{**in_file, **overrides, "archive": folder})  # type: ignore[arg-type]
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise UsageError(
            f"A setting is wrong (in {folder / FILE_NAME} or {PREFIX}*): {wrong}"
        ) from error


def _read(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise UsageError(f"{file} cannot be read as TOML: {error}") from error
