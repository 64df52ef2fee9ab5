"""One article beside those that share a passage with it, and those that speak of the same."""

from __future__ import annotations

from difflib import SequenceMatcher

from baoguan.errors import NotFound, SearchError
from baoguan.search import Alike, Document, Reprint, fold
from baoguan.ui import clips, dates, links
from baoguan.ui.markup import Html, el
from baoguan.ui.views.frame import framed, go, kicker
from baoguan.ui.visit import Visit, script_of

REPRINTS_SHOWN = 12
ALIKE_SHOWN = 10
AROUND = 30  # characters shown before and after a passage
BEGINNING = 80  # characters shown of an article that is alike


def view(visit: Visit) -> Html:
    """Raises NotFound."""
    archive = visit.house.archive
    here = archive.document(visit.param("article"))
    pairs = archive.passages.reprints_of(here.id)
    try:
        alike = archive.more_like(here.id, ALIKE_SHOWN)
    except SearchError:  # what was printed again is known without the index
        alike = Alike((), ())
    shown = pairs[:REPRINTS_SHOWN]
    held = {d.id: d for d in archive.documents({p.other for p in shown} | set(alike.ids))}
    others = [held[id_] for id_ in alike.ids if id_ in held]
    name = here.headline or here.text[:12]
    return framed(
        visit,
        "alike",
        kicker(*_where(visit, here)),
        el("h1", name, lang=_lang(visit, here)),
        go(visit.t("Read it on the page"), _reader(visit, here)),
        el(
            "section",
            el("h2", visit.many("Printed again {n} time", "Printed again {n} times", len(pairs))),
            el("ol", [_pair(visit, here, held[p.other], p) for p in shown if p.other in held]),
            class_="reprints",
        )
        if pairs
        else el("p", visit.t("No passage of it was found again in another issue."), class_="meta"),
        _more(visit, alike.words, others),
        title=f"{name} · {visit.t('More like this')}",
    )


def _pair(visit: Visit, here: Document, other: Document, pair: Reprint) -> Html:
    share = visit.t("{n} of 100 characters are the same", n=f"{round(100 * pair.likeness)}")
    return el(
        "li",
        el("p", share, class_="kicker"),
        el(
            "div",
            _side(visit, here, pair.one_span, other.text[slice(*pair.other_span)]),
            _side(visit, other, pair.other_span, here.text[slice(*pair.one_span)]),
            class_="sides",
        ),
    )


def _side(visit: Visit, document: Document, span: tuple[int, int], beside: str) -> Html:
    """The passage as printed and as read, with what stands around it."""
    start, end = span
    text, (width, height) = document.text, clips.SIZE
    return el(
        "a",
        el("small", " · ".join(filter(None, _where(visit, document)))),
        el("b", document.headline, lang=_lang(visit, document)) if document.headline else None,
        el(
            "span",
            el(
                "img",
                src=links.passage_clip(document, start, end),
                alt="",
                loading="lazy",
                width=width,
                height=height,
            ),
            class_="thumb",
        ),
        el(
            "span",
            "…" if start > AROUND else None,
            text[max(0, start - AROUND) : start],
            el("mark", _compared(text[start:end], beside)),
            text[end : end + AROUND],
            "…" if end + AROUND < len(text) else None,
            lang=_lang(visit, document),
            class_="passage",
        ),
        href=_reader(visit, document),
    )


def _compared(text: str, beside: str) -> list[Html]:
    """Characters that the other copy lacks or reads otherwise are underlined."""
    matcher = SequenceMatcher(None, fold(text), fold(beside), autojunk=False)
    return [
        el("span", text[a:b]) if tag == "equal" else el("u", text[a:b])
        for tag, a, b, _, _ in matcher.get_opcodes()
        if b > a
    ]


def _more(visit: Visit, words: tuple[str, ...], others: list[Document]) -> Html | None:
    if not others:
        return None
    asked = " OR ".join(words)
    return el(
        "section",
        el("h2", visit.t("More like this")),
        el(
            "p",
            visit.t("By the words that tell it from others:"),
            " ",
            el("a", "、".join(words), href=visit.link("search", q=asked), class_="quiet"),
            class_="meta",
        ),
        el("ol", [el("li", _other(visit, document)) for document in others]),
        id="alike",
        class_="more",
    )


def _other(visit: Visit, document: Document) -> Html:
    lang = _lang(visit, document)
    text = document.text[:BEGINNING] + ("…" if len(document.text) > BEGINNING else "")
    return el(
        "a",
        el("b", document.headline or document.text[:12], lang=lang),
        el("span", text, lang=lang),
        el("small", " · ".join(filter(None, _where(visit, document)))),
        href=_reader(visit, document),
    )


def _where(visit: Visit, document: Document) -> tuple[str, ...]:
    try:
        entry = visit.house.entry(document.page)
    except NotFound:
        return (document.title, dates.long(document.date, visit.lang))
    return (visit.title_name(entry), dates.long(entry.date, visit.lang), visit.page_label(entry))


def _lang(visit: Visit, document: Document) -> str:
    try:
        return script_of(visit, visit.house.entry(document.page))
    except NotFound:
        return "zh-Hant"


def _reader(visit: Visit, document: Document) -> str:
    return links.reader(visit.lang, document.page, article=document.id)
