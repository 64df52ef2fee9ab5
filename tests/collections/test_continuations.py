from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baoguan.collections.continuations import Notice, chain, continuations, notices
from baoguan.model import Continuation, Page
from tests.pages import vertical_page

ISSUE = "jb-1939-04-23-a"
OTHER = ("寧波米價高漲", "昨日米市", "每石漲至三十六元")


def page(number: int, *articles: tuple[str, ...]) -> Page:
    return vertical_page(f"{ISSUE}-p{number:04d}", *articles)


def article(number: int, index: int) -> str:
    return f"{ISSUE}-p{number:04d}-a{index:04d}"


def goes_on(*pages: Page) -> list[tuple[str, str]]:
    return [(each.article, each.onto) for each in continuations(pages)]


ONWARD = [
    "（下轉第三版）", "下转第3版", "︵下轉第三張︶", "下接第三頁", "轉入第三版", "文轉第三版",
    "（轉第三版）", "續見第三版", "下轉三版", "（下转３版）", "續第三版", "接第三版",
    "(Continued on page 3)", "Cont. on Page three", "continued on p. 3", "Turn to page 3",
    '(Continued"on page 3)',
]  # fmt: skip
BACK = [
    "（上接第三版）", "上接第3版", "（緊接第三版）", "接自第三版", "接第三版", "（續第三版）",
    "承接第三頁", "(Continued from page 3)", "Contd. from p. 3", "(From Page 3)",
]  # fmt: skip


@pytest.mark.parametrize("printed", ONWARD)
def test_at_its_end_an_article_says_where_it_goes_on(printed: str) -> None:
    told = notices(page(1, ("華軍反攻南昌", "晨三時華軍自西北兩面進逼" * 8, printed)))
    assert told == (Notice(article(1, 0), 3, onward=True),)


@pytest.mark.parametrize("printed", BACK)
def test_at_its_beginning_it_says_where_it_comes_from(printed: str) -> None:
    told = notices(page(1, ("華軍反攻南昌", printed, "晨三時華軍自西北兩面進逼" * 8)))
    assert told == (Notice(article(1, 0), 3, onward=False),)


@pytest.mark.parametrize(
    "text",
    [
        "第三版",
        "請看第三版小說",
        "轉戰三年",
        "接第三團來電",
        "煩閱者遽下轉語",
        "in continuation of page proofs",
        "下轉第一版",  # the page it stands on
    ],
)
def test_what_only_looks_so_is_none(text: str) -> None:
    assert notices(page(1, ("華軍反攻南昌", "晨三時", text))) == ()


def test_a_notice_in_the_midst_of_a_text_is_none() -> None:
    body = "晨三時華軍自西北兩面進逼" * 8
    assert notices(page(1, ("華軍反攻南昌", body, "下轉第三版", body))) == ()


def test_a_notice_may_be_parted_over_two_columns() -> None:
    assert notices(page(1, ("華軍反攻南昌", "兩面進逼（下轉第", "三版）")))[0].other == 3


def test_a_notice_set_apart_belongs_to_the_article_beside_it() -> None:
    first = page(1, ("華軍反攻南昌", "兩面進逼"), ("（下轉第三版）",), OTHER)
    third = page(3, OTHER, ("（上接第一版）",), ("又訊", "敵軍退守城郊"))
    assert goes_on(first, third) == [(article(1, 0), article(3, 2))]


def test_two_notices_that_fit_join_two_articles() -> None:
    first = page(1, OTHER, ("華軍反攻南昌", "兩面進逼（下轉第三版）"))
    third = page(3, ("南昌戰事（上接第一版）", "敵軍退守城郊"), ("小說", "話說"))
    assert goes_on(first, third) == [(article(1, 1), article(3, 0))]
    assert continuations([third, first]) == continuations([first, third])


def test_of_several_those_go_together_that_are_alike() -> None:
    first = page(
        1, ("華軍反攻南昌", "兩面進逼（下轉第三版）"), ("寧波米價高漲", "各界呼籲（下轉第三版）")
    )
    third = page(
        3, ("米價（上接第一版）", "寧波米市米價又高漲"), ("南昌（上接第一版）", "華軍南昌城郊")
    )
    assert goes_on(first, third) == [
        (article(1, 0), article(3, 1)),
        (article(1, 1), article(3, 0)),
    ]


def test_one_notice_is_enough_where_the_headlines_are_alike() -> None:
    first = page(1, ("華軍反攻南昌", "兩面進逼（下轉第三版）"), OTHER)
    alike, unlike = ("反攻南昌", "敵軍退守城郊"), ("小說", "話說南昌")
    assert goes_on(first, page(3, unlike, alike)) == [(article(1, 0), article(3, 1))]
    assert goes_on(first, page(3, unlike)) == []
    assert goes_on(first, page(2, alike)) == []


def test_a_notice_for_another_page_is_no_notice_for_this_one() -> None:
    first = page(1, ("華軍反攻南昌", "兩面進逼（下轉第三版）"))
    assert goes_on(first, page(3, ("華軍反攻南昌（上接第二版）", "敵軍退守"))) == []


def test_an_article_may_go_on_twice() -> None:
    pages = (
        page(1, ("連載", "話說（下轉第二版）")),
        page(2, ("連載（上接第一版）", "且說" * 40 + "（下轉第三版）")),
        page(3, ("連載（上接第二版）", "再說")),
    )
    onto = dict(goes_on(*pages))
    assert chain(article(1, 0), onto) == [article(n, 0) for n in (1, 2, 3)]


@given(st.lists(st.sampled_from([1, 2, 3]), min_size=6, max_size=6))
def test_nothing_goes_round_in_a_circle_or_to_one_place_twice(others: list[int]) -> None:
    pages = [
        page(
            number,
            *(
                (
                    "連載",
                    f"（上接第{others[2 * number - 2]}版）且說（下轉第{others[2 * number - 1]}版）",
                )
                for _ in range(2)
            ),
        )
        for number in (1, 2, 3)
    ]
    found = continuations(pages)
    onto = {each.article: each.onto for each in found}
    assert len(set(onto.values())) == len(onto) == len(found)
    assert all(len(chain(start, onto)) <= 6 for start in onto)
    assert all(Continuation(a, b) in found for a, b in onto.items())
