"""An anatomy as JSON: what was seen in a file, line by line and prompt by prompt (inspect.schema.json describes it)."""

from __future__ import annotations

from collections import Counter
from typing import Any

from promptgauge import __version__
from promptgauge.anatomy.model import Anatomy, Kind, Place
from promptgauge.lint.model import Result
from promptgauge.output.places import span
from promptgauge.text import Span
from promptgauge.text.secrets import masked

# Where several kinds share a line and none has more of it, the first of these wins.
_ORDER: tuple[Kind, ...] = ("example", "knowledge", "output_format", "edge_case", "input", "instruction", "other")


def inspection(result: Result) -> dict[str, Any]:
    """One file: the flat keys are ranges of lines from 1, both ends inside; `units` holds one object a prompt."""
    anatomies = result.anatomies
    asked = next((a.output for a in anatomies if a.output.asked), None)
    return {
        "path": result.path,
        "version": __version__,
        "prompts": _message_lines(result),
        "segments": _line_kinds(result),
        "examples": [
            _lines(result, anatomy, (example.places[0], example.places[-1]))
            for anatomy in anatomies
            for example in anatomy.examples
        ],
        "structured_output": {
            "asked": asked is not None,
            "line": _asked_line(result),
            "schema": asked.schema if asked else "none",
        },
        "edge_case_rules": sorted({_line(result, a, c.place) for a in anatomies for c in a.conditions}),
        "volatile_facts": sorted({_line(result, a, f.place) for a in anatomies for f in a.facts}),
        "variables": list(dict.fromkeys(v.name for p in result.document.prompts for v in p.variables)),
        "reasoning_asked": any(a.reasoning is not None for a in anatomies),
        "multi_step": any(a.multi_step for a in anatomies),
        "units": [_unit(result, anatomy) for anatomy in anatomies],
    }


def to_file(anatomy: Anatomy, place: Place) -> Span:
    """The file's span of a place in a prompt."""
    return anatomy.prompt.messages[place.message].map.to_file(place.span)


def _line(result: Result, anatomy: Anatomy, place: Place) -> int:
    return result.text.line_of(to_file(anatomy, place).start) + 1


def _rows(result: Result, place: Span) -> tuple[int, int]:
    """The first and last line (from 1) of a span's characters."""
    return result.text.line_of(place.start) + 1, result.text.line_of(max(place.start, place.end - 1)) + 1


def _lines(result: Result, anatomy: Anatomy, places: tuple[Place, Place]) -> dict[str, int]:
    first, _ = _rows(result, to_file(anatomy, places[0]))
    _, last = _rows(result, to_file(anatomy, places[1]))
    return {"start": first, "end": last}


def _message_lines(result: Result) -> list[dict[str, Any]]:
    """The lines of each message that is not empty."""
    found = []
    for prompt in result.document.prompts:
        for message in prompt.messages:
            lead = len(message.text) - len(message.text.lstrip())
            body = Span(lead, len(message.text.rstrip()))
            if body.start < body.end:
                first, last = _rows(result, message.map.to_file(body))
                found.append({"start": first, "end": last, "role": message.role})
    return found


def _line_kinds(result: Result) -> list[dict[str, Any]]:
    """Runs of lines of one kind; a line takes the kind that has most of its characters."""
    weights: dict[int, Counter[Kind]] = {}
    for anatomy in result.anatomies:
        for segment in anatomy.segments:
            place = to_file(anatomy, segment.place)
            first, last = _rows(result, place)
            for line in range(first, last + 1):
                whole = result.text.line_span(line - 1)
                if not result.text.line(line - 1).strip():
                    continue
                shared = min(whole.end, place.end) - max(whole.start, place.start)
                weights.setdefault(line, Counter())[segment.kind] += shared
    runs: list[dict[str, Any]] = []
    for line in sorted(weights):
        most = max(weights[line].values())
        kind = next(kind for kind in _ORDER if weights[line][kind] == most and kind in weights[line])
        between = range(runs[-1]["end"] + 1, line) if runs else range(0)
        if runs and runs[-1]["kind"] == kind and not any(result.text.line(i - 1).strip() for i in between):
            runs[-1]["end"] = line
        else:
            runs.append({"start": line, "end": line, "kind": kind})
    return runs


def _asked_line(result: Result) -> int | None:
    lines = []
    for anatomy in result.anatomies:
        output = anatomy.output
        if output.asked and output.at:
            lines.append(_line(result, anatomy, output.at))
        if output.asked and anatomy.prompt.schema_span:
            lines.append(_rows(result, anatomy.prompt.schema_span)[0])
    return min(lines) if lines else None


def _unit(result: Result, anatomy: Anatomy) -> dict[str, Any]:
    prompt, text = anatomy.prompt, result.text

    def place(at: Place) -> dict[str, Any]:
        return {"message": at.message, **span(text, to_file(anatomy, at))}

    output = anatomy.output
    return {
        "name": prompt.name,
        "purpose": prompt.purpose,
        "engine": prompt.engine,
        "model": prompt.model,
        "encoding": anatomy.encoding,
        "tokens": anatomy.tokens,
        "at_most": anatomy.at_most,
        "per_item": anatomy.per_item,
        "included": anatomy.included,
        "messages": [
            {"role": message.role, "tokens": tokens, **span(text, message.span)}
            for message, tokens in zip(prompt.messages, anatomy.message_tokens, strict=True)
        ],
        "segments": [
            {"kind": s.kind, **place(s.place), "tokens": s.tokens, "heading": masked(s.heading), "why": masked(s.why)}
            for s in anatomy.segments
        ],
        "examples": [
            {
                "places": [place(at) for at in e.places],
                "input": place(e.input) if e.input else None,
                "answer": place(e.answer) if e.answer else None,
                "number": e.number,
                "tokens": e.tokens,
                "why": e.why,
            }
            for e in anatomy.examples
        ],
        "conditions": [{**place(c.place), "cue": c.cue} for c in anatomy.conditions],
        "volatile_facts": [{**place(f.place), "what": f.what} for f in anatomy.facts],
        "variables": [{"name": v.name, **span(text, v.span)} for v in prompt.variables],
        "inputs": None if prompt.inputs is None else [v.name for v in prompt.inputs],
        "output": {
            "asked": output.asked,
            "at": place(output.at) if output.at else None,
            "language": output.language,
            "schema": output.schema,
            "declared": output.declared,
            "labels": [masked(label) for label in output.labels],
            "skeletons": [{**place(s.place), "language": s.language, "error": s.error} for s in output.skeletons],
        },
        "reasoning_asked": place(anatomy.reasoning) if anatomy.reasoning else None,
        "multi_step": anatomy.multi_step,
    }
