"""GitHub Models: `.prompt.yml` files with messages, a model and the format of the answer.

Test data and evaluators stand beside the prompt: no model is sent them with it.
"""

from __future__ import annotations

from promptgauge.formats import json_host
from promptgauge.formats.declared import Output
from promptgauge.formats.hosted import Draft, HostedFile
from promptgauge.formats.json_schema import schema_flaw
from promptgauge.formats.model import Document, Problem, Prompt, Purpose
from promptgauge.formats.roles import ROLES
from promptgauge.formats.tree import Node
from promptgauge.formats.yaml_scalar import scalar_map
from promptgauge.text import Span, Text


def read_github_models(text: Text, path: str, purpose: Purpose) -> Document:
    """A prompt file of GitHub Models; a file of that name without messages is read as any other YAML file."""
    file = HostedFile(text, "yaml", purpose)
    root, broken = file.parse()
    messages = root.get("messages") if root else None
    if root is None:
        return file.document("github-models", (), (broken,))
    if messages is None or messages.kind != "array":
        from promptgauge.formats.messages import read_yaml

        return read_yaml(text, path, purpose)
    draft = Draft()
    for item in messages.items:
        role, content = item.get("role"), item.get("content")
        if role and content:
            known = ROLES.get(str(role.value).lower(), "unknown")
            draft.add(file.tell(content, "double-brace", known, role.span))
    output, wrong = _output(text, root)
    prompts = [_prompt(draft, root, output, purpose)] if draft.messages else []
    return file.document("github-models", prompts, (broken, wrong))


def _prompt(draft: Draft, root: Node, output: Output, purpose: Purpose) -> Prompt:
    name, model = root.get("name"), root.get("model")
    return draft.prompt(
        purpose,
        name=name.value if name and isinstance(name.value, str) else "",
        output_schema=output.schema,
        schema_span=output.span,
        json_mode=output.json_mode,
        model=model.value if model and isinstance(model.value, str) else None,
    )


def _output(text: Text, root: Node) -> tuple[Output, Problem | None]:
    """The declared format of the answer, and what is wrong with its schema."""
    asked, schema = root.get("responseFormat"), root.get("jsonSchema")
    kind = asked.value if asked else None
    if asked is None or kind not in ("json_schema", "json_object"):
        return Output(), None
    if kind == "json_object" or schema is None:
        return Output(None, asked.span, True), None
    if not isinstance(schema.value, str):
        return _of_node(schema, schema.span)
    source_map = scalar_map(text.content, schema)
    inner, problem = json_host.parse(schema.value)
    if problem or inner is None:
        return Output(None, asked.span, True), problem and problem._replace(span=source_map.to_file(problem.span))
    output, wrong = _of_node(inner, schema.span)
    return output, wrong and wrong._replace(span=source_map.to_file(wrong.span))


def _of_node(node: Node, place: Span) -> tuple[Output, Problem | None]:
    """The schema at `node`, which may be wrapped in an object that names it."""
    wrapped = node.get("schema")
    schema = wrapped if wrapped and wrapped.kind == "object" else node
    flaw = schema_flaw(schema)
    found = Output(schema.plain() if schema.kind == "object" else None, place)
    return found, flaw and Problem("host-syntax", flaw.span, flaw.message)
