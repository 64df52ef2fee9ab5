"""`python -m press samples | folds | measure | shifted | refit | …`: see the help of each."""

from __future__ import annotations

import argparse
import json
from functools import partial
from pathlib import Path

from press import measure, shifted
from press.folds import make_folds
from press.learn import learn
from press.paper import all_papers
from press.printing import print_page
from press.refit import Bench, compared, parts_of, search
from press.samples import make, set_pages
from press.scanner import WEARS


def main() -> None:
    options = _parser().parse_args()
    options.run(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="press", description="Typesets newspapers.")
    commands = parser.add_subparsers(dest="command", required=True)
    samples = commands.add_parser("samples", help="remake the samples")
    samples.add_argument("--out", type=Path, required=True)
    samples.set_defaults(run=_samples)
    proof = commands.add_parser("proof", help="print one page, unscanned")
    proof.add_argument("issue", help="title and date, such as nanbu-1934-05-12, or the title")
    proof.add_argument("page", type=int)
    proof.add_argument("--out", type=Path, default=Path("proof.png"))
    proof.set_defaults(run=_proof)
    folds = commands.add_parser("folds", help="set real folds again from their texts and polygons")
    folds.add_argument("--texts", type=Path, required=True, help="a folder like jingbao-text")
    folds.add_argument("--out", type=Path, required=True)
    folds.add_argument("--only", default="", help="part of the names of the folds to set")
    folds.set_defaults(run=_folds)
    measuring = commands.add_parser("measure", help="how well the layout of set folds is found")
    measuring.add_argument("folder", type=Path, help="where `folds` wrote them")
    measuring.add_argument("--lines", choices=sorted(measure.SOURCES), default="truth")
    measuring.add_argument("--part", choices=sorted(measure.PARTS), default="")
    measuring.add_argument("--only", default="", help="part of the names of the folds")
    measuring.set_defaults(run=_measure)
    learning = commands.add_parser("learn", help="weights for links, fitted on set folds")
    learning.add_argument("folder", type=Path, help="where `folds` wrote them")
    learning.set_defaults(run=_learn)
    shifting = commands.add_parser(
        "shifted",
        help="how much of order and articles is luck",
        description="Shifts all boxes of lines at random and runs the layout again. Prints order / "
        "article error as read, and mean, standard deviation and worst over the shifts. A real "
        "fold is read with best and with fast; one that `folds` set has the truth's lines.",
    )
    shifting.add_argument("scans", type=Path, nargs="+", help="folds, NAME.text.xml beside each")
    shifting.add_argument("--shifts", type=int, default=6)
    shifting.add_argument("--by", type=int, default=shifted.BY, help="pixels at most")
    shifting.add_argument("--cache", type=Path, help="folder where lines are kept once read")
    shifting.set_defaults(run=_shifted)
    refitting = commands.add_parser(
        "refit",
        help="constants of the layout sought on some folds and read off others",
        description="Moves the layout's constants one after the other to where order + half of "
        "article error is least over shifted boxes of the folds to fit, the real ones together "
        "weighing as much as the set ones; then prints order / article error of all folds by hand "
        "→ refitted. Those of folds that were only read off tell whether the constants travel. "
        "Takes half an hour of one core for one real and six set folds.",
    )
    refitting.add_argument("--fit", type=Path, nargs="+", required=True, help="scans, as `shifted`")
    refitting.add_argument("--read", type=Path, nargs="+", default=[], help="scans to read off")
    refitting.add_argument("--seeds", type=int, default=4, help="of real folds, unshifted included")
    refitting.add_argument("--shifts", type=int, default=6, help="of the figures printed")
    refitting.add_argument("--cache", type=Path, help="folder where lines are kept once read")
    refitting.add_argument("--out", type=Path, help="JSON of the constants found, by name")
    refitting.set_defaults(run=_refit)
    return parser


def _samples(options: argparse.Namespace) -> None:
    for sample in make(options.out):
        print(f"{sample.stem}  {len(sample.scanned.jpeg) // 1024} KiB")


def _proof(options: argparse.Namespace) -> None:
    papers = all_papers()
    paper = next(p for p in papers if f"{p.title}-{p.date.isoformat()}".startswith(options.issue))
    page = set_pages(paper)[options.page]
    print_page(page, paper.seed, WEARS[paper.wear].colour).save(options.out)
    print("\n".join(page.notes))
    print(sum(len(line.text) for a in page.articles for r in a.regions for line in r.lines))


def _folds(options: argparse.Namespace) -> None:
    for fold in make_folds(options.texts, options.out, options.only):
        articles = sum(len(page.articles) for page in fold.pages)
        print(f"{fold.name}  {articles} articles, advertisements and heads", flush=True)


def _measure(options: argparse.Namespace) -> None:
    scans = measure.scans_below(options.folder, options.part, options.only)
    print("\n".join(measure.told(list(measure.measure(scans, options.lines)))))


def _learn(options: argparse.Namespace) -> None:
    scans = measure.scans_below(options.folder, "learning", "0002+0003")
    for name, weight in learn(scans).items():
        print(f'    "{name}": {weight},')


def _shifted(options: argparse.Namespace) -> None:
    for scan in options.scans:
        for fold in shifted.known(scan, options.cache):
            print(shifted.told(fold, shifted.steadiness(fold, options.shifts, options.by)))


def _refit(options: argparse.Namespace) -> None:
    to_fit, to_read = (
        [fold for scan in scans for fold in shifted.known(scan, options.cache)]
        for scans in (options.fit, options.read)
    )
    found = search(Bench(parts_of(to_fit, options.seeds)), partial(print, flush=True))
    if options.out:
        options.out.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    for title, folds in (("fitted on", to_fit), ("read off", to_read)):
        print(f"{title}:", *compared(folds, found, options.shifts), sep="\n", flush=True)


if __name__ == "__main__":
    main()
