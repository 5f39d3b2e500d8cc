"""NeMo Guardrails: prompts by task, instructions, sample conversation."""

from __future__ import annotations

import pytest

from promptgauge.formats import Document, format_of, read_document
from promptgauge.text import Text

PROMPTS = """\
prompts:
  - task: self_check_input
    models: [openai/gpt-4o]
    content: |
      Is "{{ user_input }}" allowed?
    output_parser: is_content_safe
    max_length: 3000
    stop: ["User:"]
  - task: general
    models: [openai, nim]
    messages:
      - type: system
        content: |
          {{ general_instructions }}{% if relevant_chunks %}
          {{ relevant_chunks }}{% endif %}
      - "{{ history | to_chat_messages }}"
      - type: bot
        content: Hello.
"""
CONFIG = """\
models:
  - type: main
    engine: openai
instructions:
  - type: general
    content: |
      You help with orders.
sample_conversation: |
  user "Hi"
    express greeting
rails:
  input:
    flows: [self check input]
"""


def read(content: str, path: str = "config/prompts.yml") -> Document:
    return read_document(Text(content), path, None, None, lambda _: None)


def test_the_keys_tell_the_format() -> None:
    assert "nemo-guardrails" == format_of("prompts.yml", PROMPTS)
    assert "nemo-guardrails" == format_of("config.yml", CONFIG)
    assert None is format_of("prompts.yml", "prompts:\n  - one\n  - two\n")
    assert None is format_of("config.yml", "models:\n  - type: main\n    task: x\n")


def test_each_task_is_a_prompt_with_its_name_and_its_one_model() -> None:
    document = read(PROMPTS)
    assert () == document.problems
    told = [(prompt.name, prompt.engine, prompt.model) for prompt in document.prompts]
    assert [("self_check_input", "jinja", "gpt-4o"), ("general", "jinja", None)] == told


def test_messages_have_the_roles_of_their_types_and_bare_templates_have_none() -> None:
    messages = read(PROMPTS).prompts[1].messages
    assert ["system", "unknown", "assistant"] == [message.role for message in messages]
    assert "{{ history | to_chat_messages }}" == messages[1].text
    header = messages[2].header
    assert header is not None
    assert "bot" == PROMPTS[slice(*header)]


def test_variables_are_those_of_jinja() -> None:
    names = [[variable.name for variable in prompt.variables] for prompt in read(PROMPTS).prompts]
    assert [["user_input"], ["general_instructions", "relevant_chunks", "history"]] == names


def test_instructions_and_the_sample_conversation_are_prompts_of_their_own() -> None:
    told = [(prompt.name, prompt.messages[0].role, prompt.messages[0].text) for prompt in read(CONFIG).prompts]
    assert [
        ("instructions", "system", "You help with orders.\n"),
        ("sample_conversation", "unknown", 'user "Hi"\n  express greeting\n'),
    ] == told


def test_a_template_that_does_not_parse_is_told_at_its_place() -> None:
    content = PROMPTS.replace("{% endif %}", "")
    (problem,) = read(content).problems
    assert ("template-syntax", "{% if relevant_chunks %}") == (problem.kind, content[slice(*problem.span)])


@pytest.mark.parametrize(
    "content",
    ["prompts:\n  - task:\n    content:", "prompts:\n  task: x\n  content: y", "prompts: &a [*a]",
     "prompts:\n  - 1\n  - [x]",
     "prompts:\n  - task: [a]\n    content: {x: y}\n    messages: z\n    models: 3", "instructions:\n- type: general"],
)  # fmt: skip
def test_what_holds_no_text_is_no_prompt(content: str) -> None:
    assert () == read_document(Text(content), "a.yml", "nemo-guardrails", None, lambda _: None).prompts
