"""Front matter is a mapping between two `---` lines at the head of a file, and nothing else."""

from __future__ import annotations

import pytest

from promptgauge.formats import Document, read_document
from promptgauge.formats.front_matter import split_front_matter
from promptgauge.text import Text


def read(path: str, content: str) -> Document:
    return read_document(Text(content), path, None, None, lambda _: None)


@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("close", ["---", "...", "---  "])
def test_the_body_begins_below_the_closing_line(eol: str, close: str) -> None:
    content = eol.join(["---", "model: m", "a: [1, 2]", close, "Hello"])
    front = split_front_matter(content)
    assert "Hello" == content[front.body :]
    assert f"model: m{eol}a: [1, 2]{eol}" == content[slice(*front.span)]
    assert front.values is not None
    assert {"model": "m", "a": [1, 2]} == front.values.plain()


def test_the_body_may_be_empty_and_so_may_the_front_matter() -> None:
    assert 8 == split_front_matter("---\n---\n").body
    assert 12 == split_front_matter("---\na: b\n---").body


@pytest.mark.parametrize(
    "content",
    ["", "Hello\n---\na: b\n---\n", "----\na: b\n----\n", "---\na: b\n", "---", "---\nJust text\n---\nmore",
     "--- a: b ---", "---\n- a\n- b\n---\n", "\n---\na: b\n---\n", "---\nIt's \"half\n---\n"],
)  # fmt: skip
def test_rules_and_text_between_them_are_no_front_matter(content: str) -> None:
    assert 0 == split_front_matter(content).body


def test_broken_front_matter_is_a_problem_at_its_place_and_the_body_is_read() -> None:
    content = "---\r\nmodel: m\r\nglobs: **/*\r\n---\r\nHello"
    document = read("a.md", content)
    assert "Hello" == document.prompts[0].messages[0].text
    (problem,) = document.problems
    assert "host-syntax" == problem.kind
    assert content[slice(*problem.span)] in ("**/*", "*/*")
    assert problem.message.startswith("not valid YAML")


def test_a_key_that_stands_twice_is_a_problem() -> None:
    (problem,) = read("a.md", "---\nmodel: a\nmodel: b\n---\nHi").problems
    assert "the key 'model' stands twice; keep one of them" == problem.message


def test_cursor_rules_are_read_as_loosely_as_cursor_reads_them() -> None:
    document = read("a.MDC", "---\nglobs: **/*\n---\nHello")
    assert () == document.problems
    assert "Hello" == document.prompts[0].messages[0].text


def test_the_model_is_told_by_the_front_matter() -> None:
    assert "gpt-x" == read("prompt.md", "---\nmodel: gpt-x\n---\nHi").prompts[0].model
    assert None is read("prompt.md", "---\nmodel: {a: b}\n---\nHi").prompts[0].model


def test_spans_below_front_matter_are_the_files() -> None:
    content = "---\na: b\n---\nHi {{ name }} {% include 'x.j2' %}"
    prompt = read("a.j2", content).prompts[0]
    assert "name" == content[slice(*prompt.variables[0].span)]
    assert "'x.j2'" == content[slice(*prompt.includes[0].span)]
    assert "{{ name }}" == prompt.messages[0].text[slice(*prompt.messages[0].tags[0].span)]
