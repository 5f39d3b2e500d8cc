"""Whatever is written into a message is read back, and nothing else changes."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from promptgauge.formats import Document, Prompt, read_document
from promptgauge.formats.front_matter import split_front_matter
from promptgauge.formats.rewrite import EditRefused, replace
from promptgauge.text import Edit, Span, Text
from tests.formats.files import (
    any_text,
    conversation_files,
    declared_files,
    github_models_files,
    jinja_files,
    json_files,
    no_syntax,
    text_files,
    yaml_files,
)


def _document(path: str, content: str) -> Document:
    return read_document(Text(content), path, None, None, lambda _: None)


def _messages(prompts: tuple[Prompt, ...]) -> list[tuple[str, str]]:
    return [(message.role, message.text) for prompt in prompts for message in prompt.messages]


class _Place:
    """A message of a file and a span of its text, drawn by the test."""

    def __init__(self, file: tuple[str, str], data: st.DataObject) -> None:
        self.path, self.content = file
        self.document = _document(self.path, self.content)
        assume(self.document.prompts and not self.document.problems)
        self.message = data.draw(st.integers(0, len(self.document.prompts[0].messages) - 1))
        self.text = self.document.prompts[0].messages[self.message].text
        start = data.draw(st.integers(0, len(self.text)))
        self.span = Span(start, data.draw(st.integers(start, len(self.text))))

    def edit(self, new: str) -> Edit:
        return replace(Text(self.content), self.path, self.document, 0, self.message, self.span, new)

    def wanted(self, new: str) -> str:
        return self.text[: self.span.start] + new + self.text[self.span.end :]

    def can_be_written_as_it_is(self, new: str) -> bool:
        """Whether the characters simply put there are read back, with all else as it was."""
        try:
            start = self.document.prompts[0].messages[self.message].span.start
            self.assert_written(Edit(self.span.shift(start), new), new)
        except AssertionError:
            return False
        return True

    def assert_written(self, edit: Edit, new: str) -> None:
        content = self.content[: edit.span.start] + edit.new + self.content[edit.span.end :]
        expected = _messages(self.document.prompts)
        expected[self.message] = (expected[self.message][0], self.wanted(new))
        document = _document(self.path, content)
        assert expected == _messages(document.prompts)
        assert [p.message for p in self.document.problems] == [p.message for p in document.problems]
        before, after = split_front_matter(self.content), split_front_matter(content)
        assert self.content[: before.body].rstrip("\r\n") == content[: after.body].rstrip("\r\n")


@settings(max_examples=150)
@given(st.one_of(yaml_files(), json_files(), github_models_files()), any_text, st.data())
def test_any_text_can_be_written_into_a_yaml_or_json_string(
    file: tuple[str, str], new: str, data: st.DataObject
) -> None:
    place = _Place(file, data)
    place.assert_written(place.edit(new), new)


@settings(max_examples=100)
@given(text_files(), no_syntax, st.data())
def test_text_without_syntax_can_be_written_into_any_plain_file(
    file: tuple[str, str], new: str, data: st.DataObject
) -> None:
    place = _Place(file, data)
    try:
        edit = place.edit(new)
    except EditRefused:
        # What was there may turn into front matter, or a line feed complete the line end above it.
        assert not place.can_be_written_as_it_is(new) or place.document.prompts[0].engine == "jinja"
        assert "-" in place.text or "{" in place.text or place.wanted(new).startswith("\n")
    else:
        place.assert_written(edit, new)


@settings(max_examples=150)
@given(st.one_of(text_files(), jinja_files(), conversation_files(), declared_files), any_text, st.data())
def test_what_a_plain_file_cannot_hold_is_refused_and_all_else_is_written(
    file: tuple[str, str], new: str, data: st.DataObject
) -> None:
    place = _Place(file, data)
    try:
        edit = place.edit(new)
    except EditRefused:
        cut = place.text[: place.span.start].count("{") != place.text[: place.span.start].count("}")
        touches_a_template = any(sign in new + place.text[slice(*place.span)] for sign in "{}%#")
        assert not place.can_be_written_as_it_is(new) or cut or touches_a_template or "\0" in new
    else:
        place.assert_written(edit, new)
