"""Worked examples: where the demonstrations of a prompt stand, and their two halves.

Evidence, strongest first: turns of user and assistant; `<example>` elements; titles and labels that say example;
labels that come in the same cycle (input, output, input, output); pairs of wrong and right. What holds template
slots is filled at run time, and what holds only placeholders is a skeleton: neither is an example.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from promptgauge.anatomy import lexicon
from promptgauge.anatomy.lines import Line
from promptgauge.anatomy.outline import BLOCK, Section

_NUMBER = re.compile(r"(?:#|№|\b)\s*(\d{1,3})\b")
_PLACEHOLDER = re.compile(r"<[^<>\n]{1,80}>|\[[^\[\]\n]{1,400}\]|\{[^{}\n]{1,60}\}|\$\$.*?\$\$|\.\.\.|…|\bXXX+\b|_{3,}")
_TYPE_WORD = re.compile(r"^(?:str(?:ing)?|int(?:eger)?|float|number|bool(?:ean)?|null|none|true|false|list|array|object|date|any|text|value|optional|enum|type)$", re.I)
_WORD = re.compile(r"[^\W\d_]{2,}")
_QUOTED = re.compile(r"[\"“「『'‘`*].{2,}[\"”」』'’`*]")
_ARROW = re.compile(r"(?:→|->|=>|⇒|—>)")
_JSON_START = re.compile(r"^[\[{]")


@dataclass(slots=True)
class Found:
    """An example on the lines from `start` to `end`, both inside, of one message.

    `input` and `answer` are ranges of lines of its halves, None where nothing parts them. `why` is the evidence.
    """

    start: int
    end: int
    why: str
    input: tuple[int, int] | None = None
    answer: tuple[int, int] | None = None
    number: int | None = None


@dataclass(slots=True)
class Region:
    """Lines that belong to examples: the examples themselves, their headings and what stands between them."""

    start: int
    end: int
    examples: list[Found]


def find_regions(lines: list[Line], sections: list[Section | None]) -> list[Region]:
    """The example regions of a message, in order; no two share a line."""
    regions: list[Region] = []
    taken: set[int] = set()
    for finder in (_elements, _titled, _led, _cycles, _contrasts, _pairs, _quotations):
        for region in finder(lines, sections, taken):
            if region.examples and not any(i in taken for i in range(region.start, region.end + 1)):
                regions.append(region)
                taken.update(range(region.start, region.end + 1))
    return sorted(regions, key=lambda region: region.start)


# ---- Elements: <example> ... </example> --------------------------------------------------------------------------


def _elements(lines: list[Line], sections: list[Section | None], taken: set[int]) -> list[Region]:
    regions: list[Region] = []
    for section in _distinct(sections):
        if section.tag in ("example", "sample", "demonstration", "shot", "few_shot_example") and not _nested(section):
            if _is_demonstration(lines, section.start, section.end):
                found = _labelled(lines, section.start, section.end, "an <example> element")
                regions.append(Region(section.start, section.end, [found]))
        elif section.tag in ("examples", "few_shot_examples", "samples", "demonstrations"):
            inner = [s for s in _distinct(sections) if s.parent is section and s.tag]
            if not any(s.tag.startswith(("example", "sample", "demonstration")) for s in inner):
                found_all = _inside(lines, sections, section.start + 1, section.end - 1, section)
                regions.append(Region(section.start, section.end, found_all))
    return regions


def _nested(section: Section) -> bool:
    parent = section.parent
    while parent:
        if parent.tag == section.tag:
            return True
        parent = parent.parent
    return False


def _distinct(sections: list[Section | None]) -> list[Section]:
    seen: dict[int, Section] = {}
    for section in sections:
        while section and id(section) not in seen:
            seen[id(section)] = section
            section = section.parent
    return sorted(seen.values(), key=lambda s: (s.start, s.level))


# ---- Titles and labels that say example ---------------------------------------------------------------------------


def _titled(lines: list[Line], sections: list[Section | None], taken: set[int]) -> list[Region]:
    regions: list[Region] = []
    done = -1
    for section in _distinct(sections):
        if section.tag not in ("", BLOCK) or section.kind != "example" or section.start <= done or section.start in taken:
            continue
        if _in_reference(section):
            continue
        start, end = section.start, _region_end(lines, section.start, section.end)
        if _half(lines[start]) == "input":
            end = _through_answer(lines, sections, section, end)
        found = _inside(lines, sections, start, end, section)
        done = end
        if found:
            regions.append(Region(start, max(end, found[-1].end), found))
    return regions


def _in_reference(section: Section) -> bool:
    """Whether a section stands inside a block of pasted reference matter: its examples explain the reference."""
    parent: Section | None = section
    while parent:
        if parent.tag == BLOCK and parent.kind == "knowledge":
            return True
        parent = parent.parent
    return False


def _through_answer(lines: list[Line], sections: list[Section | None], section: Section, end: int) -> int:
    """The end of `Example Output` where `Example Input` is followed by it."""
    following = _next_filled(lines, end)
    other = sections[following] if following < len(lines) else None
    if other and other.start == following and other.level == section.level and _half(lines[following]) == "answer":
        return _region_end(lines, other.start, other.end)
    return end


def _next_filled(lines: list[Line], index: int) -> int:
    index += 1
    while index < len(lines) and (lines[index].blank or lines[index].rule):
        index += 1
    return index


def _region_end(lines: list[Line], start: int, end: int) -> int:
    """The last line of the examples under a title: up to a slot, an end mark or the section's end."""
    last = start
    for index in range(start + 1, end + 1):
        line = lines[index]
        if lexicon.EXAMPLE_END.search(line.text):
            return index
        if line.outputs or line.slots == "all":
            # The label or lead over a slot belongs to the slot.
            while last > start and not lines[last].blank and _leads_slot(lines[last]):
                last -= 1
            return _trim(lines, start, last)
        if index - 1 > start and _resumes(lines, start, index):
            return _trim(lines, start, index - 1)
        last = index
    return _trim(lines, start, end)


