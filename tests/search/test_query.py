from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from baoguan.errors import BadQuery
from baoguan.search import (
    ANY,
    And,
    Dated,
    InTitle,
    Near,
    Not,
    OfKind,
    OfName,
    OnPage,
    Or,
    Phrase,
    Query,
    Wild,
    fold,
    parse,
    phrases,
)


def run(text: str) -> Phrase:
    return Phrase(tuple(text))


def printed(*tokens: str) -> Phrase:
    return Phrase(tokens, exact=True)


def days(first: str, last: str) -> Dated:
    return Dated(*(dt.date.fromisoformat(day) if day else None for day in (first, last)))


A, B, C = run("甲"), run("乙"), run("丙")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("盧溝橋", run("卢沟桥")),
        ("甲 乙", And((A, B))),
        ("甲　乙", And((A, B))),
        ("甲，乙。丙", And((A, B, C))),
        ("甲、乙", And((A, B))),
        ("甲 AND 乙", And((A, B))),
        ("甲 ＡＮＤ 乙", And((A, B))),
        ("甲&乙", And((A, B))),
        ("甲 && 乙", And((A, B))),
        ("甲＆乙", And((A, B))),
        ("甲 OR 乙", Or((A, B))),
        ("甲|乙", Or((A, B))),
        ("甲 ｜ 乙", Or((A, B))),
        ("甲 NOT 乙", And((A, Not(B)))),
        ("甲 AND NOT 乙", And((A, Not(B)))),
        ("甲 -乙", And((A, Not(B)))),
        ("甲 －乙", And((A, Not(B)))),
        ("NOT 甲", Not(A)),
        ("NOT NOT 甲", A),
        ("甲 OR NOT 乙", Or((A, Not(B)))),
        ("甲 乙 OR 丙", Or((And((A, B)), C))),
        ("甲 (乙 OR 丙)", And((A, Or((B, C))))),
        ("甲（乙｜丙）", And((A, Or((B, C))))),
        ("-(甲 OR 乙)", Not(Or((A, B)))),
        ("(甲 AND (乙 AND 丙))", And((A, B, C))),
        ("((甲))", A),
        ('"甲 乙"', run("甲乙")),
        ("“甲，乙”", run("甲乙")),
        ("「甲乙」", run("甲乙")),
        ("『甲乙』", run("甲乙")),
        ("＂甲乙＂", run("甲乙")),
        ('“甲乙"', run("甲乙")),
        ("「甲AND乙」", Phrase(("甲", "and", "乙"))),
        ("「a (b)」", Phrase(("a", "b"))),
        ("甲AND乙", And((A, B))),
        ("ANDERSON", Phrase(("anderson",))),
        ("B-AND-B", Phrase(("b", "and", "b"))),
        ("and", Phrase(("and",))),
        ("1937-7-7", Phrase(("1937", "7", "7"))),
        ("甲 - 乙", And((A, B))),
        ("甲-", A),
        ("T.S.Eliot", Phrase(("t", "s", "eliot"))),
        ("Ｓhanghai上海", Phrase(("shanghai", "上", "海"))),
        ("甲😀乙", run("甲乙")),
        ("😀 甲 ★", A),
        ("cafe\u0301", Phrase(("café",))),
        ("民囯", run("民国")),
        ("甲 NEAR/5 乙", Near(A, B, 5)),
        ("甲 ＮＥＡＲ／５ 乙", Near(A, B, 5)),
        ("甲NEAR/0乙", Near(A, B, 0)),
        ("NOT 甲 NEAR/1 「乙丙」", Not(Near(A, run("乙丙"), 1))),
        ("丙 (甲) NEAR/1 乙", And((C, Near(A, B, 1)))),
        ("=甲 NEAR/1 =乙", Near(printed("甲"), printed("乙"), 1)),
        ("NEARBY", Phrase(("nearby",))),
        ("near", Phrase(("near",))),
        ("「甲 NEAR/5 乙」", Phrase(("甲", "near", "5", "乙"))),
        ("甲?乙", Phrase(("甲", ANY, "乙"))),
        ("甲？？乙", Phrase(("甲", ANY, ANY, "乙"))),
        ("甲.?乙", Phrase(("甲", ANY, "乙"))),
        ("甲?", A),
        ("？甲*", A),
        ("甲 * 乙", And((A, B))),
        ("「甲?乙*」", run("甲乙")),
        ("shang*", Phrase((Wild("shang*"),))),
        ("Shan?hai", Phrase((Wild("shan?hai"),))),
        ("cafe\u0301?", Phrase((Wild("café?"),))),
        ("19??年", Phrase((Wild("19??"), "年"))),
        ("上?ai", Phrase(("上", Wild("?ai")))),
        ("s**h?", Phrase((Wild("s*h?"),))),
        ("a?b 甲?乙", And((Phrase((Wild("a?b"),)), Phrase(("甲", ANY, "乙"))))),
        ("=後", printed("後")),
        ("＝後", printed("後")),
        ('="後面"', printed("後", "面")),
        ("=「ＡＢ c」", printed("ＡＢ", "c")),
        ("=ＡＢ", printed("ＡＢ")),
        ("=後?面", Phrase(("後", ANY, "面"), exact=True)),
        ("甲 -=後", And((A, Not(printed("後"))))),
        ("甲=乙", run("甲乙")),
        ("甲 = 乙", And((A, B))),
        ("title:jb", InTitle("jb")),
        ("Title：京報", InTitle("京报")),
        ("title:“North China”", InTitle("north china")),
        ("subtitle:jb", Phrase(("subtitle", "jb"))),
        ("甲，page:2", And((A, OnPage(2)))),
        ("page：１２", OnPage(12)),
        ("-kind:head 甲", And((Not(OfKind("head")), A))),
        ("(kind:ARTICLE | kind:margin)", Or((OfKind("article"), OfKind("margin")))),
        ("person:梅蘭芳", OfName("person", "梅兰芳")),
        ("甲 -place：「上海」", And((A, Not(OfName("place", "上海"))))),
        ("org:招商局 | organisation:招商局", Or((OfName("organisation", "招商局"),) * 2)),
        ("date:1939", days("1939-01-01", "1939-12-31")),
        ("date:1940-02", days("1940-02-01", "1940-02-29")),
        ("date:1939-4-23", days("1939-04-23", "1939-04-23")),
        ("date：１９３９－０４．．１９３９－０６", days("1939-04-01", "1939-06-30")),
        ("date:1939..", days("1939-01-01", "")),
        ("date:..1939-04-23", days("", "1939-04-23")),
        ("date:民國廿八年四月", days("1939-04-01", "1939-04-30")),
        ("date：光緒三十年正月初一", days("1904-02-16", "1904-02-16")),
        ("date:「光緒三十年 正月」", days("1904-02-16", "1904-03-16")),
        ("date:光緒甲午", days("1894-02-06", "1895-01-25")),
        ("date:光緒三十年..", days("1904-02-16", "")),
        ("date:光緒三十四年～宣統元年", days("1908-02-02", "1910-02-09")),
        ("date:民國廿八年四月至民國廿八年六月", days("1939-04-01", "1939-06-30")),
        ("date:1937—1945", days("1937-01-01", "1945-12-31")),
        (
            "date:甲午",
            Or(
                (
                    days("1894-02-06", "1895-01-25"),
                    days("1954-02-03", "1955-01-23"),
                    days("2014-01-31", "2015-02-18"),
                )
            ),
        ),
    ],
)
def test_typed_is_read_as(typed: str, meant: Query) -> None:
    assert parse(typed) == meant


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("", 0),
        ("   ", 0),
        ("😀", 0),
        ("。。", 0),
        ('""', 0),
        ("甲 「」", 2),
        ("甲 “乙", 2),
        ('甲 乙"', 3),
        ("甲」", 1),
        ("甲 AND", 5),
        ("甲 AND  OR 乙", 7),
        ("OR 甲", 0),
        ("甲 OR ", 5),
        ("甲 NOT", 5),
        ("(甲", 0),
        ("甲 (乙 (丙)", 2),
        ("甲)", 1),
        ("（）", 1),
        ("甲 | | 乙", 4),
        ("AND", 0),
        ("甲 NEAR 乙", 2),
        ("甲 NEAR/ 乙", 2),
        ("甲 NEAR/31 乙", 2),
        ("甲 NEAR/x 乙", 2),
        ("NEAR/5 甲", 0),
        ("甲 NEAR/5", 8),
        ("甲 NEAR/5 NOT 乙", 9),
        ("甲 NEAR/5 (乙 丙)", 9),
        ("(甲 OR 乙) NEAR/5 丙", 9),
        ("甲 NEAR/5 乙 NEAR/5 丙", 11),
        ("甲 NEAR/5 page:1", 9),
        ("甲 NEAR/5 shang*", 9),
        ("=甲 NEAR/5 乙", 3),
        ("丙 甲*乙", 3),
        ("丙 甲??*乙", 3),
        ("a*", 0),
        ("丙 *a", 2),
        (" ".join(["ab?"] * 9), 32),
        ("甲 title:", 8),
        ("title: jb", 6),
        ("person:", 7),
        ("page:x", 5),
        ("page:0", 5),
        ("甲 page:１ｘ", 7),
        ("kind:picture", 5),
        ("date:", 5),
        ("date:..", 5),
        ("date:39", 5),
        ("date:1939-13", 5),
        ("date:1939-04..1939-02-30", 14),
        ("date:1940..1939", 5),
        ("date:0000", 5),
        ("date:民國廿八年十三月", 10),
        ("date:光緒三十五年", 5),
        ("甲 date:光緒三十年..甲午", 14),
        ("date:三月廿一", 9),
        ("title:“jb", 6),
        ("=「」", 1),
        ("甲" * 1001, 1000),
        ("甲" * 1_000_000, 1000),
        ("(" * 400 + "甲" + ")" * 400, 8),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_place(typed: str, place: int) -> None:
    with pytest.raises(BadQuery) as refused:
        parse(typed)
    assert refused.value.position == place


