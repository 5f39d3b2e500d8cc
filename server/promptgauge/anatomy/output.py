"""The output contract: whether a program will parse the answer, where the prompt says so, and how firm the shape is."""

from __future__ import annotations

import re

from promptgauge.anatomy import lexicon
from promptgauge.anatomy.kinds import Verdict
from promptgauge.anatomy.model import OutputContract, Place, Skeleton
from promptgauge.anatomy.skeletons import Shape, find_shapes
from promptgauge.anatomy.units import Unit
from promptgauge.formats.model import Message, Prompt
from promptgauge.text import Span

_NOTATION = re.compile(r"\b(json|yaml|xml|csv)\b", re.I)
_ASKS = re.compile(
    r"\b(?:output|respond|response|reply|return|answer|print|emit|produce|provide|generate|format(?:ted)?|write|give|give me|use|must be|should be|only|accepts?|valid|construct|construct\w+|translate)\w*\b|输出|返回|格式|出力|形式|"
    r"\b(?:salida|respuesta|devuelve|responde|ausgabe|antwort\w*|gib|réponds?|sortie|renvoie|responda|retorne|saída|ответ\w*|верни|выведи)\b|أخرج|أجب|بصيغة",
    re.I,
)
_NO_NOTATION = re.compile(r"\b(?:do not|don'?t|never|no|not|without)\b[^.]{0,24}\b(?:json|yaml|xml|csv)\b", re.I)
_ABOUT_INPUT = re.compile(r"\b(?:given|provided|input|following|below|shown|receives?|reads?|parse|file|files|data|array of|object has|documents?)\b[^.]{0,40}\b(?:json|yaml|xml|csv)\b|\b(?:json|yaml|xml|csv)\b[^.]{0,12}\b(?:file|files|data|input|string below|format, and each)\b", re.I)
_CLOSED = re.compile(
    r"\b(?:one of (?:the following|these)(?: \w+)?(?: categories| labels| values| classes| options)?|following (?:categories|labels|classes|intents)|possible (?:intents|values|labels|categories|classes)|choose (?:from|one|between)|select (?:from|one of)|pick one)\b[^.]{0,80}[:：\"'`(]"
    r"|\b(?:respond|answer|reply|return|output|say|write)\w*\b[^.\n]{0,40}(?:\"[^\"\n]{1,24}\"|'[^'\n]{1,24}'|`[^`\n]{1,24}`|\b(?:yes|true)\b)\s*(?:,|or|/|and)\s*(?:\"|'|`|no\b|false\b)"
    r"|\b(?:number|integer|score|rating|value|scale)\b[^.\n]{0,40}\b(?:between|from|of)?\s*\d+\s*(?:to|and|-|–)\s*\d+|\bscale of \d+ to \d+\b",
    re.I,
)
_ANSWERS_WITH = re.compile(r"\b(?:output|respond|reply|return|answer|only|rate|produce[ds]?|classify|assign|label|selection range|intents?|categor\w+|must be|should (?:always )?be)\b|返回|输出|分类", re.I)
_TYPED = re.compile(r"\b(?:interface|type) \w+ ?=? ?\{|class \w+\((?:BaseModel|TypedDict)\)|\bOpenAPI schema\b|\bJSON schema\b", re.I)
_FIELD_LIST = re.compile(r"\b(?:fields?|keys?|properties|following structure|with the following|columns?|tags?|attributes?)\b|^\W*[`\"]?\w+[`\"]?\s*(?:\(\w+\))?\s*[:：]", re.I)
_QUOTED = re.compile(r"[\"“'`]([^\"”'`\n]{1,40})[\"”'`]")
_TAG_ASKED = re.compile(r"\b(?:wrap|enclose|inside|within|in|use|with|put)\b[^.\n]{0,40}<[a-z_]+>|\bfunction call\b|\bcall the \w+ (?:tool|function)\b|\bpayload\b", re.I)


