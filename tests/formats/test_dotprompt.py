"""Dotprompt files: role marks, history, sections, schemas, partials, a licence, and what is wrong with them."""

from __future__ import annotations

import pytest

from promptgauge.formats import Document, read_document
from promptgauge.text import Text


def read(content: str, path: str = "greet.prompt") -> Document:
    return read_document(Text(content), path, "dotprompt", None, lambda _: None)


def turns(content: str, path: str = "greet.prompt") -> list[tuple[str, str]]:
    return [(message.role, message.text) for message in read(content, path).prompts[0].messages]


@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
def test_role_marks_cut_the_body(eol: str) -> None:
    lines = ["---", "model: m", "---", "", '{{role "system"}}', "Be brief.", "", "{{ role 'user' }}", "{{q}}"]
    assert [("system", f"Be brief.{eol}"), ("user", "{{q}}")] == turns(eol.join(lines))


def test_a_mark_may_stand_inside_a_line() -> None:
    assert [("system", "Be brief. "), ("user", " Hi")] == turns('{{role "system"}}Be brief. {{role "user"}} Hi')


def test_role_blocks_are_messages() -> None:
    body = '{{#role "system"}}\nBe brief.\n{{/role}}\n\n{{#role "user"}}\n{{q}}\n{{/role}}\n'
    assert [("system", "Be brief."), ("user", "{{q}}")] == turns(body)
    assert None is next(iter(read(body).problems), None)


def test_text_without_a_mark_is_the_users() -> None:
    assert [("user", "Hi {{name}}\n")] == turns("---\nmodel: m\n---\nHi {{name}}\n")
    assert [("user", "Hi"), ("assistant", "Yes")] == turns('Hi\n{{role "model"}}\nYes')


def test_a_comment_before_the_first_mark_is_no_message() -> None:
    content = '---\nmodel: m\n---\n{{! what it is }}\n\n{{role "system"}}\nHi {{!-- two --}}'
    assert [("system", "Hi {{!-- two --}}")] == turns(content)
    assert ["{{! what it is }}\n"] == [content[slice(*span)] for span in read(content).comments]


def test_behind_the_history_the_model_speaks() -> None:
    assert [("system", "a"), ("assistant", "b"), ("user", "c")] == turns(
        '{{role "system"}}\na\n{{history}}\nb\n{{role "user"}}\nc'
    )
    assert [("system", "a"), ("user", "c")] == turns('{{role "system"}}\na\n{{history}}\n{{role "user"}}\nc')


def test_a_role_from_outside_is_unknown() -> None:
    body = "{{#each turns}}{{role this.role}}{{this.text}}{{/each}}{{role who}}Hi"
    assert [("unknown", "{{this.text}}{{/each}}"), ("unknown", "Hi")] == turns(body)
    assert ["turns", "who"] == [variable.name for variable in read(body).prompts[0].variables]


def test_media_and_sections_are_parts_of_a_message() -> None:
    body = '{{role "user"}}\nSee {{media url=photo type="image/png"}}{{section "thought"}}. {{json data indent=2}}'
    document = read(body)
    assert 1 == len(document.prompts[0].messages)
    assert ["photo", "data"] == [variable.name for variable in document.prompts[0].variables]


def test_a_partial_is_an_include_of_its_file_and_itself_in_nobodys_name() -> None:
    content = "Hi {{> tone/polite name=who}}"
    (include,) = read(content).prompts[0].includes
    assert ("tone/_polite.prompt", "tone/polite") == (include.path, content[slice(*include.span)])
    assert [("unknown", "Be polite.")] == turns("Be polite.", "tone/_polite.prompt")


def test_a_licence_may_stand_before_the_front_matter() -> None:
    content = "# (c) x\r\n#\r\n\r\n---\r\nmodel: m\r\ninput:\r\n  schema:\r\n    a?: string\r\n---\r\nHi {{a}}"
    document = read(content)
    assert [("user", "Hi {{a}}")] == turns(content)
    assert ["# (c) x", "#"] == [content[slice(*span)] for span in document.comments]
    prompt = document.prompts[0]
    assert prompt.inputs is not None
    assert ["a?"] == [content[slice(*variable.span)] for variable in prompt.inputs]
    assert ("m", ["a"]) == (prompt.model, [variable.name for variable in prompt.inputs])


def test_the_schemas_are_read_in_both_notations() -> None:
    front = "input: {schema: {properties: {a: {type: string}}}}\noutput: {format: json, schema: {b: number}}"
    prompt = read(f"---\n{front}\n---\nHi {{{{a}}}}").prompts[0]
    assert prompt.inputs is not None
    assert ["a"] == [variable.name for variable in prompt.inputs]
    assert {"b": {"type": "number"}} == (prompt.output_schema or {})["properties"]
    assert not prompt.json_mode


@pytest.mark.parametrize(
    "front",
    ["model: m", "input: {default: {a: 1}}", "input: {schema: Order}", "input: {schema: {a: string, (*): any}}"],
)
def test_without_a_closed_schema_nothing_is_declared(front: str) -> None:
    assert None is read(f"---\n{front}\n---\nHi {{{{b}}}}").prompts[0].inputs


def test_json_without_a_schema_is_told() -> None:
    prompt = read("---\noutput: {format: json}\n---\nHi").prompts[0]
    assert (None, True) == (prompt.output_schema, prompt.json_mode)
    assert not read("---\noutput: {format: text, schema: string}\n---\nHi").prompts[0].output_schema
    assert {} == read("---\noutput: {schema: Order}\n---\nHi").prompts[0].output_schema


def test_a_declared_input_inside_a_loop_is_used() -> None:
    content = "---\ninput: {schema: {xs(array): {id: string}, tone: string}}\n---\n{{#each xs}}{{id}} {{tone}}{{/each}}"
    assert ["xs", "tone"] == [variable.name for variable in read(content).prompts[0].variables]


@pytest.mark.parametrize(
    ("content", "kind", "place", "message"),
    [
        ("---\nmodel: m\nHi", "host-syntax", "---", "the front matter is never closed"),
        ("# c\n---\nmodel: [\n---\nHi", "host-syntax", "model: [", "not valid YAML"),
        ("---\noutput: {schema: {a: strng}}\n---\nHi", "host-syntax", "strng", "`strng` is no type of Picoschema"),
        ("---\nmodel: m\n---\n{{#if a}}\nHi", "template-syntax", "{{#if a}}", "the block `if` is never closed"),
        ('{{#role "user"}}\nHi', "template-syntax", '{{#role "user"}}', "the block `role` is never closed"),
        ('{{section "a"}}Hi{{/section}}', "template-syntax", "{{/section}}", "`{{/section}}` closes no block"),
        ("---\nmodel: m\n---\nHi {{a\nb", "template-syntax", "{{a", "this tag is never closed"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(content: str, kind: str, place: str, message: str) -> None:
    (problem, *_) = read(content).problems
    assert kind == problem.kind
    assert content[slice(*problem.span)].startswith(place) or place in content.split("\n")
    assert problem.message.startswith(message)
