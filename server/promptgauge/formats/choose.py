"""Which format a file has, told by its name, its ending or its first characters; most files are no prompts."""

from __future__ import annotations

import re
from typing import Literal

from promptgauge.formats.model import Purpose

FormatName = Literal["text", "jinja", "yaml-messages", "json-messages"]

_JINJA_ENDINGS = (".j2", ".jinja", ".jinja2")
_ASSISTANT_ENDINGS = (".prompt.md", ".instructions.md", ".chatmode.md", ".agent.md", ".mdc")
_ASSISTANT_NAMES = frozenset(
    {"agents.md", "agent.md", "claude.md", "gemini.md", "skill.md", "copilot-instructions.md", ".cursorrules",
     ".windsurfrules", ".clinerules"}
)  # fmt: skip
_PROMPT_NAMES = frozenset({"system", "user", "prompt", "instructions", "system_prompt", "system-prompt"})
_PROMPT_WORD = re.compile(r"(?:^|[._\- ])prompts?(?:$|[._\- ])")
_LOOK_INSIDE = {
    ".md": "text", ".markdown": "text", ".txt": "text", ".tmpl": "text", ".prompt": "text",
    ".yaml": "yaml-messages", ".yml": "yaml-messages", ".json": "json-messages",
}  # fmt: skip
_FRONT_MATTER_KEY = re.compile(r"^(?:applyTo|chatmode|mode|agent|globs|alwaysApply|tools|model|inputs?|prompt)\s*:", re.M)
_MESSAGE = re.compile(
    r"""["']?role["']?\s*:\s*["']?(?:system|user|assistant|developer)\b.{0,400}?["']?content["']?\s*:""", re.DOTALL
)
_STATEMENT = re.compile(r"\{%-?\s*(?:if|for|set|include|extends|block|macro)\b")


def format_of(path: str, head: str | None) -> FormatName | None:
    """The format of the file at `path`, None if it is not known to be a prompt.

    With `head` None only the name is asked; else `head` is the file's first 4,096 characters.
    """
    name = _name(path)
    ending = _ending(name)
    stem = name.split(".")[0]
    if ending in _JINJA_ENDINGS:
        return "jinja"
    if name in _ASSISTANT_NAMES or name.endswith(_ASSISTANT_ENDINGS):
        return "text"
    inside = _LOOK_INSIDE.get(ending)
    if inside == "text" and (stem in _PROMPT_NAMES or _PROMPT_WORD.search(name)):
        return inside if head is None else _text_or_jinja(head)
    if head is None or inside is None:
        return None
    return _by_content(inside, head)


def _by_content(inside: str, head: str) -> FormatName | None:
    if inside == "text":
        front = head.split("\n---", 1)[0] if head.startswith("---") else ""
        return _text_or_jinja(head) if _FRONT_MATTER_KEY.search(front) else None
    if _MESSAGE.search(head):
        return "yaml-messages" if inside == "yaml-messages" else "json-messages"
    return None


def _text_or_jinja(head: str) -> FormatName:
    return "jinja" if _STATEMENT.search(head) else "text"


def may_be_prompt(path: str) -> bool:
    """Whether a look at the file's first characters could tell that it is a prompt."""
    return _ending(_name(path)) in _LOOK_INSIDE


def fallback_format(path: str, head: str) -> FormatName:
    """The format to read a file in that was asked for by name: by its ending, else as plain text."""
    ending = _ending(_name(path))
    inside = _LOOK_INSIDE.get(ending, "text")
    if ending == ".yaml" or ending == ".yml":
        return "yaml-messages"
    if inside == "json-messages":
        return "json-messages"
    return _text_or_jinja(head)


def purpose_of(path: str) -> Purpose:
    """`assistant` for the files that a coding assistant reads, else `call`."""
    name = _name(path)
    return "assistant" if name in _ASSISTANT_NAMES or name.endswith(_ASSISTANT_ENDINGS) else "call"


def _name(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2].lower()


def _ending(name: str) -> str:
    return "." + name.rpartition(".")[2] if "." in name.lstrip(".") else ""
