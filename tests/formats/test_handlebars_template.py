"""Handlebars and Mustache: tags, what they read from outside, what they take away, what does not parse."""

from __future__ import annotations

import pytest

from promptgauge.formats.handlebars_template import HELPERS, read_handlebars, read_mustache


def names(content: str, declared: frozenset[str] = frozenset()) -> list[str]:
    return [variable.name for variable in read_handlebars(content, HELPERS | {"json"}, declared).variables]


def tags(content: str) -> list[tuple[str, str, str]]:
    return [(content[slice(*tag.span)], tag.kind, tag.name) for tag in read_handlebars(content).tags]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("{{a}} {{{b}}} {{&c}} {{~d~}} {{ e.f.[g h] }} {{[i j].k}}", ["a", "b", "c", "d", "e", "i j"]),
        ("{{a}}{{b}}{{a}}", ["a", "b"]),
        ("{{#if a}}{{b}}{{else if c}}{{d}}{{else}}{{e}}{{/if}}", ["a", "b", "c", "d", "e"]),
        ("{{#unless a}}{{b}}{{/unless}}{{^c}}{{d}}{{/c}}", ["a", "b", "c", "d"]),
        ("{{#each xs}}{{name}}{{this.id}}{{.}}{{./id}}{{@index}}{{this}}{{/each}}", ["xs"]),
        ("{{#each xs}}{{../a}}{{@root.b}}{{#if ../c}}{{/if}}{{/each}}", ["xs", "a", "b", "c"]),
        ("{{#each xs}}{{#each ys}}{{../a}}{{../../b}}{{/each}}{{/each}}", ["xs", "b"]),
        ("{{#each xs as |x i|}}{{x.name}}{{i}}{{/each}}{{x}}", ["xs", "x"]),
        ("{{#each xs}}{{a}}{{else}}{{b}}{{/each}}", ["xs", "b"]),
        ("{{#with user}}{{name}}{{/with}}{{#person}}{{name}}{{/person}}", ["user", "person"]),
        ("{{json a}} {{upper b style=c}} {{f (g h 'i' 1 true) j=\"k\"}}", ["a", "b", "c", "h"]),
        ("{{#eq a 'b'}}{{c}}{{/eq}} {{lookup d e}}", ["a", "c", "d", "e"]),
        ("{{> part a b=c}} {{> (pick d)}}", ["a", "c", "d"]),
        ("{{! a }}{{!-- {{b}} --}}\\{{c}} {{{{raw}}}}{{d}}{{{{/raw}}}} \\\\{{e}}", ["e"]),
        ("{{this}} {{true}} {{null}} {{12}} {{\"a\"}} {{@key}} {{else_}}", ["else_"]),
        ("{{größe}} {{a-b}} {{$c}}", ["größe", "a-b"]),
    ],
)  # fmt: skip
def test_names_from_outside_are_told(content: str, expected: list[str]) -> None:
    assert expected == names(content)


def test_a_variable_stands_where_its_name_does() -> None:
    content = "Hi {{#if  user.name }}x{{/if}}"
    (variable,) = read_handlebars(content).variables
    assert "user.name" == content[slice(*variable.span)]


def test_a_bare_name_of_an_item_is_a_variable_if_it_is_declared() -> None:
    assert ["xs", "tone"] == names("{{#each xs}}{{id}} {{tone}}{{/each}}", frozenset({"xs", "tone"}))


def test_tags_are_told_by_kind_and_statements_by_name() -> None:
    assert [
        ("{{#if a}}", "statement", "if"), ("{{x}}", "output", ""), ("{{else}}", "statement", "else"),
        ("{{/if}}", "statement", "endif"), ("{{^b}}", "statement", "b"), ("{{/b}}", "statement", "endb"),
        ("{{!c}}", "comment", ""), ("{{> d}}", "include", ""), ("\\", "raw", ""),
    ] == tags("{{#if a}}{{x}}{{else}} {{/if}}. {{^b}} {{/b}} {{!c}}, {{> d}}; \\{{e}}")  # fmt: skip