def read_output(
    prompt: Prompt, messages: list[tuple[Message, list[Unit], list[Verdict]]], answers: list[str]
) -> OutputContract:
    """The contract over all messages; `answers` are the texts of the examples' answers."""
    declared = prompt.output_schema is not None
    at: Place | None = None
    language, closed = ("json" if declared or prompt.json_mode else ""), False
    labels: tuple[str, ...] = ()
    skeletons: list[Skeleton] = []
    formal = fields = False
    for index, (message, units, verdicts) in enumerate(messages):
        if message.role == "assistant":
            continue
        for unit, verdict in zip(units, verdicts, strict=True):
            if verdict.kind in ("knowledge", "other", "input") or unit.shape == "comment":
                continue
            place = Place(index, unit.lines[0].span)
            asked = _asked_language(unit, verdict)
            if asked:
                at = at or place
                language = language or asked
            if not asked and _is_closed(unit):
                at, closed = at or place, True
                labels = labels or tuple(_QUOTED.findall(unit.text))
            formal = formal or bool(_TYPED.search(unit.text))
            if verdict.kind == "output_format":
                fields = fields or bool(language and _FIELD_LIST.search(unit.text))
        for span in _runs(units, verdicts):
            skeletons += _skeletons(prompt, index, message, span)
    asked_any = bool(language) or closed or declared
    if asked_any and not at and skeletons:
        at = skeletons[0].place
    shown = any(answer.lstrip("`~ \njson").startswith(("{", "[")) for answer in answers)
    formal = formal or declared or any(s.language == "schema" for s in skeletons)
    schema = (
        "formal" if formal else "closed_set" if closed and not (skeletons and language) else "skeleton" if skeletons or fields or shown else "none"
    )  # fmt: skip
    return OutputContract(
        asked=asked_any,
        at=at,
        language=language or ("label" if closed else ""),
        schema=schema if asked_any else "none",  # type: ignore[arg-type]
        declared=declared,
        labels=labels,
        skeletons=tuple(skeletons),
    )


def _asked_language(unit: Unit, verdict: Verdict) -> str:
    """The notation that a unit asks the answer to be in, an empty string if it asks for none."""
    text = unit.text
    if unit.shape == "block":
        return unit.first.info if verdict.kind == "output_format" and unit.first.info in ("json", "yaml", "xml", "csv") else ""
    match = _NOTATION.search(text)
    if match and _ASKS.search(text) and not _NO_NOTATION.search(text) and not _ABOUT_INPUT.search(text):
        return match[1].lower()
    if verdict.kind == "output_format" and match and not _NO_NOTATION.search(text):
        return match[1].lower()
    if verdict.kind in ("output_format", "instruction") and _TAG_ASKED.search(text) and lexicon.ANSWER_VERB.search(text):
        return "tag"
    return ""


def _is_closed(unit: Unit) -> bool:
    return bool(_CLOSED.search(unit.text) and _ANSWERS_WITH.search(unit.text))


def _runs(units: list[Unit], verdicts: list[Verdict]) -> list[Span]:
    """The stretches of units in a row that are about the answer's shape."""
    runs: list[Span] = []
    previous = False
    for unit, verdict in zip(units, verdicts, strict=True):
        about = verdict.kind == "output_format"
        if about:
            start = runs.pop().start if previous else unit.lines[0].span.start
            runs.append(Span(start, unit.lines[-1].span.end))
        previous = about
    return runs


def _skeletons(prompt: Prompt, index: int, message: Message, span: Span) -> list[Skeleton]:
    text = message.text
    if prompt.engine == "brace":
        # A loader with format strings makes one brace of two; the spaces keep every place.
        text = text.replace("{{", "{ ").replace("}}", " }")
    return [_skeleton(index, shape) for shape in find_shapes(text, span)]


def _skeleton(index: int, shape: Shape) -> Skeleton:
    return Skeleton(
        place=Place(index, shape.span),
        language="schema" if shape.has_type else "json",
        error=shape.error,
        error_at=Place(index, shape.error_at) if shape.error_at else None,
    )