def _leads_slot(line: Line) -> bool:
    return bool((line.label and not line.rest) or line.fence or line.text.endswith((":", "：")))


def _resumes(lines: list[Line], start: int, index: int) -> bool:
    """Whether the prompt speaks to the model again at a line: prose after a blank line that is no part of an example."""
    line, before = lines[index], lines[index - 1]
    if not (before.blank or before.rule or before.fence == "close") or line.blank:
        return False
    if line.bullet or line.fence or line.table or line.label or line.level or line.rule or line.tag or line.indent:
        return False
    if line.text[:1] in "\"“'`{[(<|*_「《" or lexicon.EXAMPLE_TITLE.search(line.text):
        return False
    head = lines[start]
    filled = sum(1 for i in range(start + 1, index) if not lines[i].blank)
    if head.level in range(1, 7) or filled < (1 if head.rest else 2):
        return False
    return bool(lexicon.IMPERATIVE.search(line.text) or lexicon.SECOND_PERSON.search(line.text) and not _QUOTED.search(line.text))


def _trim(lines: list[Line], start: int, end: int) -> int:
    while end > start and (lines[end].blank or lines[end].rule):
        end -= 1
    return end


def _inside(lines: list[Line], sections: list[Section | None], start: int, end: int, section: Section) -> list[Found]:
    """The examples inside a stretch that says it holds examples."""
    title = lines[section.start].title or section.title
    if _KINDS_OF.search(title) and not any(_half(lines[i]) for i in range(start + 1, end + 1)):
        return []
    parts = (
        _split_titles(lines, sections, start, end, section)
        or _cycle_parts(lines, start, end, least=1)
        or _pair_parts(lines, start, end)
        or _table_parts(lines, start, end)
        or _item_parts(lines, start, end)
        or _fence_parts(lines, start, end, title)
    )
    if len(parts) > 1:
        return [part for part in parts if _is_demonstration(lines, part.start, part.end)]
    answered = any(_half(lines[i]) == "answer" for i in range(start, end + 1))
    if not _is_demonstration(lines, start, end) or (_is_list_of_samples(title) and not answered):
        return []
    return [_labelled(lines, start, end, f"under the title “{title}”")]


# `Examples that meet these criteria` lists kinds of things; `Examples of ...` may still show them.
_KINDS_OF = re.compile(r"\bexamples? (?:that|which|include|are|where|when)\b", re.I)


