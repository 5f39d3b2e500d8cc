"""Every character of a message is tied to the characters of the file that made it, and back."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import assume, given

from promptgauge.formats import Document, Message, read_document
from promptgauge.text import Span, Text
from tests.formats.files import every_file, yaml_files
from tests.formats.maps import assert_in_order, assert_maps_back, assert_verbatim


def read(path: str, content: str) -> Document:
    return read_document(Text(content), path, None, None, lambda _: None)


def message_of(path: str, content: str) -> Message:
    return read(path, content).prompts[0].messages[0]


@given(every_file)
def test_pieces_are_in_order_and_without_a_gap_in_the_text(file: tuple[str, str]) -> None:
    path, content = file
    for prompt in read(path, content).prompts:
        for message in prompt.messages:
            assert_in_order(message)


@given(every_file)
def test_verbatim_pieces_hold_the_same_characters(file: tuple[str, str]) -> None:
    path, content = file
    for prompt in read(path, content).prompts:
        for message in prompt.messages:
            assert_verbatim(message, content)


@given(every_file)
def test_each_character_maps_to_the_file_and_back(file: tuple[str, str]) -> None:
    path, content = file
    for prompt in read(path, content).prompts:
        for message in prompt.messages:
            assert_maps_back(message)
            assert None is message.map.to_text(message.host.span.start - 1)


@given(every_file)
def test_an_escape_alone_makes_the_character_that_it_is_mapped_to(file: tuple[str, str]) -> None:
    path, content = file
    assume(not path.startswith("promptfoo"))  # a chat in JSON inside a string is escaped twice
    for prompt in read(path, content).prompts:
        for message in prompt.messages:
            for piece in message.map.pieces:
                chars = content[slice(*piece.file)]
                if not piece.verbatim and chars.startswith("\\") and chars[1] not in "\r\n":
                    load = json.loads if message.host.kind == "json" else yaml.safe_load
                    assert message.text[slice(*piece.text)] == load(f'"{chars}"')


@given(yaml_files())
def test_yaml_text_is_what_pyyaml_reads(file: tuple[str, str]) -> None:
    path, content = file
    document = read(path, content)
    assume(not document.problems)
    texts = [message.text for prompt in document.prompts for message in prompt.messages]
    loaded = str(yaml.safe_load(content))
    assert all(str([text])[2:-2] in loaded for text in texts)


@pytest.mark.parametrize(
    "scalar",
    [
        "plain words\n    over\n\n    lines",
        "'it''s quoted\n\n    twice'",
        r'"a \"b\" \n \u00e9 \U0001f600 \x41 ' + '\\\n     joined\n    folded"',
        "|\n    a\n\n      b\n    c\n",
        "|2-\n      a\n    b\n\n",
        "|+\n    a\n\n\n",
        ">\n    a\n    b\n\n    c\n      d\n    e\n",
        ">-  # note\n    a\n    b",
        "&t |\n    a\n    b\n",
        "!!str &t 'a b'",
        "!prompt |\n    a {{ b }}\n",
    ],
)
@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
def test_a_scalar_of_any_style_is_mapped_finely(scalar: str, eol: str) -> None:
    content = f"- role: user\n  content: {scalar}\n- role: user\n  content: x\n".replace("\n", eol)
    message = message_of("chat.yaml", content)
    assert any(piece.verbatim for piece in message.map.pieces)
    assert "&" not in content[slice(*message.host.span)]
    for word in set(message.text.split()):
        start = message.text.index(word)
        if word.isascii() and '"' not in word and "'" not in word and word != "A":
            assert word == content[slice(*message.map.to_file(Span(start, start + len(word))))]


def test_an_empty_span_stands_before_the_character_that_follows() -> None:
    message = message_of("a.json", r'[{"role": "user", "content": "a\nb"}]')
    assert message.map.to_file(Span(1, 2)).start == message.map.to_file(Span(1, 1)).start
    assert message.host.span.end - 1 == message.map.to_file(Span(3, 3)).end
