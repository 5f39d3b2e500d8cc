"""The readers of all template engines by name, each imported when it is first asked."""

from __future__ import annotations

from typing import Literal

from promptgauge.formats.jinja_template import Template
from promptgauge.formats.model import Engine

Syntax = Engine | Literal["format"]
"""An engine, or `format` for a `brace` engine that takes every single brace for a slot and fails on any other."""


def engine_of(syntax: Syntax) -> Engine:
    """The engine that reads a syntax."""
    return "brace" if syntax == "format" else syntax


def read_as(syntax: Syntax, content: str) -> Template:
    """Read `content` as an engine does; `none` finds nothing in it. Nothing is rendered."""
    match syntax:
        case "jinja":
            from promptgauge.formats.jinja_template import read_template as read
        case "brace":
            from promptgauge.formats.brace_template import read_brace_template as read
        case "format":
            from promptgauge.formats.format_template import read_format_template as read
        case "dollar":
            from promptgauge.formats.dollar_template import read_dollar_template as read
        case "mustache":
            from promptgauge.formats.handlebars_template import read_mustache as read
        case "handlebars":
            from promptgauge.formats.handlebars_template import read_handlebars as read
        case "nunjucks":
            from promptgauge.formats.nunjucks_template import read_nunjucks as read
        case "double-brace":
            from promptgauge.formats.double_brace_template import read_double_brace_template as read
        case "liquid":
            from promptgauge.formats.liquid_template import read_liquid as read
        case "semantic-kernel":
            from promptgauge.formats.semantic_kernel_template import read_semantic_kernel_template as read
        case "poml":
            from promptgauge.formats.poml_names import read_expressions as read
        case "none":
            return Template()
    return read(content)