def _is_list_of_samples(title: str) -> bool:
    return bool(re.search(r"\b(?:questions?|queries|inputs?|names?|topics?|use cases?|keywords?)\b", title, re.I)) and not re.search(
        r"\banswers?|outputs?|responses?\b", title, re.I
    )


def _split_titles(
    lines: list[Line], sections: list[Section | None], start: int, end: int, section: Section
) -> list[Found]:
    """One example for each title below, or for each line that reads `Example 2`."""
    marks = [
        i
        for i in range(start, end + 1)
        if lexicon.EXAMPLE_LINE.search(lines[i].text) and (lines[i].level or lines[i].label) and _NUMBER.search(lines[i].text)
    ]
    if not marks and section.start == start:
        children = [
            s.start
            for s in _distinct(sections)
            if s.parent is section and not s.tag and start < s.start <= end and 1 <= s.level <= 7
        ]
        halves = [i for i in children if _half(lines[i])]
        marks = children if len(children) > 1 and not halves else []
    found: list[Found] = []
    for at, following in pairwise([*marks, end + 1]):
        last = _trim(lines, at, following - 1)
        part = _labelled(lines, at, last, f"the title “{lines[at].title or lines[at].text[:40]}”")
        number = _NUMBER.search(lines[at].text)
        part.number = int(number[1]) if number else None
        found.append(part)
    return found


def _half(line: Line) -> str:
    """Which half of an example a line's label or title opens."""
    name = line.label or line.title
    name = re.sub(r"^(?:\W|\d+[.)])+", "", name).strip()
    if not name:
        return ""
    if lexicon.ANSWER_LABEL.match(name):
        return "answer"
    if lexicon.INPUT_LABEL.match(name):
        return "input"
    return ""


def _labelled(lines: list[Line], start: int, end: int, why: str) -> Found:
    """The example on these lines with its halves, where labels part them."""
    answer = next((i for i in range(start, end + 1) if _half(lines[i]) == "answer"), None)
    opening = next((i for i in range(start, end + 1) if _half(lines[i]) == "input"), None)
    found = Found(start, end, why)
    if answer is not None:
        found.answer = (answer, end)
        if answer > start:
            found.input = (opening if opening is not None and opening < answer else start, _trim(lines, start, answer - 1))
    return found


# ---- Cycles of labels ---------------------------------------------------------------------------------------------


def _key(line: Line) -> str:
    name = line.label if line.label and not line.fence else ""
    return re.sub(r"[\d#\W_]+", " ", name.lower()).strip()


def _cycle_parts(lines: list[Line], start: int, end: int, least: int) -> list[Found]:
    """Examples that begin with the same label each and hold an answer label."""
    labels = [(i, _key(lines[i])) for i in range(start, end + 1) if _key(lines[i])]
    answers = [i for i, _ in labels if _half(lines[i]) == "answer"]
    if not answers:
        return _record_parts(lines, labels, end) if least == 1 else []
    firsts = [i for i, _ in labels if _half(lines[i]) == "input" and i < answers[-1]]
    if not firsts:
        return []
    opening = _key(lines[firsts[0]])
    starts = [i for i in firsts if _key(lines[i]) == opening]
    if len(starts) > len(answers):
        starts = [i for n, i in enumerate(starts) if n == 0 or any(starts[n - 1] < a < i for a in answers)]
    found: list[Found] = []
    for at, following in pairwise([*starts, end + 1]):
        answer = next((a for a in answers if at < a < following), None)
        if answer is None:
            continue
        last = _answer_end(lines, answer, following - 1)
        found.append(Found(at, last, f"the labels “{lines[at].label}” and “{lines[answer].label or lines[answer].title}”",
                           (at, _trim(lines, at, answer - 1)), (answer, last)))  # fmt: skip
    return found


def _record_parts(lines: list[Line], labels: list[tuple[int, str]], end: int) -> list[Found]:
    """Records with the same labels in the same order, at least twice."""
    if len(labels) < 4:
        return []
    opening = labels[0][1]
    starts = [n for n, (_, key) in enumerate(labels) if key == opening]
    if len(starts) < 2:
        return []
    shapes = [tuple(key for _, key in labels[a:b]) for a, b in pairwise([*starts, len(labels)])]
    if len(shapes[0]) < 2 or any(shape != shapes[0] for shape in shapes[:-1]):
        return []
    places = [labels[n][0] for n in starts]
    return [
        Found(at, _trim(lines, at, following - 1), f"records that begin with “{lines[at].label}”")
        for at, following in pairwise([*places, end + 1])
    ]


