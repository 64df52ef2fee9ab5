"""`baoguan evaluate`, on an archive that was given the truth for its reading."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from baoguan.archive import create_archive, open_archive
from baoguan.cli import app
from baoguan.errors import UsageError
from baoguan.pipeline import store_files
from baoguan.revisions import page_to_json, pages_from_json
from baoguan.settings import load_settings

SAMPLE = "scans/nanbu/nanbu_1934-05-12_0001+0004"
PAGES = ["nanbu-1934-05-12-a-p0001", "nanbu-1934-05-12-a-p0004"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    settings = load_settings(tmp_path_factory.mktemp("evaluate") / "archive")
    create_archive(settings)
    with open_archive(settings) as opened:
        store_files(opened, [samples / f"{SAMPLE}.jpg"])
        (scan,) = opened.catalogue.scans()
        pages = pages_from_json((samples / f"{SAMPLE}.truth.json").read_bytes())
        kept = [(page, opened.store.add("pages", page_to_json(page))) for page in pages]
        opened.catalogue.add_pages(scan.id, kept)
    return settings.archive


def told(archive: Path, *arguments: object) -> str:
    done = CliRunner().invoke(app, ["--archive", str(archive), "evaluate", *map(str, arguments)])
    if done.exception:
        raise done.exception
    return done.stdout


def test_scripts_are_told_every_figure(archive: Path, samples: Path) -> None:
    rows = [json.loads(row) for row in told(archive, samples / "scans", "--json").splitlines()]
    assert [row["page"] for row in rows] == [*PAGES, "all pages"]
    for row in rows:
        for rule in ("diplomatic", "folded"):
            assert row[rule]["line_cer"] == row[rule]["article_cer"] == 0
            assert row[rule]["char_recall"] == row[rule]["char_precision"] == 1
        assert set(row["region_iou"].values()) == {1}


def test_people_are_told_both_rules_and_each_page_by_its_whole_name(
    archive: Path, samples: Path
) -> None:
    text = told(archive, samples / f"{SAMPLE}.truth.json")
    for word in (*PAGES, "order", "order°", "precision", "advertisement", "1.0000"):
        assert word in text


def test_the_report_is_written_with_the_scans_in_it(
    archive: Path, samples: Path, tmp_path: Path
) -> None:
    told(archive, samples / f"{SAMPLE}.truth.json", "--html", tmp_path / "report.html")
    report = (tmp_path / "report.html").read_text("utf-8")
    assert report.count("data:image/jpeg;base64,") == len(PAGES)
    assert report.endswith("</body></html>\n")


def test_a_report_that_cannot_be_written_is_told(
    archive: Path, samples: Path, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        told(archive, samples / f"{SAMPLE}.truth.json", "--html", tmp_path / "no" / "x.html")
