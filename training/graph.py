"""The recogniser's ONNX file as a torch module, and back.

The file is read node by node: every operation it uses has one function here, so the module computes
what onnxruntime computes, and weights trained in torch go back into the same file by name.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
import torch.nn.functional as F  # noqa: N812 - as everyone writes it
from onnx import numpy_helper

Weights = Mapping[str, torch.Tensor]


@dataclass(frozen=True, slots=True)
class Node:
    op: str
    inputs: tuple[str, ...]
    output: str
    attributes: Mapping[str, Any]


class Recogniser(torch.nn.Module):
    """`forward` gives logits (images, steps, classes) for images (images, 3, 48, width).

    Parameters are the file's weights; statistics of batch normalisation and lone numbers stay as
    they are. Raises NotImplementedError for a graph with an operation that is not known here.
    """

    def __init__(self, file: Path) -> None:
        super().__init__()
        model = onnx.load(str(file))
        values = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
        self.alphabet = _alphabet(model)
        self._input = model.graph.input[0].name
        self._nodes = _fused(_nodes(model), values)
        if self._nodes[-1].op != "Softmax":
            raise NotImplementedError(f"the graph ends in {self._nodes[-1].op}, not in Softmax")
        unknown = {node.op for node in self._nodes} - set(OPERATIONS)
        if unknown:
            raise NotImplementedError(f"operations not known here: {', '.join(sorted(unknown))}")
        fixed = {name for n in self._nodes if n.op == "BatchNormalization" for name in n.inputs[3:]}
        used = {name for node in self._nodes for name in node.inputs}
        self._tensors: dict[str, str] = {}  # name in the file -> attribute here
        for name, value in values.items():
            if name not in used:
                continue
            attribute = name.replace(".", "__")
            self._tensors[name] = attribute
            tensor = torch.from_numpy(np.array(value))
            if tensor.is_floating_point() and tensor.numel() > 1 and name not in fixed:
                self.register_parameter(attribute, torch.nn.Parameter(tensor))
            else:
                self.register_buffer(attribute, tensor)

    @property
    def head(self) -> list[torch.nn.Parameter]:
        """The weights of the last layer, from features to characters."""
        last = [node for node in self._nodes if node.op in ("MatMul", "Linear")][-1]
        names = {name for node in self._nodes[self._nodes.index(last) :] for name in node.inputs}
        return [getattr(self, a) for name, a in self._tensors.items() if name in names]

    def narrowed(self, characters: Collection[str]) -> list[str]:
        """Keep only the classes of blank and these characters in the head, freeze it, and give the
        alphabet that is left: the head costs less the smaller it is."""
        kept = [0, *(i for i, char in enumerate(self.alphabet) if i and char in characters)]
        for parameter in self.head:
            parameter.data = parameter.data[..., kept].contiguous()
            parameter.requires_grad_(False)
        self.alphabet = [self.alphabet[i] for i in kept]
        return self.alphabet

    def weights(self) -> dict[str, torch.Tensor]:
        """What is trained, by its name in the file."""
        known = dict(self.named_parameters())
        named = {n: known[a] for n, a in self._tensors.items() if a in known}
        return {n: p.detach().clone() for n, p in named.items() if p.requires_grad}

    def load(self, weights: Weights) -> None:
        known = dict(self.named_parameters())
        with torch.no_grad():
            for name, value in weights.items():
                known[self._tensors[name]].copy_(value)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        logits: torch.Tensor = self._values(images)[self._nodes[-1].inputs[0]]
        return logits

    def features(self, images: torch.Tensor) -> torch.Tensor:
        """What the last layer makes its logits of: (images, steps, features)."""
        last = [node for node in self._nodes if node.op == "MatMul"][-1]
        features: torch.Tensor = self._values(images)[last.inputs[0]]
        return features

    def _values(self, images: torch.Tensor) -> dict[str, Any]:
        values: dict[str, Any] = {n: getattr(self, a) for n, a in self._tensors.items()}
        values[self._input] = images
        for node in self._nodes[:-1]:
            inputs = [values[name] for name in node.inputs]
            values[node.output] = OPERATIONS[node.op](inputs, node.attributes)
        return values


def export(base: Path, weights: Weights, out: Path, notes: Mapping[str, str] = {}) -> None:
    """The file `base` with other weights: the same graph, size and speed. `notes` go into its
    metadata. Raises ValueError for a weight that the file does not have, or of another shape."""
    model = onnx.load(str(base))
    wanted = dict(weights)
    for initialiser in model.graph.initializer:
        value = wanted.pop(initialiser.name, None)
        if value is None:
            continue
        if tuple(initialiser.dims) != tuple(value.shape):
            raise ValueError(f"{initialiser.name} is {tuple(initialiser.dims)} in {base.name}")
        array = value.detach().cpu().numpy().astype(np.float32)
        initialiser.CopyFrom(numpy_helper.from_array(array, initialiser.name))
    if wanted:
        raise ValueError(f"not in {base.name}: {', '.join(sorted(wanted))}")
    for key, text in notes.items():
        model.metadata_props.add(key=key, value=text)
    onnx.save(model, str(out))


def blended(base: Weights, other: Weights, share: float) -> dict[str, torch.Tensor]:
    """(1 - share) of `base` and `share` of `other`, for the weights that `other` has."""
    return {name: torch.lerp(base[name], value, share) for name, value in other.items()}


def _alphabet(model: onnx.ModelProto) -> list[str]:
    """The characters of the classes; class 0 is blank, the last a space."""
    characters = next(p.value for p in model.metadata_props if p.key == "character")
    return ["", *characters.split("\n"), " "]


def _nodes(model: onnx.ModelProto) -> list[Node]:
    """The graph's nodes, in order, without those that only pass a value on."""
    same: dict[str, str] = {}
    nodes = []
    for node in model.graph.node:
        inputs = tuple(same.get(name, name) for name in node.input)
        if node.op_type == "Identity":
            same[node.output[0]] = inputs[0]
            continue
        attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
        nodes.append(Node(node.op_type, inputs, node.output[0], attributes))
    return nodes


