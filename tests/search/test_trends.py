"""Words counted by month and by year, the same on each engine."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterable, Sequence

import pytest

from baoguan.search import By, Document, Filters, Index, Period, Volume, parse, spans, trend
from baoguan.search.likeness import more_like, telling_words
from baoguan.search.trends import occurrences, trend_rows

Make = Callable[..., Document]
Texts = Callable[[Sequence[str]], Iterable[Document]]


@pytest.fixture
def filled(index: Index, article: Make) -> tuple[Index, Texts]:
    documents = [
        article("p1-1", "華軍華軍到了", date=dt.date(1937, 7, 6)),
        article("p1-2", "华军，华。軍", date=dt.date(1937, 8, 31)),
        article("p2-1", "米價", date=dt.date(1938, 1, 1), title="sb"),
        article("p3-1", "華軍", date=None),
    ]
    held = {document.id: document for document in documents}
    for page in ("p1", "p2", "p3"):
        index.replace(page, [d for d in documents if d.page == page])
    index.commit()
    return index, lambda ids: [held[id_] for id_ in ids]


def test_articles_and_occurrences_stand_beside_what_is_held(filled: tuple[Index, Texts]) -> None:
    index, texts = filled
    years = trend(index, texts, parse("華軍"))
    assert years == (Period("1937", 2, 4, Volume(2, 12)), Period("1938", 0, 0, Volume(1, 2)))
    assert years[0].per_million == pytest.approx(4e6 / 12)
    months = trend(index, texts, parse("華軍"), by=By.MONTH)
    assert [(p.name, p.occurrences) for p in months] == [
        ("1937-07", 2),
        ("1937-08", 2),
        ("1938-01", 0),
    ]
    assert trend(index, texts, parse("華軍"), Filters(titles=("sb",)))[0].name == "1938"


def test_where_too_many_are_found_only_articles_are_counted(filled: tuple[Index, Texts]) -> None:
    index, texts = filled
    (first, _) = trend(index, texts, parse("華軍"), count_within=1)
    assert (first.articles, first.occurrences, first.per_million) == (2, None, None)
    assert trend(index, texts, parse("華軍"), count_within=2)[0].occurrences == 4


def test_the_table_has_a_row_for_each_word_and_period(filled: tuple[Index, Texts]) -> None:
    index, texts = filled
    asked = ("華軍", "米價")
    head, *body = trend_rows(asked, [trend(index, texts, parse(words)) for words in asked])
    assert head[:4] == ("period", "words", "articles", "occurrences")
    assert [row[:4] for row in body] == [
        ("1937", "華軍", "2", "4"),
        ("1938", "華軍", "0", "0"),
        ("1937", "米價", "0", "0"),
        ("1938", "米價", "1", "1"),
    ]


@pytest.mark.parametrize("words", ["華軍", "華", "AB", "華?軍", "=華", "華 軍", "華軍 NEAR/2 AB"])
def test_occurrences_are_the_places_that_are_marked(words: str) -> None:
    chance, query = random.Random(1), parse(words)
    for _ in range(50):
        text = "".join(chance.choices(["華", "华", "軍", "，", " AB ", "Ab"], k=30))
        assert occurrences(query, text) == len(spans(query, text))


def test_an_article_that_shares_rare_words_is_alike(index: Index, article: Make) -> None:
    common = ["天氣晴朗", "米價高漲", "電影開演", "學校開學"]
    documents = [article(f"p{n}-1", common[n % 4]) for n in range(12)]
    documents += [
        article("q1-1", "輪船公司昨日開會討論輪船航線"),
        article("q2-1", "輪船航線增加輪船"),
    ]
    for document in documents:
        index.replace(document.page, [document])
    index.commit()
    alike = more_like(index, documents[-2])
    assert "轮船" in alike.words
    assert alike.ids[0] == "q2-1"
    assert "q1-1" not in alike.ids


def test_what_no_other_article_holds_tells_nothing(index: Index, article: Make) -> None:
    index.replace("p1", [article("p1-1", "輪船公司")])
    index.commit()
    assert telling_words(index, "輪船公司") == ()
    assert more_like(index, article("p1-1", "，")).ids == ()
