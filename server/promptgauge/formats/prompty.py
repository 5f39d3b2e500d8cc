"""Prompty: `.prompty` files, with the model, the inputs and the outputs in the front matter and role lines below."""

from __future__ import annotations

import re
from bisect import bisect_right

from promptgauge.formats.declared import Head, Output, moved
from promptgauge.formats.engines import read_as
from promptgauge.formats.handlebars_template import read_mustache
from promptgauge.formats.jinja_template import Template
from promptgauge.formats.json_schema import object_schema, schema_flaw
from promptgauge.formats.model import Document, Engine, Prompt, Purpose, Role, Tag, Variable
from promptgauge.formats.roles import ROLES, Part
from promptgauge.formats.templates import verbatim_message
from promptgauge.formats.tree import Node
from promptgauge.formats.turns import Turn, cut_turns, unsent_comments
from promptgauge.text import Span, Text

_HEADER = re.compile(
    r"(?:^|(?<=\r))[ \t]*(?:#?[ \t]*(?P<role>system|user|assistant|developer|function|tool|tools)"
    r"(?:[ \t]*\[[^\]\r\n]*\])?[ \t]*:|!\[thread\][^\r\n]*)[ \t]*(?=[\r\n]|\Z)",
    re.IGNORECASE | re.MULTILINE,
)
_MODEL = (
    ("model",), ("model", "id"), ("model", "configuration", "azure_deployment"),
    ("model", "connection", "azure_deployment"), ("model", "configuration", "name"),
    ("model", "configuration", "model"), ("model", "parameters", "model"),
)  # fmt: skip
_OPTIONS = (("model", "parameters"), ("model", "options"), ("model", "options", "additionalProperties"))


def read_prompty(text: Text, path: str, purpose: Purpose) -> Document:
    """A Prompty file, of the first or the second version of the format."""
    content = text.content
    head = Head(content)
    inputs = _inputs(head)
    output = _output(head)
    engine = _engine(head)
    template = moved(_template(engine, content[head.body :], inputs), head.body)
    parts = _parts(head, content, template.tags)
    prompt = Prompt(
        messages=tuple(verbatim_message(content, part.role, part.span, template.tags, part.header) for part in parts),
        purpose=purpose,
        engine=engine,
        name=head.text("name"),
        variables=template.variables,
        includes=template.includes,
        inputs=inputs,
        output_schema=output.schema,
        schema_span=output.span,
        json_mode=output.json_mode,
        model=next((name for name in (head.text(*path) for path in _MODEL) if name), None),
    )
    unsent = unsent_comments(template.tags, parts)
    return Document("prompty", (prompt,), head.problems(output.flaw, template), unsent)


def _engine(head: Head) -> Engine:
    names = [head.text(*path) for path in (("template",), ("format",), ("template", "format"), ("template", "type"))]
    names.append(head.text("template", "format", "kind"))
    return "mustache" if {"mustache", "handlebars"} & {name.lower() for name in names} else "jinja"


def _template(engine: Engine, body: str, inputs: tuple[Variable, ...] | None) -> Template:
    if engine == "mustache":
        return read_mustache(body, frozenset(variable.name for variable in inputs or ()))
    return read_as(engine, body)


def _parts(head: Head, content: str, tags: tuple[Tag, ...]) -> list[Part]:
    if (head.text("model", "api") or head.text("model", "apiType")) == "completion":
        return [Part("unknown", Span(head.body, len(content)), None)]
    comments = [tag.span for tag in tags if tag.kind == "comment"]
    turns = []
    for header in _HEADER.finditer(content, head.body):
        before = bisect_right(comments, header.start(), key=lambda span: span.start) - 1
        if before < 0 or header.start() not in comments[before]:
            turns.append(Turn(Span(*header.span()), _role(header)))
    return cut_turns(content, head.body, turns, "system", tags)


def _role(header: re.Match[str]) -> Role | None:
    name = (header["role"] or "").lower()
    # `tools:` holds the definitions of tools; behind a thread stands what is put after it, in nobody's name.
    return None if name == "tools" else ROLES.get(name, "unknown")


def _inputs(head: Head) -> tuple[Variable, ...] | None:
    """The declared inputs; without any, the keys of the sample."""
    for path in (("inputs",), ("inputSchema", "properties"), ("inputSchema",), ("sample",)):
        node = head.get(*path)
        if node is not None and node.value != []:
            return head.names(node)
    return None


def _output(head: Head) -> Output:
    """The schema of the answer: of the response format, else of the outputs."""
    asked = _response_format(head)
    if asked and asked.get("json_schema"):
        schema = asked.get("json_schema", "schema") or asked.get("json_schema")
        if schema and schema.kind == "object":
            return Output(schema.plain(), head.place(schema.span), False, schema_flaw(schema))
    kind = (asked.get("type") or asked).value if asked else None
    if kind != "text":
        outputs = head.get("outputs") or head.get("outputSchema", "properties")
        schema_of = object_schema(outputs.plain()) if outputs else None
        if outputs and schema_of and schema_of["properties"]:
            return Output(schema_of, head.place(outputs.span))
    return Output(None, head.place(asked.span) if asked and kind == "json_object" else None, kind == "json_object")


def _response_format(head: Head) -> Node | None:
    found = (head.get(*path, "response_format") for path in _OPTIONS)
    return next((node for node in found if node), None)
