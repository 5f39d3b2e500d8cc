"""Prompt files of GitHub Models: messages, the model, the format of the answer; test data is no prompt."""

from __future__ import annotations

import pytest

from promptgauge.formats import Document, read_document
from promptgauge.text import Text

MESSAGES = (
    "messages:\n- role: system\n  content: Be brief.\n- role: user\n  content: |-\n    Sum up {{input}}: {{ n }}\n"
)


def read(content: str) -> Document:
    return read_document(Text(content), "sum.prompt.yml", None, None, lambda _: None)


def test_the_messages_are_one_prompt() -> None:
    (prompt,) = read(f"name: Summary\nmodel: openai/gpt-4o\n{MESSAGES}").prompts
    assert ("Summary", "openai/gpt-4o", "double-brace") == (prompt.name, prompt.model, prompt.engine)
    expected = [("system", "Be brief."), ("user", "Sum up {{input}}: {{ n }}")]
    assert expected == [(message.role, message.text) for message in prompt.messages]
    assert ["input", "n"] == [variable.name for variable in prompt.variables]
    assert prompt.inputs is None


def test_test_data_and_evaluators_are_no_prompts() -> None:
    judge = "evaluators:\n- name: judge\n  llm:\n    systemPrompt: You are a judge.\n    prompt: Rate {{it}} well\n"
    data = "testData:\n- input: The quick brown fox jumped over the lazy dog and was tired.\n  expected: A fox jumped\n"
    (prompt,) = read(MESSAGES + data + judge).prompts
    assert ["system", "user"] == [message.role for message in prompt.messages]
    assert ["input", "n"] == [variable.name for variable in prompt.variables]


def test_what_no_slot_is_stays_text() -> None:
    content = "messages:\n- role: user\n  content: '{{#if a}} {% b %} ${{ c }} {{{d}}} {{e f}} {{g.h}}'\n"
    document = read(content)
    assert () == document.problems
    assert ["g.h"] == [variable.name for variable in document.prompts[0].variables]


@pytest.mark.parametrize(
    "schema",
    [
        "{name: a, strict: true, schema: {type: object}}",
        "{type: object}",
        '\'{"name": "a", "schema": {"type": "object"}}\'',
        '|-\n  {"type": "object"}',
    ],
)
def test_the_schema_is_told(schema: str) -> None:
    prompt = read(f"{MESSAGES}responseFormat: json_schema\njsonSchema: {schema}\n").prompts[0]
    assert ({"type": "object"}, False) == (prompt.output_schema, prompt.json_mode)
    assert prompt.schema_span


def test_a_schema_that_is_not_asked_for_does_not_count() -> None:
    assert not read(f"{MESSAGES}responseFormat: text\njsonSchema: {{type: object}}\n").prompts[0].output_schema
    prompt = read(f"{MESSAGES}responseFormat: json_object\n").prompts[0]
    assert (None, True) == (prompt.output_schema, prompt.json_mode)


@pytest.mark.parametrize(
    ("more", "place", "message"),
    [
        ("jsonSchema: '{\"type\": }'", "}", "not valid JSON: expecting value"),
        ('jsonSchema: |-\n  {\n    "type": "strng"\n  }', '"strng"', "`strng` is no type of JSON Schema"),
        ("jsonSchema: {type: object, required: true}", "true", "`required` of a JSON Schema is a list of names"),
        ("jsonSchema: [a]", "[a]", "this is no JSON Schema"),
        ("name: a\nname: b", "name: b", "the key 'name' stands twice; keep one of them"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(more: str, place: str, message: str) -> None:
    content = f"{MESSAGES}responseFormat: json_schema\n{more}\n"
    (problem,) = read(content).problems
    assert place == content[slice(*problem.span)]
    assert problem.message.startswith(message)


def test_a_file_without_messages_is_read_as_other_yaml() -> None:
    document = read("prompt: Sum up what follows in three words\n")
    assert ("yaml-messages", "prompt") == (document.format, document.prompts[0].name)


@pytest.mark.parametrize(
    "content",
    ["", "a: [", "- a", "messages: a", "messages: []", "messages: [a, {role: user}, {role: [], content: []}]"],
)
def test_a_file_that_says_nothing_holds_no_prompt(content: str) -> None:
    assert () == read(content).prompts


def test_aliases_that_repeat_too_much_text_are_told() -> None:
    content = f"a: &a {'x' * 50_000}\nmessages:\n" + "- {role: user, content: *a}\n" * 1000
    assert "aliases repeat so much text that only a part of it is read" == read(content).problems[-1].message
