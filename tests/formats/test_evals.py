"""OpenAI evals: model-graded prompts."""

from __future__ import annotations

import pytest

from promptgauge.formats import Document, format_of, read_document
from promptgauge.text import Text

HUMOR = """\
humor:
  prompt: |-
    Is the following funny?

    {completion}
  choice_strings:
    - "Yes"
    - "No"
  input_outputs:
    input: completion

humor_likert:
  prompt:
    - role: system
      content: You judge {what}.
    - role: user
      content: "{completion}"
  choice_strings: "123"
"""


def read(content: str) -> Document:
    return read_document(Text(content), "humor.yaml", None, None, lambda _: None)


def test_the_keys_tell_the_format() -> None:
    assert "openai-evals" == format_of("humor.yaml", HUMOR)
    assert None is format_of("humor.yaml", "prompt: x\nchoice_strings: y\n")


def test_each_entry_is_a_prompt_with_its_closed_set() -> None:
    first, second = read(HUMOR).prompts
    assert ("humor", {"enum": ["Yes", "No"]}) == (first.name, first.output_schema)
    assert ("humor_likert", {"enum": ["1", "2", "3"]}) == (second.name, second.output_schema)
    assert second.schema_span is not None
    assert '"123"' == HUMOR[slice(*second.schema_span)]


def test_a_prompt_is_one_text_or_a_conversation() -> None:
    first, second = read(HUMOR).prompts
    assert [("unknown", "Is the following funny?\n\n{completion}")] == [(m.role, m.text) for m in first.messages]
    assert ["system", "user"] == [message.role for message in second.messages]
    assert ["what", "completion"] == [variable.name for variable in second.variables]


def test_choices_that_are_counted_at_run_time_are_a_set_all_the_same() -> None:
    prompt = read("a:\n  prompt: Which is best? {completions}\n  choice_strings: from_n\n").prompts[0]
    assert {} == prompt.output_schema


@pytest.mark.parametrize(
    "content", ["", "- 1", "a: b", "a:\n  prompt: [1, {role: x}]\n  choice_strings: {}", "a: &a {prompt: *a}"]
)
def test_what_holds_no_text_is_no_prompt(content: str) -> None:
    assert () == read_document(Text(content), "a.yaml", "openai-evals", None, lambda _: None).prompts
