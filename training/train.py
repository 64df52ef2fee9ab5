"""Trains the recogniser on typeset lines; stops and goes on where it stopped."""

from __future__ import annotations

import json
import math
import multiprocessing
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training.corrected import read
from training.graph import Recogniser
from training.strips import Sample, samples
from training.texts import load_texts

POOL = 128  # lines sorted by width before they are put together
WIDTH = 3000  # of a batch, pixels: about a dozen lines
KEEP = 0.995  # of the mean of the weights, at each step
WARM = 60  # steps
AHEAD = 8  # pools set ahead


@dataclass(frozen=True, slots=True)
class Plan:
    """`lines` to train on at a learning rate that falls from `rate` to 0 along a quarter wave;
    `share` of them from `real`, folders of corrected lines."""

    base: Path
    newspapers: Path | None
    more: tuple[Path, ...]
    lines: int
    rate: float
    seed: int
    threads: int = 1
    save_every: int = 1000  # lines
    real: tuple[Path, ...] = ()
    share: float = 0.0


def train(plan: Plan, out: Path) -> dict[str, torch.Tensor]:
    """The mean of the weights of the last steps. `out` gets `state.pt`, from which a run that was
    stopped goes on, and `log.jsonl`, a line for each checkpoint."""
    torch.set_num_threads(plan.threads)
    out.mkdir(parents=True, exist_ok=True)
    (out / "plan.json").write_text(json.dumps(asdict(plan), default=str, indent=1))
    texts = load_texts(plan.newspapers, plan.more)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = Recogniser(plan.base)
    real = "".join(line.text for folder in plan.real for line in read(folder))
    alphabet = model.narrowed(texts.characters | frozenset(real))
    model = model.to(device, memory_format=torch.channels_last)
    trained = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=plan.rate, weight_decay=0.01)
    mean = [p.detach().clone() for p in trained]
    state: dict[str, Any] = {"lines": 0, "steps": 0, "next": 0, "seconds": 0.0}
    if (out / "state.pt").exists():
        state = torch.load(out / "state.pt", map_location=device, weights_only=True)
        model.load(state["weights"])
        optimiser.load_state_dict(state["optimiser"])
        mean = state["mean"]
    index = {char: i for i, char in enumerate(alphabet)}
    losses: list[tuple[float, int]] = []
    start, saved = time.monotonic() - state["seconds"], state["lines"]
    for batch in _batches(plan, alphabet, state["next"]):
        if state["lines"] >= plan.lines:
            break
        rate = _rate(plan, state["lines"], state["steps"])
        for group in optimiser.param_groups:
            group["lr"] = rate
        loss, characters = _step(model, optimiser, batch, index, device)
        losses.append((loss, characters))
        state["steps"] += 1
        keep = min(KEEP, (1 + state["steps"]) / (10 + state["steps"]))
        with torch.no_grad():
            for average, parameter in zip(mean, trained, strict=True):
                average.lerp_(parameter, 1 - keep)
        state["lines"] += len(batch)
        state["next"] = max(state["next"], *(sample.number + 1 for sample in batch))
        if state["lines"] - saved >= plan.save_every or state["lines"] >= plan.lines:
            saved = state["lines"]
            state["seconds"] = time.monotonic() - start
            _save(out, state, model, mean, optimiser, losses, rate)
            losses = []
    return _named(model, mean)


def trained_weights(out: Path) -> dict[str, torch.Tensor]:
    """The mean that the last checkpoint of a run holds, by name."""
    state = torch.load(out / "state.pt", map_location="cpu", weights_only=True)
    names = list(state["weights"])
    return dict(zip(names, state["mean"], strict=True))


def _named(model: Recogniser, mean: Sequence[torch.Tensor]) -> dict[str, torch.Tensor]:
    return dict(zip(model.weights(), mean, strict=True))


