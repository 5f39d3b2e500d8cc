"""An anatomy for people: a bar for each kind with its share and tokens, and what was seen."""

from __future__ import annotations

from promptgauge.anatomy.model import KINDS, Anatomy, Kind, Place
from promptgauge.lint.model import Result
from promptgauge.output.inspection import to_file
from promptgauge.output.style import Style

_BAR = 32
_NAMES: dict[Kind, str] = {
    "instruction": "instruction", "edge_case": "edge case", "output_format": "output format", "example": "example",
    "knowledge": "knowledge", "input": "input", "other": "other",
}  # fmt: skip
_COLOURS: dict[Kind, str] = {
    "instruction": "blue", "edge_case": "magenta", "output_format": "cyan", "example": "green", "knowledge": "yellow",
    "input": "dim", "other": "dim",
}  # fmt: skip
_EIGHTHS = " ▏▎▍▌▋▊▉"


def describe(result: Result, style: Style) -> str:
    """All prompts of a file, one under the other."""
    blocks = [_prompt(result, index, style) for index in range(len(result.anatomies))]
    return "\n".join(blocks) if blocks else f"{result.path}: holds no prompt\n"


def _prompt(result: Result, index: int, style: Style) -> str:
    anatomy = result.anatomies[index]
    prompt = anatomy.prompt
    line = result.text.line_of(prompt.span.start) + 1
    name = f" ({prompt.name})" if prompt.name else ""
    roles = ", ".join(message.role for message in prompt.messages[:6]) + (" …" if len(prompt.messages) > 6 else "")
    lines = [
        f"{style.paint('bold', f'{result.path}:{line}{name}')}",
        f"  {_tokens(anatomy)}; {roles}; {_template(anatomy)}",
    ]
    whole = max(1, anatomy.tokens)
    for kind in KINDS:
        tokens = anatomy.tokens_of(kind)
        parts = sum(segment.kind == kind for segment in anatomy.segments)
        if parts:
            bar = style.paint(_COLOURS[kind], _bar(tokens / whole))
            lines.append(f"  {_NAMES[kind]:<14}{bar} {tokens / whole:>4.0%} {tokens:>7,}  {_count(anatomy, kind, parts)}")
    lines += [f"  {label:<14}{words}" for label, words in _seen(result, anatomy)]
    return "\n".join(lines) + "\n"


def _tokens(anatomy: Anatomy) -> str:
    at_most = "at most " if anatomy.at_most else ""
    per_item = ", loops counted once" if anatomy.per_item else ""
    return f"{at_most}{anatomy.tokens:,} text tokens ({anatomy.encoding}){per_item}"


def _template(anatomy: Anatomy) -> str:
    return {"none": "no template", "jinja": "Jinja", "brace": "{name} slots"}[anatomy.prompt.engine]


def _bar(share: float) -> str:
    eighths = round(share * _BAR * 8)
    full, rest = divmod(eighths, 8)
    bar = "█" * full + (_EIGHTHS[rest] if rest else "")
    return (bar or "▏").ljust(_BAR)


def _count(anatomy: Anatomy, kind: Kind, parts: int) -> str:
    if kind == "example":
        number = len(anatomy.examples)
        return f"{number} {'example' if number == 1 else 'examples'}"
    return f"{parts} {'part' if parts == 1 else 'parts'}"


def _seen(result: Result, anatomy: Anatomy) -> list[tuple[str, str]]:
    """The other observations, each with a few of its lines."""
    output = anatomy.output
    asked = "no"
    if output.asked:
        where = f", line {result.text.line_of(to_file(anatomy, output.at).start) + 1}" if output.at else ""
        asked = f"{output.language or 'yes'}{where}; schema: {output.schema.replace('_', ' ')}"
    seen = [("conditions", _numbered(result, anatomy, [c.place for c in anatomy.conditions]))]
    if anatomy.facts:
        seen.append(("goes stale", _numbered(result, anatomy, [f.place for f in anatomy.facts])))
    seen.append(("answer parsed", asked))
    if anatomy.prompt.variables:
        seen.append(("variables", ", ".join(v.name for v in anatomy.prompt.variables)))
    seen.append(("reasoning", "asked for" if anatomy.reasoning else "not asked for"))
    return seen


def _numbered(result: Result, anatomy: Anatomy, places: list[Place]) -> str:
    lines = [str(result.text.line_of(to_file(anatomy, place).start) + 1) for place in places]
    if not lines:
        return "none"
    return f"{len(lines)} (lines {', '.join(lines[:8])}{' …' if len(lines) > 8 else ''})"