def _answer_end(lines: list[Line], answer: int, limit: int) -> int:
    """The last line of the answer that a label opens."""
    line = lines[answer]
    index = answer
    if not line.rest:
        index = _next_filled(lines, answer)
        if index > limit:
            return answer
    opener = lines[index]
    if opener.fence == "open" or (index > answer and _JSON_START.match(opener.text)) or (index == answer and _JSON_START.match(line.rest)):
        return _block_end(lines, index, limit)
    while index < limit:
        following = lines[index + 1]
        if following.blank:
            after = _next_filled(lines, index)
            if after > limit or not (lines[after].bullet or lines[after].indent > line.indent):
                break
            index = after
            continue
        if following.rule or following.level or _half(following) or following.outputs:
            break
        index += 1
    return _trim(lines, answer, index)


def _block_end(lines: list[Line], index: int, limit: int) -> int:
    """The last line of a fenced block or of a bracketed value."""
    if lines[index].fence == "open":
        while index < limit and lines[index].fence != "close":
            index += 1
        return index
    depth = 0
    for at in range(index, limit + 1):
        depth += sum(lines[at].text.count(c) for c in "{[") - sum(lines[at].text.count(c) for c in "}]")
        if depth <= 0:
            return at
        if lines[at].outputs:
            return max(index, at - 1)
    return index


def _cycles(lines: list[Line], sections: list[Section | None], taken: set[int]) -> list[Region]:
    """Input and answer labels outside any stretch that says example."""
    regions: list[Region] = []
    run: list[int] = []
    for line in [*lines, None]:
        if line and line.index not in taken and not line.outputs:
            run.append(line.index)
            continue
        if run:
            parts = _cycle_parts(lines, run[0], run[-1], least=2)
            good = [p for p in parts if _has_values(lines, p) and _is_demonstration(lines, p.start, p.end)]
            if len(good) >= 2 or (good and _quoted_values(lines, good[0])):
                regions.extend(Region(p.start, p.end, [p]) for p in good)
        run = []
    return _merged(lines, regions)


def _has_values(lines: list[Line], part: Found) -> bool:
    """Whether both halves hold words of their own."""
    if not part.input or not part.answer:
        return False
    halves = []
    for start, end in (part.input, part.answer):
        words = lines[start].rest + " ".join(lines[i].text for i in range(start + 1, end + 1))
        halves.append(bool(_WORD.search(_PLACEHOLDER.sub("", words)) or re.search(r"\d", words)))
    return all(halves)


def _quoted_values(lines: list[Line], part: Found) -> bool:
    return bool(part.answer and (_JSON_START.match(lines[part.answer[0]].rest) or _QUOTED.match(lines[part.start].rest)))


def _merged(lines: list[Line], regions: list[Region]) -> list[Region]:
    """Neighbouring regions with nothing but blank lines and rules between them become one."""
    merged: list[Region] = []
    for region in regions:
        if merged and _next_filled(lines, merged[-1].end) == region.start:
            merged[-1].end = region.end
            merged[-1].examples.extend(region.examples)
        else:
            merged.append(region)
    return merged


# ---- Pairs of wrong and right, tables, items, blocks --------------------------------------------------------------


def _pair_name(line: Line) -> str:
    name = line.label or line.title
    name = re.sub(r"^[\W\d_]*[.)]?\s*", "", name) if not re.match(r"[❌✅✓✔✗✘]", name) else name
    if not name:
        return ""
    if lexicon.BAD_LABEL.match(name):
        return "bad"
    return "good" if lexicon.GOOD_LABEL.match(name) else ""


def _pair_parts(lines: list[Line], start: int, end: int) -> list[Found]:
    """Wrong and right side by side, in either order, each pair an example."""
    marks = [(i, _pair_name(lines[i])) for i in range(start, end + 1) if _pair_name(lines[i])]
    found: list[Found] = []
    at = 0
    while at + 1 < len(marks):
        (first, one), (second, two) = marks[at], marks[at + 1]
        close = second - first <= 40 and (lines[first].indent == lines[second].indent)
        if one != two and close and _pair_values(lines, first, second):
            limit = marks[at + 2][0] - 1 if at + 2 < len(marks) else end
            last = _answer_end(lines, second, limit)
            bad = one == "bad"
            found.append(Found(first, last, f"the pair “{lines[first].label or lines[first].title}” and “{lines[second].label or lines[second].title}”",
                               (first, _trim(lines, first, second - 1)) if bad else (second, last),
                               (second, last) if bad else (first, _trim(lines, first, second - 1))))  # fmt: skip
            at += 2
        else:
            at += 1
    return found


