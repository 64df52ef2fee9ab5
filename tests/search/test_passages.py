"""Passages printed twice are found, though some characters were misread."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from baoguan.search import Document, Passages
from baoguan.search.alike import SHORTEST, align, codes, sample
from baoguan.search.cutting import tokens

Make = Callable[..., Document]
HAN = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]


def text(seed: int, length: int = 200) -> str:
    return "".join(random.Random(seed).choices(HAN, k=length))


def misread(clean: str, share: float, seed: int) -> str:
    """Characters replaced, dropped and added at random, in all a `share` of them."""
    chance = random.Random(seed)
    out = ""
    for character in clean:
        fault = chance.random() / share
        out += chance.choice(HAN) if fault < 0.8 else "" if fault < 0.9 else character
        out += chance.choice(HAN) if 0.9 <= fault < 1 else ""
    return out


def of_issue(make: Make, number: int, words: str, **other: object) -> Document:
    return make(f"jb-i{number}-p0001-a1", words, issue=f"i{number}", **other)


@pytest.fixture
def passages(tmp_path: Path) -> Iterator[Passages]:
    opened = Passages(tmp_path / "passages.db")
    yield opened
    opened.close()


def put(passages: Passages, *documents: Document) -> None:
    for document in documents:
        passages.replace(document.page, document.revision, [document])
    passages.commit()


@pytest.mark.parametrize("share", [0.05, 0.1])
def test_a_passage_printed_again_is_found_where_it_stands(
    passages: Passages, article: Make, share: float
) -> None:
    found = 0
    for seed in range(20):
        passages.clear()
        first = text(seed)
        again = text(seed + 100, 50) + misread(first[40:140], share, seed) + text(seed + 200, 50)
        put(passages, of_issue(article, 1, first), of_issue(article, 2, again))
        for pair in passages.reprints_of("jb-i1-p0001-a1"):
            found += 1
            assert pair.other == "jb-i2-p0001-a1"
            assert abs(pair.one_span[0] - 40) < 10
            assert abs(pair.one_span[1] - 140) < 10
            assert pair.likeness > 0.75
    assert found == 20


def test_both_articles_tell_of_the_pair_each_from_its_side(
    passages: Passages, article: Make
) -> None:
    put(
        passages,
        of_issue(article, 1, text(1, 60)),
        of_issue(article, 2, text(2, 30) + "，" + text(1, 60)),
    )
    (one,) = passages.reprints_of("jb-i1-p0001-a1")
    (other,) = passages.reprints_of("jb-i2-p0001-a1")
    assert (one.one_span, one.other_span) == ((0, 60), (31, 91))
    assert (other.one, other.one_span, other.other_span) == (one.other, (31, 91), (0, 60))
    assert (one.same, one.likeness) == (60, 1.0)


def test_what_is_short_or_in_the_same_issue_or_in_every_masthead_is_no_reprint(
    passages: Passages, article: Make
) -> None:
    shared = text(1, SHORTEST - 1)
    put(passages, of_issue(article, 1, text(2) + shared), of_issue(article, 2, shared + text(3)))
    assert passages.reprints() == ()
    put(passages, article("jb-i3-p0001-a1", text(4)), article("jb-i3-p0002-a1", text(4)))
    assert passages.reprints() == ()
    put(passages, of_issue(article, 4, text(5), kind="head"), of_issue(article, 5, text(5)))
    assert passages.reprints() == ()


def test_traditional_and_simplified_are_the_same_passage(passages: Passages, article: Make) -> None:
    printed = "國學會開會討論電車漲價問題衆議員多數贊成選舉辦法應當實行經濟計劃"
    today = "国学会开会讨论电车涨价问题众议员多数赞成选举办法应当实行经济计划"
    put(passages, of_issue(article, 1, printed), of_issue(article, 2, today))
    assert passages.reprints_of("jb-i1-p0001-a1")[0].likeness == 1.0


def test_a_page_read_again_takes_its_old_passages_with_it(
    passages: Passages, article: Make
) -> None:
    first, second = of_issue(article, 1, text(1)), of_issue(article, 2, text(1))
    put(passages, first, second)
    assert len(passages.reprints()) == 1
    put(passages, dataclasses.replace(second, text=text(2), revision="2"))
    assert passages.reprints() == ()
    assert passages.contents() == {first.page: "1", second.page: "2"}
    put(passages, second)
    assert len(passages.reprints()) == 1
    passages.remove(first.page)
    passages.commit()
    assert passages.reprints() == ()
    assert list(passages.documents([first.id, second.id])) == [second]


def test_what_is_printed_in_every_issue_is_one_family(passages: Passages, article: Make) -> None:
    put(passages, *(of_issue(article, n, text(1, 40)) for n in range(100)))
    (family,) = passages.families()
    assert len(family.articles) == 100
    assert len(passages.reprints()) <= 12 * 100  # and not each with each


def test_how_often_each_was_printed_again_is_told_for_several_at_once(
    passages: Passages, article: Make
) -> None:
    put(
        passages, *(of_issue(article, n, text(1)) for n in (1, 2, 3)), of_issue(article, 4, text(2))
    )
    asked = [f"jb-i{n}-p0001-a1" for n in (1, 4)]
    assert passages.printed_again(asked) == {"jb-i1-p0001-a1": 2}
    assert passages.printed_again([]) == {}


def test_documents_come_back_as_they_were(passages: Passages, article: Make) -> None:
    document = of_issue(article, 1, "甲，AB", confidence=0.5, illustrated=True, headline="號")
    put(passages, document, of_issue(article, 2, "乙"))
    assert list(passages.documents([document.id, "nothing"])) == [document]


def test_what_was_not_committed_is_not_seen(passages: Passages, article: Make) -> None:
    passages.replace("jb-i1-p0001", "1", [of_issue(article, 1, "甲")])
    passages.close()
    assert passages.contents() == {}


def test_a_file_of_another_version_or_of_noise_is_begun_anew(tmp_path: Path, article: Make) -> None:
    file = tmp_path / "passages.db"
    file.write_bytes(b"no database " * 1000)
    passages = Passages(file)
    assert passages.contents() == {}
    put(passages, of_issue(article, 1, "甲"))
    assert passages.contents() == {"jb-i1-p0001": "1"}
    passages.close()


def test_the_same_run_is_sampled_wherever_it_stands() -> None:
    run = text(1, 40)
    kept = sample(codes(tokens(run)))
    moved = sample(codes(tokens(text(2, 13) + run + text(3, 9))))
    assert kept
    assert {moved[code] - place for code, place in kept.items()} == {13}
    assert sample(codes(tokens("甲乙"))) == {}


def test_nothing_is_like_nothing() -> None:
    assert align(codes([]), codes(tokens("甲乙"))) is None
    assert align(codes(tokens(text(1, 300))), codes(tokens(text(2, 300)))) is None
