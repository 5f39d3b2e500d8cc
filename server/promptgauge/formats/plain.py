"""Plain text, Markdown and Jinja files: one template, perhaps under front matter, perhaps cut by role headers."""

from __future__ import annotations

from collections.abc import Iterator

from promptgauge.formats.front_matter import FrontMatter, split_front_matter
from promptgauge.formats.jinja_template import read_template
from promptgauge.formats.model import Document, Engine, Include, Prompt, Purpose, Role, Tag, Variable
from promptgauge.formats.roles import Part, split_roles
from promptgauge.formats.templates import Read, guess_template, verbatim_message
from promptgauge.text import Span, Text


def read_plain(text: Text, path: str, purpose: Purpose) -> Document:
    """A `.txt` or Markdown file: one message over all that stands below the front matter."""
    front = split_front_matter(text.content)
    read = guess_template(text.content[front.body :], purpose)
    # Cursor reads the front matter of its rules loosely: `globs: **/*` is no YAML and yet works there.
    problems = () if front.problem is None or path.lower().endswith(".mdc") else (front.problem,)
    return Document("text", (_prompt(text.content, path, purpose, front, read),), problems)


def read_jinja(text: Text, path: str, purpose: Purpose) -> Document:
    """A Jinja file: one message, or several where its first line is a role header."""
    front = split_front_matter(text.content)
    template = read_template(text.content[front.body :])
    problem = template.problem
    broken = problem and problem._replace(span=problem.span.shift(front.body))
    prompt = _prompt(text.content, path, purpose, front, Read("jinja", template))
    return Document("jinja", (prompt,), tuple(p for p in (front.problem, broken) if p))


def _prompt(content: str, path: str, purpose: Purpose, front: FrontMatter, read: Read) -> Prompt:
    body, (engine, template) = front.body, read
    tags = tuple(Tag(tag.span.shift(body), tag.kind, tag.name) for tag in template.tags)
    parts = _parts(content, path, body, tags, engine)
    model = front.values.get("model") if front.values else None
    return Prompt(
        messages=tuple(verbatim_message(content, part.role, part.span, tags, part.header) for part in parts),
        purpose=purpose,
        engine=engine,
        variables=tuple(Variable(v.name, v.span.shift(body)) for v in template.variables),
        includes=tuple(Include(i.path, i.span.shift(body), i.optional) for i in template.includes),
        model=model.value if model and isinstance(model.value, str) else None,
    )


def _parts(content: str, path: str, body: int, tags: tuple[Tag, ...], engine: Engine) -> list[Part]:
    if engine == "jinja":
        return split_roles(content, body, tags, _role_of(path))
    return [Part(_role_of(path), Span(body, len(content)), None)]


def _role_of(path: str) -> Role:
    """The role that a file's name tells: `system.md`, `triage.user.txt`."""
    words = set(_words(path))
    if "system" in words:
        return "system"
    return "user" if "user" in words else "unknown"


def _words(path: str) -> Iterator[str]:
    name = path.replace("\\", "/").rpartition("/")[2].lower()
    yield from name.split(".")[:-1] if "." in name else [name]