def _pair_values(lines: list[Line], first: int, second: int) -> bool:
    """Whether both sides show something: a quotation, code, or a block behind the label."""
    for index in (first, second):
        line = lines[index]
        shown = line.rest if line.rest else lines[min(_next_filled(lines, index), len(lines) - 1)].text
        if not (_QUOTED.search(shown) or shown.startswith(("```", "~~~", "{", "[", "<", "`")) or _ARROW.search(shown)):
            return False
    return True


def _pairs(lines: list[Line], sections: list[Section | None], taken: set[int]) -> list[Region]:
    free = [i for i in range(len(lines)) if i not in taken]
    if not free:
        return []
    return [
        Region(p.start, p.end, [p])
        for p in _pair_parts(lines, 0, len(lines) - 1)
        if not any(i in taken for i in range(p.start, p.end + 1))
    ]


def _contrasts(lines: list[Line], sections: list[Section | None], taken: set[int]) -> list[Region]:
    """Fenced blocks whose comments say before and after (old and new, wrong and right)."""
    regions: list[Region] = []
    for line in lines:
        if line.fence != "open" or line.index in taken:
            continue
        end = _block_end(lines, line.index, len(lines) - 1)
        comments = [_COMMENT.match(lines[i].text) for i in range(line.index + 1, end)]
        names = [match["name"] for match in comments if match]
        if any(lexicon.BAD_LABEL.match(n) for n in names) and any(lexicon.GOOD_LABEL.match(n) for n in names):
            start = line.index
            above = start - 1 if start and not lines[start - 1].blank else start - 2
            if above >= 0 and lines[above].text.endswith((":", "：", ":**")) and not lines[above].fence:
                start = above
            found = Found(start, end, "comments in a block that say before and after")
            regions.append(Region(start, end, [found]))
    return regions


def _quotations(lines: list[Line], sections: list[Section | None], taken: set[int]) -> list[Region]:
    """Fenced blocks in which every line is a whole quotation: sample answers, one a line."""
    regions: list[Region] = []
    for line in lines:
        if line.fence != "open" or line.index in taken:
            continue
        end = _block_end(lines, line.index, len(lines) - 1)
        body = [i for i in range(line.index + 1, end) if not lines[i].blank]
        if body and all(_QUOTATION.fullmatch(lines[i].text) for i in body):
            found = [Found(i, i, "a quotation in a block of quotations") for i in body]
            regions.append(Region(line.index, end, found))
    return regions


_QUOTATION = re.compile(r"[\"“「](?:[^\"”」]*\s){3,}[^\"”」]*[\"”」]")
_COMMENT = re.compile(r"(?://|#|--|/\*|<!--|;)+\s*(?P<name>\S.*?)\s*(?:\*/|-->)?$")


def _table_parts(lines: list[Line], start: int, end: int) -> list[Found]:
    """The rows of a table under an example title."""
    rows = [i for i in range(start, end + 1) if lines[i].table and not re.fullmatch(r"[|:\-\s]+", lines[i].text)]
    if len(rows) < 2 or len(rows) < sum(1 for i in range(start + 1, end + 1) if not lines[i].blank) - 2:
        return []
    return [Found(i, i, "a row of a table of examples") for i in rows[1:]]


_ONE_LINE_ELEMENT = re.compile(r"<(example|sample)\b[^>]*>.*</\1>$", re.I)


