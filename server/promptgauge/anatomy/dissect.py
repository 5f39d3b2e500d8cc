"""dissect: from a Prompt to its Anatomy. The parts are found one after the other, each by its own module."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from promptgauge.anatomy import lexicon
from promptgauge.anatomy.conditions import find_conditions
from promptgauge.anatomy.drift import find_drift
from promptgauge.anatomy.examples import Found, Region, find_regions
from promptgauge.anatomy.facts import find_facts
from promptgauge.anatomy.kinds import Verdict, classify
from promptgauge.anatomy.lines import Line, read_lines
from promptgauge.anatomy.measure import Measure
from promptgauge.anatomy.model import Anatomy, Condition, Example, Fact, Kind, Place, Segment
from promptgauge.anatomy.outline import read_outline
from promptgauge.anatomy.output import read_output
from promptgauge.anatomy.turns import find_turns
from promptgauge.anatomy.units import Unit, read_units
from promptgauge.formats.model import Message, Prompt
from promptgauge.text import Span

_QUIET_KINDS: frozenset[Kind] = frozenset({"knowledge", "input", "other"})
_STEP = re.compile(r"\b(?:steps?|workflow|process|phases?|procedure)\b|步骤|流程|手順", re.I)
_THEN = re.compile(r"\b(?:first|then|finally|after that|next)\b", re.I)


@dataclass(slots=True)
class _Part:
    """What is known of one message while its prompt is taken apart."""

    message: Message
    lines: list[Line]
    measure: Measure
    turn: tuple[int, int] | None = None
    regions: list[Region] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)


def dissect(prompt: Prompt, encoding: str) -> Anatomy:
    """Take a prompt apart; tokens are counted in `encoding`."""
    parts = [_Part(message, read_lines(message), Measure(message, encoding)) for message in prompt.messages]
    turns = find_turns(prompt.messages, [part.lines for part in parts])
    for turn in turns:
        for index, span in turn:
            parts[index].turn = span
    for part in parts:
        _read_part(part)
    examples, answers = _examples(parts, turns)
    loud = [(index, part, unit, v) for index, part in enumerate(parts) for unit, v in zip(part.units, part.verdicts, strict=True)]
    reasoning = next((Place(i, u.first.span) for i, _, u, v in loud if v.kind not in _QUIET_KINDS and lexicon.REASONING.search(u.text)), None)
    return Anatomy(
        prompt=prompt,
        segments=tuple(segment for index, part in enumerate(parts) for segment in _segments(index, part)),
        examples=examples,
        conditions=_conditions(parts),
        facts=_facts(parts),
        output=read_output(
            prompt,
            [(part.message, part.units, part.verdicts) for part in parts],
            answers,
        ),
        drifts=find_drift(examples, answers),
        reasoning=reasoning,
        multi_step=_is_multi_step([unit for _, _, unit, _ in loud]),
        tokens=sum(part.measure.total for part in parts),
        message_tokens=tuple(part.measure.total for part in parts),
        encoding=encoding,
        at_most=any(part.measure.at_most for part in parts),
        per_item=any(part.measure.per_item for part in parts),
    )


def _read_part(part: _Part) -> None:
    sections = read_outline(part.lines)
    if part.turn is None:
        part.regions = find_regions(part.lines, sections)
        taken = {i for region in part.regions for i in range(region.start, region.end + 1)}
    else:
        taken = set(range(part.turn[0], part.turn[1] + 1))
    part.units = read_units(part.lines, sections, taken)
    part.verdicts = classify(part.units)


# ---- Segments -----------------------------------------------------------------------------------------------------


def _segments(index: int, part: _Part) -> list[Segment]:
    """Runs of lines of one kind. A run's tokens reach to the next run, so that the runs sum to the message."""
    kinds: dict[int, Verdict] = {}
    for unit, verdict in zip(part.units, part.verdicts, strict=True):
        kinds.update((line.index, verdict) for line in unit.lines)
    for region in part.regions:
        why = region.examples[0].why
        kinds.update((i, Verdict("example", why)) for i in range(region.start, region.end + 1) if part.lines[i].text)
    if part.turn:
        turn = Verdict("example", "a turn that shows how to answer")
        kinds.update((i, turn) for i in range(part.turn[0], part.turn[1] + 1) if part.lines[i].text)
    runs: list[tuple[Verdict, list[Line]]] = []
    for line in part.lines:
        verdict_or_none = kinds.get(line.index)
        if verdict_or_none is None:
            continue
        if runs and runs[-1][0].kind == verdict_or_none.kind:
            runs[-1][1].append(line)
        else:
            runs.append((verdict_or_none, [line]))
    segments: list[Segment] = []
    for number, (verdict, lines) in enumerate(runs):
        start = 0 if number == 0 else lines[0].span.start
        end = runs[number + 1][1][0].span.start if number + 1 < len(runs) else len(part.message.text)
        place = Place(index, Span(lines[0].span.start, lines[-1].span.end))
        heading = next((line.title or line.tag for line in lines[:1] if line.level or line.tag), "")
        segments.append(Segment(verdict.kind, place, part.measure.tokens(Span(start, end)), heading, verdict.why))
    return segments


