"""How fast articles are indexed and found, beside peers in the same run.

    python -m bench.search                                 10,000 and 100,000 articles
    python -m bench.search --articles 1000000 --peers ""   ours alone, an hour
    python -m bench.search --elasticsearch http://127.0.0.1:9200

The articles are made after real newspapers, see bench/corpus.py; the run says after which. Peers
are raw tantivy and SQLite FTS5, both with one token for each character, and with --elasticsearch
a bare `streaming_bulk` of the same documents, ready made. They do less: no glyphs as printed, no
words, headline, filters, or order of equals. One thread asks. Times of a query include the ids of
the best 20 and the exact count; `page` is all that a page of results needs from the index: query,
facets, and 20 texts marked and cut to snippets.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import resource
import sqlite3
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import tantivy
from elasticsearch import Elasticsearch, helpers

from baoguan.search import Index, fold, open_index, parse, snippet
from baoguan.search.cutting import token_texts
from baoguan.search.on_elasticsearch import _MAPPINGS, _SETTINGS, _engine_document
from bench.corpus import JINGBAO, SEED, Corpus, Likeness

QUESTIONS = 200  # of each sort
BEST = 20

Ask = Callable[[str], int]  # how many hits a run of characters has


@dataclass(frozen=True, slots=True)
class Built:
    """An index, what it took, and how to ask it."""

    name: str
    seconds: float
    cpu: float  # seconds of all threads
    bytes: int
    ask: Ask
    index: Index | None = None  # where it is ours


class Clock:
    def __init__(self) -> None:
        self._began = time.perf_counter(), time.process_time()

    def read(self) -> tuple[float, float]:
        """Seconds by the wall clock and of the processor since the clock was made."""
        return time.perf_counter() - self._began[0], time.process_time() - self._began[1]


def questions_of(likeness: Likeness, corpus: Corpus) -> dict[str, list[str]]:
    """Runs of characters that peers can be asked for too."""
    chance = random.Random(SEED)
    text = likeness.running
    pairs: dict[str, int] = {}
    for pair in map("".join, itertools.pairwise(text)):
        if len(token_texts(fold(pair))) == 2:
            pairs[pair] = pairs.get(pair, 0) + 1
    by_count = sorted(pairs, key=lambda pair: (-pairs[pair], pair))

    def runs(length: int) -> Iterator[str]:
        while True:
            cut = "".join(token_texts(corpus.text(chance.randrange(corpus.number))))
            start = chance.randrange(max(1, len(cut) - length))
            yield cut[start : start + length]

    return {
        "one character": [pair[0] for pair in chance.choices(by_count[:2000], k=QUESTIONS)],
        "common pair": chance.choices(by_count[:500], k=QUESTIONS),
        "rare pair": chance.choices(by_count[-20_000:], k=QUESTIONS),
        "four characters": [run for run, _ in zip(runs(4), range(QUESTIONS), strict=False)],
        "ten characters": [run for run, _ in zip(runs(10), range(QUESTIONS), strict=False)],
    }


def refined(plain: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """In the query language that the peers lack; each is made of common pairs."""
    chance = random.Random(SEED)
    forms = {
        "A AND B": "{0} {1}",
        "A OR B, 20 years": "({0} OR {1}) date:1900..1919",
        "A NOT B": "{0} NOT {1}",
        "A NEAR/5 B": "{0} NEAR/5 {1}",
        "A ? B": "{0}?{1}",
        "as printed": '="{0}"',
    }
    return {
        sort: [form.format(*chance.sample(plain["common pair"], 2)) for _ in range(QUESTIONS)]
        for sort, form in forms.items()
    }


def build_baoguan(corpus: Corpus, folder: Path) -> Built:
    """Ours; the memory after each tenth shows whether it grows."""
    index = open_index(folder)
    clock, memory = Clock(), []
    for number, (page, documents) in enumerate(corpus.pages()):
        if number * 10 // (corpus.number // 12 + 1) >= len(memory):
            memory.append(resident())
        index.replace(page, documents)
    index.commit()
    seconds, cpu = clock.read()
    print(f"  memory, MB, by tenths   {' '.join(f'{mb:.0f}' for mb in [*memory, resident()])}")

    def ask(words: str) -> int:
        return index.search(parse(f'"{words}"'), limit=BEST).total

    return Built("baoguan", seconds, cpu, size(folder), ask, index)


def build_tantivy(corpus: Corpus, folder: Path) -> Built:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("u", tokenizer_name="whitespace")
    schema = builder.build()
    folder.mkdir()
    index = tantivy.Index(schema, path=str(folder))
    clock = Clock()
    writer = index.writer(128_000_000, num_threads=1)
    for number in range(corpus.number):
        document = tantivy.Document()
        document.add_text("id", str(number))
        document.add_text("u", " ".join(token_texts(fold(corpus.text(number)))))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    seconds, cpu = clock.read()
    index.reload()
    searcher = index.searcher()

    def ask(words: str) -> int:
        tokens = token_texts(fold(words))
        if len(tokens) > 1:
            query = tantivy.Query.phrase_query(schema, "u", list(tokens))
        else:
            query = tantivy.Query.term_query(schema, "u", tokens[0])
        found = searcher.search(query, limit=BEST)
        for _, address in found.hits:
            searcher.doc(address).get_first("id")
        total: int = found.count  # type: ignore[attr-defined]
        return total

    return Built("raw tantivy", seconds, cpu, size(folder), ask)


def build_sqlite(corpus: Corpus, folder: Path) -> Built:
    folder.mkdir()
    connection = sqlite3.connect(folder / "fts.sqlite")
    connection.execute("CREATE VIRTUAL TABLE article USING fts5(u, content='')")
    clock = Clock()
    with connection:
        connection.executemany(
            "INSERT INTO article(rowid, u) VALUES (?, ?)",
            ((n + 1, " ".join(token_texts(fold(corpus.text(n))))) for n in range(corpus.number)),
        )
    seconds, cpu = clock.read()

    def ask(words: str) -> int:
        phrase = f'"{" ".join(token_texts(fold(words)))}"'
        best = "SELECT rowid FROM article WHERE article MATCH ? ORDER BY rank LIMIT ?"
        connection.execute(best, (phrase, BEST)).fetchall()
        count = "SELECT count(*) FROM article WHERE article MATCH ?"
        total: int = connection.execute(count, (phrase,)).fetchone()[0]
        return total

    return Built("SQLite FTS5", seconds, cpu, size(folder), ask)


PEERS = {"tantivy": build_tantivy, "sqlite": build_sqlite}


def resident() -> float:
    """Megabytes of this process in memory now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def timed(
    ask: Callable[[str], object], questions: Sequence[str]
) -> tuple[list[float], list[object]]:
    """Milliseconds of each question, in order of time, and the answers."""
    times, answers = [], []
    for words in questions:
        began = time.perf_counter()
        answers.append(ask(words))
        times.append(1000 * (time.perf_counter() - began))
    return sorted(times), answers


