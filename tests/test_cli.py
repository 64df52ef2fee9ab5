"""The command line as scripts see it: exit codes, JSON, and files."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.scans import grey, written

LINES = ["江上早报记者昨日在码头见到", "三艘新船同时起航前往下游"]


def baoguan(*arguments: object, archive: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = os.environ | ({"BAOGUAN_ARCHIVE": str(archive)} if archive else {})
    return subprocess.run(
        [sys.executable, "-m", "baoguan", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=120,
    )


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with one page, imported by the command."""
    folder = tmp_path_factory.mktemp("cli")
    written(LINES).save(folder / "jiang_1956-05-01_1.png")
    done = baoguan("--archive", folder / "archive", "import", folder / "jiang_1956-05-01_1.png")
    assert done.returncode == 0, done.stderr
    return folder / "archive"


def test_help_teaches_every_command() -> None:
    told = baoguan("--help").stdout
    for command in ("init", "import", "read", "index", "search", "serve", "export"):
        assert command in told
        assert len(baoguan(command, "--help").stdout) > 200


def test_help_answers_at_once() -> None:
    heavy = {"cv2", "onnxruntime", "streamlit", "tantivy", "sqlalchemy", "jieba"}
    code = "import sys, baoguan.cli; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert heavy.isdisjoint(loaded.stdout.split())


def test_a_missing_archive_is_told_with_what_to_do(tmp_path: Path) -> None:
    for command in (["search", "x"], ["status"], ["read"], ["export", "text", "--out", "x"]):
        done = baoguan(*command, archive=tmp_path / "none")
        assert done.returncode == 50
        assert "init" in done.stderr


def test_init_makes_an_archive_and_does_nothing_twice(tmp_path: Path) -> None:
    assert baoguan("init", archive=tmp_path / "a").returncode == 0
    (tmp_path / "a" / "baoguan.toml").write_text("workers = 1\n")
    assert baoguan("init", archive=tmp_path / "a").returncode == 0
    assert (tmp_path / "a" / "baoguan.toml").read_text() == "workers = 1\n"


def test_import_tells_scripts_what_became_of_each_file(tmp_path: Path) -> None:
    grey().save(tmp_path / "jb_1939-04-23_1.png")
    (tmp_path / "letter.jpg").write_text("a letter")
    done = baoguan("import", tmp_path, "--store-only", "--json", archive=tmp_path / "a")
    told = json.loads(done.stdout.splitlines()[-1])
    assert (told["seen"], told["stored"], told["duplicate"]) == (2, 1, 0)
    (rejected,) = told["rejected"]
    assert set(rejected) == {"path", "code", "reason"}
    assert (Path(rejected["path"]).name, rejected["code"]) == ("letter.jpg", "unknown-format")
    assert done.returncode == 20
    again = baoguan(
        "import", tmp_path / "jb_1939-04-23_1.png", "--store-only", "--json", archive=tmp_path / "a"
    )
    assert json.loads(again.stdout)["duplicate"] == 1
    assert again.returncode == 0


def test_search_gives_one_json_object_for_each_hit(held: Path) -> None:
    done = baoguan("search", "三艘新船", "--json", archive=held)
    (line,) = done.stdout.splitlines()
    hit = json.loads(line)
    assert set(hit) == {"id", "title", "date", "page", "snippet", "boxes"}
    assert (hit["title"], hit["date"]) == ("jiang", "1956-05-01")
    assert hit["page"] == "jiang-1956-05-01-a-p0001"
    (box,) = hit["boxes"]
    assert set(box) == {"page", "left", "top", "right", "bottom"}
    assert box["left"] < box["right"]


def test_search_counts_and_filters(held: Path) -> None:
    assert baoguan("search", "新船", "--count", archive=held).stdout == "1\n"
    assert (
        baoguan("search", "新船", "--count", "--from", "1957-01-01", archive=held).stdout == "0\n"
    )
    assert baoguan("search", "新船", "--count", "--title", "other", archive=held).stdout == "0\n"
    assert baoguan("search", "沒有這樣的話", "--json", archive=held).stdout == ""


