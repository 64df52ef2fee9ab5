"""How fast articles are indexed and found, beside raw tantivy and SQLite FTS5 in the same run.

    python bench/search.py                      10,000 and 100,000 articles, some minutes
    python bench/search.py --articles 10000     less than a minute

The articles are generated, not printed: 60 to 400 words each, drawn from jieba's dictionary
weighted by its frequencies, then made Traditional, as old papers are. So common words are as common
as in real text, but what stands beside what is chance. One thread indexes and one asks. The two
rivals do less: characters with positions only, no printed glyphs, words, headline, filters or order
of equals. Times of a query include the ids of the best 20 and the exact count.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import jieba
import opencc
import tantivy

from baoguan.search import Document, Index, fold, open_index, parse
from baoguan.search.cutting import token_texts

SEED = 1872
DAY = dt.date(1939, 4, 23)
PER_PAGE = 12  # articles, as on the pages of Papers Past
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


class Language:
    """Words and texts with the frequencies of jieba's dictionary."""

    def __init__(self) -> None:
        entries = Path(jieba.__file__).with_name("dict.txt").read_text("utf-8").splitlines()
        counted = sorted((int(line.split()[1]), line.split()[0]) for line in entries)
        self._words = [word for _, word in counted]
        self._weights = list(itertools.accumulate(count for count, _ in counted))
        self._chance = random.Random(SEED)
        self._traditional = opencc.OpenCC("s2t")

    def text(self) -> str:
        words = self.draw(self._chance.randint(60, 400))
        printed: str = self._traditional.convert("".join(words))
        return printed

    def draw(self, number: int) -> list[str]:
        return self._chance.choices(self._words, cum_weights=self._weights, k=number)

    def questions(self) -> dict[str, list[str]]:
        """Runs of two characters and more: common and rare words, and pairs of words."""
        long = [word for word in reversed(self._words) if len(word) > 1]
        return {
            "common word": self._chance.sample(long[:500], QUESTIONS),
            "rare word": self._chance.sample(long[20_000:60_000], QUESTIONS),
            "two words": ["".join(self.draw(2)) for _ in range(QUESTIONS)],
        }

    def refined_questions(self) -> dict[str, list[str]]:
        """In the query language that the rivals lack; each is made of common words."""
        long = [word for word in reversed(self._words) if len(word) > 1][:2000]
        four = [word for word in reversed(self._words) if len(word) == 4][:2000]

        def made(form: str, words: list[str]) -> list[str]:
            return [form.format(*self._chance.sample(words, 2)) for _ in range(QUESTIONS)]

        return {
            "as printed": made('="{0}"', long),
            "A ? B": made("{0}?{1}", long),
            "A NEAR/5 B": made("{0} NEAR/5 {1}", long),
            "A OR B, a year": made("({0} OR {1}) date:1939", long),
            "four characters": made("{0}", four),
        }


def documents(texts: Sequence[str]) -> Iterator[tuple[str, list[Document]]]:
    for start in range(0, len(texts), PER_PAGE):
        id_ = f"jb-p{start // PER_PAGE:06d}"
        yield (
            id_,
            [
                Document(f"{id_}-{n}", id_, "jb", "jb", "京报", DAY, 1, "article", "", text, "1")
                for n, text in enumerate(texts[start : start + PER_PAGE])
            ],
        )


def build_baoguan(texts: Sequence[str], folder: Path) -> Built:
    index = open_index(folder)
    clock = Clock()
    for page, of_page in documents(texts):
        index.replace(page, of_page)
    index.commit()
    seconds, cpu = clock.read()

    def ask(words: str) -> int:
        return index.search(parse(f'"{words}"'), limit=BEST).total

    return Built("baoguan", seconds, cpu, size(folder), ask, index)


def build_tantivy(texts: Sequence[str], folder: Path) -> Built:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("u", tokenizer_name="whitespace")
    schema = builder.build()
    folder.mkdir()
    index = tantivy.Index(schema, path=str(folder))
    clock = Clock()
    writer = index.writer(128_000_000, num_threads=1)
    for number, text in enumerate(texts):
        document = tantivy.Document()
        document.add_text("id", str(number))
        document.add_text("u", " ".join(token_texts(fold(text))))
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


