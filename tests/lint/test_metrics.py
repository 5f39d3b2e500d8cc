"""Each metric measures what its line says."""

from __future__ import annotations

from typing import Any

import pytest

from promptgauge.anatomy.model import OutputContract
from promptgauge.formats.model import Prompt
from promptgauge.lint.metrics import METRICS
from promptgauge.lint.subject import subjects
from tests.lint.hand import anatomy, document, message

TEXT = "Sort mail.\nIf empty, say none.\n# LIST\nOne.\nInput: a\nSay JSON.\n"
MADE = anatomy(
    TEXT,
    segments=[
        ("instruction", "Sort mail.", 40),
        ("edge_case", "If empty, say none.", 30),
        ("knowledge", "# LIST\nOne.", 20),
        ("example", "Input: a", 8),
        ("output_format", "Say JSON.", 2),
    ],
    examples=[("Input: a", 6)],
    conditions=["If empty, say none."],
    output=OutputContract(asked=True, language="json"),
)


def measured(name: str, made: Any = MADE) -> float | str:
    metric = METRICS[name]
    return metric.measure(next(iter(subjects(metric.looks_at, document(made), (made,)))))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("prompt.tokens", 100),
        ("prompt.holds_call", False),
        ("system.tokens", 100),
        ("instruction.tokens", 40),
        ("edge_case.share", 0.3),
        ("behaviour.tokens", 72),
        ("behaviour.share", 0.72),
        ("conditions.count", 1),
        ("conditions.tokens", 30),
        ("conditions.share", 30 / 72),
        ("conditions.largest", False),
        ("examples.count", 1),
        ("examples.tokens", 6),
        ("examples.share", 0.06),
        ("knowledge.where", "under '# LIST'"),
        ("facts.count", 0),
        ("output.asked", True),
        ("output.has_schema", False),
        ("output.language", "JSON"),
        ("segment.tokens", 40),
        ("segment.kind", "instruction"),
        ("example.tokens", 6),
        ("message.tokens", 100),
        ("message.role", "unknown"),
    ],
)
def test_a_metric_measures_what_it_says(name: str, expected: float | str) -> None:
    assert expected == measured(name)


def test_nothing_is_a_share_of_nothing() -> None:
    assert 0 == measured("behaviour.share", anatomy(""))
    assert 0 == measured("conditions.share", anatomy(""))


def test_the_system_prompt_is_the_system_messages_where_there_are_any() -> None:
    both = Prompt((message("x", "system"), message("x", "user"), message("x", "system")))
    assert 7 == measured("system.tokens", anatomy("x", made=both, message_tokens=(3, 50, 4)))
    user = Prompt((message("x", "user"),))
    assert 0 == measured("system.tokens", anatomy("x", made=user, message_tokens=(3,)))


def test_reference_text_without_a_heading_is_said_to_have_none() -> None:
    assert "without a heading" == measured("knowledge.where", anatomy("One.", segments=[("knowledge", "One.", 5)]))


def test_a_long_heading_is_cut() -> None:
    text = "# " + "long " * 30
    where = str(measured("knowledge.where", anatomy(text, segments=[("knowledge", text, 5)])))
    assert where.endswith("…'")
    assert 70 > len(where)


def test_a_part_of_the_answer_form_that_is_a_condition_counts_once() -> None:
    made = anatomy(
        "Say JSON.\nIf empty, say none.\n",
        segments=[("output_format", "Say JSON.\nIf empty, say none.\n", 10)],
        conditions=["If empty, say none.", "say none"],
    )
    assert 6 == measured("conditions.tokens", made)
    assert measured("conditions.largest", made)