NAUGHTY = [
    "NULL", "-1/2", "<script>alert(1)</script>", "' OR 1=1 --", "%s%n", "${jndi:ldap://x}",
    "\u202e\u2066", "\ufeff", "\ud800", "\x00", "Ω≈ç√", "田中さん", "👩‍👩‍👧", "[[[",
    "]]", "{}", "~!@#$%^*",
    "NOT NOT NOT", "((((", "))))", "”“", "「『」』", "AND OR NOT", "-" * 999, "NOT " * 249 + "甲",
    "「" * 500, "甲 OR " * 150 + "乙", "《甲》〈乙〉【丙】",
]  # fmt: skip


@pytest.mark.parametrize("typed", NAUGHTY)
def test_naughty_strings_are_answered_or_refused(typed: str) -> None:
    answer = outcome(typed)
    assert not isinstance(answer, int) or 0 <= answer <= len(typed)


COSTLY = [
    "甲" * 1_000_000, "(" * 1_000_000, "甲 " * 500, "甲?" * 500, "NOT " * 249 + "甲", "-" * 1000,
    "「" * 1000, "ab? " * 8, "date:甲午 " * 120, "date:" + "民國" * 400, "person:甲 " * 110,
    "(甲 OR " * 8 + "乙" + ")" * 8, "😀" * 1000, "甲 OR " * 150 + "乙",
]  # fmt: skip


