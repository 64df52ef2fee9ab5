"""Whether the engines find what is there: their hits beside a scan of the text, query by query.

    python -m bench.truth                                              20,000 queries, embedded
    python -m bench.truth --elasticsearch http://127.0.0.1:9200 --queries 20000

Over real newspapers (see bench/corpus.py): for each made-up query the hits of each engine must be
those of a scan of every article, so the engines agree with each other too; and each box that is
marked, read back by the characters printed there, must spell what was asked. Besides: `parity`, how
many pairs of forms (traditional, simplified, variant, width) have the same hits; `tolerance`, how
many four-character queries are found where of the text 5 characters in 100 are replaced by
look-alikes.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import opencc
from elasticsearch import Elasticsearch

from baoguan.model import Article, Box, Page
from baoguan.search import (
    And,
    Document,
    Index,
    Match,
    Near,
    Or,
    Phrase,
    Query,
    Reading,
    Wild,
    fold,
    locate,
    look_alikes,
    matches,
    open_index,
    parse,
    phrases,
)
from baoguan.search.cutting import joined, token_texts
from baoguan.search.fold import _TABLE
from bench.corpus import SEED, documents_on, jingbao_pages, sample_pages

MISREAD, FOUND = 0.05, 0.95
PAIRS = 400
MARKED = 2  # hits of a query whose boxes are read back


class Asker:
    """Makes queries as people type them: of what stands in the text, joined in every way."""

    def __init__(self, documents: Sequence[Document], seed: int) -> None:
        self._chance = random.Random(seed)
        self._cuts = [cut for d in documents if len(cut := token_texts(d.text)) > 1]
        self._forms = opencc.OpenCC("t2s"), opencc.OpenCC("s2t")

    def queries(self, number: int) -> Iterator[str]:
        for _ in range(number):
            yield self._tree(self._chance.choices([0, 1, 2, 3], [50, 30, 15, 5])[0])

    def _tree(self, depth: int) -> str:
        if depth == 0 or self._chance.random() < 0.35:
            leaves = [self._word, self._near, self._condition]
            return self._chance.choices(leaves, [80, 15, 5])[0]()
        left, right = self._tree(depth - 1), self._tree(depth - 1)
        joint = self._chance.choices(["AND", "OR", "NOT", ""], [3, 3, 2, 1])[0]
        return f"({left}) {joint} ({right})"

    def _run(self, *lengths: int) -> list[str]:
        cut = self._chance.choice(self._cuts)
        length = min(len(cut), self._chance.choice(lengths))
        start = self._chance.randrange(len(cut) - length + 1)
        return cut[start : start + length]

    def _word(self) -> str:
        """A phrase: plain, in other forms, as printed, of no sense, with `?`, or with `*`."""
        run = self._run(1, 2, 2, 2, 3, 3, 4, 4, 5, 8)
        form = self._chance.choices(["plain", "other", "=", "mixed", "?", "*"], [5, 2, 1, 1, 1, 1])
        text = joined(tuple(run))
        match form[0]:
            case "other":
                return f'"{self._chance.choice(self._forms).convert(text)}"'
            case "=":
                return f'="{text}"'
            case "mixed":
                return f'"{joined(tuple(self._chance.sample(run, len(run))))}"'
            case "?" if len(run) > 2:
                return "".join([*run[:1], "?", *run[2:]])
            case "*" if run[0].isascii() and len(run[0]) > 2:
                return "".join([f"{run[0][:3]}*", *run[1:]])
            case _:
                return f'"{text}"'

    def _near(self) -> str:
        one, other = (joined(tuple(self._run(1, 2, 3))) for _ in range(2))
        return f'"{one}" NEAR/{self._chance.randint(0, 12)} "{other}"'

    def _condition(self) -> str:
        return self._chance.choice(
            ["title:jb", "date:1920", "date:1930-04..1930-06", "kind:advertisement", "page:1"]
        )


class Scan:
    """The scan of every text, with the articles left out that lack a character of a phrase."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._ids = [document.id for document in documents]
        self._readings = [Reading(document) for document in documents]
        self._all = set(range(len(documents)))
        self._having: dict[str, set[int]] = {}
        for place, document in enumerate(documents):
            for token in set(token_texts(fold(document.text))):
                self._having.setdefault(token, set()).add(place)

    def hits(self, query: Query) -> set[str]:
        candidates = self._candidates(query)
        return {self._ids[p] for p in candidates if matches(query, self._readings[p])}

    def _candidates(self, query: Query) -> set[int]:
        """The articles that hold all characters of what is asked; all where none is spelt."""
        match query:
            case Phrase() | Near():
                tokens = [t for p in phrases(query) for t in p.tokens if not isinstance(t, Wild)]
                having = [self._having.get(fold(token), set()) for token in tokens]
                return set.intersection(self._all, *having)
            case And(parts):
                return set.intersection(self._all, *map(self._candidates, parts))
            case Or(parts):
                return set[int]().union(*map(self._candidates, parts))
            case _:
                return self._all


