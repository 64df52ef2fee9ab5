"""Weights of our own; README.md beside them is their card."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
WHEEL = "wheel"  # the recogniser that comes with rapidocr
MODELS = {
    "old-type": {
        "best": FOLDER / "old-type-rec.onnx",
        "fast": FOLDER / "old-type-rec-8bit.onnx",  # the same in whole numbers: half the time
    }
}
RECOGNISERS = (*MODELS, WHEEL)
