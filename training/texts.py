"""What the lines to train on say: true text of old newspapers, common words, a little English."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from opencc import OpenCC

from press.ecpo import NO_GLYPH, root_of

ROOT = Path(__file__).parent.parent
ENGLISH = ("README.en.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "docs/why.md")
MARKS = "，。、；：？！（）「」『』《》0123456789年月日.%-"
LONGEST_WORD = 10  # letters
CAPITALS = 0.3  # of the words in Latin letters within Chinese
RARE = 0.4  # words are taken by the square root, nearly, of how common they are


@dataclass(frozen=True)
class Texts:
    """`articles` are whole paragraphs; `simplified` and `traditional` words with the sums of their
    weights; `printed` leads from a modern form to the one printed then."""

    articles: tuple[str, ...]
    lengths: np.ndarray
    simplified: tuple[str, ...]
    traditional: tuple[str, ...]
    sums: np.ndarray
    english: tuple[str, ...]
    printed: dict[str, str]

    @property
    def characters(self) -> frozenset[str]:
        """All that can be set."""
        sources = (self.articles, self.simplified, self.traditional, self.english)
        printed = "".join(self.printed.values())
        return frozenset(itertools.chain(printed, *itertools.chain(*sources), MARKS))

    def stretch(self, length: int, rng: np.random.Generator) -> str:
        """So many characters of an article, from anywhere in it; shorter where it ends."""
        text = self.articles[int(np.searchsorted(self.lengths, rng.random() * self.lengths[-1]))]
        start = int(rng.integers(0, max(1, len(text) - length + 1)))
        return text[start : start + length].strip()

    def words(self, length: int, traditional: bool, rng: np.random.Generator) -> str:
        """About so many characters of common words with points between them."""
        source = self.traditional if traditional else self.simplified
        text = ""
        while len(text) < length:
            text += source[int(np.searchsorted(self.sums, rng.random() * self.sums[-1]))]
            if rng.random() < 0.12:
                text += str(rng.choice(list("，，，。、；：？！")))
            elif rng.random() < 0.04:
                text += _figures(rng)
        return text[:length]

    def latin(self, length: int, rng: np.random.Generator) -> str:
        start = int(rng.integers(0, len(self.english) - 30))
        text = ""
        for word in self.english[start:]:
            if len(text) + len(word) > length:
                break
            text += " " + word
        return text.strip() or self.english[start][:length]

    def foreign(self, rng: np.random.Generator) -> str:
        """What stands within Chinese: a word in Latin letters, or some figures."""
        if rng.random() < 0.5:
            return str(int(rng.integers(0, 10 ** int(rng.integers(2, 5)))))
        word = re.sub("[^A-Za-z.&'-]", "", self.english[int(rng.integers(0, len(self.english)))])
        word = word[:LONGEST_WORD].strip(".&'-") or "A"
        return word.upper() if rng.random() < CAPITALS else word


def _figures(rng: np.random.Generator) -> str:
    kind = int(rng.integers(0, 4))
    year, month, day = rng.integers(1872, 2026), rng.integers(1, 13), rng.integers(1, 32)
    return (
        f"{year}年{month}月{day}日",
        f"{rng.integers(1, 100000)}",
        f"{rng.random() * 100:.1f}%",
        f"{year}-{month:02}-{day:02}",
    )[kind]


def load_texts(newspapers: Path | None, more: Sequence[Path] = ()) -> Texts:
    """`newspapers` holds TEI files and variants.json (`jingbao-text`); `more` are plain text files,
    a paragraph a line: an archive's own corrected text."""
    articles, printed = [], {}
    if newspapers is not None:
        printed = json.loads((newspapers / "variants.json").read_text("utf-8"))
        for file in sorted(newspapers.glob("19*/*.xml")):
            articles += _paragraphs(file)
    for file in more:
        articles += [line.strip() for line in file.read_text("utf-8").splitlines() if line.strip()]
    words, weights = _common_words()
    simplified = articles or ["".join(words[:4000])]
    to_traditional = OpenCC("s2t").convert
    return Texts(
        articles=tuple(simplified),
        lengths=np.cumsum([len(a) for a in simplified]),
        simplified=tuple(words),
        traditional=tuple(to_traditional("\n".join(words)).split("\n")),
        sums=np.cumsum(np.array(weights) ** (1 - RARE)),
        english=tuple(_english()),
        printed=printed,
    )


def _paragraphs(file: Path) -> list[str]:
    texts = []
    for paragraph in root_of(file).iter("p"):
        text = "".join(paragraph.itertext())
        text = re.sub(r"[\s\u3000]*\n[\s\u3000]*", "", text).strip()
        texts += [part for part in text.split(NO_GLYPH) if part.strip()]
    return texts


def _common_words() -> tuple[list[str], list[float]]:
    """jieba's dictionary: words and how often they occur."""
    spec = find_spec("jieba")
    assert spec is not None
    assert spec.origin is not None
    lines = (Path(spec.origin).parent / "dict.txt").read_text("utf-8").splitlines()
    counted = [line.split(" ")[:2] for line in lines]
    common = [(word, float(count)) for word, count in counted if float(count) >= 20]
    return [word for word, _ in common], [count for _, count in common]


def _english() -> list[str]:
    text = " ".join((ROOT / name).read_text("utf-8") for name in ENGLISH)
    return [word for word in text.split() if word.isascii() and re.search("[A-Za-z0-9]", word)]
