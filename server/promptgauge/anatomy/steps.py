"""Steps: whether a prompt's task needs several steps, and whether it asks for reasoning before the answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from promptgauge.anatomy import lexicon
from promptgauge.anatomy.units import Unit


def asks_for_reasoning(unit: Unit) -> bool:
    """Whether a unit asks the model to think before it answers."""
    return lexicon.REASONING.search(unit.text) is not None


def is_multi_step(units: Sequence[Unit]) -> bool:
    """Whether the prompt lays out several steps: a list under such a title, titles of steps, or words of order."""
    listed = (u for u in units if u.shape == "item" and u.section and lexicon.STEPS_TITLE.search(u.section.title))
    titles = (u for u in units if u.shape == "heading" and lexicon.ONE_STEP_TITLE.match(u.first.title))
    ordered = (u for u in units if u.shape in ("item", "prose") and lexicon.THEN.search(u.text))
    return _at_least(3, listed) or _at_least(2, titles) or _at_least(4, ordered)


def _at_least(least: int, units: Iterable[Unit]) -> bool:
    return any(number >= least for number, _ in enumerate(units, 1))
