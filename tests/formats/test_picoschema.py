"""Picoschema is read as the JSON Schema that it stands for, and slips in it are told."""

from __future__ import annotations

from typing import Any

import pytest

from promptgauge.formats.picoschema import Pico, read_picoschema
from promptgauge.formats.yaml_host import parse


def read(yaml: str) -> Pico:
    node, _ = parse(yaml)
    assert node is not None
    return read_picoschema(node)


def closed(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return schema | {"required": list(required)} if required else schema


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("string", {"type": "string"}),
        ("number, how much, in EUR", {"type": "number", "description": "how much, in EUR"}),
        ("any", {}),
        ("{a: string, b: integer}", closed({"a": {"type": "string"}, "b": {"type": "integer"}}, "a", "b")),
        ("a?: boolean, if so", closed({"a": {"type": ["boolean", "null"], "description": "if so"}})),
        ("tags(array, the tags): string",
         closed({"tags": {"type": "array", "items": {"type": "string"}, "description": "the tags"}}, "tags")),
        ("tags?(array): {a: any}", closed({"tags": {"type": ["array", "null"], "items": closed({"a": {}}, "a")}})),
        ("tags: string[]", closed({"tags": {"type": "array", "items": {"type": "string"}}}, "tags")),
        ("who(object, a person): {name: string}",
         closed({"who": closed({"name": {"type": "string"}}, "name") | {"description": "a person"}}, "who")),
        ("mood(enum, how it is): [GOOD, BAD]",
         closed({"mood": {"enum": ["GOOD", "BAD"], "description": "how it is"}}, "mood")),
        ("mood?(enum): [GOOD]", closed({"mood": {"enum": ["GOOD", None]}})),
        ("a: {b: {c: string}}", closed({"a": closed({"b": closed({"c": {"type": "string"}}, "c")}, "b")}, "a")),
        ("(*): number", {"type": "object", "properties": {}, "additionalProperties": {"type": "number"}}),
        ("{type: array, items: {type: string}}", {"type": "array", "items": {"type": "string"}}),
        ("properties: {a: {type: string}}", {"type": "object", "properties": {"a": {"type": "string"}}}),
        ("{type: string, size: number}",
         {"type": "string", "size": "number"}),
        ("Recipe", {}),
        ("a: Recipe, as the program knows it", closed({"a": {"description": "as the program knows it"}}, "a")),
    ],
)  # fmt: skip
def test_a_schema_is_read(yaml: str, expected: dict[str, Any]) -> None:
    pico = read(yaml)
    assert (None, expected) == (pico.flaw, pico.schema)


def test_the_fields_are_told_with_their_places() -> None:
    yaml = "name?: string\ntags(array): string\n(*): any\n"
    pico = read(yaml)
    assert [("name", "name?"), ("tags", "tags(array)")] == [(f.name, yaml[slice(*f.span)]) for f in pico.fields]
    assert pico.open
    assert not read("a: string").open
    assert ["a"] == [field.name for field in read("{type: object, properties: {a: {type: string}}}").fields]


@pytest.mark.parametrize(
    ("yaml", "place", "message"),
    [
        ("a: strng", "strng", "`strng` is no type of Picoschema; did you mean `string`?"),
        ("a: int, how many", "int, how many", "`int` is no type of Picoschema"),
        ("a:\n  b: 3", "3", "a Picoschema holds types and objects, not `3`: write a type such as `string`"),
        ("a: [string]", "[string]", "a Picoschema holds types and objects, not a list: write a type such as `string`"),
        ("a: null", "null", "a Picoschema holds types and objects, not nothing: write a type such as `string`"),
        ("a(list): string", "a(list)", "`list` in parentheses: write one of array, object, enum"),
        ("a(enum): GOOD", "GOOD", "an enum lists its values: write `[A, B]`"),
        ("{properties: {a: {type: text}}}", "text", "`text` is no type of JSON Schema; did you mean `string`?"),
        ("{type: object, required: yes}", "yes", "`required` of a JSON Schema is a list of names, beside `properties`"),
        ("{type: object, properties: [a]}", "[a]", "`properties` of a JSON Schema holds an object of schemas"),
        ("{type: array, items: string}", "string", "this is no JSON Schema: write an object such as `{type: string}`"),
        ("{type: string, enum: a}", "a", "`enum` of a JSON Schema is a list"),
    ],
)
def test_a_slip_is_told_at_its_place(yaml: str, place: str, message: str) -> None:
    flaw = read(yaml).flaw
    assert flaw is not None
    assert place == yaml[slice(*flaw.span)]
    assert flaw.message.startswith(message)


def test_a_schema_without_end_is_cut() -> None:
    flaw = read("&a {b: *a, c: *a}").flaw
    assert flaw is not None
    assert "this schema is nested too deeply, or too long: shorten it" == flaw.message
    assert None is read("{type: object, properties: &a {b: {properties: *a}}}").flaw
