"""`python -m press samples | folds | measure | shifted | …`: see the help of each."""

from __future__ import annotations

import argparse
import json
from functools import partial
from pathlib import Path

from press.folds import make_folds
from press.learn import learn
from press.measure import PARTS, SOURCES, measure, scans_below, told
from press.paper import all_papers
from press.printing import print_page
from press.refit import Bench, compared, parts_of, search
from press.samples import make, set_pages
from press.scanner import WEARS
from press.shifted import BY, known, steadiness
from press.shifted import told as told_of


def main() -> None:
    parser = argparse.ArgumentParser(prog="press", description="Typesets newspapers.")
    commands = parser.add_subparsers(dest="command", required=True)
    samples = commands.add_parser("samples", help="remake the samples")
    samples.add_argument("--out", type=Path, required=True)
    proof = commands.add_parser("proof", help="print one page, unscanned")
    proof.add_argument("issue", help="title and date, such as nanbu-1934-05-12, or the title")
    proof.add_argument("page", type=int)
    proof.add_argument("--out", type=Path, default=Path("proof.png"))
    folds = commands.add_parser("folds", help="set real folds again from their texts and polygons")
    folds.add_argument("--texts", type=Path, required=True, help="a folder like jingbao-text")
    folds.add_argument("--out", type=Path, required=True)
    folds.add_argument("--only", default="", help="part of the names of the folds to set")
    measuring = commands.add_parser("measure", help="how well the layout of set folds is found")
    measuring.add_argument("folder", type=Path, help="where `folds` wrote them")
    measuring.add_argument("--lines", choices=sorted(SOURCES), default="truth")
    measuring.add_argument("--part", choices=sorted(PARTS), default="")
    measuring.add_argument("--only", default="", help="part of the names of the folds")
    learning = commands.add_parser("learn", help="weights for links, fitted on set folds")
    learning.add_argument("folder", type=Path, help="where `folds` wrote them")
    steady = commands.add_parser(
        "shifted",
        help="how much of order and articles is luck",
        description="Shifts all boxes of lines at random and runs the layout again. Prints order / "
        "article error as read, and mean, standard deviation and worst over the shifts.",
    )
    steady.add_argument("scans", type=Path, nargs="+", help="folds, .text.xml beside each")
    steady.add_argument("--shifts", type=int, default=6)
    steady.add_argument("--by", type=int, default=BY, help="pixels at most")
    steady.add_argument("--cache", type=Path, help="folder where lines are kept once they are read")
    refitting = commands.add_parser(
        "refit",
        help="constants of the layout sought on some folds and read off others",
        description="Moves the layout's constants one after the other to where order + half of "
        "article error is least over shifted boxes of the folds to fit, real and set ones weighing "
        "the same; then prints order / article error of all folds by hand → refitted. The figures of "
        "folds that were only read off tell whether the constants travel. Half an hour of one core.",
    )
    refitting.add_argument("--fit", type=Path, nargs="+", required=True, help="real and set folds")
    refitting.add_argument("--read", type=Path, nargs="+", default=[], help="folds to read off")
    refitting.add_argument("--seeds", type=int, default=4, help="of real folds, unshifted included")
    refitting.add_argument("--shifts", type=int, default=6, help="of the figures printed")
    refitting.add_argument("--cache", type=Path, help="folder where lines are kept once read")
    refitting.add_argument("--out", type=Path, help="JSON of the constants found, by name")
    options = parser.parse_args()
    if options.command == "samples":
        for sample in make(options.out):
            print(f"{sample.stem}  {len(sample.scanned.jpeg) // 1024} KiB")
    elif options.command == "folds":
        for fold in make_folds(options.texts, options.out, options.only):
            articles = sum(len(page.articles) for page in fold.pages)
            print(f"{fold.name}  {articles} articles, advertisements and heads", flush=True)
    elif options.command == "measure":
        scans = scans_below(options.folder, options.part, options.only)
        print("\n".join(told(list(measure(scans, options.lines)))))
    elif options.command == "learn":
        for name, weight in learn(scans_below(options.folder, "learning", "0002+0003")).items():
            print(f'    "{name}": {weight},')
    elif options.command == "shifted":
        for scan in options.scans:
            for fold in known(scan, options.cache):
                print(told_of(fold, steadiness(fold, options.shifts, options.by)), flush=True)
    elif options.command == "refit":
        _refit(options)
    else:
        _proof(options.issue, options.page, options.out)


def _refit(options: argparse.Namespace) -> None:
    to_fit, to_read = (
        [fold for scan in scans for fold in known(scan, options.cache)]
        for scans in (options.fit, options.read)
    )
    tell = partial(print, flush=True)
    found = search(Bench(parts_of(to_fit, options.seeds)), tell)
    if options.out:
        options.out.write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    for title, folds in (("fitted on", to_fit), ("read off", to_read)):
        print(f"{title}:", *compared(folds, found, options.shifts), sep="\n", flush=True)


def _proof(issue: str, number: int, out: Path) -> None:
    paper = next(p for p in all_papers() if f"{p.title}-{p.date.isoformat()}".startswith(issue))
    page = set_pages(paper)[number]
    print_page(page, paper.seed, WEARS[paper.wear].colour).save(out)
    print("\n".join(page.notes))
    print(sum(len(line.text) for a in page.articles for r in a.regions for line in r.lines))


if __name__ == "__main__":
    main()
