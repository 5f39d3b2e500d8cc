"""Prompty files, old and new: role lines, inputs, outputs, engines, and what is wrong with them."""

from __future__ import annotations

import pytest

from promptgauge.formats import Document, Prompt, read_document
from promptgauge.text import Text


def read(content: str) -> Document:
    return read_document(Text(content), "chat.prompty", None, None, lambda _: None)


def prompt_of(*front: str, body: str = "system:\nHi") -> Prompt:
    document = read("\n".join(["---", *front, "---", body]))
    assert () == document.problems
    (prompt,) = document.prompts
    return prompt


def turns(content: str) -> list[tuple[str, str]]:
    return [(message.role, message.text) for message in read(content).prompts[0].messages]


@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
def test_role_lines_cut_the_body(eol: str) -> None:
    lines = ["---", "name: a", "---", "", "# system:", "Be brief.", "", 'user[a="x"]:', "{{q}}", " Assistant :", "Yes"]
    expected = [("system", f"Be brief.{eol}"), ("user", "{{q}}"), ("assistant", "Yes")]
    assert expected == turns(eol.join(lines))


def test_text_before_the_first_role_line_is_a_system_message() -> None:
    assert [("system", "Be brief."), ("user", "Hi")] == turns("Be brief.\nuser:\nHi")
    assert [("system", "Be brief.")] == turns("---\nname: a\n---\nBe brief.")


def test_a_role_with_nothing_to_say_is_no_message() -> None:
    assert [("user", "Hi")] == turns("system:\n{# note #}\n\nuser:\nHi")
    assert [("user", "")] == turns("system:\nuser:\n")
    assert [("system", "")] == turns("")


def test_tools_are_no_message_and_a_thread_has_nobodys_name() -> None:
    assert [("user", "Hi")] == turns("tools:\n- name: a\nuser:\nHi")
    assert [("system", "Be brief."), ("unknown", "{{q}}")] == turns("system:\nBe brief.\n![thread]\n{{q}}")


def test_words_before_a_colon_are_no_role_line() -> None:
    body = "system:\nuser: Where?\nassistant: There.\n{{item.role}}:\n{{item.content}}"
    assert [("system", body.removeprefix("system:\n"))] == turns(body)


def test_a_completion_has_no_roles() -> None:
    prompt = prompt_of("model: {api: completion}", body="user:\nHi")
    assert [("unknown", "user:\nHi")] == [(message.role, message.text) for message in prompt.messages]


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        (["inputs:", "  q: {type: string}", "  tone: kind"], ["q", "tone"]),
        (["inputs:", "  - name: q", "    kind: string", "  - {name: tone}"], ["q", "tone"]),
        (["inputSchema:", "  properties:", "    - {name: q, kind: string}"], ["q"]),
        (["sample:", "  q: What?", "  n: 5"], ["q", "n"]),
        (["inputs: {q: a}", "sample: {n: 5}"], ["q"]),
        (["inputs: {}"], []),
        (["sample: ${file:sample.json}"], None),
        (["name: a"], None),
    ],
)
def test_inputs_are_declared_in_many_ways(front: list[str], expected: list[str] | None) -> None:
    inputs = prompt_of(*front).inputs
    assert expected == (None if inputs is None else [variable.name for variable in inputs])


def test_an_input_stands_at_its_key() -> None:
    content = "---\r\nname: a\r\ninputs:\r\n  question:\r\n    type: string\r\n---\r\nuser:\r\n{{question}}"
    prompt = read(content).prompts[0]
    assert prompt.inputs
    assert "question" == content[slice(*prompt.inputs[0].span)]
    assert 65 < prompt.variables[0].span.start


@pytest.mark.parametrize("front", ["template: mustache", "format: mustache", "template: {format: {kind: mustache}}"])
def test_a_mustache_body_is_read_as_mustache(front: str) -> None:
    prompt = prompt_of(front, body="user:\n{{! c }}{{#items}}{{name}}{{/items}}{{^none}}{{q}}{{/none}}")
    assert ("mustache", ["items", "none", "q"]) == (prompt.engine, [variable.name for variable in prompt.variables])


def test_any_other_body_is_read_as_jinja() -> None:
    prompt = prompt_of("template: {format: jinja2, parser: prompty}", body="user:\n{% for a in b %}{{a.c}}{% endfor %}")
    assert ("jinja", ["b"]) == (prompt.engine, [variable.name for variable in prompt.variables])


@pytest.mark.parametrize(
    ("front", "model"),
    [
        ("model: gpt-4o", "gpt-4o"),
        ("model: {id: claude}", "claude"),
        ("model: {configuration: {azure_deployment: gpt-4o}}", "gpt-4o"),
        ("model: {api: chat, configuration: {type: openai, name: o3}}", "o3"),
        ("model: {api: chat}", None),
    ],
)
def test_the_model_is_told(front: str, model: str | None) -> None:
    assert model == prompt_of(front).model


def test_outputs_are_the_schema_of_the_answer() -> None:
    prompt = prompt_of("outputs:", "  city: {type: string, description: where}", "  n:", "    type: float")
    properties = {"city": {"description": "where", "type": "string"}, "n": {"type": "number"}}
    assert {"type": "object", "properties": properties, "required": ["city", "n"]} == prompt.output_schema
    listed = prompt_of("outputs:", "- {name: city, kind: string}", "- {name: tags, kind: array, items: {kind: int}}")
    properties = {"city": {"type": "string"}, "tags": {"type": "array", "items": {"type": "integer"}}}
    assert {"type": "object", "properties": properties, "required": ["city", "tags"]} == listed.output_schema


def test_the_response_format_comes_before_the_outputs() -> None:
    schema = "{type: json_schema, json_schema: {name: a, schema: {type: array}}}"
    prompt = prompt_of("outputs: {a: {type: string}}", f"model: {{parameters: {{response_format: {schema}}}}}")
    assert {"type": "array"} == prompt.output_schema
    text = prompt_of("outputs: {a: {type: string}}", "model: {parameters: {response_format: {type: text}}}")
    assert (None, False) == (text.output_schema, text.json_mode)
    mode = prompt_of("model: {parameters: {response_format: {type: json_object}}}")
    assert (None, True) == (mode.output_schema, mode.json_mode)


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        ("---\nname: a\nsystem:\nHi", "---", "the front matter is never closed: add a line `---` where"),
        ("---\n- a\n---\nHi", "---", "the front matter holds no `key: value` lines: write some, or delete it"),
        ("---\nname: a: b\n---\nHi", ": b", "not valid YAML: mapping values are not allowed in this context"),
        ("---\na: 1\na: 2\n---\nHi", "a: 2", "the key 'a' stands twice; keep one of them"),
        ("---\nname: a\n---\nuser:\n{% if x %}", "{% if x %}", "the block `if` is never closed"),
        ("---\ntemplate: mustache\n---\nuser:\n{{#x}}", "{{#x}}", "the block `x` is never closed"),
        ("---\nmodel: {parameters: {response_format: {json_schema: {schema: {type: strng}}}}}\n---\nHi", "strng",
         "`strng` is no type of JSON Schema; did you mean `string`?"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_place(content: str, place: str, message: str) -> None:
    (problem,) = read(content).problems
    assert place == content[slice(*problem.span)]
    assert problem.message.startswith(message)


def test_a_comment_that_no_message_holds_is_told() -> None:
    content = "---\nname: a\n---\n{# one #}\nsystem:\nHi {# two #}"
    assert ["{# one #}"] == [content[slice(*span)] for span in read(content).comments]
