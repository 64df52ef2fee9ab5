"""What every index promises, kept by each engine alike."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baoguan.errors import BadQuery, IndexStale
from baoguan.search import (
    ANY,
    EVERYTHING,
    And,
    Dated,
    Document,
    Facets,
    Filters,
    Index,
    InTitle,
    Near,
    Not,
    OfKind,
    OfName,
    OnPage,
    Or,
    Phrase,
    Query,
    Volume,
    Wild,
    loosened,
    matches,
    open_index,
    parse,
)

Make = Callable[..., Document]
ALPHABET = "甲乙丙國"
TOKENS = st.sampled_from(["甲", "乙", "丙", "国", "1", "ab", "ア"])
DAYS = [dt.date(1939, 4, 23), dt.date(1939, 5, 1), dt.date(1872, 4, 30)]
NAMES = [("person", "梅兰芳"), ("person", "京"), ("place", "京"), ("organisation", "招商局")]
PIECES = ["甲", "乙", "丙", "國", "国", "囯", "，", "AB", " 1 ", "ア", "。"]


def put(index: Index, *documents: Document) -> None:
    """Puts `documents` in, page by page, and commits."""
    for page in dict.fromkeys(document.page for document in documents):
        index.replace(page, [document for document in documents if document.page == page])
    index.commit()


def ids(index: Index, words: str, filters: Filters | None = None) -> set[str]:
    return set(index.search(parse(words), filters or Filters(), limit=0).ids)


class TestFinding:
    def test_a_run_of_characters_is_found_only_where_they_follow_each_other(
        self, index: Index, article: Make
    ) -> None:
        put(index, article("p1-1", "盧溝橋事變"), article("p1-2", "橋上溝邊盧家"))
        assert ids(index, "盧溝橋") == {"p1-1"}

    def test_a_word_that_no_dictionary_would_cut_out_is_found(
        self, index: Index, article: Make
    ) -> None:
        put(index, article("p1-1", "中國人民站起來"))
        assert ids(index, "國人") == {"p1-1"}

    @pytest.mark.parametrize(
        ("printed", "asked"),
        [
            ("光緖年間", "光绪年间"),
            ("民囯日報", "民国日报"),
            ("硏究敎育", "研究教育"),
            ("戱院", "戏院"),
            ("戯院", "戲院"),
            ("為國", "爲国"),
            ("囘鄕", "回乡"),
            ("淸晨靑島", "清晨青岛"),
            ("说明", "說明"),
            ("ＡＢＣ公司", "abc公司"),
            ("１９３７年", "1937年"),
            ("二○年", "二〇年"),
        ],
    )
    def test_printed_forms_and_forms_of_today_find_each_other(
        self, index: Index, article: Make, printed: str, asked: str
    ) -> None:
        put(index, article("p1-1", printed), article("p1-2", asked))
        assert ids(index, printed) == ids(index, asked) == {"p1-1", "p1-2"}

    def test_a_phrase_is_found_across_punctuation(self, index: Index, article: Make) -> None:
        put(index, article("p1-1", "北平、天津。上海"))
        assert ids(index, "「天津上海」") == {"p1-1"}

    def test_latin_words_are_found_whole_and_in_any_case(self, index: Index, article: Make) -> None:
        put(index, article("p1-1", "The SHANGHAI Times"), article("p1-2", "Shanghaied"))
        assert ids(index, "shanghai") == {"p1-1"}
        assert ids(index, '"shanghai times"') == {"p1-1"}

    def test_accented_letters_kana_and_hangul_are_found(self, index: Index, article: Make) -> None:
        put(index, article("p1-1", "Café アジア 대한"))
        assert ids(index, "café") == ids(index, "ジア") == ids(index, "한") == {"p1-1"}

    def test_not_alone_finds_all_the_others(self, index: Index, article: Make) -> None:
        put(index, article("p1-1", "甲"), article("p1-2", "乙"))
        assert ids(index, "NOT 甲") == {"p1-2"}

    def test_everything_is_everything(self, index: Index, article: Make) -> None:
        put(index, article("p1-1", "甲"), article("p2-1", ""))
        assert index.search(EVERYTHING).total == 2

    def test_a_headline_counts_for_rank_and_not_for_finding(
        self, index: Index, article: Make
    ) -> None:
        put(
            index,
            article("p1-1", "北平市況一斑"),
            article("p1-2", "北平市況一斑", headline="北平市況"),
            article("p1-3", "天津", headline="北平"),
        )
        assert index.search(parse("北平")).ids == ("p1-2", "p1-1")

    def test_the_longest_query_is_answered(self, index: Index, article: Make) -> None:
        put(index, article("p1-1", "甲乙丙"))
        assert index.search(parse("甲 " * 500)).total == 1
        assert index.search(parse(" OR ".join("甲" for _ in range(200)))).total == 1
        assert index.search(parse("甲" * 1000)).total == 0
        deep = "(甲 OR NOT " * 8 + "丁" + ")" * 8
        assert index.search(parse(deep)).total == 1

    @pytest.mark.parametrize(
        "separator", ["\n", "\x00", "\u200b", "😀", "'", "\\", "*", "?", "~2", "/"]
    )
    def test_signs_of_other_query_languages_are_only_signs(
        self, index: Index, article: Make, separator: str
    ) -> None:
        put(index, article("p1-1", f"甲{separator}乙"))
        assert ids(index, f'"甲{separator}乙"') == {"p1-1"}


class TestTheQueryLanguage:
    @pytest.fixture
    def filled(self, index: Index, article: Make) -> Index:
        put(
            index,
            article("p1-1", "蔣介石先生", date=dt.date(1939, 4, 30), number=1),
            article("p2-1", "蔣价石", date=dt.date(1939, 5, 1), number=2, kind="head"),
            article("p3-1", "石在蔣前 Shanghai 1937", title="cb", title_name="晨報"),
            article("p4-1", "以後；皇后", date=dt.date(1940, 1, 1), number=2),
        )
        return index

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("蔣?石", {"p1-1", "p2-1"}),
            ("蒋？石", {"p1-1", "p2-1"}),
            ("蔣 NEAR/1 石", {"p1-1", "p2-1", "p3-1"}),
            ("石 NEAR/0 蔣", set()),
            ("蔣石 NEAR/1 在", set()),
            ("shang*", {"p3-1"}),
            ("19?7", {"p3-1"}),
            ("=後", {"p4-1"}),
            ("=后", {"p4-1"}),
            ("=以后", set()),
            ("以后", {"p4-1"}),
            ("＝“蔣介”", {"p1-1"}),
            ("=shanghai", set()),
            ("=Shanghai", {"p3-1"}),
            ("石 title:晨报", {"p3-1"}),
            ("石 -title:CB", {"p1-1", "p2-1"}),
            ("date:1939-04", {"p1-1"}),
            ("date:1939-05..", {"p2-1", "p4-1"}),
            ("NOT date:1939", {"p3-1", "p4-1"}),
            ("石 page:2", {"p2-1"}),
            ("kind:head OR page：1 石", {"p1-1", "p2-1", "p3-1"}),
        ],
    )
    def test_is_understood(self, filled: Index, words: str, found: set[str]) -> None:
        assert ids(filled, words) == found


class TestTolerance:
    """The table says that 盧 is like 慮, 橋 is not; no phrase of the texts is there by chance."""

    @pytest.fixture
    def filled(self, index: Index, article: Make) -> Index:
        put(
            index,
            article("p1-1", "盧溝橋事變"),
            article("p1-2", "盧溝口事變"),
            article("p1-3", "溝橋事變"),
            article("p1-4", "盧口口事變"),
            article("p2-1", "慮溝橋"),
            article("p2-2", "口溝橋"),
            article("p3-1", "末來"),
            article("p3-2", "未來", kind="head"),
        )
        return index

    @pytest.mark.parametrize(
        ("words", "exact", "possible"),
        [
            ("盧溝橋事變", {"p1-1"}, {"p1-2", "p1-3"}),
            ("盧溝橋", {"p1-1"}, {"p2-1"}),
            ("未來", {"p3-2"}, {"p3-1"}),
            ("未", {"p3-2"}, set()),
            ("=盧溝橋事變", {"p1-1"}, set()),
            ("盧溝?事變", {"p1-1", "p1-2"}, set()),
            ("盧溝橋事變 NOT 口", {"p1-1"}, {"p1-3"}),
            ("未來 OR 盧溝橋", {"p1-1", "p3-2"}, {"p2-1", "p3-1"}),
            ("未來 kind:head", {"p3-2"}, set()),
            ("NOT 未來", {"p1-1", "p1-2", "p1-3", "p1-4", "p2-1", "p2-2", "p3-1"}, set()),
        ],
    )
    def test_what_may_be_misread_is_apart_from_what_is_found(
        self, filled: Index, words: str, exact: set[str], possible: set[str]
    ) -> None:
        found = filled.search(parse(words), limit=0, tolerant=True)
        assert (set(found.ids), set(found.possible_ids)) == (exact, possible)
        assert (found.total, found.possible) == (len(exact), len(possible))
        assert filled.search(parse(words), limit=0).possible_ids == ()

    def test_what_is_possible_stands_behind_what_is_found(
        self, index: Index, article: Make
    ) -> None:
        put(index, *(article(f"p1-{n}", "未末"[n % 2] + "來") for n in range(10)))
        pages = [
            index.search(parse("未來"), limit=3, offset=offset, tolerant=True)
            for offset in range(0, 12, 3)
        ]
        assert [id_ for page in pages for id_ in page.ids] == [f"p1-{n}" for n in range(0, 10, 2)]
        assert [i for page in pages for i in page.possible_ids] == [
            f"p1-{n}" for n in range(1, 10, 2)
        ]
        assert [len(page.ids + page.possible_ids) for page in pages] == [3, 3, 3, 1]
        assert {(page.total, page.possible) for page in pages} == {(5, 5)}


class TestFiltering:
    @pytest.fixture
    def filled(self, index: Index, article: Make) -> Index:
        put(
            index,
            article("p1-1", "甲", title="jb", date=dt.date(1937, 7, 6)),
            article("p1-2", "甲", title="jb", date=dt.date(1937, 7, 7), kind="advertisement"),
            article("p2-1", "甲", title="sb-晨", date=dt.date(1872, 4, 30)),
            article("p3-1", "甲", title="sb-晨", date=None, kind="head"),
        )
        return index

    @pytest.mark.parametrize(
        ("filters", "found"),
        [
            (Filters(), {"p1-1", "p1-2", "p2-1", "p3-1"}),
            (Filters(titles=("jb",)), {"p1-1", "p1-2"}),
            (Filters(titles=("sb-晨", "jb")), {"p1-1", "p1-2", "p2-1", "p3-1"}),
            (Filters(titles=("sb",)), set()),
            (Filters(kinds=("head", "advertisement")), {"p1-2", "p3-1"}),
            (Filters(date_from=dt.date(1937, 7, 7)), {"p1-2"}),
            (Filters(date_to=dt.date(1937, 7, 6)), {"p1-1", "p2-1"}),
            (Filters(date_from=dt.date(1872, 4, 30), date_to=dt.date(1872, 4, 30)), {"p2-1"}),
            (Filters(("jb",), dt.date(1900, 1, 1), dt.date(1937, 7, 6), ("article",)), {"p1-1"}),
        ],
    )
    def test_filters_narrow_together(
        self, filled: Index, filters: Filters, found: set[str]
    ) -> None:
        assert ids(filled, "甲", filters) == found


class TestFacets:
    def test_hits_are_counted_by_title_kind_and_month(self, index: Index, article: Make) -> None:
        put(
            index,
            article("p1-1", "甲", title="sb-晨", date=dt.date(1937, 7, 6), kind="head"),
            article("p1-2", "甲", date=dt.date(1937, 7, 31)),
            article("p2-1", "甲", date=dt.date(1872, 4, 30)),
            article("p3-1", "甲", date=None),
            article("p4-1", "乙", date=dt.date(1937, 7, 1)),
        )
        counted = index.facets(parse("甲"))
        assert counted.titles == {"sb-晨": 1, "jb": 3}
        assert counted.kinds == {"head": 1, "article": 3}
        assert counted.months == {"1872-04": 1, "1937-07": 2}
        narrowed = index.facets(parse("甲"), Filters(titles=("sb-晨",)))
        assert (narrowed.titles, narrowed.months) == ({"sb-晨": 1}, {"1937-07": 1})
        assert index.facets(parse("丙")) == Facets()

    def test_hits_are_counted_by_direction_quality_and_pictures(
        self, index: Index, article: Make
    ) -> None:
        vertical, level = "vertical-rl", "horizontal-ltr"
        put(
            index,
            article("p1-1", "甲", direction=vertical, confidence=0.95, illustrated=True),
            article("p1-2", "甲", direction=vertical, confidence=0.9499),
            article("p1-3", "甲", direction=level, confidence=0.2),
            article("p2-1", "", confidence=None),
        )
        counted = index.facets(EVERYTHING)
        assert counted.directions == {vertical: 2, level: 1}
        assert counted.qualities == {"95": 1, "90": 1, "0": 1}
        assert counted.illustrated == {"yes": 1, "no": 3}

        def left(**narrowing: object) -> set[str]:
            filters = Filters(**narrowing)  # type: ignore[arg-type]
            return set(index.search(EVERYTHING, filters, limit=0).ids)

        assert left(directions=(level,)) == {"p1-3"}
        assert left(qualities=("90", "0")) == {"p1-2", "p1-3"}
        assert left(illustrated=True) == {"p1-1"}
        assert left(illustrated=False, directions=(vertical,)) == {"p1-2"}

    def test_hits_are_counted_and_narrowed_by_the_names_in_them(
        self, index: Index, article: Make
    ) -> None:
        mei, shanghai = ("person", "梅兰芳"), ("place", "上海")
        keys = ("person:梅兰芳", "person:畹华")
        put(
            index,
            article("p1-1", "甲", names=(mei, shanghai), name_keys=keys),
            article("p1-2", "甲", names=(shanghai,), name_keys=("place:上海",)),
            article("p1-3", "甲"),
        )
        counted = index.facets(EVERYTHING)
        assert (counted.persons, counted.places) == ({"梅兰芳": 1}, {"上海": 2})
        assert counted.organisations == {}
        assert ids(index, "person:梅蘭芳") == ids(index, "person:畹華") == {"p1-1"}
        assert ids(index, "甲 -person:梅兰芳") == {"p1-2", "p1-3"}
        assert ids(index, "甲", Filters(places=("上海",))) == {"p1-1", "p1-2"}
        assert ids(index, "甲", Filters(places=("上海",), persons=("梅兰芳",))) == {"p1-1"}

    def test_hits_are_narrowed_to_what_came_in_since(self, index: Index, article: Make) -> None:
        put(
            index,
            article("p1-1", "甲", added=1_700_000_000),
            article("p1-2", "甲", added=1_700_000_001),
            article("p1-3", "甲"),
        )
        assert ids(index, "甲", Filters(added_since=1_700_000_001)) == {"p1-2"}
        assert ids(index, "甲", Filters(added_since=1_700_000_000)) == {"p1-1", "p1-2"}

    def test_characters_are_summed_by_month(self, index: Index, article: Make) -> None:
        put(
            index,
            article("p1-1", "甲乙，丙。", date=dt.date(1937, 7, 6)),
            article("p1-2", "甲 AB cd", date=dt.date(1937, 7, 31)),
            article("p2-1", "甲", date=dt.date(1872, 4, 30)),
            article("p3-1", "甲", date=None),
            article("p4-1", "乙", date=dt.date(1937, 8, 1)),
        )
        july = Volume(2, 5 + 5)
        assert index.volumes(parse("甲")) == {"1872-04": Volume(1, 1), "1937-07": july}
        assert list(index.volumes(EVERYTHING)) == ["1872-04", "1937-07", "1937-08"]
        assert index.volumes(parse("甲"), Filters(date_from=dt.date(1937, 1, 1))) == {
            "1937-07": july
        }
        assert index.volumes(parse("丁")) == {}

    def test_what_was_replaced_is_not_counted(self, index: Index, article: Make) -> None:
        for title in ("jb", "sb"):
            put(index, *(article(f"p1-{n}", "甲", title=title) for n in range(5)))
        assert index.facets(EVERYTHING).titles == {"sb": 5}

    def test_titles_and_months_are_all_counted_however_many(
        self, index: Index, article: Make
    ) -> None:
        put(
            index,
            *(
                article(f"p{n}-1", "甲", title=f"t{n}", date=dt.date(1872 + n // 12, n % 12 + 1, 1))
                for n in range(300)
            ),
        )
        counted = index.facets(EVERYTHING)
        assert counted.titles == {f"t{n}": 1 for n in range(300)}
        assert len(counted.months) == 300
        assert list(counted.months) == sorted(counted.months)

    def test_an_index_without_anything_has_no_facets(self, index: Index) -> None:
        assert index.facets(EVERYTHING) == Facets()
        assert index.volumes(EVERYTHING) == {}


class TestPaging:
    def test_equals_stand_in_the_order_of_their_ids(self, index: Index, article: Make) -> None:
        names = [f"p{number:02d}-1" for number in range(90)]
        shuffled = random.Random(1).sample(names, len(names))
        put(index, *(article(name, "甲乙") for name in shuffled))
        assert index.search(parse("甲"), limit=0).ids == tuple(names)
        assert index.search(parse("甲"), limit=7).ids == tuple(names[:7])
        pages = [index.search(parse("甲"), limit=20, offset=start) for start in range(0, 100, 20)]
        assert [id_ for page in pages for id_ in page.ids] == names
        assert {page.total for page in pages} == {90}

    def test_what_is_not_ranked_stands_in_the_order_of_ids(
        self, index: Index, article: Make
    ) -> None:
        put(index, *(article(f"p{n % 7}-{n:02d}", "甲") for n in range(40)))
        names = sorted(f"p{n % 7}-{n:02d}" for n in range(40))
        assert index.search(EVERYTHING, limit=0).ids == tuple(names)
        assert index.search(parse("NOT 乙"), limit=5, offset=10).ids == tuple(names[10:15])

    def test_beyond_the_end_is_nothing(self, index: Index, article: Make) -> None:
        put(index, article("p1-1", "甲"))
        for offset in (1, 50, 20_000):
            assert index.search(parse("甲"), offset=offset).ids == ()
            assert index.search(parse("甲"), offset=offset).total == 1

    def test_an_index_without_anything_finds_nothing(self, index: Index) -> None:
        assert index.search(EVERYTHING).total == 0
        assert index.search(parse("甲"), limit=0).ids == ()
        assert index.contents() == {}


class TestReplacing:
    def test_a_page_indexed_again_is_not_doubled(self, index: Index, article: Make) -> None:
        for revision in ("1", "1", "2"):
            put(index, article("p1-1", "甲", revision=revision), article("p1-2", "甲"))
        assert index.search(parse("甲")).total == 2

    def test_articles_that_a_new_reading_no_longer_has_are_gone(
        self, index: Index, article: Make
    ) -> None:
        put(index, article("p1-1", "甲"), article("p1-2", "乙"))
        put(index, article("p1-1", "丙", revision="2"))
        assert index.search(EVERYTHING).ids == ("p1-1",)
        assert ids(index, "甲 OR 乙") == set()

    def test_a_page_replaced_twice_before_a_commit_has_its_last_form(
        self, index: Index, article: Make
    ) -> None:
        index.replace("p1", [article("p1-1", "甲"), article("p1-2", "甲")])
        index.replace("p1", [article("p1-2", "乙")])
        index.commit()
        assert index.search(EVERYTHING).ids == ("p1-2",)

    def test_many_documents_before_one_commit_are_all_there(
        self, index: Index, article: Make
    ) -> None:
        for page in range(300):
            index.replace(f"p{page}", [article(f"p{page}-{n}", "甲") for n in range(5)])
        for page in range(0, 300, 3):
            index.replace(f"p{page}", [article(f"p{page}-0", "乙", revision="2")])
        index.commit()
        assert index.search(parse("甲")).total == 1000
        assert index.search(parse("乙")).total == 100
        assert sorted(index.contents().values()) == ["1"] * 200 + ["2"] * 100

    def test_nothing_is_seen_before_the_commit(self, index: Index, article: Make) -> None:
        put(index, article("p1-1", "甲"))
        index.replace("p2", [article("p2-1", "甲")])
        assert index.search(parse("甲")).total == 1

    def test_a_removed_page_is_gone(self, index: Index, article: Make) -> None:
        put(index, article("p1-1", "甲"), article("p2-1", "甲"))
        index.remove("p1")
        index.remove("never-there")
        index.commit()
        assert index.search(EVERYTHING).ids == ("p2-1",)
        assert index.contents() == {"p2": "1"}

    def test_a_page_whose_id_begins_like_another_is_left_alone(
        self, index: Index, article: Make
    ) -> None:
        put(index, article("p1-1", "甲"), article("p1-2-1", "甲"), article("p11-1", "甲"))
        index.remove("p1")
        index.commit()
        assert set(index.contents()) == {"p1-2", "p11"}

    def test_contents_tell_the_revision_of_each_page(self, index: Index, article: Make) -> None:
        put(
            index,
            article("p1-1", "甲", revision="a"),
            article("p1-2", "甲", revision="a"),
            article("p2-1", "", revision="b"),
        )
        assert index.contents() == {"p1": "a", "p2": "b"}

    def test_a_document_of_another_page_is_refused(self, index: Index, article: Make) -> None:
        with pytest.raises(ValueError, match="p2"):
            index.replace("p1", [article("p2-1", "甲")])

    @settings(deadline=None, max_examples=20)
    @given(
        steps=st.lists(
            st.tuples(
                st.sampled_from(["p1", "p2", "p3"]),
                st.lists(st.text(ALPHABET, max_size=5), max_size=3),
                st.booleans(),
            ),
            max_size=8,
        )
    )
    def test_any_course_of_changes_ends_in_what_was_last_put(
        self,
        shared_address: str,
        article: Make,
        steps: list[tuple[str, list[str], bool]],
    ) -> None:
        index = open_index(shared_address)
        for page in index.contents():
            index.remove(page)
        index.commit()
        held: dict[str, list[Document]] = {}
        for number, (page, texts, commits) in enumerate(steps):
            held[page] = [
                article(f"{page}-{i}", text, revision=str(number)) for i, text in enumerate(texts)
            ]
            index.replace(page, held[page])
            if commits:
                index.commit()
        index.commit()
        documents = [document for page in held.values() for document in page]
        assert set(index.search(EVERYTHING, limit=0).ids) == {d.id for d in documents}
        assert index.contents() == {d.page: d.revision for d in documents}
        index.close()


class TestLasting:
    def test_what_was_committed_is_there_when_opened_again(
        self, address: str, article: Make
    ) -> None:
        first = open_index(address)
        put(first, article("p1-1", "甲"))
        first.close()
        again = open_index(address)
        assert ids(again, "甲") == {"p1-1"}
        again.close()

    def test_an_index_held_open_sees_what_another_commits(
        self, index: Index, address: str, article: Make
    ) -> None:
        assert ids(index, "甲") == set()
        other = open_index(address)
        put(other, article("p1-1", "甲"))
        assert ids(index, "甲") == {"p1-1"}
        other.clear()
        put(other, article("p2-1", "甲"))
        assert ids(index, "甲") == {"p2-1"}
        other.close()

    def test_after_a_commit_another_may_write(
        self, index: Index, address: str, article: Make
    ) -> None:
        put(index, article("p1-1", "甲"))
        other = open_index(address)
        put(other, article("p2-1", "甲"))
        put(index, article("p3-1", "甲"))
        assert ids(other, "甲") == {"p1-1", "p2-1", "p3-1"}
        other.close()

    def test_a_cleared_index_shows_the_old_until_the_new_is_committed(
        self, index: Index, article: Make
    ) -> None:
        put(index, article("p1-1", "甲"), article("p2-1", "甲"))
        index.clear()
        index.replace("p3", [article("p3-1", "甲")])
        assert ids(index, "甲") == {"p1-1", "p2-1"}
        index.commit()
        assert ids(index, "甲") == {"p3-1"}
        assert index.contents() == {"p3": "1"}

    def test_an_index_may_be_cleared_before_anything_was_written(self, index: Index) -> None:
        index.clear()
        index.commit()
        assert index.contents() == {}

    def test_an_index_made_with_other_rules_answers_nothing_until_it_is_made_anew(
        self, address: str, article: Make, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made_otherwise(monkeypatch, "an older table")
        old = open_index(address)
        put(old, article("p1-1", "甲"))
        old.close()
        monkeypatch.undo()
        index = open_index(address)
        for question in (
            lambda: index.search(parse("甲")),
            lambda: index.contents(),
            lambda: put(index, article("p1-1", "甲")),
        ):
            with pytest.raises(IndexStale):
                question()
        index.close()
        index = open_index(address)
        index.clear()
        put(index, article("p2-1", "甲"))
        assert ids(index, "甲") == {"p2-1"}
        index.close()


def made_otherwise(monkeypatch: pytest.MonkeyPatch, rules: str) -> None:
    """As if the program had other rules."""
    from baoguan.search import on_elasticsearch, on_tantivy

    monkeypatch.setattr(on_tantivy, "MADE_WITH", rules)
    monkeypatch.setattr(on_elasticsearch, "ANALYSIS", rules)
    mappings = dict(on_elasticsearch._MAPPINGS) | {"_meta": {"made_with": rules}}
    monkeypatch.setattr(on_elasticsearch, "_MAPPINGS", mappings)


def phrases_of(tokens: st.SearchStrategy[str]) -> st.SearchStrategy[Phrase]:
    """Spelt out, as printed, and with a gap in the middle."""
    spelt = st.lists(tokens, min_size=1, max_size=4).map(tuple)
    gapped = st.tuples(tokens, st.just(ANY), st.sampled_from([ANY, "甲", "国"]), tokens)
    return st.builds(Phrase, spelt | gapped)


PRINTED = st.sampled_from(["國", "国", "囯", "AB", "甲", "ア"])
PATTERNS: list[str | Wild] = [Wild("a?"), Wild("*b"), Wild("a*"), Wild("?"), "甲", "1"]
PATTERNED = st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=2)


def leaves() -> st.SearchStrategy[Query]:
    plain = phrases_of(TOKENS)
    as_printed = st.lists(PRINTED, min_size=1, max_size=2).map(lambda t: Phrase(tuple(t), True))
    conditions: list[Query] = [InTitle("jb"), InTitle("晨报"), OnPage(2), OfKind("head")]
    conditions += [OfName("person", "京"), OfName("place", "京"), OfName("person", "无")]
    return st.one_of(
        plain,
        as_printed,
        PATTERNED.map(lambda tokens: Phrase(tuple(tokens))),
        st.builds(Near, plain, plain, st.integers(0, 4)),
        st.builds(Near, as_printed, as_printed, st.integers(0, 2)),
        st.sampled_from(conditions),
        st.builds(Dated, st.none() | st.sampled_from(DAYS), st.none() | st.sampled_from(DAYS)),
    )


def trees() -> st.SearchStrategy[Query]:
    return st.recursive(
        leaves(),
        lambda parts: (
            st.lists(parts, max_size=3).map(lambda several: And(tuple(several)))
            | st.lists(parts, max_size=3).map(lambda several: Or(tuple(several)))
            | parts.map(Not)
        ),
        max_leaves=8,
    )


@pytest.fixture(scope="module")
def articles(article: Make) -> tuple[Document, ...]:
    """Of two titles, some pages, kinds and days, some undated."""
    chance = random.Random(7)
    return tuple(
        article(
            f"p{number // 6:03d}-{number}",
            "".join(chance.choices(PIECES, k=chance.randint(0, 12))),
            title=("jb", "cb")[number % 2],
            title_name=("京报", "晨報")[number % 2],
            number=chance.randint(0, 3),
            kind=chance.choice(["article", "advertisement", "head", "margin"]),
            date=chance.choice([*DAYS, None]),
            direction=chance.choice(["vertical-rl", "horizontal-ltr", ""]),
            confidence=chance.choice([None, 0.99, 0.93, 0.5]),
            illustrated=chance.random() < 0.3,
            names=(named := tuple(chance.sample(NAMES, chance.randint(0, 3)))),
            name_keys=tuple(f"{kind}:{name}" for kind, name in named),
        )
        for number in range(240)
    )


@pytest.fixture(scope="module")
def filled(new_address: Callable[[], str], articles: tuple[Document, ...]) -> Iterator[Index]:
    index = open_index(new_address())
    put(index, *articles)
    yield index
    index.close()


class TestAgainstTheScan:
    """Each engine finds exactly what a scan of the texts finds."""

    @settings(deadline=None, max_examples=300)
    @given(query=trees())
    def test_any_tree(self, filled: Index, articles: tuple[Document, ...], query: Query) -> None:
        found = filled.search(query, limit=0)
        assert set(found.ids) == {a.id for a in articles if matches(query, a)}
        assert found.total == len(found.ids)

    @settings(deadline=None, max_examples=100)
    @given(query=trees())
    def test_the_facets_of_any_tree(
        self, filled: Index, articles: tuple[Document, ...], query: Query
    ) -> None:
        filters = Filters(titles=("jb",), date_to=dt.date(1939, 4, 30))
        for narrowed in (Filters(), filters):
            hits = [
                a
                for a in articles
                if matches(query, a)
                and (narrowed is not filters or (a.title == "jb" and a.date and a.date < DAYS[1]))
            ]
            assert filled.facets(query, narrowed) == Facets(
                Counter(a.title for a in hits),
                Counter(a.kind for a in hits),
                Counter(f"{a.date:%Y-%m}" for a in hits if a.date),
                Counter(a.direction for a in hits if a.direction),
                Counter(a.quality for a in hits if a.quality),
                Counter("yes" if a.illustrated else "no" for a in hits),
                *(
                    Counter(name for a in hits for kind, name in a.names if kind == wanted)
                    for wanted in ("person", "place", "organisation")
                ),
            )

    @settings(deadline=None, max_examples=100)
    @given(query=trees() | st.lists(TOKENS, min_size=2, max_size=7).map(lambda t: Phrase(tuple(t))))
    def test_any_tree_where_characters_may_be_misread(
        self, filled: Index, articles: tuple[Document, ...], query: Query
    ) -> None:
        found = filled.search(query, limit=0, tolerant=True)
        loose = {a.id for a in articles if matches(loosened(query), a)}
        exact = {a.id for a in articles if matches(query, a)}
        assert set(found.ids) == exact
        assert set(found.possible_ids) == loose - exact
        assert (found.total, found.possible) == (len(exact), len(loose - exact))

    @settings(deadline=None, max_examples=200)
    @given(
        words=st.lists(
            st.sampled_from(
                [
                    *PIECES,
                    *("甲乙", "AND", "OR", "NOT ", "-", "(", ")", '"', "「", "」", " "),
                    *(" NEAR/2 ", "?", "？", "a*", "*", "="),
                    *("title:jb ", "date:1939-04 ", "page:2 "),
                ]
            ),
            max_size=9,
        ).map("".join)
    )
    def test_anything_typed(
        self, filled: Index, articles: tuple[Document, ...], words: str
    ) -> None:
        try:
            query = parse(words)
        except BadQuery:
            return
        found = filled.search(query, limit=0)
        assert set(found.ids) == {a.id for a in articles if matches(query, a)}