@pytest.mark.parametrize("typed", COSTLY, ids=range(len(COSTLY)))
def test_nothing_that_is_typed_takes_long_to_read(typed: str) -> None:
    outcome("date:甲午")  # the table of months is read once
    begun = time.process_time()
    outcome(typed)
    assert time.process_time() - begun < 0.05


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *'甲午a1 　()（）"“”「」『』&|＆-－，。ANDORNT😀\n?*？=:',
                *("NEAR/2", "date:", "title:", "1939..", "民國", "光緒", "正月", "年"),
            ]
        ),
        max_size=60,
    ).map("".join)
)
@example("NOT " * 200 + "(甲)")
def test_anything_typed_is_answered_or_refused_within_it(typed: str) -> None:
    answer = outcome(typed)
    if isinstance(answer, int):
        assert 0 <= answer <= len(typed)
    else:
        assert depth(answer) <= 25
        for phrase in phrases(answer):
            assert phrase.exact or all(fold(token) == token for token in spelt(phrase))


@given(st.text(alphabet=st.sampled_from(list("甲乙 AND()ORNT-")), max_size=40))
def test_full_width_is_read_as_half_width(typed: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in typed)
    assert outcome(wide) == outcome(typed)


def outcome(typed: str) -> Query | int:
    """The tree, or the place of the refusal."""
    try:
        return parse(typed)
    except BadQuery as refused:
        return refused.position


def spelt(phrase: Phrase) -> list[str]:
    return [token for token in phrase.tokens if isinstance(token, str)]


def depth(query: Query) -> int:
    match query:
        case Not(part):
            return 1 + depth(part)
        case And(parts) | Or(parts):
            return 1 + max(map(depth, parts))
        case _:
            return 0


def test_absent_words_are_no_phrases_to_look_for() -> None:
    assert list(phrases(parse("甲 (乙 OR NOT 丙)"))) == [A, B]