def _rate(plan: Plan, lines: int, steps: int) -> float:
    falling = math.cos(math.pi / 2 * min(1.0, lines / plan.lines))
    return plan.rate * min(1.0, (steps + 1) / WARM) * falling


def _step(
    model: Recogniser,
    optimiser: torch.optim.Optimizer,
    batch: Sequence[Sample],
    index: dict[str, int],
    device: str,
) -> tuple[float, int]:
    """The loss over the batch's characters, and how many they are."""
    images = padded([sample.image for sample in batch]).to(device)
    targets = torch.tensor([index[char] for sample in batch for char in sample.text])
    lengths = torch.tensor([len(sample.text) for sample in batch])
    logits = model(images.contiguous(memory_format=torch.channels_last))
    chances = torch.log_softmax(logits.float(), -1).transpose(0, 1)
    steps = torch.full((len(batch),), chances.shape[0])
    loss = torch.nn.functional.ctc_loss(
        chances, targets, steps, lengths, reduction="sum", zero_infinity=True
    )
    optimiser.zero_grad(set_to_none=True)
    (loss / len(targets)).backward()
    torch.nn.utils.clip_grad_norm_([p for p in model.parameters() if p.requires_grad], 1.0)
    optimiser.step()
    return loss.item(), len(targets)


def padded(images: Sequence[np.ndarray]) -> torch.Tensor:
    """(images, 3, 48, widest), as the reader pads."""
    widest = max(image.shape[1] for image in images)
    batch = np.zeros((len(images), 3, images[0].shape[0], widest), np.float32)
    for i, image in enumerate(images):
        batch[i, :, :, : image.shape[1]] = image
    return torch.from_numpy(batch)


def _batches(plan: Plan, alphabet: Sequence[str], start: int) -> Iterator[list[Sample]]:
    """Batches of lines of like width, set ahead by a process of their own."""
    context = multiprocessing.get_context("spawn")
    queue: Queue[list[Sample]] = context.Queue(AHEAD)
    setter = context.Process(target=_set_pools, args=(queue, plan, alphabet, start), daemon=True)
    setter.start()
    try:
        while True:
            yield from grouped(queue.get(timeout=600))
    finally:
        setter.terminate()
        setter.join()


def _set_pools(queue: Queue[list[Sample]], plan: Plan, alphabet: list[str], start: int) -> None:
    texts = load_texts(plan.newspapers, plan.more)
    real = [line for folder in plan.real for line in read(folder)]
    lines = samples(texts, alphabet, plan.seed, start, real, plan.share)
    while True:
        queue.put([next(lines) for _ in range(POOL)])


def grouped(pool: Sequence[Sample]) -> Iterator[list[Sample]]:
    """Batches of at most WIDTH pixels together, in an order that does not depend on width."""
    batches: list[list[Sample]] = [[]]
    for sample in sorted(pool, key=lambda s: (s.image.shape[1], s.number)):
        if batches[-1] and (len(batches[-1]) + 1) * sample.image.shape[1] > WIDTH:
            batches.append([])
        batches[-1].append(sample)
    return iter(sorted(batches, key=lambda batch: batch[0].number))


def _save(
    out: Path,
    state: dict[str, Any],
    model: Recogniser,
    mean: Sequence[torch.Tensor],
    optimiser: torch.optim.Optimizer,
    losses: Sequence[tuple[float, int]],
    rate: float,
) -> None:
    state |= {"weights": model.weights(), "mean": list(mean), "optimiser": optimiser.state_dict()}
    torch.save(state, out / "state.new")
    (out / "state.new").replace(out / "state.pt")
    entry = {
        "lines": state["lines"],
        "minutes": round(state["seconds"] / 60, 1),
        "loss": round(sum(loss for loss, _ in losses) / max(1, sum(n for _, n in losses)), 4),
        "rate": rate,
    }
    with (out / "log.jsonl").open("a") as log:
        log.write(json.dumps(entry) + "\n")
