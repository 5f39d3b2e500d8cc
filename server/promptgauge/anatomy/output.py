"""The output contract: whether a program will parse the answer, where the prompt says so, and how firm the shape is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from promptgauge.anatomy import lexicon
from promptgauge.anatomy.drift import without_fence
from promptgauge.anatomy.kinds import Verdict
from promptgauge.anatomy.model import OutputContract, Place, SchemaClass, Skeleton
from promptgauge.anatomy.skeletons import Shape, find_shapes
from promptgauge.anatomy.units import Unit
from promptgauge.formats.model import Message, Prompt
from promptgauge.text import Span

_QUOTED = re.compile(r"[\"“'`]([^\"”'`\n]{1,40})[\"”'`]")
# A sentence in quotes is somebody else's order, or one that the prompt warns of.
_SAID = re.compile(r"[\"“][^\"“”\n]+ [^\"“”\n]+[.!?][\"”]")
_NOTATIONS = frozenset({"json", "yaml", "xml", "csv"})


class Reading(NamedTuple):
    """One message with its units and the verdict on each."""

    message: Message
    units: list[Unit]
    verdicts: list[Verdict]


def read_output(prompt: Prompt, readings: Sequence[Reading], answers: Sequence[str]) -> OutputContract:
    """The contract over all messages; `answers` are the texts of the examples' answers."""
    declared = prompt.output_schema is not None
    at: Place | None = None
    language = "json" if declared or prompt.json_mode else ""
    labels: tuple[str, ...] = ()
    closed = typed = fields = False
    for place, unit, verdict in _speaking(readings):
        asked = _asked_language(unit, verdict, firmly=prompt.purpose == "assistant")
        if asked:
            at, language = at or place, language or asked
        elif _is_closed(unit):
            at, closed = at or place, True
            labels = labels or tuple(_QUOTED.findall(unit.text))
        typed = typed or lexicon.TYPED.search(unit.text) is not None
        if verdict.kind == "output_format" and language and not fields:
            fields = lexicon.FIELD_LIST.search(unit.text) is not None
    skeletons = tuple(_skeletons(prompt, readings))
    if not language and not closed and prompt.purpose == "call" and any(s.error is None for s in skeletons):
        # Who shows the fields of an object wants them back, whether or not the word JSON is said.
        language = "json"
    shown = bool(skeletons) or fields or any(without_fence(answer).startswith(("{", "[")) for answer in answers)
    slotted = any("schema" in variable.name.lower() for variable in prompt.variables)
    formal = declared or typed or slotted or any(skeleton.language == "schema" for skeleton in skeletons)
    if not language and not closed:
        return OutputContract(skeletons=skeletons)
    return OutputContract(
        asked=True,
        at=at or (skeletons[0].place if skeletons else None),
        language=language or "label",
        schema=_schema_class(formal, closed and not (skeletons and language), shown),
        declared=declared,
        labels=labels,
        skeletons=skeletons,
    )


def _speaking(readings: Sequence[Reading]) -> Iterator[tuple[Place, Unit, Verdict]]:
    """The units that tell the model something, with the place of their first line."""
    for index, (message, units, verdicts) in enumerate(readings):
        if message.role == "assistant":
            continue
        for unit, verdict in zip(units, verdicts, strict=True):
            if verdict.kind not in ("knowledge", "other", "input") and unit.shape != "comment":
                yield Place(index, unit.first.span), unit, verdict


def _schema_class(formal: bool, closed: bool, shown: bool) -> SchemaClass:
    if formal:
        return "formal"
    if closed:
        return "closed_set"
    return "skeleton" if shown else "none"


def _asked_language(unit: Unit, verdict: Verdict, *, firmly: bool) -> str:
    """The notation that a unit asks the answer to be in, an empty string if it asks for none.

    `firmly`: only plain words count. The files of coding assistants speak of JSON and XML all the time.
    """
    text, about_output = _SAID.sub(" ", unit.text), verdict.kind == "output_format"
    if unit.shape == "block":
        return unit.first.info if about_output and unit.first.info in _NOTATIONS and not firmly else ""
    match = lexicon.NOTATION.search(text)
    if match and not lexicon.NO_NOTATION.search(text):
        if firmly:
            asks = lexicon.FIRMLY_ASKED.search(text) is not None
        elif lexicon.ABOUT_INPUT.search(text):
            asks = about_output and lexicon.ANSWER_VERB.search(text) is not None
        else:
            asks = about_output or lexicon.ASKS.search(text) is not None
        if asks:
            return match.group()
    if verdict.kind in ("output_format", "instruction") and lexicon.TAG_ASKED.search(text):
        return "tag" if lexicon.ANSWER_VERB.search(text) else ""
    return ""


def _is_closed(unit: Unit) -> bool:
    """Whether a unit lists the only answers that are allowed."""
    return bool(lexicon.CLOSED.search(unit.text) and lexicon.ANSWERS_WITH.search(unit.text))


# ---- Skeletons ----------------------------------------------------------------------------------------------------


def _skeletons(prompt: Prompt, readings: Sequence[Reading]) -> Iterator[Skeleton]:
    """The shapes that stand where the prompt speaks about the answer."""
    for index, (message, units, verdicts) in enumerate(readings):
        if message.role == "assistant":
            continue
        text = message.text
        if prompt.engine == "brace" and "{{" in text:
            # A loader with format strings makes one brace of two; the spaces keep every place. Where nothing is
            # doubled at the opening, two closing braces only end two objects.
            text = text.replace("{{", "{ ").replace("}}", " }")
        for span in _runs(units, verdicts):
            for shape in find_shapes(text, span):
                yield _skeleton(index, shape)


def _runs(units: list[Unit], verdicts: list[Verdict]) -> list[Span]:
    """The stretches of units in a row that are about the answer's shape."""
    runs: list[Span] = []
    follows = False
    for unit, verdict in zip(units, verdicts, strict=True):
        about = verdict.kind == "output_format"
        if about:
            start = runs.pop().start if follows else unit.first.span.start
            runs.append(Span(start, unit.lines[-1].span.end))
        follows = about
    return runs


def _skeleton(index: int, shape: Shape) -> Skeleton:
    return Skeleton(
        place=Place(index, shape.span),
        language="schema" if shape.has_type else "json",
        error=shape.error,
        error_at=Place(index, shape.error_at) if shape.error_at else None,
    )
