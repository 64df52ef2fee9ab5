"""What networks run on, with one thread each: onnxruntime, or for the detector OpenVINO.

OpenVINO is an optional extra. It computes in bf16 where the processor does, and so finds lines in
less time, a few of them a pixel off: docs/decisions/0012-openvino.md.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime

from baoguan.errors import EngineMissing
from baoguan.ocr.sheet import Floats

SLOWER = {"MatmulTransposeFusion"}  # an optimisation that keeps the last layer from being packed


@dataclass(frozen=True, slots=True)
class Network:
    """`name` is of what it runs on, with its version; `run` gives the first output for an input."""

    name: str
    run: Callable[[Floats], Floats]


def network(path: Path, runtime: str) -> Network:
    """A model of one input on one of `engines.RUNTIMES`. Raises EngineMissing where that is not
    installed."""
    return MAKERS[runtime](path)


def session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER
    )


def _on_onnxruntime(path: Path) -> Network:
    loaded = session(path)
    name = loaded.get_inputs()[0].name
    return Network(
        f"onnxruntime {onnxruntime.__version__}",
        lambda batch: np.asarray(loaded.run(None, {name: batch})[0], np.float32),
    )


def _on_openvino(path: Path) -> Network:
    # Imported as it is, openvino tells Google Analytics so. Without this module it cannot, and None
    # is how Python is told that a module is not there, though its stubs do not know.
    sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]
    try:
        openvino = importlib.import_module("openvino")
    except ImportError as error:
        raise EngineMissing(
            f"openvino is not installed: run `{sys.executable} -m pip install "
            "'baoguan[openvino]'`, or set runtime = onnxruntime"
        ) from error
    one_thread = {
        "INFERENCE_NUM_THREADS": 1,
        "ENABLE_CPU_PINNING": False,  # each process would choose the same core
    }
    compiled = openvino.Core().compile_model(str(path), "CPU", one_thread)
    precision = compiled.get_property("INFERENCE_PRECISION_HINT").get_type_name()
    request = compiled.create_infer_request()
    return Network(
        f"openvino {importlib.metadata.version('openvino')} {precision}",
        lambda batch: np.array(request.infer([batch])[0], np.float32),
    )


MAKERS: dict[str, Callable[[Path], Network]] = {
    "onnxruntime": _on_onnxruntime,
    "openvino": _on_openvino,
}
