"""Evidence: the named signs that can be seen on one unit of a prompt. `kinds` weighs them.

Only what could be said of any prompt is a sign: no file's name, and no phrase of one author's.
"""

from __future__ import annotations

import re

from promptgauge.anatomy import lexicon
from promptgauge.anatomy.conditions import is_conditional
from promptgauge.anatomy.outline import kind_of_title
from promptgauge.anatomy.units import Unit

_PLACEHOLDER = re.compile(r"<[^<>\n]{1,80}>|\[[^\[\]\n]{2,200}\]|\{[^{}\n]{1,60}\}|\$\$.*?\$\$|\.\.\.")
_JSON_FIELD = re.compile(r"[\"'][\w :-]+[\"']\s*:")
_MUST = re.compile(r"\b(?:must|should|shall|always|never|do not|don'?t|cannot|required|only|ensure|make sure|avoid|important)\b|必须|不要|禁止|务必|べき|してはならない|ません", re.I)
_URL = re.compile(r"https?://")
_DIGITS = re.compile(r"\d")
_VERSION = re.compile(r"\bv?\d+\.\d+(?:\.\d+)?\+?\b")
_IS = re.compile(r"\b(?:is|are|was|were|has|have|can|provides?|supports?|contains?|means|refers|represents|consists|includes?|allows?|uses?|returns?|requires?)\b", re.I)
_QUOTED = re.compile(r"[\"“「`].+?[\"”」`]")
_DASH_DEFINITION = re.compile(r"^\W*[\w`*()/ .-]{2,60}?\s(?:[–—-]{1,2}|=)\s+\S")
_CODE_INFO = re.compile(r"^(?:bash|sh|shell|console|powershell|cmd|python|py|js|javascript|ts|typescript|java|kotlin|go|rust|sql|toml|ini|c|cpp|csharp|ruby|php|html|css|gherkin|diff|groovy|properties|dockerfile)\b")
_DATA_INFO = re.compile(r"^(?:json|jsonc|json5|yaml|yml|xml|csv|markdown|md)\b")
_IF_START = re.compile(r"^(?:\W|\d+[.)])*(?:\*\*)?(?:if|when|whenever|unless|in case|otherwise|except|for (?:cases|situations))\b|^\W*(?:如果|若|当|除非|もし)", re.I)
_COMMAND = re.compile(r"^(?:\$ |(?:git|npm|pip|cargo|uv|npx|make|docker|cd|python|curl|netlify)\s)")
_SCORE = re.compile(r"\b(?:score|rating|rate|stars?|tier|level)\b.{0,30}\b\d|\b\d\s*(?:-|to|–)\s*\d|^\W*[\"']?[A-F1-5]\s*(?:[-–:.]|means)", re.I)
_YOU_ARE = re.compile(r"^(?:\W*)(?:you are|you're|act as|your (?:task|job|role|goal|main|primary))\b|你是|你的任务|あなたは|作为", re.I)


def signs_of(unit: Unit) -> set[str]:
    """The signs of one unit, as short phrases that `inspect --why` can print."""
    first, text = unit.first, unit.text
    words = len(text.split())
    signs = {unit.shape}
    if unit.shape == "block":
        signs.add(_block_name(unit))
    if unit.shape == "heading":
        signs.add(f"level {min(first.level, 9)}")
        kind = kind_of_title(first.title)
        if kind:
            signs.add(f"{kind.replace('_format', '').replace('_', ' ')} title")
    if first.slots == "all":
        signs.add("all slots")
    elif first.outputs:
        signs.add("a slot")
        if words <= 6:
            signs.add("a slot with a label")
    elif first.slots == "some":
        signs.add("control flow")
    checks = (
        ("conditional", is_conditional(text)),
        ("begins with if", _IF_START.search(text)),
        ("about the answer", lexicon.OUTPUT_CUE.search(text)),
        ("a verb of answering", lexicon.ANSWER_VERB.search(text)),
        ("imperative", lexicon.IMPERATIVE.search(text)),
        ("to you", lexicon.SECOND_PERSON.search(text)),
        ("says what you are", _YOU_ARE.search(text)),
        ("a must", _MUST.search(text)),
        ("json-like", _JSON_FIELD.search(text) or text[:1] == "{"),
        ("placeholders", _PLACEHOLDER.search(text)),
        ("mostly placeholders", len(_PLACEHOLDER.sub("", text)) * 3 < len(text) * 2 and "](" not in text),
        ("a link", _URL.search(text)),
        ("a version", _VERSION.search(text)),
        ("digits", _DIGITS.search(text)),
        ("a statement", _IS.search(text) and not lexicon.SECOND_PERSON.search(text)),
        ("quoted", _QUOTED.search(text)),
        ("definition", _DASH_DEFINITION.search(text)),
        ("a score", _SCORE.search(text)),
        ("a command line", _COMMAND.search(text)),
        ("a question", text.rstrip().endswith(("?", "？"))),
        ("ends in colon", text.rstrip().endswith((":", "：", ":**"))),
        ("names json or so", lexicon.STRUCTURED.search(text)),
        ("reasoning", lexicon.REASONING.search(text)),
        ("labelled", first.label and not first.level),
        ("label only", first.label and not first.rest and not first.level),
        ("numbered", first.bullet[:1].isdigit()),
        ("nested", first.indent >= 2 and first.bullet),
        ("indented", first.indent >= 2),
        ("not latin", sum(c > "\u2e80" for c in text) * 3 > len(text)),
        ("example word", lexicon.EXAMPLE_TITLE.search(text)),
        ("bold lead", first.text.lstrip("-*+0123456789.) ").startswith("**") or "**" in first.text[:6]),
    )
    signs.update(name for name, hit in checks if hit)
    for name, most in (("1 to 3 words", 3), ("4 to 8 words", 8), ("9 to 20 words", 20), ("21 to 45 words", 45)):
        if words <= most:
            signs.add(name)
            break
    else:
        signs.add("over 45 words")
    if unit.shape == "tag":
        kind = kind_of_title(first.tag.replace("_", " ").replace("-", " "))
        signs.add(f"{kind.replace('_format', '').replace('_', ' ')} title" if kind else "tag of no kind")
    return signs


def _block_name(unit: Unit) -> str:
    info = unit.first.info
    body = " ".join(line.text for line in unit.lines[1:-1])
    if _DATA_INFO.match(info) or body[:1] in "{[<":
        return "data block"
    if _CODE_INFO.match(info):
        return "code block"
    return "plain block"
