"""NeMo Guardrails: prompts by task, with the instructions and the sample conversation that they take in."""

from __future__ import annotations

from collections.abc import Iterator

from promptgauge.formats.hosted import Draft, HostedFile
from promptgauge.formats.model import Document, Problem, Prompt, Purpose, Role
from promptgauge.formats.tree import Node
from promptgauge.text import Text

_ROLES: dict[str, Role] = {"system": "system", "user": "user", "bot": "assistant", "assistant": "assistant"}


def read_nemo(text: Text, path: str, purpose: Purpose) -> Document:
    """A guardrails configuration: each task is one prompt, and so is each text that the prompts take in."""
    file = HostedFile(text, "yaml", purpose)
    root, broken = file.parse()
    drafts = list(_drafts(file, root)) if root else []
    problems = [problem for _, found in drafts for problem in found]
    return file.document("nemo-guardrails", (prompt for prompt, _ in drafts), (broken, *problems))


def _drafts(file: HostedFile, root: Node) -> Iterator[tuple[Prompt, list[Problem]]]:
    for part in _array(root.get("instructions")):
        yield from _single(file, part.get("content"), "system", "instructions")
    yield from _single(file, root.get("sample_conversation"), "unknown", "sample_conversation")
    for entry in _array(root.get("prompts")):
        draft = Draft()
        content, messages = entry.get("content"), entry.get("messages")
        if content:
            draft.add(file.tell(content, "jinja"))
        for message in _array(messages):
            _add_message(file, draft, message)
        if draft.messages:
            task = entry.get("task")
            name = task.value if task and isinstance(task.value, str) else ""
            yield draft.prompt(file.purpose, name=name, model=_model(entry.get("models"))), draft.problems


def _single(file: HostedFile, node: Node | None, role: Role, name: str) -> Iterator[tuple[Prompt, list[Problem]]]:
    draft = Draft()
    draft.add(file.tell(node, "jinja", role) if node else None)
    if draft.messages:
        yield draft.prompt(file.purpose, name=name), draft.problems


def _add_message(file: HostedFile, draft: Draft, message: Node) -> None:
    """A message with its type, or a bare template that turns into messages when it is rendered."""
    if message.kind == "scalar":
        draft.add(file.tell(message, "jinja"))
        return
    kind, content = message.get("type"), message.get("content")
    if content:
        role = _ROLES.get(str(kind.value).lower(), "unknown") if kind else "unknown"
        draft.add(file.tell(content, "jinja", role, kind.span if kind else None))


def _array(node: Node | None) -> list[Node]:
    return node.items if node and node.kind == "array" else []


def _model(models: Node | None) -> str | None:
    """The model of a prompt that is for one model only, without the engine that serves it."""
    names = [item.value for item in _array(models) if isinstance(item.value, str)]
    if len(names) != 1 or "/" not in names[0]:
        return None
    return str(names[0].rpartition("/")[2])
