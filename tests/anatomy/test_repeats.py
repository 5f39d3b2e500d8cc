"""Repeats: the same input twice, the same order twice."""

from __future__ import annotations

import pytest

from promptgauge.anatomy.repeats import repeated_examples, repeated_statements
from tests.anatomy.prompts import anatomy, chat, jinja, labelled, said


def test_the_same_input_is_a_repeat_whatever_its_case_and_marks() -> None:
    found = anatomy(labelled([("Where is it?", "place"), ("How much?", "price"), ("where is it", "place")]))
    [repeat] = repeated_examples(found, 1)
    assert (3, 1, True) == (repeat.number, repeat.earlier, repeat.same_answer)
    assert "Input: where is it" == said(found, repeat.place)


def test_two_answers_to_one_input_are_told_apart() -> None:
    [repeat] = repeated_examples(anatomy(labelled([("Where is it?", "place"), ("Where is it?", "other")])), 1)
    assert not repeat.same_answer


@pytest.mark.parametrize(
    "pairs",
    [
        [("2 apples", "2"), ("3 apples", "3")],
        [("Where is it?", "place"), ("Where was it?", "place")],
        [("<message>", "<label>"), ("Where is it?", "place"), ("<message>", "<label>")],
    ],
)
def test_what_differs_or_is_a_placeholder_is_none(pairs: list[tuple[str, str]]) -> None:
    assert [] == list(repeated_examples(anatomy(labelled(pairs)), 1))


def test_short_turns_of_a_conversation_may_come_twice() -> None:
    turns = chat(("user", "Yes."), ("assistant", "Done."), ("user", "Yes."), ("assistant", "Done."), ("user", "Go on."))
    assert [] == list(repeated_examples(anatomy(turns), 1))


def test_of_two_branches_only_one_is_sent() -> None:
    example = "Input: Where is it?\nOutput: place\n"
    source = f"Sort it.\n\n{{% if a %}}\n{example}{{% else %}}\n{example}{{% endif %}}\n"
    assert [] == list(repeated_examples(anatomy(jinja(source)), 1))


def test_inputs_that_are_close_are_found_from_the_share_on() -> None:
    found = anatomy(labelled([("Where is my red cup now", "place"), ("Where is my blue cup now", "place")]))
    assert [1] == [repeat.earlier for repeat in repeated_examples(found, 0.7)]
    assert [] == list(repeated_examples(found, 0.9))


def test_a_statement_is_told_once_however_often_it_comes() -> None:
    order = "Never promise a refund before the parcel has come."
    found = anatomy(f"- {order}\n- Be kind.\n- {order}\n- {order}\n- Be kind.")
    [repeat] = repeated_statements(found, 1)
    assert f"- {order}" == said(found, repeat.place) == said(found, repeat.before)