def test_search_lists_what_may_be_misread_only_when_asked_and_says_so(held: Path) -> None:
    assert baoguan("search", "三艘舊船", "--json", archive=held).stdout == ""
    done = baoguan("search", "三艘舊船", "--tolerant", "--json", archive=held)
    hit = json.loads(done.stdout)
    assert hit["possible"] is True
    assert hit["boxes"]
    exact = baoguan("search", "三艘新船", "--tolerant", "--json", archive=held)
    assert "possible" not in json.loads(exact.stdout)
    told = baoguan("search", "三艘舊船", "--tolerant", archive=held).stdout
    assert "0 articles, 1 more possible" in told
    assert baoguan("search", "三艘舊船", "--tolerant", "--count", archive=held).stdout == "0\n"


def test_search_understands_conditions_and_printed_forms(held: Path) -> None:
    for words, count in [
        ("新船 date:1956-05", 1),
        ("新船 date:..1955", 0),
        ("新船 title:jiang page:1", 1),
        ("三 NEAR/1 新", 1),
        ("三?新船", 1),
    ]:
        assert baoguan("search", words, "--count", archive=held).stdout == f"{count}\n", words


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["search", '"unclosed'], 40),
        (["search", "甲*乙"], 40),
        (["search", "x", "--from", "yesterday"], 2),
        (["search"], 2),
        (["bogus"], 2),
        (["export", "text", "--out", "x", "no-such-page"], 52),
    ],
)
def test_each_class_of_error_has_its_exit_code(arguments: list[str], code: int, held: Path) -> None:
    done = baoguan(*arguments, archive=held)
    assert done.returncode == code
    assert "Traceback" not in done.stderr


def test_exports_are_named_for_pages_and_issues(held: Path, tmp_path: Path) -> None:
    for form in ("text", "alto", "mets"):
        assert baoguan("export", form, "--out", tmp_path, archive=held).returncode == 0
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "jiang-1956-05-01-a-p0001.alto.xml",
        "jiang-1956-05-01-a-p0001.txt",
        "jiang-1956-05-01-a.mets.xml",
    ]
    text = (tmp_path / "jiang-1956-05-01-a-p0001.txt").read_text("utf-8")
    assert text.splitlines() == LINES


def test_status_and_doctor_answer_scripts(held: Path) -> None:
    told = json.loads(baoguan("status", "--json", archive=held).stdout)
    assert told["pages"] == 1
    done = baoguan("doctor", "--json", archive=held)
    assert done.returncode == 0
    assert all(check["ok"] for check in json.loads(done.stdout) if check["needed"])


def _heed_interrupts() -> None:
    """A shell has what it starts in the background ignore them, and children inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_an_interrupted_import_says_that_it_goes_on_from_there(tmp_path: Path) -> None:
    for number in range(1, 40):
        grey(600, 800, seed=number).save(tmp_path / f"jb_1939-04-23_{number}.png")
    running = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "baoguan",
            "--archive",
            str(tmp_path / "a"),
            "import",
            str(tmp_path),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_heed_interrupts,
    )
    while not (tmp_path / "a" / "lock").exists():
        time.sleep(0.05)
    time.sleep(1)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=60)
    assert running.returncode == 130, told
    assert "goes on from here" in told
    assert "Traceback" not in told


def test_serve_answers_health_until_it_is_stopped(held: Path) -> None:
    port = 18751
    server = subprocess.Popen(
        [sys.executable, "-m", "baoguan", "--archive", str(held), "serve", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert wait_for_health(port)["pages"] == 1
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(20)


def wait_for_health(port: int) -> dict[str, object]:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as answer:
                return dict(json.load(answer))
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server never answered")


@pytest.mark.parametrize("name", ["README.md", "README.en.md"])
def test_the_readme_names_every_command(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    commands = ("import", "read", "index", "search", "serve", "export", "evaluate", "doctor")
    for word in ("make demo", "make test", "BAOGUAN_INDEX", *commands):
        assert word in text