GELU = ("Div", "Erf", "Add", "Mul", "Mul")
LAYER_NORM = ("ReduceMean", "Sub", "Pow", "ReduceMean", "Add", "Sqrt", "Div", "Mul", "Add")


def _fused(nodes: Sequence[Node], values: Mapping[str, np.ndarray]) -> list[Node]:
    """Runs of nodes for which torch has one operation."""
    fused: list[Node] = []
    i = 0
    while i < len(nodes):
        node, ops = nodes[i], tuple(n.op for n in nodes[i : i + len(LAYER_NORM)])
        if ops[: len(GELU)] == GELU:
            last = nodes[i + len(GELU) - 1]
            fused.append(Node("Gelu", node.inputs[:1], last.output, {}))
            i += len(GELU)
        elif ops == LAYER_NORM:
            run = nodes[i : i + len(LAYER_NORM)]
            epsilon = float(values[run[4].inputs[1]])
            inputs = (node.inputs[0], run[7].inputs[1], run[8].inputs[1])
            fused.append(Node("LayerNorm", inputs, run[8].output, {"epsilon": epsilon}))
            i += len(LAYER_NORM)
        elif ops[:2] == ("Conv", "Add") and nodes[i + 1].inputs[1] in values:
            bias = nodes[i + 1]
            fused.append(replace(node, inputs=(*node.inputs, bias.inputs[1]), output=bias.output))
            i += 2
        else:
            fused.append(node)
            i += 1
    return fused


# --- operations, as ONNX's opset 11 defines them -------------------------------------------------

Inputs = Sequence[Any]
Attributes = Mapping[str, Any]


