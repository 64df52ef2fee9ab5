"""`python -m training lines | sure | train | blend | forms | eight-bits | score | check`; README.md
tells how they follow."""

from __future__ import annotations

import argparse
import itertools
from pathlib import Path

from baoguan.ocr.models import FOLDER, MODELS
from training.check import check
from training.corrected import export_lines, read
from training.eight_bits import in_eight_bits
from training.forms import with_forms
from training.graph import Recogniser, blended, export
from training.score import harm, mixed, score
from training.strips import samples
from training.sure import export_sure
from training.texts import load_texts
from training.train import Plan, grouped, padded, train, trained_weights
from training.wheel import RECOGNISER

NEWSPAPERS = Path("../shared/data/jingbao-text")
SHIPPED, FAST = MODELS["old-type"]["best"], MODELS["old-type"]["fast"]


def main() -> None:
    parser = argparse.ArgumentParser(prog="training", description="Makes the recogniser's weights.")
    commands = parser.add_subparsers(dest="command", required=True)
    _train_options(commands.add_parser("train", help="train on typeset lines; goes on if stopped"))
    blend = commands.add_parser("blend", help="mix a run with the wheel's weights, into ONNX")
    blend.add_argument("run", type=Path)
    blend.add_argument("--share", type=float, default=0.5, help="of the trained weights")
    blend.add_argument("--base", type=Path, default=RECOGNISER, help="the ONNX file to mix with")
    blend.add_argument("--out", type=Path, default=SHIPPED)
    formed = commands.add_parser("forms", help="teach a model printed forms its table lacks")
    formed.add_argument("model", type=Path, nargs="?", default=SHIPPED, help="an ONNX file")
    formed.add_argument("--newspapers", type=Path, default=NEWSPAPERS)
    formed.add_argument("--lines", type=int, default=2600)
    formed.add_argument("--seed", type=int, default=5)
    formed.add_argument("--out", type=Path, default=SHIPPED)
    eight = commands.add_parser("eight-bits", help="round a model to 8 bits, for reading fast")
    eight.add_argument("model", type=Path, nargs="?", default=SHIPPED, help="an ONNX file")
    eight.add_argument("--newspapers", type=Path, default=NEWSPAPERS)
    eight.add_argument("--real", type=Path, action="append", default=[], help="as for train")
    eight.add_argument("--lines", type=int, default=200, help="to look at, half of them real")
    eight.add_argument("--seed", type=int, default=77)
    eight.add_argument("--out", type=Path, default=FAST)
    cut = commands.add_parser("lines", help="cut the lines of corrected pages of an archive")
    cut.add_argument("archive", type=Path)
    cut.add_argument("pages", nargs="+", help="ids of pages whose text is right")
    cut.add_argument("--out", type=Path, required=True, help="a new folder")
    sure = commands.add_parser("sure", help="cut what is read surely from scans without known text")
    sure.add_argument("scans", nargs="+", type=Path, help="images of a page, or of two facing ones")
    sure.add_argument("--least", type=float, default=0.82, help="confidence, 0 to 1 (%(default)s)")
    sure.add_argument("--fold", action="store_true", help="each scan shows two facing pages")
    sure.add_argument("--out", type=Path, required=True, help="a new folder, for train --real")
    scored = commands.add_parser("score", help="read real folds and clean modern lines")
    scored.add_argument("model", nargs="?", default=str(SHIPPED), help="an ONNX file")
    scored.add_argument("--folds", type=Path, default=Path("../shared/data/jingbao"))
    scored.add_argument("--cache", type=Path, default=Path(".cache/training"))
    checked = commands.add_parser("check", help="some minutes: the loss falls, the export is equal")
    checked.add_argument("--lines", type=int, default=600)
    options = parser.parse_args()
    if options.command == "train":
        train(_plan(options), options.out)
    elif options.command == "blend":
        _blend(options.base, options.run, options.share, options.out)
    elif options.command == "forms":
        texts = load_texts(_folder(options.newspapers))
        with_forms(options.model, texts, options.lines, options.seed, options.out)
    elif options.command == "eight-bits":
        _eight_bits(options)
    elif options.command == "lines":
        print(f"{export_lines(options.archive, options.pages, options.out)} lines")
    elif options.command == "sure":
        print(f"{export_sure(options.scans, options.out, options.least, options.fold)} stretches")
    elif options.command == "score":
        score(options.model, options.folds, options.cache)
        texts = load_texts(None)
        harm(options.model, texts)
        mixed(options.model, texts)
    else:
        check(options.lines)


def _train_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, help="a folder; state, plan and log")
    parser.add_argument("--base", type=Path, default=RECOGNISER, help="the ONNX file to begin with")
    parser.add_argument("--newspapers", type=Path, default=NEWSPAPERS, help="TEI and variants.json")
    parser.add_argument("--text", type=Path, action="append", default=[], help="more, plain")
    parser.add_argument("--lines", type=int, default=10_000, help="how many to train on")
    parser.add_argument(
        "--real",
        type=Path,
        action="append",
        default=[],
        help="a folder that `lines` or `sure` has written",
    )
    parser.add_argument("--share", type=float, default=0.2, help="of such lines among all")
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)


def _plan(options: argparse.Namespace) -> Plan:
    return Plan(
        base=options.base,
        newspapers=_folder(options.newspapers),
        more=tuple(options.text),
        lines=options.lines,
        rate=options.rate,
        seed=options.seed,
        threads=options.threads,
        real=tuple(options.real),
        share=options.share,
    )


def _folder(newspapers: Path) -> Path | None:
    return newspapers if newspapers.is_dir() else None


def _blend(base: Path, run: Path, share: float, out: Path) -> None:
    weights = blended(Recogniser(base).weights(), trained_weights(run), share)
    FOLDER.mkdir(exist_ok=True)
    export(base, weights, out)
    print(_size(out))


def _eight_bits(options: argparse.Namespace) -> None:
    texts = load_texts(_folder(options.newspapers))
    real = [line for folder in options.real for line in read(folder)]
    alphabet = Recogniser(options.model).alphabet
    lines = samples(texts, alphabet, options.seed, 0, real, 0.5 if real else 0.0)
    batches = grouped(list(itertools.islice(lines, options.lines)))
    images = (padded([sample.image for sample in batch]).numpy() for batch in batches)
    in_eight_bits(options.model, images, options.out)
    print(_size(options.out))


def _size(file: Path) -> str:
    return f"{file}: {file.stat().st_size / 1e6:.1f} MB"


if __name__ == "__main__":
    main()
