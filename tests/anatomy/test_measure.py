from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from promptgauge.anatomy.measure import Measure
from promptgauge.formats.model import Host, Message, Tag, TagKind
from promptgauge.text import SourceMap, Span
from promptgauge.tokens import count
from tests.anatomy.prompts import ENCODING, anatomy, jinja

TEXT = st.text(alphabet=st.sampled_from('ab Z9.,\n#-:{}"é你🙂'), max_size=200)
KINDS: st.SearchStrategy[TagKind] = st.sampled_from(["output", "statement", "comment"])
NAMES = st.sampled_from(["if", "elif", "else", "endif", "for", "endfor", "set"])


@st.composite
def tagged_messages(draw: st.DrawFn) -> Message:
    """A message with tags anywhere, their blocks well nested or not."""
    text = draw(TEXT)
    borders = sorted(draw(st.lists(st.integers(0, len(text)), max_size=16)))
    tags: list[Tag] = []
    for start, end in zip(borders[::2], borders[1::2], strict=False):
        kind = draw(KINDS)
        name = draw(NAMES) if kind == "statement" else ""
        if start < end and (not tags or start >= tags[-1].span.end):
            tags.append(Tag(Span(start, end), kind, name))
    span = Span(0, len(text))
    return Message("unknown", text, SourceMap.identity(span), Host("verbatim", span), tuple(tags))


@given(tagged_messages(), st.lists(st.integers(0, 200), max_size=6))
def test_the_parts_sum_to_the_whole(message: Message, cuts: list[int]) -> None:
    measure = Measure(message, ENCODING)
    borders = sorted([0, *(min(cut, len(message.text)) for cut in cuts), len(message.text)])
    parts = [measure.tokens(Span(a, b)) for a, b in pairwise(borders)]
    assert measure.total == sum(parts)


@given(TEXT)
def test_the_segments_sum_to_the_prompt(text: str) -> None:
    found = anatomy("Begin.\n" + text)
    assert found.tokens == sum(segment.tokens for segment in found.segments)
    assert found.tokens == count(found.prompt.messages[0].text, ENCODING)


def test_tags_comments_and_slots_do_not_count() -> None:
    found = anatomy(jinja("{# a long comment for nobody #}Hello {{ customer_name }}!{% set x = 1 %}"))
    assert count("Hello !", ENCODING) == found.tokens


def test_of_branches_the_largest_counts() -> None:
    found = anatomy(jinja("{% if a %}yes{% elif b %}one two three four{% else %}no{% endif %}"))
    assert (count("one two three four", ENCODING), True) == (found.tokens, found.at_most)


def test_what_a_branch_drops_inside_is_not_its_size() -> None:
    inner = "{% if b %}one two three{% else %}four five six{% endif %}"
    found = anatomy(jinja("{% if a %}" + inner + "{% else %}seven eight nine ten{% endif %}"))
    assert count("seven eight nine ten", ENCODING) == found.tokens


def test_a_condition_without_else_counts() -> None:
    assert count("one two ", ENCODING) == anatomy(jinja("one {% if a %}two {% endif %}")).tokens


def test_a_loops_body_counts_once() -> None:
    found = anatomy(jinja("{% for item in items %}one two{% endfor %}"))
    assert (count("one two", ENCODING), True, False) == (found.tokens, found.per_item, found.at_most)


def test_messages_are_counted_each() -> None:
    found = anatomy(jinja("system:\nBe kind.\nuser:\nHello {{ name }}"))
    assert found.tokens == sum(found.message_tokens)
    assert 2 == len(found.message_tokens)
