"""volatile-fact: statements in reference matter that go stale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from promptgauge.lint.checks.model import Check, Hit
from promptgauge.lint.subject import Subject

_NAMES = {
    "date": "a date",
    "price": "a price",
    "version": "a version",
    "currently": "something that holds for now",
}


def find(subject: Subject, _limits: Mapping[str, float]) -> Iterator[Hit]:
    """One hit for each segment of reference matter that holds such statements, at the first of them."""
    if not subject.parts.facts:
        return
    from promptgauge.anatomy.staleness import stale_knowledge

    for facts in stale_knowledge(subject.parts):
        more = len(facts) - 1
        places = f", and more such in {more} {'line' if more == 1 else 'lines'} below" if more else ""
        yield Hit(facts[0].place, {"what": _NAMES[facts[0].what], "more": places})


CHECK = Check("volatile-fact", "prompt", ("what", "more"), {}, find)
