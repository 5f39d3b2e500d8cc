"""Formats: from the Text of a file to a Document of Prompts, one module a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from promptgauge.formats.choose import fallback_format, format_of, may_be_prompt, purpose_of
from promptgauge.formats.model import Document, Message, Problem, Prompt, Purpose, Role, Tag, Variable
from promptgauge.text import Text

__all__ = [
    "FORMATS",
    "Document",
    "Message",
    "Problem",
    "Prompt",
    "Purpose",
    "Role",
    "Tag",
    "Variable",
    "format_of",
    "may_be_prompt",
    "purpose_of",
    "read_document",
]

_HEAD = 4096
Reader = Callable[[Text, str, Purpose], Document]


def _text(text: Text, path: str, purpose: Purpose) -> Document:
    from promptgauge.formats.plain import read_plain

    return read_plain(text, path, purpose)


def _jinja(text: Text, path: str, purpose: Purpose) -> Document:
    from promptgauge.formats.plain import read_jinja

    return read_jinja(text, path, purpose)


def _yaml(text: Text, path: str, purpose: Purpose) -> Document:
    from promptgauge.formats.messages import read_yaml

    return read_yaml(text, path, purpose)


def _json(text: Text, path: str, purpose: Purpose) -> Document:
    from promptgauge.formats.messages import read_json

    return read_json(text, path, purpose)


# Each reader imports its module when it is first asked: a run over Markdown loads neither YAML nor JSON.
FORMATS: Mapping[str, Reader] = {"text": _text, "jinja": _jinja, "yaml-messages": _yaml, "json-messages": _json}


def read_document(
    text: Text, path: str, format: str | None, purpose: Purpose | None, read: Callable[[str], str | None]
) -> Document:
    """Read `text` as the file `path`.

    `format` and `purpose` are what the configuration says, None where the file itself decides; a file of no known
    format is read as plain text. `read` hands over the characters of an included file.
    """
    head = text.content[:_HEAD]
    name = format or format_of(path, head) or fallback_format(path, head)
    return FORMATS[name](text, path, purpose or purpose_of(path))
