"""`when` compiles to the comparison, the flag or the list that it says."""

from __future__ import annotations

import pytest

from promptgauge.lint.conditions import ByCheck, Compare, Flag, Group, Is, ReportedBy, When, compile_when, leaves
from promptgauge.lint.subject import Subject, subjects
from tests.lint.hand import anatomy, document

TEXT = "Be kind.\n"
MADE = anatomy(TEXT, segments=[("instruction", TEXT, 10)])
(PROMPT,) = subjects("prompt", document(MADE), (MADE,))
(SEGMENT,) = subjects("segment", document(MADE), (MADE,))
ABOVE = Compare("prompt.tokens", "above", "low")
BELOW = Compare("prompt.tokens", "below", "low")


@pytest.mark.parametrize(
    ("when", "subject", "expected"),
    [
        (Compare("prompt.tokens", "above", "ten"), PROMPT, False),
        (Compare("prompt.tokens", "at-least", "ten"), PROMPT, True),
        (Compare("prompt.tokens", "below", "ten"), PROMPT, False),
        (Compare("prompt.tokens", "at-most", "ten"), PROMPT, True),
        (ABOVE, PROMPT, True),
        (Flag("output.asked", True), PROMPT, False),
        (Flag("output.asked", False), PROMPT, True),
        (Is("segment.kind", "instruction"), SEGMENT, True),
        (Is("segment.kind", "knowledge"), SEGMENT, False),
        (Compare("segment.share", "at-least", "one"), SEGMENT, True),
        (Group("all", (ABOVE, BELOW)), PROMPT, False),
        (Group("any", (ABOVE, BELOW)), PROMPT, True),
        (Group("all", (ABOVE, Group("any", (BELOW, ABOVE)))), PROMPT, True),
        (ByCheck("example-drift"), PROMPT, False),
        (ReportedBy("configuration"), PROMPT, False),
    ],
)
def test_a_condition_holds_where_it_says(when: When, subject: Subject, expected: bool) -> None:
    assert expected is compile_when(when)(subject, {"low": 5, "ten": 10, "one": 1})


def test_the_leaves_of_a_tree_are_its_single_conditions() -> None:
    flag = Flag("output.asked", True)
    assert [ABOVE, BELOW, flag] == list(leaves(Group("all", (ABOVE, Group("any", (BELOW, flag))))))
