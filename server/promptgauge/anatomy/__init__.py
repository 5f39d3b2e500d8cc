"""Anatomy: the parts of a Prompt, found in its text and measured in tokens."""

from promptgauge.anatomy.dissect import dissect
from promptgauge.anatomy.model import KINDS, Anatomy, Condition, Example, Fact, Kind, OutputContract, Place, Segment

__all__ = ["KINDS", "Anatomy", "Condition", "Example", "Fact", "Kind", "OutputContract", "Place", "Segment", "dissect"]
