from __future__ import annotations

from pathlib import Path

import pytest

from baoguan.errors import UsageError
from baoguan.settings import load_settings


def test_the_file_speaks_where_nobody_else_does(tmp_path: Path) -> None:
    (tmp_path / "baoguan.toml").write_text('engine = "tesseract"\nworkers = 3\n')
    settings = load_settings(tmp_path)
    assert (settings.engine, settings.workers) == ("tesseract", 3)


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "baoguan.toml").write_text('engine = "tesseract"\n')
    monkeypatch.setenv("BAOGUAN_ENGINE", "rapidocr")
    assert load_settings(tmp_path).engine == "rapidocr"


def test_the_environment_names_the_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAOGUAN_ARCHIVE", str(tmp_path))
    assert load_settings().archive == tmp_path
    assert load_settings(tmp_path / "other").archive == tmp_path / "other"


@pytest.mark.parametrize(
    ("text", "told"),
    [("engine = 'abbyy'", "engine"), ("colour = 1", "colour"), ("engine =", "TOML")],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "baoguan.toml").write_text(text)
    with pytest.raises(UsageError, match=told):
        load_settings(tmp_path)