class Print:
    """Reads a page back by its boxes: what is printed within a box."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._chars = {
            page.id: {
                char.box: char.text
                for region in page.regions
                for line in region.lines
                for char in line.chars
            }
            for page in pages
        }

    def spells(self, page: Page, article: Article, match: Match) -> bool:
        """Whether the characters under the boxes, in order of the lines, are those of the match."""
        lines = page.lines_of(article)
        read = ""
        for box in match.boxes:
            inside = [
                char.text
                for line in lines
                if line.box.overlap(box)
                for char in line.chars
                if _within(char.box, box)
            ]
            read += "".join(inside)
        return "".join(read.split()) == "".join(match.text.split())


def _within(one: Box, other: Box) -> bool:
    """Whether the middle of `one` lies in `other`; boxes of neighbours touch."""
    x, y = one.centre
    return other.left <= x < other.right and other.top <= y < other.bottom


def check(
    engines: dict[str, Index],
    pages: Sequence[Page],
    documents: Sequence[Document],
    number: int,
    seed: int,
) -> bool:
    scan, printed = Scan(documents), Print(pages)
    by_id = {article.id: (page, article) for page in pages for article in page.articles}
    wrong: Counter[str] = Counter()
    hits = boxes = with_hits = 0
    began = time.monotonic()
    for count, words in enumerate(Asker(documents, seed).queries(number), 1):
        query = parse(words)
        wanted = scan.hits(query)
        hits += len(wanted)
        with_hits += bool(wanted)
        for name, index in engines.items():
            found = index.search(query, limit=len(documents))
            if set(found.ids) != wanted or found.total != len(wanted):
                wrong[name] += 1
                print(f"  {name} differs: {words}  {sorted(set(found.ids) ^ wanted)[:3]}")
        for id_ in sorted(wanted)[:MARKED]:
            page, article = by_id[id_]
            for match in locate(query, page, article):
                boxes += len(match.boxes)
                if not printed.spells(page, article, match):
                    wrong["boxes"] += 1
                    print(f"  boxes do not spell: {words}  {id_}  {match}")
        if count % 1000 == 0:
            print(f"  {count:,} queries, {time.monotonic() - began:,.0f} s", flush=True)
    print(
        f"{number:,} queries, {with_hits:,} of them with hits, {hits:,} hits over"
        f" {len(documents):,} articles; {boxes:,} boxes read back; wrong: {dict(wrong) or 'none'}"
    )
    return not wrong


def pairs_of_forms(documents: Sequence[Document]) -> Iterator[tuple[str, ...]]:
    """Runs of the text in all their forms: each character's traditional, simplified, variants."""
    chance = random.Random(SEED)
    forms: dict[str, list[str]] = {}
    for source, target in _TABLE.items():
        forms.setdefault(chr(target), []).append(chr(source))
    texts = [d.text for d in documents if len(d.text) > 3]
    while True:
        text = chance.choice(texts)
        start = chance.randrange(len(text) - 2)
        run = text[start : start + chance.choice([2, 2, 3])]
        others = [
            "".join(chance.choice([c, *forms.get(c, [])]) for c in fold(run)) for _ in range(2)
        ]
        both = tuple(dict.fromkeys([run, fold(run), *others]))
        if len(token_texts(fold(run))) == len(run) and len(both) > 1:
            yield both


