"""YAML and JSON files: lists of messages in OpenAI's shape, else the strings of the file that are prompts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal, NamedTuple

from promptgauge.formats import json_host, yaml_host
from promptgauge.formats.brace_template import read_brace_template
from promptgauge.formats.jinja_template import Template
from promptgauge.formats.model import Document, Engine, Host, Include, Message, Problem, Prompt, Purpose, Variable
from promptgauge.formats.roles import ROLES
from promptgauge.formats.templates import guess_template
from promptgauge.formats.tree import Node, walk
from promptgauge.formats.yaml_scalar import scalar_map
from promptgauge.text import Span, Text

_PROMPT_KEY = re.compile(
    r"(?:^|[_\-. ])(?:prompts?|system|instructions?|templates?|messages?|content|persona|backstory|goal|task|"
    r"description|expected_output|preamble|guidelines?)(?:$|[_\-. ])"
    r"|(?:Prompt|Template|Instructions?|Message)$"
)
_FEW_WORDS, _MANY_WORDS = 3, 20
_SMALL = 1_000_000


def read_yaml(text: Text, path: str, purpose: Purpose) -> Document:
    """A YAML file of prompts."""
    return _read(_File(text, "yaml", purpose), *yaml_host.parse(text.content))


def read_json(text: Text, path: str, purpose: Purpose) -> Document:
    """A JSON file of prompts."""
    return _read(_File(text, "json", purpose), *json_host.parse(text.content))


class _Told(NamedTuple):
    """A string of the file as a message of unknown role, and as its engine reads it."""

    message: Message
    template: Template
    engine: Engine


class _File:
    """The file that is read. A string that aliases name in many places is read once."""

    def __init__(self, text: Text, host: Literal["yaml", "json"], purpose: Purpose) -> None:
        self.text = text
        self.host: Literal["yaml", "json"] = host
        self.purpose: Purpose = purpose
        self._told: dict[int, _Told] = {}
        # Aliases make the messages of a short file as long as they like; what is longer than this is no prompt.
        self._left = max(10 * len(text), _SMALL)

    def tell(self, node: Node) -> _Told | None:
        """The string at `node`; None if the file's messages are longer than any file's should be."""
        self._left -= len(node.value) + 1
        if self._left < 0:
            return None
        told = self._told.get(id(node))
        if told is None:
            told = self._told[id(node)] = self._tell(node)
        return told

    @property
    def is_exhausted(self) -> bool:
        """Whether a string was left out because there is too much."""
        return self._left < 0

    def _tell(self, node: Node) -> _Told:
        json = self.host == "json"
        content = self.text.content
        source_map = json_host.string_map(content, node.span) if json else scalar_map(content, node)
        engine, template = guess_template(node.value, self.purpose)
        variables = tuple(Variable(v.name, source_map.to_file(v.span)) for v in template.variables)
        includes = tuple(Include(i.path, source_map.to_file(i.span), i.optional) for i in template.includes)
        message = Message("unknown", node.value, source_map, Host(self.host, node.span), template.tags)
        return _Told(message, Template(template.tags, variables, includes), engine)


def _read(file: _File, root: Node | None, broken: Problem | None) -> Document:
    problems = [broken] if broken else []
    prompts: list[Prompt] = []
    if root:
        prompts = [_prompt(file, conversation, owner) for conversation, owner in _conversations(root)]
        if not prompts:
            prompts = list(_fragments(file, root))
    if file.is_exhausted:
        first = file.text.line_span(0)
        problems.append(Problem("host-syntax", first, "aliases repeat so much text that only a part of it is read"))
    return Document(f"{file.host}-messages", tuple(prompts), tuple(problems))


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
    """Whether an object has a role and says something: a content, or the call of a tool."""
    role = node.get("role")
    if not role or not isinstance(role.value, str) or role.value.lower() not in ROLES:
        return False
    return any(node.get(name) for name in ("content", "tool_calls", "function_call"))


def _prompt(file: _File, conversation: Node, owner: Node | None) -> Prompt:
    messages: list[Message] = []
    variables: dict[str, Variable] = {}
    includes: list[Include] = []
    engine: Engine = "none"
    for item in conversation.items:
        if file.is_exhausted:
            break
        role = item.get("role")
        for node in _texts(item.get("content")):
            told = file.tell(node)
            if role is None or told is None:
                break
            engine = told.engine if told.engine != "none" else engine
            for variable in told.template.variables:
                variables.setdefault(variable.name, variable)
            includes.extend(told.template.includes)
            messages.append(replace(told.message, role=ROLES[role.value.lower()], header=role.span))
    model = owner.get("model") if owner else None
    schema, place, mode = _declared_output(owner)
    return Prompt(
        messages=tuple(messages),
        purpose=file.purpose,
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
    except (ValueError, RecursionError):
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


def _fragments(file: _File, root: Node) -> Iterator[Prompt]:
    for name, node in _strings(root):
        told = file.tell(node)
        if told is None:
            return
        yield Prompt(
            messages=(told.message,),
            purpose=file.purpose,
            engine=told.engine,
            name=name,
            variables=told.template.variables,
            includes=told.template.includes,
        )
