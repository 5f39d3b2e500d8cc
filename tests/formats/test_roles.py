"""Role headers cut a template into messages, if it begins with one."""

from __future__ import annotations

import pytest

from promptgauge.formats import Document, read_document
from promptgauge.text import Text


def read(content: str, path: str = "a.j2") -> Document:
    return read_document(Text(content), path, None, None, lambda _: None)


def messages(content: str, path: str = "a.j2") -> list[tuple[str, str]]:
    return [(message.role, message.text) for message in read(content, path).prompts[0].messages]


@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
def test_headers_cut_the_text_and_the_line_end_before_one_belongs_to_neither(eol: str) -> None:
    content = eol.join(["# system:", "Be kind.", "", "# user:", "{{ question }}", "assistant:", ""])
    assert [("system", f"Be kind.{eol}"), ("user", "{{ question }}"), ("assistant", "")] == messages(content)


def test_a_message_knows_its_header() -> None:
    content = "# System :\nHi\n"
    header = read(content).prompts[0].messages[0].header
    assert header is not None
    assert "# System :\n" == content[slice(*header)]


def test_all_roles_are_known() -> None:
    content = "developer:\na\nfunction:\nb\ntool:\nc\nassistant:\nd"
    assert ["system", "tool", "tool", "assistant"] == [role for role, _ in messages(content)]


def test_headers_further_down_are_part_of_one_prompt() -> None:
    content = "Answer as below.\nuser:\nHi\nassistant:\nHello {{ name }}"
    assert [("unknown", content)] == messages(content)


def test_only_comments_may_stand_before_the_first_header() -> None:
    assert [("user", "{{ x }}")] == messages("{# a note\n#}\n\nuser:\n{{ x }}")
    assert 1 == len(messages("{{ x }}\nuser:\nHi"))


def test_a_header_in_a_comment_is_none() -> None:
    assert [("system", "a {#\nuser:\n#} b")] == messages("system:\na {#\nuser:\n#} b")


def test_a_line_with_more_than_the_role_is_no_header() -> None:
    assert [("system", "user: Hi\n## user:\nusers:")] == messages("system:\nuser: Hi\n## user:\nusers:")


def test_without_headers_the_name_of_the_file_tells_the_role() -> None:
    assert [("system", "Hi {{ x }}")] == messages("Hi {{ x }}", "a/triage.system.j2")
    assert [("system", "Hi")] == messages("Hi", "system.md")
    assert [("user", "Hi")] == messages("Hi", "user.txt")
    assert [("unknown", "Hi")] == messages("Hi", "systems.md")


def test_plain_text_has_no_headers() -> None:
    assert [("unknown", "system:\nHi")] == messages("system:\nHi", "prompt.txt")


def test_tags_are_laid_out_over_the_messages() -> None:
    prompt = read("system:\na {{ x }}\nuser:\n{% if y %}b{% endif %}{{ z }}").prompts[0]
    assert [["{{ x }}"], ["{% if y %}", "{% endif %}", "{{ z }}"]] == [
        [message.text[slice(*tag.span)] for tag in message.tags] for message in prompt.messages
    ]
