"""How well pages were read: figures, and a report that shows where it went wrong."""

from baoguan.evaluate.regions import Overlap, overlaps, summed
from baoguan.evaluate.report import Compared, report
from baoguan.evaluate.scores import (
    Evaluation,
    Score,
    diplomatic,
    edit_distance,
    evaluate,
    folded,
    overall,
    read_truth,
)

__all__ = [
    "Compared",
    "Evaluation",
    "Overlap",
    "Score",
    "diplomatic",
    "edit_distance",
    "evaluate",
    "folded",
    "overall",
    "overlaps",
    "read_truth",
    "report",
    "summed",
]