# ---- Examples -----------------------------------------------------------------------------------------------------


def _examples(parts: list[_Part], turns: list[list[tuple[int, tuple[int, int]]]]) -> tuple[tuple[Example, ...], list[str]]:
    """All examples in the order of the prompt, and the text of each one's answer (empty where it is not known)."""
    found: list[tuple[Example, str]] = []
    for turn in turns:
        places = tuple(_place(parts, index, span) for index, span in turn)
        answer = parts[places[-1].message].message.text[slice(*places[-1].span)]
        tokens = sum(parts[p.message].measure.tokens(p.span) for p in places)
        found.append((Example(places, places[0], places[-1], None, tokens, "a user's turn with its answer"), answer))
    for index, part in enumerate(parts):
        for region in part.regions:
            found += [_example(parts, index, part, example) for example in region.examples]
    found.sort(key=lambda pair: pair[0].places[0])
    return tuple(example for example, _ in found), [answer for _, answer in found]


def _place(parts: list[_Part], index: int, lines: tuple[int, int]) -> Place:
    rows = parts[index].lines
    return Place(index, Span(rows[lines[0]].span.start, rows[lines[1]].span.end))


def _example(parts: list[_Part], index: int, part: _Part, found: Found) -> tuple[Example, str]:
    place = _place(parts, index, (found.start, found.end))
    given = _place(parts, index, found.input) if found.input else None
    answer = _place(parts, index, found.answer) if found.answer else None
    text = ""
    if found.answer:
        first, *rest = part.lines[found.answer[0] : found.answer[1] + 1]
        text = "\n".join([first.rest, *(line.text for line in rest)])
    return Example((place,), given, answer, found.number, part.measure.tokens(place.span), found.why), text


# ---- Conditions, facts, steps -------------------------------------------------------------------------------------


def _conditions(parts: list[_Part]) -> tuple[Condition, ...]:
    return tuple(
        Condition(Place(index, part.lines[rule.line].span), rule.cue)
        for index, part in enumerate(parts)
        for rule in find_conditions([u for u, v in zip(part.units, part.verdicts, strict=True) if v.kind not in _QUIET_KINDS])
    )


def _facts(parts: list[_Part]) -> tuple[Fact, ...]:
    return tuple(
        Fact(Place(index, part.lines[stale.line].span), stale.what)
        for index, part in enumerate(parts)
        for stale in find_facts([u for u, v in zip(part.units, part.verdicts, strict=True) if v.kind != "input"])
    )


def _is_multi_step(units: list[Unit]) -> bool:
    """Whether the prompt lays out several steps: a numbered list under such a title, or words of order."""
    steps = [u for u in units if u.shape == "item" and u.section and _STEP.search(u.section.title)]
    phases = [u for u in units if u.shape == "heading" and re.match(r"(?:step|phase|stage) ?\d|步骤|\d+\.", u.first.title, re.I)]
    ordered = sum(1 for u in units if u.shape in ("item", "prose") and _THEN.search(u.text))
    return len(steps) >= 3 or len(phases) >= 2 or ordered >= 4