def build_sqlite(texts: Sequence[str], folder: Path) -> Built:
    folder.mkdir()
    connection = sqlite3.connect(folder / "fts.sqlite")
    connection.execute("CREATE VIRTUAL TABLE article USING fts5(u, content='')")
    clock = Clock()
    with connection:
        connection.executemany(
            "INSERT INTO article(rowid, u) VALUES (?, ?)",
            ((n, " ".join(token_texts(fold(text)))) for n, text in enumerate(texts, 1)),
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


def size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def asked(built: Built, questions: Sequence[str]) -> tuple[list[float], list[int]]:
    """Milliseconds of each question, and the hits that it had."""
    times, totals = [], []
    for words in questions:
        began = time.perf_counter()
        totals.append(built.ask(words))
        times.append(1000 * (time.perf_counter() - began))
    return times, totals


def compare(number: int, language: Language) -> None:
    texts = [language.text() for _ in range(number)]
    questions = language.questions()
    print(f"\n{number:,} articles, {sum(map(len, texts)) / number:.0f} characters on average")
    with tempfile.TemporaryDirectory() as folder:
        builders = (build_baoguan, build_tantivy, build_sqlite)
        engines = [build(texts, Path(folder) / build.__name__) for build in builders]
        show("index, articles/s", engines, [number / engine.seconds for engine in engines], "")
        show("index, articles/CPU s", engines, [number / engine.cpu for engine in engines], "")
        show("index, bytes/article", engines, [engine.bytes / number for engine in engines], "")
        for sort, of_sort in questions.items():
            answers = [asked(engine, of_sort) for engine in engines]
            show(f"{sort}, median", engines, [statistics.median(t) for t, _ in answers], "ms")
            show(f"{sort}, p99", engines, [sorted(t)[len(t) * 99 // 100] for t, _ in answers], "ms")
            if len({tuple(totals) for _, totals in answers}) > 1:
                print(f"  {sort}: the engines do not count the same hits")
        for engine in engines:
            if engine.index:
                refine(engine.index, language)


def refine(index: Index, language: Language) -> None:
    """Our own: the rest of the language, facets, and tolerance, as median, 95 and 99 of 100."""
    questions = language.refined_questions()
    common = language.questions()["common word"]
    sorts: dict[str, tuple[list[str], Callable[[str], object]]] = {
        sort: (of_sort, lambda words: index.search(parse(words), limit=BEST))
        for sort, of_sort in questions.items()
    }
    sorts["the same, tolerant"] = (
        questions["four characters"],
        lambda words: index.search(parse(words), limit=BEST, tolerant=True),
    )
    sorts["common word, tolerant"] = (
        common,
        lambda words: index.search(parse(words), limit=BEST, tolerant=True),
    )
    sorts["common word, facets"] = (common, lambda words: index.facets(parse(words)))
    for sort, (of_sort, ask) in sorts.items():
        times = []
        for words in of_sort:
            began = time.perf_counter()
            ask(words)
            times.append(1000 * (time.perf_counter() - began))
        times.sort()
        p50, p95, p99 = (times[len(times) * part // 100] for part in (50, 95, 99))
        print(f"  {sort:24}p50 {p50:,.2f}ms   p95 {p95:,.2f}ms   p99 {p99:,.2f}ms")


def show(what: str, engines: Sequence[Built], values: Sequence[float], unit: str) -> None:
    """A row: ours, then each rival with ours as a multiple of it."""
    ours, *rivals = values
    cells = [f"{engines[0].name} {ours:,.2f}{unit}"]
    cells += [
        f"{engine.name} {value:,.2f}{unit} (×{ours / value:.2f})"
        for engine, value in zip(engines[1:], rivals, strict=True)
    ]
    print(f"  {what:24}" + "   ".join(cells))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000, 100_000])
    print("Generated articles: words by the frequencies of jieba's dictionary, in chance order.")
    language = Language()
    for number in parser.parse_args().articles:
        compare(number, language)


if __name__ == "__main__":
    main()
