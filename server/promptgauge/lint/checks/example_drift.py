"""example-drift: examples that differ from the others, as the anatomy observed them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from promptgauge.lint.checks.model import Check, Hit
from promptgauge.lint.subject import Subject


def find(subject: Subject, _limits: Mapping[str, float]) -> Iterator[Hit]:
    """One hit for each drift; `number` is the number in the example's heading, or its rank among the examples."""
    examples = subject.parts.examples
    for drift in subject.parts.drifts:
        own = examples[drift.example].number
        values: dict[str, float | str] = {"number": drift.example + 1 if own is None else own, "what": drift.what}
        yield Hit(drift.place, values, (drift.related,) if drift.related else ())


CHECK = Check("example-drift", "prompt", ("number", "what"), {}, find)
