"""Includes: found, put where their tags stand, and never without end."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptgauge.formats import read_document
from promptgauge.formats.including import MOST_FILES, NOT_FOUND, TOO_DEEP, TOO_LONG, with_includes
from promptgauge.formats.model import Missing, Prompt
from promptgauge.text import Span, Text


def included(
    content: str,
    files: Mapping[str, str],
    path: str = "main.j2",
    roots: tuple[str, ...] = (),
    tried: list[str] | None = None,
) -> Prompt:
    def read(name: str) -> str | None:
        if tried is not None:
            tried.append(name)
        return files.get(name)

    document = read_document(Text(content), path, None, None, read)
    return with_includes(document.prompts[0], path, roots, read)


def texts(prompt: Prompt) -> list[str]:
    return [message.text for message in prompt.messages]


def names_missing(prompt: Prompt) -> list[str]:
    return [missing.path for missing in prompt.inclusion.missing]


def test_the_text_stands_where_the_tag_stood() -> None:
    prompt = included('One.\n{% include "a.j2" %}\nThree.', {"a.j2": "Two, {{ name }}.\n"})
    assert ["One.\nTwo, {{ name }}.\nThree."] == texts(prompt)
    assert frozenset({"name"}) == prompt.inclusion.names
    [message] = prompt.messages
    assert ["{{ name }}"] == [message.text[slice(*tag.span)] for tag in message.tags]
    [(index, place)] = prompt.inclusion.places
    assert 0 == index
    assert "Two, {{ name }}." == message.text[slice(*place)]


def test_its_place_in_the_file_is_the_tag() -> None:
    content = 'One.\n{% include "a.j2" %}\nThree.'
    [message] = included(content, {"a.j2": "Two\nlines."}).messages
    for words, expected in (("lines", '{% include "a.j2" %}'), ("One", "One"), ("Three", "Three")):
        start = message.text.index(words)
        span = message.map.to_file(Span(start, start + len(words)))
        assert expected == content[slice(*span)]


def test_in_a_yaml_string_too() -> None:
    content = 'messages:\n  - role: system\n    content: |\n      One.\n      {% include "a.j2" %}\n      Three.\n'
    prompt = included(content, {"a.j2": "Two."}, "ask.yaml")
    assert ["One.\nTwo.\nThree.\n"] == texts(prompt)
    start = prompt.messages[0].text.index("Three")
    assert "Three" == content[slice(*prompt.messages[0].map.to_file(Span(start, start + 5)))]


def test_an_include_in_an_include_starts_at_its_folder() -> None:
    tried: list[str] = []
    files = {"parts/a.j2": 'A {% include "b.j2" %}', "parts/b.j2": "B"}
    assert ["A B"] == texts(included('{% include "parts/a.j2" %}', files, tried=tried))
    assert ["parts/a.j2", "parts/b.j2"] == tried


def test_the_roots_come_first_and_then_nothing_above_the_folder_is_tried() -> None:
    tried: list[str] = []
    files = {"a.j2": "here", "/lib/a.j2": "in the root"}
    content = '{% include "a.j2" %} {% include "b.j2" %}'
    prompt = included(content, files, roots=("/lib", "/more"), tried=tried)
    assert 'in the root {% include "b.j2" %}' == texts(prompt)[0]
    assert ["/lib/a.j2", "/lib/b.j2", "/more/b.j2", "b.j2"] == tried
    assert prompt.inclusion.roots_known


def test_without_roots_the_folders_above_are_tried() -> None:
    assert ["A"] == texts(included('{% include "prompts/a.j2" %}', {"../../prompts/a.j2": "A"}))


def test_what_is_not_there_is_missing_at_its_place() -> None:
    content = 'One. {% include "gone.j2" %}'
    start = content.index('"gone')
    assert (Missing("gone.j2", Span(start, start + 9), NOT_FOUND),) == included(content, {}).inclusion.missing


@pytest.mark.parametrize(
    "tag",
    [
        '{% include "gone.j2" ignore missing %}',
        '{% include ["gone.j2", "a.j2"] %}',
        '{% include "gone/" ~ name ~ ".j2" %}',
        '{% include "gone/" + name %}',
        "{% include name %}",
        '{% include "gone_%s.j2" % name %}',
        "{# {% include 'gone.j2' %} #}",
    ],
)
def test_what_may_be_missing_or_is_computed_is_not(tag: str) -> None:
    assert [] == names_missing(included(tag, {"a.j2": "A"}))


def test_definitions_are_looked_up_and_send_nothing() -> None:
    content = '{% from "macros.j2" import greet %}Hi.{% import "gone.j2" as m %}'
    prompt = included(content, {"macros.j2": "{% macro greet() %}Hello{% endmacro %}"})
    assert [content] == texts(prompt)
    assert ["gone.j2"] == names_missing(prompt)


def test_a_parent_comes_without_the_blocks_that_the_child_has() -> None:
    parent = "Top.\n{% block rules %}Old rules.{% endblock %}\n{% block end %}Bye.{% endblock %}"
    prompt = included('{% extends "base.j2" %}{% block rules %}New rules.{% endblock %}', {"base.j2": parent})
    assert "Old rules." not in texts(prompt)[0]
    assert all(words in texts(prompt)[0] for words in ("Top.", "Bye.", "New rules."))


@pytest.mark.parametrize(
    ("path", "content", "file"),
    [
        ("ask.prompt.hbs", "Ask. {{> style}}", "style.hbs"),
        ("ask.prompt.hbs", "Ask. {{> style}}", "partials/_style.hbs"),
        ("ask.prompt", "---\nmodel: m\n---\nAsk. {{> style}}", "_style.prompt"),
        ("ask.prompt.liquid", "Ask. {% render 'style' %}", "style.liquid"),
    ],
)
def test_partials_are_found_by_their_names(path: str, content: str, file: str) -> None:
    prompt = included(content, {file: "Be short."}, path)
    assert "Be short." in texts(prompt)[0]
    assert [] == names_missing(prompt)


def test_a_partial_comes_without_its_front_matter() -> None:
    prompt = included(
        "---\nmodel: m\n---\nAsk. {{> style}}", {"_style.prompt": "---\ninput: {}\n---\nBe short."}, "a.prompt"
    )
    assert ["Ask. Be short."] == [text.strip() for text in texts(prompt)]


def test_a_ring_is_named_from_where_it_begins() -> None:
    files = {"a.j2": '{% include "b.j2" %}', "b.j2": 'B {% include "a.j2" %}'}
    [ring] = included('{% include "a.j2" %}', files).inclusion.rings
    assert ("a.j2", "b.j2", "a.j2") == ring.paths


def test_a_file_that_includes_itself_is_a_ring_although_it_was_never_read() -> None:
    [ring] = included('One. {% include "main.j2" %}', {}).inclusion.rings
    assert ("main.j2", "main.j2") == ring.paths


def test_what_a_condition_guards_can_come_to_an_end() -> None:
    assert () == included('{% if more %}{% include "main.j2" %}{% endif %}', {}).inclusion.rings


def test_files_that_double_at_each_level_are_cut_off() -> None:
    files = {
        f"{level}.j2": f'x {{% include "{level + 1}.j2" %}}{{% include "{level + 1}.j2" %}}' for level in range(30)
    }
    inclusion = included('{% include "0.j2" %}', files).inclusion
    assert TOO_LONG in [missing.why for missing in inclusion.missing]
    assert len(inclusion.missing) <= MOST_FILES + 1


def test_files_that_go_too_deep_are_cut_off() -> None:
    files = {f"{level}.j2": f'x {{% include "{level + 1}.j2" %}}' for level in range(3_000)}
    inclusion = included('{% include "0.j2" %}', files).inclusion
    assert [TOO_DEEP] == [missing.why for missing in inclusion.missing]


pieces = st.lists(st.sampled_from(["a ", "\n", "{{ x }}", '{% include "in.j2" %}', "é", "Z."]), max_size=8).map("".join)


@given(pieces, pieces.map(lambda text: text.replace("include", "raw")))
def test_every_place_maps_back_to_the_file(content: str, inner: str) -> None:
    prompt = included(content or "a", {"in.j2": inner})
    for message in prompt.messages:
        at = 0
        for piece in message.map.pieces:
            assert piece.text.start == at
            at = piece.text.end
            if piece.verbatim:
                assert message.text[slice(*piece.text)] == (content or "a")[slice(*piece.file)]
        assert at == len(message.text)
