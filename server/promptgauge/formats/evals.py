"""OpenAI evals: model-graded prompts by name, each with the closed set of answers that it takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from promptgauge.formats.hosted import Draft, HostedFile
from promptgauge.formats.model import Document, Prompt, Purpose
from promptgauge.formats.roles import ROLES
from promptgauge.formats.tree import Node
from promptgauge.text import Text

# These stand for lists that depend on the number of completions.
_COUNTED = frozenset({"from_n", "from_n_abc", "from_n_ABC"})


def read_evals(text: Text, path: str, purpose: Purpose) -> Document:
    """A file of model-graded evaluations: a prompt is the `prompt` of a top-level entry."""
    file = HostedFile(text, "yaml", purpose)
    root, broken = file.parse()
    return file.document("openai-evals", _prompts(file, root) if root else (), (broken,))


def _prompts(file: HostedFile, root: Node) -> Iterator[Prompt]:
    for name, _, entry in root.entries():
        node = entry.get("prompt") if entry.kind == "object" else None
        if node is None:
            continue
        draft = Draft()
        if node.kind == "array":
            for message in node.items:
                role, content = message.get("role"), message.get("content")
                if role and content:
                    draft.add(file.tell(content, "brace", ROLES.get(str(role.value).lower(), "unknown"), role.span))
        else:
            draft.add(file.tell(node, "brace"))
        choices = entry.get("choice_strings")
        if draft.messages:
            yield draft.prompt(
                file.purpose,
                name=name,
                output_schema=_schema(choices) if choices else None,
                schema_span=choices.span if choices else None,
            )


def _schema(choices: Node) -> Mapping[str, Any]:
    """The answers as a schema; a string is a list of one-letter answers."""
    if isinstance(choices.value, str):
        return {} if choices.value in _COUNTED else {"enum": list(choices.value)}
    return {"enum": [str(item.value) for item in choices.items if item.kind == "scalar"]}
