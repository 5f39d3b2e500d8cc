"""promptfoo configurations: inline prompts and chats; references, tests and rubrics are none."""

from __future__ import annotations

import json

import pytest

from promptgauge.formats import Document, format_of, read_document
from promptgauge.formats.nunjucks_template import read_nunjucks
from promptgauge.formats.rewrite import EditRefused, replace
from promptgauge.text import Span, Text


def read(content: str, path: str = "promptfooconfig.yaml") -> Document:
    return read_document(Text(content), path, None, None, lambda _: None)


def texts(content: str, path: str = "promptfooconfig.yaml") -> list[tuple[str, str]]:
    return [(prompt.name, prompt.messages[0].text) for prompt in read(content, path).prompts]


def test_inline_prompts_are_a_prompt_each() -> None:
    content = "prompts:\n- 'Say {{a}}'\n- |\n  Be {{b}}.\n- label: short\n  raw: Sum {{c}}\n- {id: x, raw: Rate it}\n"
    assert [("", "Say {{a}}"), ("", "Be {{b}}.\n"), ("short", "Sum {{c}}"), ("x", "Rate it")] == texts(content)
    assert [["a"], ["b"], ["c"], []] == [[v.name for v in prompt.variables] for prompt in read(content).prompts]
    assert {"nunjucks"} == {prompt.engine for prompt in read(content).prompts}


def test_one_prompt_needs_no_list() -> None:
    assert [("", "Say {{a}}")] == texts("prompts: Say {{a}}")
    assert [("", "Say {{a}}")] == texts('{"prompts": ["Say {{a}}"]}', "promptfooconfig.json")


@pytest.mark.parametrize(
    "reference",
    ["file://a b.txt", "prompts/a.txt", "./make.sh", "a.py:build", "prompts/**/*.json", "exec:./a.sh b", "langfuse://a:3",
     "{id: file://a.json, label: b}", "{raw: 'file://a.txt', label: b}", "python:a.py", "[a]", "null", "3"],
)  # fmt: skip
def test_what_is_kept_elsewhere_is_no_prompt(reference: str) -> None:
    assert [] == texts(f"prompts:\n- {reference}\n")


def test_tests_rubrics_and_purposes_are_no_prompts() -> None:
    rest = (
        "defaultTest:\n  assert:\n  - {type: llm-rubric, value: Is polite and answers what the user asked in full}\n"
        "tests:\n- vars: {q: How do I return a pair of boots that I bought last week in the shop on Main Street?}\n"
        "redteam: {purpose: You are a helpful assistant of a bank that tells people about their accounts}\n"
    )
    assert [("", "Say {{q}}")] == texts(f"prompts: ['Say {{{{q}}}}']\n{rest}")


CHAT = [{"role": "system", "content": 'Be "brief".\n'}, {"role": "user", "content": "it's {{q}} 😀"}]


@pytest.mark.parametrize(
    "prompt",
    [
        "|-\n  " + json.dumps(CHAT),
        "|\n  " + json.dumps(CHAT, indent=2).replace("\n", "\n  "),
        "'" + json.dumps(CHAT, ensure_ascii=False).replace("'", "''") + "'",
        json.dumps(json.dumps(CHAT)),
    ],
)
def test_a_chat_in_json_is_read_by_role(prompt: str) -> None:
    content = f"prompts:\n- {prompt}\n"
    (chat,) = read(content).prompts
    assert [(m["role"], m["content"]) for m in CHAT] == [(message.role, message.text) for message in chat.messages]
    (variable,) = chat.variables
    assert "q" == content[slice(*variable.span)]
    headers = [message.header for message in chat.messages]
    assert ["system", "user"] == [content[slice(*header)].strip('"\\') for header in headers if header]


def test_a_chat_inside_a_string_is_not_written_to() -> None:
    content = f"prompts:\n- '{json.dumps(CHAT[:1])}'\n"
    with pytest.raises(EditRefused):
        replace(Text(content), "promptfooconfig.yaml", read(content), 0, 0, Span(0, 2), "It's")


@pytest.mark.parametrize("text", ["[Role] Be brief {{q}}", '["a b", "c d"]', '[{"role": "user"}] a', '[{"a": "b c"}]'])
def test_other_brackets_are_text(text: str) -> None:
    assert [("", text)] == texts(f"prompts:\n- {json.dumps(text)}\n")


def test_the_format_of_the_answer_is_the_prompts_or_the_only_providers() -> None:
    schema = "response_format: {type: json_schema, json_schema: {name: a, schema: {type: object}}}"
    own = read(f"prompts:\n- raw: Say it\n  config:\n    {schema}\n").prompts[0]
    only = read(f"prompts: [Say it]\nproviders:\n- id: a\n  config:\n    {schema}\n").prompts[0]
    two = read(f"prompts: [Say it]\nproviders:\n- id: a\n  config:\n    {schema}\n- b\n").prompts[0]
    assert [{"type": "object"}, {"type": "object"}, None] == [p.output_schema for p in (own, only, two)]
    assert read("prompts: [Say it]\nproviders: [{config: {response_format: {type: json_object}}}]").prompts[0].json_mode


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("{% if a === 'b' && !c || d !== e %}f{% elseif g %}h{% endif %}", ["a", "c", "d", "e", "g"]),
        ("{{ a | dump }} {{ env.KEY }} {{ b if c != null else undefined }}", ["a", "b", "c"]),
        ("{% for x in xs %}{{ x.y }}{{ loop.index }}{% endfor %}{% if r/^a\\/b/i.test(c) %}{% endif %}", ["xs", "c"]),
        ("{% set a = '&& !' %}{{ a }}{{ b }}", ["b"]),
    ],
)
def test_nunjucks_has_javascripts_operators(content: str, expected: list[str]) -> None:
    template = read_nunjucks(content)
    assert (None, expected) == (template.problem, [variable.name for variable in template.variables])


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        ("prompts:\n- |\n  Hi\n  {% if a %}\n", "{% if a %}", "the block `if` is never closed"),
        ("prompts: ['Hi {{a']", "{{a", "unexpected end of template"),
        ("prompts: [\n", "", "not valid YAML"),
        ("prompts: [A b]\ntargets: [{config: {response_format: {schema: {type: strng}}}}]", "strng", "no type of JSON"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(content: str, place: str, message: str) -> None:
    (problem,) = read(content).problems
    assert place in content[slice(*problem.span)]
    assert message in problem.message


@pytest.mark.parametrize("content", ["", "a", "prompts:", "prompts: {a.txt: b}", "&a {prompts: [*a, {raw: *a}]}"])
def test_a_file_without_prompts_holds_none(content: str) -> None:
    assert () == read(content).prompts


def test_aliases_that_repeat_too_much_text_are_told() -> None:
    content = f"a: &a {'x ' * 30_000}\nprompts:\n" + "- *a\n" * 1000
    assert "aliases repeat so much text that only a part of it is read" == read(content).problems[-1].message


def test_configurations_are_told_by_name_and_by_keys() -> None:
    assert "promptfoo" == format_of("a/promptfooconfig.redteam.yml", None)
    assert "promptfoo" == format_of("eval.yaml", "description: x\nprompts: [a]\nproviders: [b]\n")
    assert "promptfoo" == format_of("eval.json", '{"prompts": ["a"], "tests": []}')
    assert None is format_of("eval.yaml", "prompts: [a]\nnotes:\n  tests: b\n")
