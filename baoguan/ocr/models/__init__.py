"""Weights of our own; README.md beside them is their card."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
WHEEL = "wheel"  # the recogniser that comes with rapidocr
MODELS = {"old-type": FOLDER / "old-type-rec.onnx"}
RECOGNISERS = (*MODELS, WHEEL)
