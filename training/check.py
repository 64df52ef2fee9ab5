"""A short training: the loss falls, and what is exported reads as the torch model does."""

from __future__ import annotations

import itertools
import json
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from training.eight_bits import in_eight_bits
from training.forms import FORMS, with_forms
from training.graph import Recogniser, export
from training.strips import Sample, samples
from training.texts import load_texts
from training.train import Plan, padded, train
from training.wheel import RECOGNISER

SAME = 1e-4  # of a probability
ALIKE = 0.95  # of the steps, in 8 bits
HELD = 48  # lines that are not trained on
FORM_LINES = 300


def check(lines: int) -> None:
    """Raises SystemExit with a sentence where something does not hold."""
    texts = load_texts(None)
    with tempfile.TemporaryDirectory() as folder:
        plan = Plan(RECOGNISER, None, (), lines, 2e-4, seed=5, save_every=max(1, lines // 3))
        weights = train(plan, Path(folder))
        for entry in (Path(folder) / "log.jsonl").read_text().splitlines():
            print(json.loads(entry))
        out = Path(folder) / "trained.onnx"
        export(RECOGNISER, weights, out)
        model = Recogniser(out)
        held = list(itertools.islice(samples(texts, model.alphabet, seed=99), HELD))
        before, after = _loss(Recogniser(RECOGNISER), held), _loss(model, held)
        print(f"loss on {HELD} lines held back: {before:.4f} → {after:.4f} a character")
        apart = _apart(model, out, padded([sample.image for sample in held[:6]]))
        print(f"torch and onnxruntime are {apart:.1e} apart; {_size(out)} as {_size(RECOGNISER)}")
        with_forms(out, texts, FORM_LINES, 7, wide := Path(folder) / "forms.onnx")
        apart = max(apart, _apart(Recogniser(wide), wide, padded([s.image for s in held[:6]])))
        if not set(FORMS) & set(Recogniser(wide).alphabet):
            raise SystemExit("the model with further forms does not tell them")
        eight = Path(folder) / "eight.onnx"
        in_eight_bits(out, [padded([s.image for s in held[6:18]]).numpy()], eight)
        alike = _alike(model, eight, padded([s.image for s in held[:6]]))
        print(f"in 8 bits {alike:.1%} of the steps are read the same; {_size(eight)}")
    if after >= before:
        raise SystemExit("the loss did not fall")
    if apart > SAME:
        raise SystemExit("the exported model reads otherwise than the torch model")
    if alike < ALIKE:
        raise SystemExit("in 8 bits the model reads otherwise")


def _loss(model: Recogniser, held: list[Sample]) -> float:
    index = {char: i for i, char in enumerate(model.alphabet)}
    total = 0.0
    with torch.no_grad():
        for sample in held:
            chances = torch.log_softmax(model(padded([sample.image])), -1).transpose(0, 1)
            said = torch.tensor([index[char] for char in sample.text])
            total += torch.nn.functional.ctc_loss(
                chances,
                said,
                torch.tensor([chances.shape[0]]),
                torch.tensor([len(said)]),
                reduction="sum",
                zero_infinity=True,
            ).item()
    return total / sum(len(sample.text) for sample in held)


def _apart(model: Recogniser, file: Path, images: torch.Tensor) -> float:
    return float(np.abs(np.subtract(*_both(model, file, images))).max())


def _alike(model: Recogniser, file: Path, images: torch.Tensor) -> float:
    """Share of the steps at which both see the same character likeliest."""
    read, same = (chances.argmax(-1) for chances in _both(model, file, images))
    return float((read == same).mean())


def _both(model: Recogniser, file: Path, images: torch.Tensor) -> tuple[np.ndarray, np.ndarray]:
    """What onnxruntime sees in the images, and what torch does."""
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    (read,) = session.run(None, {session.get_inputs()[0].name: images.numpy()})
    with torch.no_grad():
        return read, torch.softmax(model(images), -1).numpy()


def _size(file: Path) -> str:
    return f"{file.stat().st_size} bytes"
