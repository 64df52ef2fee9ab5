"""A model with its convolutions in whole numbers of 8 bits, for reading fast.

Nothing is trained: weights are rounded, and what goes into a convolution and comes out of it is
rounded too, within the range that it takes on lines like those of training. Processors that
multiply whole numbers at once (VNNI) need half the time for it.

Weights take -64 to 64, half of what would fit: without VNNI, x86 adds two products of 8 bits in 16,
and runs over where weights are larger (of 210 steps 9 were read otherwise with AVX2 alone).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import helper, numpy_helper, version_converter

WITHIN = 0.0001  # of the values lie under a range, and as many over it: few far ones cost all the
# others precision (.00001: .0995 and .0896 wrong on strips of 1939, this .0955 and .0883)
EVERY = 7  # of the values are looked at
LEVELS = 255  # steps of a range
WEIGHT = 64  # the largest whole number of a weight
OPSET = 17  # steps for each channel came with 13

Range = tuple[float, float]


def in_eight_bits(base: Path, batches: Iterable[np.ndarray], out: Path) -> None:
    """Writes `base` in 8 bits; `batches` are images (images, 3, 48, width), float32, of lines like
    those that are to be read."""
    model = _without_normalisation(base)
    notes = {p.key: p.value for p in model.metadata_props}
    ranges = _ranges(model, batches)
    model = version_converter.convert_version(model, OPSET)
    _Rounding(model.graph, ranges).run()
    del model.metadata_props[:]
    for key, text in notes.items():
        model.metadata_props.add(key=key, value=text)
    onnx.save(model, str(out))


def _without_normalisation(base: Path) -> onnx.ModelProto:
    """With batch normalisation taken into the convolutions before it."""
    with tempfile.TemporaryDirectory() as folder:
        options = onnxruntime.SessionOptions()
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        options.optimized_model_filepath = str(Path(folder) / "folded.onnx")
        onnxruntime.InferenceSession(str(base), options, providers=["CPUExecutionProvider"])
        model = onnx.load(options.optimized_model_filepath)
    kept = [domain for domain in model.opset_import if not domain.domain]
    del model.opset_import[:]
    model.opset_import.extend(kept)
    return model


def _ranges(model: onnx.ModelProto, batches: Iterable[np.ndarray]) -> dict[str, Range]:
    """Where the values lie that a convolution over an area takes and gives, or ReLU after it, by
    the tensor's name: the median over the batches."""
    relus = _relus(model.graph)
    found = [node for node in model.graph.node if node.op_type == "Conv"]
    convolutions = [(node.input[0], _output_of(node, relus)) for node in found]
    told = onnx.ModelProto()
    told.CopyFrom(model)
    given = model.graph.input[0].name
    names = sorted({name for pair in convolutions for name in pair} - {given})
    del told.graph.output[:]
    told.graph.output.extend(helper.make_tensor_value_info(name, 1, None) for name in names)
    session = onnxruntime.InferenceSession(
        told.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    seen: dict[str, list[np.ndarray]] = {}
    for images in batches:
        values = dict(zip(names, session.run(names, {given: images}), strict=True))
        values[given] = images
        for taken, made in convolutions:
            if np.prod(values[taken].shape[2:]) > 1:
                for name in (taken, made):
                    some = values[name].ravel()[::EVERY]
                    seen.setdefault(name, []).append(np.quantile(some, [WITHIN, 1 - WITHIN]))
    middle = {name: np.median(ends, axis=0) for name, ends in seen.items()}
    return {name: (min(0.0, float(e[0])), max(0.0, float(e[1]))) for name, e in middle.items()}


def _relus(graph: onnx.GraphProto) -> dict[str, onnx.NodeProto]:
    """By what they take."""
    return {node.input[0]: node for node in graph.node if node.op_type == "Relu"}


def _output_of(convolution: onnx.NodeProto, relus: Mapping[str, onnx.NodeProto]) -> str:
    """What it gives, after ReLU where that follows."""
    made: str = convolution.output[0]
    return relus[made].output[0] if made in relus else made


def _scale_of(bounds: Range) -> tuple[float, int]:
    """The step of a tensor, and the whole number that stands for 0."""
    scale = (bounds[1] - bounds[0]) / LEVELS
    return scale, round(-bounds[0] / scale)


@dataclass(slots=True)
class _Rounding:
    """Puts pairs of QuantizeLinear and DequantizeLinear around convolutions, which onnxruntime
    makes one quantised operator of."""

    graph: onnx.GraphProto
    ranges: Mapping[str, Range]
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    rounded: dict[str, str] = field(default_factory=dict)  # by the tensor that is rounded

    def run(self) -> None:
        values = {i.name: numpy_helper.to_array(i) for i in self.graph.initializer}
        relus = _relus(self.graph)
        within = set()
        for node in self.graph.node:
            if node.op_type == "Conv" and node.input[0] in self.ranges:
                made = _output_of(node, relus)
                self._convolution(node, made, values)
                within.add(made)
            elif node.output[0] not in within:
                self.nodes.append(node)
        del self.graph.node[:]
        self.graph.node.extend(self.nodes)
        used = {name for node in self.nodes for name in node.input}
        left = [i for i in self.graph.initializer if i.name in used]
        del self.graph.initializer[:]
        self.graph.initializer.extend(left)

    def _convolution(
        self, node: onnx.NodeProto, output: str, values: Mapping[str, np.ndarray]
    ) -> None:
        """Its output's range ends at nothing where ReLU follows, so rounding is ReLU."""
        source, weight, *bias = node.input
        if source not in self.rounded:
            self.rounded[source] = self._round(source, f"{source}/8", self.ranges[source])
        scale, _ = _scale_of(self.ranges[source])
        steps = np.abs(values[weight]).max((1, 2, 3)) / WEIGHT
        steps = np.where(steps > 0, steps, 1).astype(np.float32)
        whole = np.rint(values[weight] / steps[:, None, None, None]).astype(np.int8)
        inputs = [self.rounded[source], self._constant(weight, whole, steps)]
        if bias:
            of_bias = (steps * scale).astype(np.float32)
            sums = np.rint(values[bias[0]].ravel() / of_bias).astype(np.int32)
            inputs.append(self._constant(f"{bias[0]}/{output}", sums, of_bias))
        made = helper.make_node("Conv", inputs, [f"{output}/exact"], name=node.name)
        made.attribute.extend(node.attribute)
        self.nodes.append(made)
        self.rounded[output] = self._round(f"{output}/exact", output, self.ranges[output])

    def _round(self, name: str, rounded: str, bounds: Range) -> str:
        scale, zero = _scale_of(bounds)
        step = self._initialiser(f"{rounded}/scale", np.array(scale, np.float32))
        nothing = self._initialiser(f"{rounded}/zero", np.array(zero, np.uint8))
        whole = f"{rounded}/whole"
        self.nodes.append(helper.make_node("QuantizeLinear", [name, step, nothing], [whole]))
        back = helper.make_node("DequantizeLinear", [whole, step, nothing], [rounded])
        self.nodes.append(back)
        return rounded

    def _constant(self, name: str, whole: np.ndarray, steps: np.ndarray) -> str:
        """A tensor of whole numbers, a step for each of its first axis."""
        inputs = [
            self._initialiser(f"{name}/whole", whole),
            self._initialiser(f"{name}/steps", steps),
            self._initialiser(f"{name}/zeros", np.zeros(len(steps), whole.dtype)),
        ]
        made = helper.make_node("DequantizeLinear", inputs, [f"{name}/8"], axis=0)
        self.nodes.append(made)
        return f"{name}/8"

    def _initialiser(self, name: str, value: np.ndarray) -> str:
        self.graph.initializer.append(numpy_helper.from_array(value, name))
        return name
