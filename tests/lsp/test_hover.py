"""Hovering shows the page of a rule on a finding, and the part of the prompt elsewhere."""

from __future__ import annotations

from promptgauge.anatomy.model import Anatomy, Example, OutputContract, Place, Segment
from promptgauge.formats.model import Document, Host, Message, Prompt
from promptgauge.lint.model import Finding, Result
from promptgauge.lsp.hover import Hover, hover
from promptgauge.text import SourceMap, Span, Text

RULES = "Be kind.\n"
EXAMPLE = "Input: a\nOutput: b\n"
HEAD = "---\nmodel: x\n---\n"
CONTENT = HEAD + RULES + EXAMPLE


def finding(span: Span, code: str = "PG403", message: str = "It is broken.") -> Finding:
    return Finding(code, "broken-skeleton", "warning", span, message, "Mend it.")


def result(*findings: Finding, at_most: bool = False) -> Result:
    body = Span(len(HEAD), len(CONTENT))
    prompt = Prompt((Message("system", RULES + EXAMPLE, SourceMap.identity(body), Host("verbatim", body)),))
    rules, example = Span(0, len(RULES)), Span(len(RULES), len(RULES + EXAMPLE))
    anatomy = Anatomy(
        prompt=prompt,
        segments=(
            Segment("instruction", Place(0, rules), 3, "", "an imperative"),
            Segment("example", Place(0, example), 1200, "# Worked `examples`", "input and output labels"),
        ),
        examples=(Example((Place(0, example),), None, None, None, 1200, "input and output labels"),),
        conditions=(),
        facts=(),
        output=OutputContract(),
        drifts=(),
        reasoning=None,
        multi_step=False,
        tokens=1600,
        message_tokens=(1600,),
        encoding="o200k_base",
        at_most=at_most,
    )
    return Result("/w/a.md", Text(CONTENT), Document("text", (prompt,)), (anatomy,), findings)


def page(code: str) -> str:
    return f"# {code}\n\nIts page."


def test_on_a_finding_its_message_and_the_page_of_its_rule_are_shown() -> None:
    span = Span(20, 24)

    assert Hover("It is broken.\n\nMend it.\n\n# PG403\n\nIts page.", span) == hover(result(finding(span)), 20, page)


def test_of_two_findings_the_narrower_comes_first() -> None:
    wide, narrow = finding(Span(15, 40), "PG101", "Wide."), finding(Span(20, 24), "PG403", "Narrow.")

    actual = hover(result(wide, narrow), 21, page)

    assert actual is not None
    assert narrow.span == actual.span
    assert actual.markdown.index("Narrow.") < actual.markdown.index("Wide.")


def test_a_finding_without_width_is_hit_at_its_place() -> None:
    actual = hover(result(finding(Span(20, 20))), 20, page)

    assert actual is not None
    assert Span(20, 20) == actual.span


def test_elsewhere_the_part_is_shown_with_its_tokens_share_and_evidence() -> None:
    expected = "**Instructions**: 3 tokens (0 % of 1,600), counted with o200k_base.\n\nWhy: an imperative"

    assert Hover(expected, Span(len(HEAD), len(HEAD + RULES))) == hover(result(), len(HEAD), page)


def test_in_an_example_its_number_is_shown_too() -> None:
    actual = hover(result(), len(HEAD + RULES), page)

    assert actual is not None
    assert (
        "**Examples** under `# Worked 'examples'`: 1,200 tokens (75 % of 1,600), counted with o200k_base.\n\n"
        "Why: input and output labels\n\n"
        "Example 1 of 1: 1,200 tokens. Why: input and output labels"
    ) == actual.markdown


def test_a_count_that_is_a_ceiling_says_so() -> None:
    actual = hover(result(at_most=True), len(HEAD), page)

    assert actual is not None
    assert "at most 3 tokens" in actual.markdown


def test_outside_of_every_message_there_is_nothing_to_show() -> None:
    assert hover(result(), 5, page) is None
    assert hover(result(), len(CONTENT), page) is None
