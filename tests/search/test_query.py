from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from baoguan.errors import BadQuery
from baoguan.search import And, Not, Or, Phrase, Query, parse, phrases


def run(text: str) -> Phrase:
    return Phrase(tuple(text))


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


@given(
    st.text(
        alphabet=st.sampled_from(list('甲a1 　()（）"“”「」『』&|＆-－，。ANDORNT😀\n')),
        max_size=60,
    )
)
@example("NOT " * 200 + "(甲)")
def test_anything_typed_is_answered_or_refused_within_it(typed: str) -> None:
    answer = outcome(typed)
    if isinstance(answer, int):
        assert 0 <= answer <= len(typed)
    else:
        assert depth(answer) <= 25
        assert all(phrase.tokens for phrase in phrases(answer))


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


def depth(query: Query) -> int:
    match query:
        case Phrase():
            return 0
        case Not(part):
            return 1 + depth(part)
        case And(parts) | Or(parts):
            return 1 + max(map(depth, parts))


def test_absent_words_are_no_phrases_to_look_for() -> None:
    assert list(phrases(parse("甲 (乙 OR NOT 丙)"))) == [A, B]
