"""`{name}` slots, and how a text without an engine's ending is read."""

from __future__ import annotations

import pytest

from promptgauge.formats import Prompt, read_document
from promptgauge.formats.brace_template import read_brace_template
from promptgauge.text import Text


def read(content: str, path: str = "prompt.txt") -> Prompt:
    return read_document(Text(content), path, "text", None, lambda _: None).prompts[0]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("{b} and {a} and {b}", ["b", "a"]),
        ("{a}} {a}}", []),
        ('{"a": 1} {} {0} {a b} {a-b}', []),
        ("${a} \\{b} \\p{L} \\u{e}", []),
        ("{a_1}{_b}", ["a_1", "_b"]),
    ],
)
def test_only_a_name_between_single_braces_is_a_slot(content: str, expected: list[str]) -> None:
    assert expected == [variable.name for variable in read_brace_template(content).variables]


def test_slots_make_it_a_brace_template() -> None:
    prompt = read("Hi {b}, {a}")
    assert ("brace", ["b", "a"]) == (prompt.engine, [variable.name for variable in prompt.variables])
    assert "none" == read("Hi {}").engine


def test_jinja_tags_that_parse_make_it_jinja() -> None:
    assert "jinja" == read("Hi {{ name }}").engine
    assert "jinja" == read("{% if true %}Hi{% endif %}").engine


@pytest.mark.parametrize(
    "content",
    ["Hi {{ na me }}", "Hi {{#each x}}", "{{ 1 }}", "# Title {#anchor}", "${{ secrets.X }}", "{{", "{% if x %}"],
)
def test_what_is_no_jinja_is_not_taken_for_it(content: str) -> None:
    assert "none" == read(content).engine


@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
def test_tags_in_code_blocks_do_not_make_it_jinja(eol: str) -> None:
    assert "none" == read(eol.join(["Use:", "```jinja", "{{ x }}", "```", "so"])).engine
    assert "none" == read(eol.join(["~~~", "```", "{{ x }}", "~~~"])).engine
    assert "jinja" == read(eol.join(["```", "{{ x }}", "```", "{{ y }}"])).engine
    assert "jinja" == read(eol.join(["```", "{{ x }}"])).engine


def test_an_assistant_reads_its_files_as_they_are() -> None:
    prompt = read("Use {name} and {{ x }}", "AGENTS.md")
    assert ("assistant", "none", ()) == (prompt.purpose, prompt.engine, prompt.variables)