def parity(engines: dict[str, Index], documents: Sequence[Document]) -> bool:
    """Whether all forms of a run have as many hits."""
    unequal: Counter[str] = Counter()
    found = 0
    for forms, _ in zip(pairs_of_forms(documents), range(PAIRS), strict=False):
        for name, index in engines.items():
            totals = {index.search(parse(f'"{form}"'), limit=1).total for form in forms}
            found += max(totals) > 0
            if len(totals) > 1:
                unequal[name] += 1
                print(f"  {name}: {forms} have {totals} hits")
    print(f"parity: {PAIRS} pairs and triples of forms; unequal: {dict(unequal) or 'none'}")
    return not unequal


def misread(text: str, chance: random.Random) -> str:
    """`text` with five characters in a hundred taken for one that looks like them."""
    read = ""
    for char in text:
        alike = look_alikes(fold(char))
        read += chance.choice(alike) if alike and chance.random() < MISREAD else char
    return read


def tolerance(engine: Index, documents: Sequence[Document]) -> bool:
    """Of four characters that were printed: how often their article is found."""
    chance = random.Random(SEED)
    for document in documents:
        engine.replace(document.page, [replace(document, text=misread(document.text, chance))])
    engine.commit()
    exact = possible = asked = 0
    while asked < 1000:
        document = chance.choice(documents)
        cut = token_texts(document.text)
        if len(cut) >= 4:
            start = chance.randrange(len(cut) - 3)
            words = cut[start : start + 4]
            if all("\u4e00" <= word <= "\u9fff" for word in words):
                asked += 1
                answer = engine.search(parse(f'"{"".join(words)}"'), limit=0, tolerant=True)
                exact += document.id in answer.ids
                possible += document.id in answer.possible_ids
    print(
        f"tolerance: {asked} runs of four characters, 5 % of the text misread: {exact / asked:.1%}"
        f" found exactly, {(exact + possible) / asked:.1%} with tolerance"
    )
    return exact + possible >= FOUND * asked


def fill(index: Index, pages: Sequence[Page]) -> None:
    for page in pages:
        index.replace(page.id, documents_on(page))
    index.commit()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--queries", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=SEED, help="of the queries; another, others")
    parser.add_argument("--elasticsearch", nargs="*", default=[], help="addresses of servers")
    chosen = parser.parse_args()
    pages = [*jingbao_pages(), *(page for page in sample_pages() if page.articles)]
    documents = [document for page in pages for document in documents_on(page)]
    with tempfile.TemporaryDirectory() as folder:
        engines = {"tantivy": open_index(Path(folder) / "index")}
        names = {}
        for server in chosen.elasticsearch:
            names[server] = f"truth-{uuid.uuid4().hex}"
            engines[server] = open_index(f"{server}/{names[server]}")
        for index in engines.values():
            fill(index, pages)
        good = parity(engines, documents)
        one_each = [replace(d, page=d.id) for d in documents]
        good = tolerance(open_index(Path(folder) / "misread"), one_each) and good
        good = check(engines, pages, documents, chosen.queries, chosen.seed) and good
        for name, index in engines.items():
            index.close()
            if name in names:
                with Elasticsearch(name) as client:
                    for each in client.indices.get(index=f"{names[name]}-*"):
                        client.indices.delete(index=each)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
