"""vague-instruction, repeated-instruction and conflicting-instructions: what the statements of a prompt say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from promptgauge.anatomy.conflicts import find_conflicts
from promptgauge.lint.checks.model import Check, Hit
from promptgauge.lint.subject import Subject


def _vague(subject: Subject, _limits: Mapping[str, float]) -> Iterator[Hit]:
    from promptgauge.anatomy.vague import find_vague

    for vague in find_vague(subject.parts):
        yield Hit(vague.place, {"words": vague.words})


def _repeated(subject: Subject, limits: Mapping[str, float]) -> Iterator[Hit]:
    """One hit for each statement that says what an earlier one says."""
    from promptgauge.anatomy.repeats import repeated_statements

    for repeat in repeated_statements(subject.parts, limits["share"]):
        how = "word for word" if repeat.share == 1 else "in nearly the same words"
        yield Hit(repeat.place, {"how": how}, (repeat.before,))


def _conflicting(subject: Subject, _limits: Mapping[str, float]) -> Iterator[Hit]:
    for conflict in find_conflicts(subject.parts):
        yield Hit(conflict.place, {"what": conflict.what}, (conflict.before,))


VAGUE = Check("vague-instruction", "prompt", ("words",), {}, _vague)
REPEATED = Check("repeated-instruction", "prompt", ("how",), {"share": "share"}, _repeated)
CONFLICTING = Check("conflicting-instructions", "prompt", ("what",), {}, _conflicting)
