"""A file that is one template of a named engine, perhaps cut by chat tags: `.hbs`, `.mustache`, `.liquid`."""

from __future__ import annotations

from promptgauge.formats.chat_tags import split_chat
from promptgauge.formats.engines import read_as
from promptgauge.formats.model import Document, Engine, Prompt, Purpose
from promptgauge.formats.templates import verbatim_message
from promptgauge.text import Span, Text


def read_handlebars_file(text: Text, path: str, purpose: Purpose) -> Document:
    """A Handlebars file."""
    return _document(text, "handlebars", purpose)


def read_mustache_file(text: Text, path: str, purpose: Purpose) -> Document:
    """A Mustache file."""
    return _document(text, "mustache", purpose)


def read_liquid_file(text: Text, path: str, purpose: Purpose) -> Document:
    """A Liquid file."""
    return _document(text, "liquid", purpose)


def _document(text: Text, engine: Engine, purpose: Purpose) -> Document:
    template = read_as(engine, text.content)
    chat = split_chat(text.content, Span(0, len(text)), template.tags, "unknown")
    messages = tuple(
        verbatim_message(text.content, part.role, part.span, template.tags, part.header) for part in chat.parts
    )
    prompt = Prompt(messages, purpose, engine, variables=template.variables, includes=template.includes)
    return Document(engine, (prompt,), tuple(p for p in (template.problem, chat.problem) if p))
