"""Printed forms that the recogniser's table lacks, as classes of their own.

The wheel's table knows 告 and not 吿, so a page that has 吿 was read as if it had 告. The network
sees the difference all the same: what it passes to its last layer for 告 and for 吿 lies apart. So
the last layer gets a class for each such form. Its weights begin as those of the modern form and
are fitted on typeset lines, one form at a time, with everything else as it is: where the form
stands its logit shall be the highest, everywhere else it shall not. The rest of the network does
not change, so nothing else is read otherwise, and reading takes no longer.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from press.oldtype import CASES
from training.graph import Recogniser
from training.strips import samples_with
from training.texts import Texts
from training.train import grouped, padded

# Printed forms that 晶報 of 1920 and 1930 has and the wheel's table lacks, each with the form that
# is read in its place.
FORMS = dict(zip("囘吿旣甁閙槪鄕騐顚屛", "回告既瓶鬧概鄉驗顛屏", strict=True))
# Faces that draw both forms, each as its code point says; others draw 旣 for 既.
FACES = ("Noto", "ipamjm", "HanaMin")
HELD = 0.3  # of the lines, on which it is measured
NOTHING = 2  # steps of every line at which nothing stands
MARGIN = 2.0  # by which a form's logit shall lead where it stands, and lie behind where not
TIGHT = 3e-3  # how dear it is to go away from the modern form's weights
PRECISE = 0.97  # on lines held back: of what is read as the printed form, how much is
LEAST_PRECISE = 0.95  # a form that is told worse gets no class


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """Steps of lines: what the network passes to its last layer, the highest logit there, what of
    FORMS (either side) stands there, "" for anything else or nothing, and the line's number."""

    features: np.ndarray
    highest: np.ndarray
    stands: np.ndarray
    line: np.ndarray


@dataclass(frozen=True, slots=True)
class Fitted:
    """The weights of one form's class, and what it reads on lines held back."""

    weights: np.ndarray
    bias: float
    precision: float
    recall: float


def with_forms(model: Path, texts: Texts, lines: int, seed: int, out: Path) -> None:
    """Writes the model with a class for each of FORMS that is told apart well enough; prints how
    well each is. A model that has them gets them fitted anew."""
    recogniser = Recogniser(model)
    seen = _seen(recogniser, texts, lines, seed)
    fitted = {form: _fit(seen, form, recogniser) for form in FORMS}
    for form, fit in fitted.items():
        print(f"{form} for {FORMS[form]}: precision {fit.precision:.3f}, recall {fit.recall:.3f}")
    widen(model, {f: fit for f, fit in fitted.items() if fit.precision >= LEAST_PRECISE}, out)


def widen(model: Path, fitted: Mapping[str, Fitted], out: Path) -> None:
    """The file with these classes, before the last one, which is the space; those that it has by
    that name are replaced."""
    loaded = onnx.load(str(model))
    table = next(p for p in loaded.metadata_props if p.key == "character")
    characters = table.value.split("\n")
    new = [form for form in fitted if form not in characters]
    index = {form: i + 1 for i, form in enumerate([*characters, *new])}
    names = [node.input[1] for node in loaded.graph.node if node.op_type in ("MatMul", "Add")][-2:]
    for initialiser in loaded.graph.initializer:
        if initialiser.name in names:
            values = numpy_helper.to_array(initialiser)
            space = values[..., -1:]
            room = np.zeros((*values.shape[:-1], len(new)), np.float32)
            wide = np.concatenate([values[..., :-1], room, space], -1)
            for form, fit in fitted.items():
                wide[..., index[form]] = fit.weights if wide.ndim > 1 else fit.bias
            initialiser.CopyFrom(numpy_helper.from_array(wide, initialiser.name))
    table.value = "\n".join([*characters, *new])
    classes = loaded.graph.output[0].type.tensor_type.shape.dim[-1]
    classes.dim_value = len(characters) + len(new) + 2
    del loaded.graph.value_info[:]
    onnx.save(loaded, str(out))