def _item_parts(lines: list[Line], start: int, end: int) -> list[Found]:
    """List items, quotations or `<example>` lines of their own, one example each."""
    body = [i for i in range(start, end + 1) if not lines[i].blank and not (i == start and (lines[i].level or lines[i].text.endswith(":")))]
    body = [i for i in body if not lexicon.EXAMPLE_END.search(lines[i].text)]
    one_line = [i for i in body if _ONE_LINE_ELEMENT.match(lines[i].text)]
    if one_line:
        return [Found(i, i, "an <example> element") for i in one_line]
    if any(lines[i].fence for i in body):
        body = [i for i in body if lines[i].fence in ("", "in")]
        arrows = [i for i in body if _ARROW.search(lines[i].text)]
        return [Found(i, i, "one line with an arrow") for i in arrows] if len(arrows) >= 2 and len(arrows) == len(body) else []
    if not body:
        return []
    base = min(lines[i].indent for i in body)
    items = [i for i in body if lines[i].bullet and lines[i].indent <= base + 1]
    if not items or items[0] != body[0] or any(_half(lines[i]) == "answer" for i in items):
        return []
    if any(_key(lines[i]) and not lines[i].rest for i in items):
        return []
    if sum(1 for i in items if lines[i].label and not _QUOTED.search(lines[i].text) and not _ARROW.search(lines[i].text)) > len(items) / 2:
        return []
    return [Found(at, _trim(lines, at, following - 1), "an item of a list of examples") for at, following in pairwise([*items, body[-1] + 1])]


def _fence_parts(lines: list[Line], start: int, end: int, title: str) -> list[Found]:
    """Fenced blocks under a plural title, one example each."""
    opens = [i for i in range(start, end + 1) if lines[i].fence == "open"]
    if len(opens) < 2 or not re.search(r"examples|samples|示例|例子|ejemplos|beispiele|exemples|exemplos|примеры|أمثلة", title, re.I):
        return []
    found = []
    for index in opens:
        first = index
        while first - 1 > start and not lines[first - 1].blank and lines[first - 1].fence == "":
            first -= 1
        if first - 2 > start and lines[first - 1].blank and lines[first - 2].text.endswith((":", "：")) and not lines[first - 2].fence:
            first -= 2
        found.append(Found(first, _block_end(lines, index, end), "a fenced block under a title that says examples"))
    return found


_ASIDE = re.compile(r"\bfor (?:example|instance)\b|例如|比如|例えば|por ejemplo|zum beispiel|par exemple|por exemplo|например", re.I)


def _led(lines: list[Line], sections: list[Section | None], taken: set[int]) -> list[Region]:
    """Sentences that lead to an example: `Here is an example:`, `For instance, ... :`."""
    regions: list[Region] = []
    done = -1
    for line in lines:
        if line.index <= done or line.index in taken or line.level or line.fence or line.bullet or line.comment:
            continue
        if not lexicon.EXAMPLE_LEAD.search(line.text) or line.slots != "none":
            continue
        after = _next_filled(lines, line.index)
        if after >= len(lines) or lines[after].outputs or lines[after].slots == "all" or after in taken:
            continue
        section = sections[line.index]
        if section and (_in_reference(section) or section.inherited() == "knowledge"):
            continue
        limit = section.end if section else len(lines) - 1
        end = _led_end(lines, line.index, limit)
        # An aside makes its point in a line or two; a demonstration takes more.
        if _ASIDE.search(line.text) and end - line.index < 4:
            continue
        own = Section(line.text, 9, line.index, end, section, "example")
        found = _inside(lines, sections, line.index, end, own)
        if found:
            regions.append(Region(line.index, end, found))
            done = end
    return regions


def _led_end(lines: list[Line], start: int, limit: int) -> int:
    end = _region_end(lines, start, limit)
    for index in range(start + 2, end + 1):
        line = lines[index]
        if lines[index - 1].blank and (line.level in range(1, 8)) and not lexicon.EXAMPLE_LINE.search(line.text) and not _half(line):
            return _trim(lines, start, index - 1)
    return end


def _is_demonstration(lines: list[Line], start: int, end: int) -> bool:
    """Whether real content stands there, not placeholders and type names alone."""
    words = real = 0
    for index in range(start, end + 1):
        line = lines[index]
        if line.level and index == start:
            continue
        bare = _PLACEHOLDER.sub(" ", line.visible if line.slots != "none" else line.text)
        bare = bare if not line.label else bare.replace(line.label, "", 1)
        here = [w for w in _WORD.findall(bare) if not _TYPE_WORD.match(w)]
        words += 1 if line.text else 0
        real += len(here) + len(re.findall(r"\d+", bare))
    return real >= 2 and words > 0
