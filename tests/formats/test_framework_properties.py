"""For the frameworks' formats as for all: a message's characters are tied to the file's, and can be written back."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from promptgauge.formats import Document, Prompt, read_document
from promptgauge.formats.rewrite import EditRefused, replace
from promptgauge.text import Span, Text
from tests.formats.files import any_text
from tests.formats.framework_files import framework_file, hosted_framework_file
from tests.formats.maps import assert_in_order, assert_maps_back, assert_verbatim


def read(path: str, content: str) -> Document:
    return read_document(Text(content), path, None, None, lambda _: None)


def told(prompts: tuple[Prompt, ...]) -> list[tuple[str, str]]:
    return [(message.role, message.text) for prompt in prompts for message in prompt.messages]


@given(framework_file)
def test_the_map_is_in_order_without_a_gap_and_true(file: tuple[str, str]) -> None:
    path, content = file
    document = read(path, content)
    assert document.format not in ("text", "yaml-messages", "json-messages")
    for prompt in document.prompts:
        for message in prompt.messages:
            assert_in_order(message)
            assert_verbatim(message, content)


@given(framework_file)
def test_each_character_maps_to_the_file_and_back(file: tuple[str, str]) -> None:
    path, content = file
    for prompt in read(path, content).prompts:
        for message in prompt.messages:
            assert_maps_back(message)


@given(framework_file)
def test_all_places_lie_in_the_file_and_tags_in_their_message(file: tuple[str, str]) -> None:
    path, content = file
    document = read(path, content)
    places = [problem.span for problem in document.problems] + list(document.comments)
    for prompt in document.prompts:
        places += [variable.span for variable in prompt.variables] + [include.span for include in prompt.includes]
        for variable in prompt.variables:
            assert variable.name in content[slice(*variable.span)]
        for message in prompt.messages:
            end = 0
            for tag in message.tags:
                assert end <= tag.span.start <= tag.span.end <= len(message.text)
                end = tag.span.end
    assert all(0 <= place.start <= place.end <= len(content) for place in places)


@settings(max_examples=150)
@given(framework_file, any_text, st.data())
def test_what_is_written_is_read_back_and_all_else_stays(file: tuple[str, str], new: str, data: st.DataObject) -> None:
    path, content = file
    document = read(path, content)
    assume(document.prompts and not document.problems)
    number = data.draw(st.integers(0, len(document.prompts) - 1))
    index = data.draw(st.integers(0, len(document.prompts[number].messages) - 1))
    text = document.prompts[number].messages[index].text
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    try:
        edit = replace(Text(content), path, document, number, index, span, new)
    except EditRefused:
        return
    expected = [told((prompt,)) for prompt in document.prompts]
    role, _ = expected[number][index]
    expected[number][index] = role, text[: span.start] + new + text[span.end :]
    written = read(path, content[: edit.span.start] + edit.new + content[edit.span.end :])
    assert expected == [told((prompt,)) for prompt in written.prompts]


@settings(max_examples=100)
@given(hosted_framework_file, st.sampled_from(["word", "Zoë 😀", 'it\'s "so"', "a\nb"]), st.data())
def test_plain_words_are_never_refused_in_a_hosted_string(file: tuple[str, str], new: str, data: st.DataObject) -> None:
    path, content = file
    document = read(path, content)
    assume(document.prompts and not document.problems)
    message = document.prompts[0].messages[0]
    at = data.draw(st.integers(0, len(message.text)))
    assert replace(Text(content), path, document, 0, 0, Span(at, at), new).new


@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do(eol: str) -> None:
    content = "<poml>\n<!-- c -->\n<system-msg>\nBe kind.\n</system-msg>\n<human-msg>{{ x }}</human-msg>\n</poml>\n"
    document = read("a.poml", content.replace("\n", eol))
    assert [("system", "Be kind."), ("user", "{{ x }}")] == told(document.prompts)