def _seen(recogniser: Recogniser, texts: Texts, lines: int, seed: int) -> Seen:
    cases = [case for case in CASES if case.file.startswith(FACES)]
    characters = [*FORMS, *FORMS.values()]
    made = itertools.islice(samples_with(texts, characters, cases, seed), lines)
    rng = np.random.default_rng(seed)
    features, highest, stands, line = [], [], [], []
    weights, bias = _last_layer(recogniser)
    with torch.no_grad():
        for batch in grouped(list(made)):
            given = recogniser.features(padded([sample.image for sample in batch])).numpy()
            logits = given @ weights + bias
            for sample, steps, scores in zip(batch, given, logits, strict=True):
                best = scores.argmax(-1)
                at = _places(best)
                if len(at) != len(sample.text):
                    continue
                nothing = rng.permutation(np.flatnonzero(best == 0))[:NOTHING].tolist()
                features.append(steps[at + nothing])
                highest.append(_others(recogniser, scores[at + nothing]))
                stands += [c if c in characters else "" for c in sample.text] + [""] * len(nothing)
                line += [sample.number] * len(at + nothing)
    return Seen(np.concatenate(features), np.concatenate(highest), np.array(stands), np.array(line))


def _last_layer(recogniser: Recogniser) -> tuple[np.ndarray, np.ndarray]:
    weights, bias = (p.detach().numpy() for p in recogniser.head)
    return weights, bias


def _others(recogniser: Recogniser, logits: np.ndarray) -> np.ndarray:
    """The highest of the classes that are not of FORMS."""
    known = [i for i, char in enumerate(recogniser.alphabet) if char not in FORMS]
    highest: np.ndarray = logits[:, known].max(-1)
    return highest


def _places(best: np.ndarray) -> list[int]:
    """The middle of the steps of each character that is read."""
    runs = [list(run) for _, run in itertools.groupby(range(len(best)), key=lambda i: best[i])]
    return [run[len(run) // 2] for run in runs if best[run[0]] != 0]


def _fit(seen: Seen, form: str, recogniser: Recogniser) -> Fitted:
    weights, bias = _last_layer(recogniser)
    start = recogniser.alphabet.index(FORMS[form])
    scale = torch.from_numpy(seen.features.std(0) + 1e-3)
    features = torch.from_numpy(seen.features)
    modern = features @ torch.from_numpy(weights[:, start].copy()) + float(bias[start])
    over = modern - torch.from_numpy(seen.highest)  # by how much the modern form's logit leads
    held = torch.from_numpy(np.random.default_rng(0).random(seen.line.max() + 1)[seen.line] < HELD)
    here = torch.from_numpy(seen.stands == form)
    twin = torch.from_numpy(seen.stands == FORMS[form])
    other = ~here & ~twin
    change = torch.zeros(features.shape[1] + 1, requires_grad=True)

    def lead() -> torch.Tensor:
        return over + (features / scale) @ change[:-1] + change[-1]

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        by = lead()
        softplus = torch.nn.functional.softplus
        value = softplus(MARGIN - by[here & ~held]).mean()
        value = value + softplus(MARGIN + by[twin & ~held]).mean()
        value = value + softplus(MARGIN + by[other & ~held]).sum() / (here & ~held).sum()
        value = value + TIGHT * (change[:-1] ** 2).sum()
        value.backward()
        return value

    optimiser = torch.optim.LBFGS([change], max_iter=150, line_search_fn="strong_wolfe")
    optimiser.step(loss)
    with torch.no_grad():
        leads = lead()[held].numpy()
    sure = _least(leads, seen.stands[held.numpy()] == form)
    right = (leads > sure) & (seen.stands[held.numpy()] == form)
    change = change.detach()
    return Fitted(
        weights[:, start] + (change[:-1] / scale).numpy(),
        float(bias[start]) + float(change[-1]) - sure,
        float(right.sum() / max(1, (leads > sure).sum())),
        float(right.sum() / max(1, (seen.stands[held.numpy()] == form).sum())),
    )


def _least(leads: np.ndarray, here: np.ndarray) -> float:
    """The smallest lead, 0 or more, from which on what is read as the form is PRECISE."""
    for least in np.arange(0.0, 6.0, 0.25):
        if here[leads > least].sum() >= PRECISE * (leads > least).sum():
            break
    return float(least)