def test_unless_is_a_branch_like_if() -> None:
    assert ["if", "else", "endif"] == [name for _, _, name in tags("{{#unless a}}b{{else}}c{{/unless}}")]


def test_a_tag_holds_the_white_space_that_it_takes_away() -> None:
    assert ["{{~a~}} \n ", "{{~b}}"] == [text for text, _, _ in tags("{{~a~}} \n {{~b}} c")]
    assert ["  {{#if a}} \r\n", "{{/if}}"] == [text for text, _, _ in tags("x\r\n  {{#if a}} \r\ny {{/if}}")]
    assert ["{{! c }}\n", "{{a}}"] == [text for text, _, _ in tags("{{! c }}\n{{a}}\n")]


def test_partials_are_includes_but_for_those_that_the_file_defines() -> None:
    content = "{{> a}} {{> 'b/c' x}} {{#> d}}e{{/d}} {{#*inline \"f\"}}g{{/inline}}{{> f}} {{> @partial-block}}"
    includes = read_handlebars(content).includes
    assert [("a", "a"), ("b/c", "'b/c'"), ("d", "d")] == [(i.path, content[slice(*i.span)]) for i in includes]


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        ("a {{b\nc", "{{b", "this tag is never closed: `}}` is missing"),
        ("{{a {{b}}", "{{a {{b}}", "this tag is never closed: `}}` is missing"),
        ("{{{a}}", "{{{a}}", "this tag is never closed: `}}` is missing"),
        ("a {{!-- b }}", "{{!-- b }}", "this comment is never closed: add `--}}` where it ends"),
        ("a {{! b }", "{{! b }", "this comment is never closed: add `}}` where it ends"),
        ("{{{{raw}}}} {{a}}", "{{{{raw}}}} {{a}}", "the raw block `raw` is never closed: add `{{{{/raw}}}}`"),
        ("a {{ }}", "{{ }}", "this tag is empty: name what goes there, or delete it"),
        ("{{#if a}}\nb", "{{#if a}}", "the block `if` is never closed: add `{{/if}}` where it ends"),
        ("{{#if a}}{{#each b}}{{/if}}", "{{#each b}}", "the block `each` is never closed: add `{{/each}}` where it"),
        ("a{{/if}}", "{{/if}}", "`{{/if}}` closes no block: open one with `{{#if}}`, or delete it"),
        ("{{else}}", "{{else}}", "`else` stands in no block: delete it, or open one"),
        ('{"a": {{b}}}', "{{b}}}", "the brace behind this tag is taken for one of its own: put a space between them"),
    ],
)
def test_what_does_not_parse_is_told_at_its_place(content: str, place: str, message: str) -> None:
    problem = read_handlebars(content).problem
    assert problem is not None
    assert ("template-syntax", place) == (problem.kind, content[slice(*problem.span)])
    assert problem.message.startswith(message)


@pytest.mark.parametrize(
    "content", ["", "{a} {b: {c: 1}} }}", "{{! c}}}", "{{~a~}}}", "{{#a}}{{else}}}{{/a}}", "\\{{ a"]
)
def test_braces_that_handlebars_takes_are_no_problem(content: str) -> None:
    assert None is read_handlebars(content).problem


def test_mustache_has_neither_helpers_nor_escapes() -> None:
    template = read_mustache('{{#if}}{{/if}} {{each}} {{else}} \\{{a}} {"b": {{c}}}')
    assert None is template.problem
    assert ["if", "each", "else", "a", "c"] == [variable.name for variable in template.variables]


@pytest.mark.parametrize(
    "bit", ["{{", "{{{", "{{! ", "{{!--", "{{#a}}", "{{a [", "\\{{", "{{a}}\n", "{{#each a}}\n", "{{~a~}} "]
)
def test_long_templates_of_one_kind_are_read_in_one_go(bit: str) -> None:
    assert read_handlebars(bit * 20_000).tags is not None