def percentiles(times: Sequence[float]) -> str:
    p50, p95, p99 = (times[len(times) * part // 100] for part in (50, 95, 99))
    return f"p50 {p50:7,.2f}   p95 {p95:7,.2f}   p99 {p99:7,.2f} ms"


def compare(corpus: Corpus, likeness: Likeness, folder: Path, peers: Sequence[str]) -> None:
    print(f"\n{corpus.number:,} articles, {corpus.bytes / corpus.number:,.0f} bytes on average")
    plain = questions_of(likeness, corpus)
    ours = build_baoguan(corpus, folder / "baoguan")
    engines = [ours, *(PEERS[name](corpus, folder / name) for name in peers)]
    number = corpus.number
    show("index, articles/s", engines, [number / engine.seconds for engine in engines])
    show("index, articles/CPU s", engines, [number / engine.cpu for engine in engines])
    show("index, bytes/article", engines, [engine.bytes / number for engine in engines])
    for sort, of_sort in plain.items():
        told = [timed(engine.ask, of_sort) for engine in engines]
        for engine, (times, _) in zip(engines, told, strict=True):
            print(f"  {sort:22}{engine.name:12}  {percentiles(times)}")
        if len({tuple(map(str, totals)) for _, totals in told}) > 1:
            print(f"  {sort}: the engines do not count the same hits")
    if ours.index:
        refine(ours.index, corpus, plain)


def refine(index: Index, corpus: Corpus, plain: Mapping[str, Sequence[str]]) -> None:
    """Our own: the rest of the language, facets, tolerance, and a whole page of results."""

    def found(words: str) -> object:
        return index.search(parse(words), limit=BEST)

    def tolerant(words: str) -> object:
        return index.search(parse(words), limit=BEST, tolerant=True)

    def page(words: str) -> object:
        query = parse(words)
        found = index.search(query, limit=BEST)
        index.facets(query)
        return [snippet(query, corpus.text_of(id_)) for id_ in found.ids]

    for sort, of_sort in refined(plain).items():
        print(f"  {sort:34}  {percentiles(timed(found, of_sort)[0])}")
    for sort in ("common pair", "four characters"):
        print(f"  {sort + ', tolerant':34}  {percentiles(timed(tolerant, plain[sort])[0])}")
    for sort, of_sort in {**plain, **refined(plain)}.items():
        print(f"  {'page: ' + sort:34}  {percentiles(timed(page, of_sort)[0])}")


def show(what: str, engines: Sequence[Built], values: Sequence[float]) -> None:
    """A row: ours, then each peer with ours as a multiple of it."""
    ours, *peers = values
    cells = [f"{engines[0].name} {ours:,.0f}"]
    cells += [
        f"{engine.name} {value:,.0f} (×{ours / value:.2f})"
        for engine, value in zip(engines[1:], peers, strict=True)
    ]
    print(f"  {what:24}" + "   ".join(cells))


def compare_bulk(corpus: Corpus, server: str) -> None:
    """Ours and a bare `streaming_bulk`, by turns, so that both meet the same machine."""
    rates: dict[str, list[float]] = {"baoguan": [], "bare streaming_bulk": []}
    for _ in range(3):
        rates["bare streaming_bulk"].append(corpus.number / bare_bulk(corpus, server))
        rates["baoguan"].append(corpus.number / our_bulk(corpus, server))
    best = {name: max(values) for name, values in rates.items()}
    print(f"  Elasticsearch, articles/s, best of 3   {best['baoguan']:,.0f}"
          f"   bare {best['bare streaming_bulk']:,.0f}"
          f"   ×{best['baoguan'] / best['bare streaming_bulk']:.2f}")  # fmt: skip


def our_bulk(corpus: Corpus, server: str) -> float:
    """Seconds from pages to what searches see, cutting included."""
    name = f"bench-{uuid.uuid4().hex}"
    index = open_index(f"{server}/{name}")
    index.clear()
    clock = Clock()
    for page, documents in corpus.pages():
        index.replace(page, documents)
    index.commit()
    seconds = clock.read()[0]
    index.close()
    drop(server, f"{name}-*")
    return seconds


def bare_bulk(corpus: Corpus, server: str) -> float:
    """Seconds for documents that were cut before."""
    name = f"bench-{uuid.uuid4().hex}"
    ready = [
        {"_index": name, "_id": d.id, "_source": _engine_document(d, leads_page=n == 0)}
        for _, documents in corpus.pages()
        for n, d in enumerate(documents)
    ]
    with Elasticsearch(server, request_timeout=60) as client:
        client.indices.create(index=name, mappings=_MAPPINGS, settings=_SETTINGS)
        clock = Clock()
        for _ in helpers.streaming_bulk(client, ready):
            pass
        client.indices.refresh(index=name)
        seconds = clock.read()[0]
    drop(server, name)
    return seconds


def drop(server: str, pattern: str) -> None:
    with Elasticsearch(server) as client:
        for index in client.indices.get(index=pattern):
            client.indices.delete(index=index)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--peers", default="tantivy,sqlite", help="of these, by commas")
    parser.add_argument("--elasticsearch", help="the address of a server")
    parser.add_argument("--folder", type=Path, help="where to put the indexes for the time")
    chosen = parser.parse_args()
    likeness = Likeness.of_print()
    after = "the samples and 晶報" if JINGBAO.is_dir() else "the samples"
    print(
        f"Made articles, after {len(likeness.running):,} characters of {after}, each character"
        f" drawn by the one before it; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}."
    )
    for number in chosen.articles:
        with tempfile.TemporaryDirectory(dir=chosen.folder) as name:
            corpus = Corpus(likeness, number, Path(name))
            compare(corpus, likeness, Path(name), [p for p in chosen.peers.split(",") if p])
            if chosen.elasticsearch:
                compare_bulk(corpus, chosen.elasticsearch)


if __name__ == "__main__":
    main()