def _conv(inputs: Inputs, a: Attributes) -> torch.Tensor:
    image, weight = inputs[0], inputs[1]
    bias = inputs[2].flatten() if len(inputs) > 2 else None
    padding = (a["pads"][0], a["pads"][1]) if "pads" in a else (0, 0)
    if a.get("auto_pad") == b"SAME_UPPER":
        image = _padded(image, a, 0.0)
    return F.conv2d(image, weight, bias, a["strides"], padding, a["dilations"], a["group"])


def _padded(image: torch.Tensor, a: Attributes, value: float) -> torch.Tensor:
    """For a kernel whose output is as large as its input, odd pixels at the right and below."""
    if list(a["strides"]) != [1, 1]:
        raise NotImplementedError("SAME_UPPER with strides")
    high, wide = (side - 1 for side in a["kernel_shape"])
    return F.pad(image, (wide // 2, wide - wide // 2, high // 2, high - high // 2), value=value)


def _max_pool(inputs: Inputs, a: Attributes) -> torch.Tensor:
    return F.max_pool2d(_padded(inputs[0], a, -math.inf), a["kernel_shape"], a["strides"])


def _average_pool(inputs: Inputs, a: Attributes) -> torch.Tensor:
    return F.avg_pool2d(inputs[0], a["kernel_shape"], a["strides"])


def _batch_norm(inputs: Inputs, a: Attributes) -> torch.Tensor:
    image, gain, bias, mean, variance = inputs
    return F.batch_norm(image, mean, variance, gain, bias, eps=a["epsilon"])


def _layer_norm(inputs: Inputs, a: Attributes) -> torch.Tensor:
    values, gain, bias = inputs
    return F.layer_norm(values, gain.shape, gain, bias, a["epsilon"])


def _hard_sigmoid(inputs: Inputs, a: Attributes) -> torch.Tensor:
    return torch.clamp(inputs[0] * a["alpha"] + a["beta"], 0, 1)


def _reshape(inputs: Inputs, _: Attributes) -> torch.Tensor:
    values, shape = inputs[0], inputs[1].tolist()
    return values.reshape([values.shape[i] if n == 0 else n for i, n in enumerate(shape)])


def _slice(inputs: Inputs, _: Attributes) -> torch.Tensor:
    values, *bounds = inputs
    for start, end, axis in zip(*(x.tolist() for x in bounds[:3]), strict=True):
        cut = [slice(None)] * values.ndim
        cut[axis] = slice(start, end)
        values = values[tuple(cut)]
    return values


OPERATIONS: dict[str, Callable[[Inputs, Attributes], Any]] = {
    "Add": lambda x, _: x[0] + x[1],
    "AveragePool": _average_pool,
    "BatchNormalization": _batch_norm,
    "Concat": lambda x, a: torch.cat(list(x), a["axis"]),
    "Conv": _conv,
    "Gelu": lambda x, _: F.gelu(x[0]),
    "HardSigmoid": _hard_sigmoid,
    "LayerNorm": _layer_norm,
    "MatMul": lambda x, _: x[0] @ x[1],
    "MaxPool": _max_pool,
    "Mul": lambda x, _: x[0] * x[1],
    "ReduceMean": lambda x, a: x[0].mean(tuple(a["axes"]), keepdim=bool(a.get("keepdims", 1))),
    "Relu": lambda x, _: F.relu(x[0]),
    "Reshape": _reshape,
    "Shape": lambda x, _: torch.tensor(x[0].shape),
    "Sigmoid": lambda x, _: torch.sigmoid(x[0]),
    "Slice": _slice,
    "Softmax": lambda x, a: torch.softmax(x[0], a["axis"]),
    "Squeeze": lambda x, a: torch.squeeze(x[0], tuple(a["axes"])),
    "Transpose": lambda x, a: x[0].permute(*a["perm"]),
    "Unsqueeze": lambda x, a: torch.unsqueeze(x[0], a["axes"][0]),
}
