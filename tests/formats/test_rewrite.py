"""What is written into a message is escaped as its host asks, and as little as possible changes."""

from __future__ import annotations

import pytest

from promptgauge.formats import read_document
from promptgauge.formats.rewrite import EditRefused, replace
from promptgauge.text import Span, Text


def write(path: str, content: str, old: str, new: str) -> str:
    """The file after `old` was replaced by `new` in its first message."""
    text = Text(content)
    document = read_document(text, path, None, None, lambda _: None)
    start = document.prompts[0].messages[0].text.index(old)
    edit = replace(text, path, document, 0, 0, Span(start, start + len(old)), new)
    return content[: edit.span.start] + edit.new + content[edit.span.end :]


def test_plain_text_is_written_as_it_is() -> None:
    assert "---\na: b\n---\nHi {you}\\" == write("a.md", "---\na: b\n---\nHi me", "me", "{you}\\")


def test_json_is_escaped() -> None:
    content = '[{"role": "user", "content": "a b"}]'
    assert r'[{"role": "user", "content": "a \"é\"\n\\\u2028😀"}]' == write("a.json", content, "b", '"é"\n\\\u2028😀')


def test_json_that_is_ascii_only_stays_so() -> None:
    content = r'[{"role": "user", "content": "\u00e8 b"}]'
    assert r'[{"role": "user", "content": "\u00e8 \u00e9\ud83d\ude00"}]' == write("a.json", content, "b", "é😀")


@pytest.mark.parametrize(
    ("scalar", "old", "new", "expected"),
    [
        ("a b # c", "b", "x y", "a x y # c"),
        ("a b # c", "b", "x: y", '"a x: y" # c'),
        ("a b", "b", "c\nd\n", "|\n    a c\n    d"),
        ("'a b'", "b", "it's", "'a it''s'"),
        ("'a b'", "b", "c\td\x07", r'"a c\td\a"'),
        ('"a\\tb"', "b", 'c\n"d"', '"a\\tc\\n\\"d\\""'),
        ("a\n    b", "b", "c", "a\n    c"),
        ("a\n\n\n    b", "\n", "X", "|-\n    aX\n    b"),
        ("|\n    a\n    b\n    c", "b", "x\n\n  y", "|\n    a\n    x\n\n      y\n    c"),
        ("|\n    a\n    b\n    c", "b\n", "", "|\n    a\n    c"),
        ("|  # note\n     a\n     b", "a", "\u2028", '"\\u2028\\nb\\n"  # note'),
        ("|-\n      a\n      b", "b", "b\n", "|\n      a\n      b"),
        ("|\n    a\n    b", "a", " a", "|2\n     a\n    b"),
        (">\n    a\n    b", "b", "c", ">\n    a\n    c"),
        (">\n    a\n    b", "b", "c\n\nd", "|\n    a c\n\n    d"),
        ("&t |\n    a\n    b", "a", "x", "&t |\n    x\n    b"),
        ("&t a b", "b", "# x", '&t "a # x"'),
        ("|+\n    a\n\n", "a", "b\n", "|+\n    b\n\n\n"),
    ],
)
@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
def test_yaml_keeps_its_style_where_that_holds(scalar: str, old: str, new: str, expected: str, eol: str) -> None:
    frame = "- role: user\n  content: {}\n- role: user\n  content: z\n"
    content = frame.format(scalar).replace("\n", eol)
    assert frame.format(expected).replace("\n", eol) == write("a.yaml", content, old, new)


def test_a_folded_break_that_is_cut_keeps_its_other_characters() -> None:
    content = '- role: user\n  content: "a\n\n\n    b"\n'
    text = Text(content)
    document = read_document(text, "a.yaml", None, None, lambda _: None)
    assert "a\n\nb" == document.prompts[0].messages[0].text
    edit = replace(text, "a.yaml", document, 0, 0, Span(1, 2), "X")
    assert '- role: user\n  content: "aX\\nb"\n' == content[: edit.span.start] + edit.new + content[edit.span.end :]


def test_a_flow_collection_holds_double_quotes() -> None:
    content = "[{role: user, content: a b}, {role: user, content: c}]"
    assert '[{role: user, content: "a ,\\n]"}, {role: user, content: c}]' == write("a.yaml", content, "b", ",\n]")


def test_a_prompt_of_a_file_without_messages_may_become_short() -> None:
    content = "prompt: Say hello to all\nother: Be very kind today # {x}\ninstructions: a b c\n"
    assert "prompt: Hi\n" in write("a.yaml", content, "Say hello to all", "Hi")


def test_an_empty_message_gets_a_line_of_its_own() -> None:
    assert "# system:\nHi\n# user:\nb" == write("a.j2", "# system:\n# user:\nb", "", "Hi")
    assert "---\na: b\n---\nHi" == write("a.md", "---\na: b\n---", "", "Hi")


def test_nothing_new_is_nothing_to_do() -> None:
    assert "Hi" == write("a.md", "Hi", "H", "H")


@pytest.mark.parametrize(
    ("path", "content", "old", "new", "reason"),
    [
        ("a.md", "Hi\n", "Hi", "---\na: b\n---", "the text would be read as front matter"),
        ("a.md", "Hi\n", "Hi", "\0", "there is no way to write it there"),
        ("a.md", "Hi\n", "Hi", "\ud800", "half a surrogate pair"),
        ("a.j2", "system:\nHi\nuser:\nYou", "Hi", "a\n# user:\nb", "the text would open or close a message"),
        ("a.j2", "system:\nHi\nuser:\nYou", "Hi", "{# a", "the template would not parse: missing end of comment tag"),
        ("a.j2", "system:\nHi\nuser:\n{# x #}You", "Hi", "{#", "the text would open or close a message"),
        ("a.j2", "Hi {{ x }} {# y #}", "Hi", "{#", "the text would change how the template around it is read"),
        ("a.j2", "Hi {{ x }}", "Hi", "{% if a %}", "the template would not parse: the block `if` is never closed"),
        (
            "a.yaml",
            "- role: user\n  content: &a Hi\n- role: user\n  content: *a",
            "Hi",
            "b",
            "an alias uses the same text",
        ),
        ("a.yaml", "- &a\n  role: user\n  content: Hi\n- *a", "Hi", "b", "an alias uses the same text"),
        ("a.yaml", "x: &a Hi\nm: [{role: user, content: *a}]", "Hi", "b", "an alias uses the same text"),
        ("a.yaml", "&a {self: *a, m: [{role: user, content: Hi}]}", "Hi", "b", "an alias uses the same text"),
    ],
)
def test_what_would_change_something_else_is_refused(path: str, content: str, old: str, new: str, reason: str) -> None:
    with pytest.raises(EditRefused, match=reason):
        write(path, content, old, new)


def test_a_place_outside_of_the_message_is_refused() -> None:
    text = Text("Hi")
    document = read_document(text, "a.md", None, None, lambda _: None)
    with pytest.raises(EditRefused, match="the text has moved on"):
        replace(text, "a.md", document, 0, 0, Span(1, 5), "x")


def test_tags_can_be_written_into_a_template() -> None:
    assert "Hi {% include 'x' %} {{ y }}" == write("a.j2", "Hi you {{ y }}", "you", "{% include 'x' %}")


def test_an_include_can_be_written_into_a_file_that_had_no_engine() -> None:
    assert "Hi {% include 'x' %}" == write("system.md", "Hi you", "you", "{% include 'x' %}")
