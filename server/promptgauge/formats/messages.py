"""YAML and JSON files: lists of messages in OpenAI's shape, else the strings of the file that are prompts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from promptgauge.formats import json_host, yaml_host
from promptgauge.formats.brace_template import read_brace_template
from promptgauge.formats.jinja_template import Template
from promptgauge.formats.model import Document, Engine, Host, Include, Message, Problem, Prompt, Purpose, Variable
from promptgauge.formats.roles import ROLES
from promptgauge.formats.templates import guess_template, mapped
from promptgauge.formats.tree import Node, walk
from promptgauge.text import SourceMap, Span, Text

HostName = Literal["yaml", "json"]

_PROMPT_KEY = re.compile(
    r"(?:^|[_\-. ])(?:prompts?|system|instructions?|templates?|messages?|content|persona|backstory|goal|task|"
    r"description|expected_output|preamble|guidelines?)(?:$|[_\-. ])"
    r"|(?:Prompt|Template|Instructions?|Message)$"
)
_FEW_WORDS, _MANY_WORDS = 3, 20


def read_yaml(text: Text, path: str, purpose: Purpose) -> Document:
    """A YAML file of prompts."""
    return _read(text, "yaml", purpose, *yaml_host.parse(text.content))


def read_json(text: Text, path: str, purpose: Purpose) -> Document:
    """A JSON file of prompts."""
    return _read(text, "json", purpose, *json_host.parse(text.content))


def _read(text: Text, host: HostName, purpose: Purpose, root: Node | None, broken: Problem | None) -> Document:
    problems = [broken] if broken else []
    prompts: list[Prompt] = []
    if root:
        for conversation, owner in _conversations(root):
            prompts.append(_prompt(text, host, purpose, conversation, owner, problems))
        if not prompts:
            prompts = [_fragment(text, host, purpose, node, name, problems) for name, node in _strings(root)]
    return Document(f"{host}-messages", tuple(prompts), tuple(problems))


def _conversations(root: Node) -> Iterator[tuple[Node, Node | None]]:
    """Each list of messages, with the object that holds it."""
    owners: dict[int, Node] = {}
    for node in walk(root):
        for item in node.items:
            owners.setdefault(id(item), node)
        if node.kind == "array" and node.items and all(_is_message(item) for item in node.items):
            owner = owners.get(id(node))
            yield node, owner if owner and owner.kind == "object" else None


def _is_message(node: Node) -> bool:
    role, content = node.get("role"), node.get("content")
    return bool(role and content and isinstance(role.value, str) and role.value.lower() in ROLES)


def _prompt(
    text: Text, host: HostName, purpose: Purpose, conversation: Node, owner: Node | None, problems: list[Problem]
) -> Prompt:
    messages: list[Message] = []
    variables: dict[str, Variable] = {}
    includes: list[Include] = []
    engine: Engine = "none"
    for item in conversation.items:
        role = item.get("role")
        for node in _texts(item.get("content")):
            assert role
            message, template, used = _message(text, host, purpose, node, problems)
            engine = used if used != "none" else engine
            for variable in mapped(template, message.map)[0]:
                variables.setdefault(variable.name, variable)
            includes.extend(Include(i.path, message.map.to_file(i.span), i.optional) for i in template.includes)
            header = role.span
            messages.append(
                Message(ROLES[role.value.lower()], message.text, message.map, message.host, message.tags, header)
            )
    model = owner.get("model") if owner else None
    schema, place, mode = _declared_output(owner)
    return Prompt(
        messages=tuple(messages),
        purpose=purpose,
        engine=engine,
        variables=tuple(variables.values()),
        includes=tuple(includes),
        output_schema=schema,
        schema_span=place,
        json_mode=mode,
        model=model.value if model and isinstance(model.value, str) else None,
    )


def _texts(content: Node | None) -> Iterator[Node]:
    """The strings of a message's content: itself, or its text parts."""
    if content is None:
        return
    if content.kind == "array":
        for part in content.items:
            text = part if part.kind == "scalar" else part.get("text")
            if text and isinstance(text.value, str):
                yield text
    elif isinstance(content.value, str):
        yield content


def _message(
    text: Text, host: HostName, purpose: Purpose, node: Node, problems: list[Problem]
) -> tuple[Message, Template, Engine]:
    """The message of a string, as an unknown role."""
    source_map = _map(text.content, host, node)
    engine, template = guess_template(node.value, purpose)
    problem = mapped(template, source_map)[1]
    if problem:
        problems.append(problem)
    message = Message("unknown", node.value, source_map, Host(host, node.span), template.tags)
    return message, template, engine


def _map(content: str, host: HostName, node: Node) -> SourceMap:
    return json_host.string_map(content, node.span) if host == "json" else yaml_host.scalar_map(content, node)


def _declared_output(owner: Node | None) -> tuple[Mapping[str, Any] | None, Span | None, bool]:
    """The answer's schema as the call declares it, its place, and whether JSON is asked for without one."""
    if owner is None:
        return None, None, False
    for name in ("response_format", "responseFormat"):
        node = owner.get(name)
        if node is None:
            continue
        schema = node.get("json_schema", "schema") or node.get("json_schema") or node.get("schema")
        if schema and schema.kind == "object":
            return schema.plain(), schema.span, False
        kind = node.get("type") or node
        beside = owner.get("jsonSchema")
        if beside and isinstance(beside.value, str):
            return _embedded(beside.value), beside.span, False
        return None, node.span, kind.value in ("json_object", "json")
    return None, None, False


def _embedded(schema: str) -> Mapping[str, Any] | None:
    """A schema that is kept as a JSON string inside the file."""
    try:
        value = json.loads(schema)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _strings(root: Node) -> Iterator[tuple[str, Node]]:
    """The strings that are prompts: long ones, and shorter ones whose key or whose slots say so."""
    for node in walk(root):
        named = node.entries() if node.kind == "object" else (("", item, item) for item in node.items)
        for name, _, item in named:
            if isinstance(item.value, str):
                words = len(item.value.split())
                says_so = _PROMPT_KEY.search(name) or read_brace_template(item.value).variables
                if words >= _MANY_WORDS or (words >= _FEW_WORDS and says_so):
                    yield name, item


def _fragment(
    text: Text, host: HostName, purpose: Purpose, node: Node, name: str, problems: list[Problem]
) -> Prompt:
    message, template, engine = _message(text, host, purpose, node, problems)
    return Prompt(
        messages=(message,),
        purpose=purpose,
        engine=engine,
        name=name,
        variables=mapped(template, message.map)[0],
        includes=tuple(Include(i.path, message.map.to_file(i.span), i.optional) for i in template.includes),
    )
