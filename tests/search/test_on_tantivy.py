"""What only an index in a folder can suffer."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import tantivy

from baoguan.errors import BadQuery, IndexBusy, IndexStale, IndexUnavailable, UsageError
from baoguan.search import EVERYTHING, Document, open_index, parse

Make = Callable[..., Document]

WRITES_UNTIL_KILLED = """
import itertools, sys
from baoguan.search import Document, open_index
index = open_index(sys.argv[1])
for number in itertools.count():
    page = f"p{number}"
    document = Document(f"{page}-1", page, "", "jb", "", None, 1, "article", "", "甲", "1")
    index.replace(page, [document])
    if number == 100:
        index.commit()
        print("committed", flush=True)
"""


def test_a_writer_that_is_killed_leaves_the_last_commit(empty_folder: Path, article: Make) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITES_UNTIL_KILLED, empty_folder], stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"committed\n"
        writer.send_signal(signal.SIGKILL)
    index = open_index(empty_folder)
    assert index.search(EVERYTHING).total == 101
    assert len(index.contents()) == 101
    index.replace("p0", [article("p0-1", "乙")])
    index.commit()
    assert index.search(EVERYTHING).total == 101
    index.close()


FILLS_THE_DISK = """
import resource, sys
from baoguan.errors import IndexUnavailable
from baoguan.search import Document, open_index
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
index = open_index(sys.argv[1])
try:
    for number in range(3000):
        page = f"p{number}"
        text = "".join(chr(0x4E00 + number + n) for n in range(50))
        document = Document(f"{page}-1", page, "", "jb", "", None, 1, "article", "", text, "1")
        index.replace(page, [document])
    index.commit()
except IndexUnavailable as trouble:
    print("told:", trouble)
index.close()
"""


def test_a_disk_that_is_full_is_told_and_leaves_the_last_commit(
    empty_folder: Path, article: Make
) -> None:
    """A limit on the size of a file stands in for the full disk."""
    index = open_index(empty_folder)
    index.replace("p1", [article("p1-1", "甲")])
    index.commit()
    command = [sys.executable, "-c", FILLS_THE_DISK, str(empty_folder)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert "cannot be written" in told.stdout
    assert index.search(EVERYTHING).ids == ("p1-1",)
    index.close()


def test_a_second_writer_is_refused_until_the_first_has_committed(
    empty_folder: Path, article: Make
) -> None:
    first, second = open_index(empty_folder), open_index(empty_folder)
    first.replace("p1", [article("p1-1", "甲")])
    with pytest.raises(IndexBusy, match="another process"):
        second.replace("p2", [article("p2-1", "甲")])
    assert second.search(EVERYTHING).total == 0
    first.commit()
    second.replace("p2", [article("p2-1", "甲")])
    second.commit()
    assert first.search(EVERYTHING).total == 2
    first.close()
    second.close()


def test_closing_drops_what_was_not_committed(empty_folder: Path, article: Make) -> None:
    index = open_index(empty_folder)
    index.replace("p1", [article("p1-1", "甲")])
    index.close()
    again = open_index(empty_folder)
    assert again.search(EVERYTHING).total == 0
    again.replace("p1", [article("p1-1", "甲")])
    again.close()


@pytest.mark.parametrize("label", ["", "{}", "[]", "\xff", '{"made_with": "something else"}'])
def test_a_folder_whose_label_is_odd_is_stale(
    empty_folder: Path, article: Make, label: str
) -> None:
    index = open_index(empty_folder)
    index.replace("p1", [article("p1-1", "甲")])
    index.commit()
    (empty_folder / "analysis.json").write_text(label, "latin-1")
    with pytest.raises(IndexStale):
        index.search(parse("甲"))
    index.clear()
    index.commit()
    assert index.contents() == {}
    index.close()


def test_an_index_without_its_label_is_stale(empty_folder: Path, article: Make) -> None:
    index = open_index(empty_folder)
    index.replace("p1", [article("p1-1", "甲")])
    index.commit()
    (empty_folder / "analysis.json").unlink()
    with pytest.raises(IndexStale):
        index.contents()
    index.close()


def test_a_pattern_that_stands_for_too_many_words_is_refused(
    empty_folder: Path, article: Make
) -> None:
    index = open_index(empty_folder)
    words = [f"ab{number:05d}" for number in range(17_000)]
    index.replace("p1", [article("p1-1", "甲" + " 甲".join(words)), article("p1-2", "甲ab")])
    index.commit()
    for ask in (index.search, index.facets):
        with pytest.raises(BadQuery, match="too many words"):
            ask(parse("甲ab*"))
    assert index.search(parse("甲ab1234*")).total == 1
    assert index.search(parse("ab*")).total == 2
    index.close()


def test_damaged_files_are_stale_and_can_be_made_anew(empty_folder: Path, article: Make) -> None:
    index = open_index(empty_folder)
    index.replace("p1", [article("p1-1", "甲")])
    index.commit()
    index.close()
    (empty_folder / "data" / "meta.json").write_text("{")
    with pytest.raises(IndexStale):
        index.search(parse("甲"))
    index.clear()
    index.replace("p1", [article("p1-1", "甲")])
    index.commit()
    assert index.search(parse("甲")).total == 1
    index.close()


def test_a_folder_that_vanishes_is_an_empty_index(empty_folder: Path, article: Make) -> None:
    index = open_index(empty_folder)
    index.replace("p1", [article("p1-1", "甲")])
    index.commit()
    assert index.search(parse("甲")).total == 1
    empty_folder.rename(empty_folder.with_name("elsewhere"))
    assert index.search(parse("甲")).total == 0
    index.close()


def test_a_place_where_no_folder_can_be_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    index = open_index(tmp_path / "file" / "index")
    with pytest.raises(IndexUnavailable, match="file"):
        index.search(parse("甲"))


@pytest.mark.parametrize("url", ["ftp://host/index", "sqlite:///x", "://"])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(UsageError):
        open_index(url)


def test_deleting_by_an_unsigned_field_would_still_delete_nothing(tmp_path: Path) -> None:
    """Why keys are text. Where this fails, tantivy has mended it, and the note may go."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("key", stored=True, indexed=True)
    index = tantivy.Index(builder.build(), path=str(tmp_path))
    writer = index.writer(15_000_000, num_threads=1)
    document = tantivy.Document()
    document.add_unsigned("key", 7)
    writer.add_document(document)
    writer.commit()
    writer.delete_documents_by_term("key", 7)
    writer.commit()
    index.reload()
    assert index.searcher().num_docs == 1
