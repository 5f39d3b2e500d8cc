import pytest

from tests.anatomy.prompts import anatomy, jinja, kinds


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Sort the mail by urgency.", "instruction"),
        ("You are a patient clerk.", "instruction"),
        ("If the sender is unknown, ask for a name.", "edge_case"),
        ("Return a JSON object with the name and the age.", "output_format"),
        ("# Background\nThe shop opens at nine and closes at five.", "knowledge"),
        ("## Edge cases\n- An empty mail is spam.", "edge_case"),
        ("## Output format\nA title, then two lines.", "output_format"),
        ("| part | price |\n|---|---|\n| bolt | low |", "knowledge"),
        ("<!-- for the team only -->", "other"),
        ("请根据下面的规则回答用户。", "instruction"),
    ],
)
def test_the_kind_of_a_part(text: str, kind: str) -> None:
    assert [kind] == kinds(text)


def test_slots_with_their_labels_are_input() -> None:
    assert ["instruction", "input"] == kinds(jinja("Sort the mail.\n\nMail: {{ mail }}\n\nAnswer:"))


def test_a_long_section_that_seldom_asks_is_knowledge() -> None:
    notes = "\n".join(f"- The depot in town {number} was built beside the old canal." for number in range(10))
    assert ["knowledge"] == kinds(f"## Towns\n{notes}")


def test_what_stands_under_labels_counts_together_with_its_heading() -> None:
    notes = "\n".join(f"Town {number}:\nThe depot was built beside the old canal." for number in "ABCDEFGHIJ")
    assert ["knowledge"] == list(dict.fromkeys(kinds(f"## Towns\n{notes}")))


def test_a_title_that_names_no_kind_takes_that_of_what_it_introduces() -> None:
    assert ["edge_case"] == kinds("## Late parcels\nIf a parcel is late, say sorry.")


def test_segments_say_their_heading_and_why() -> None:
    segment = anatomy("## Output format\nA title, then two lines.").segments[0]
    assert ("Output format", "its title says so") == (segment.heading, segment.why)


def test_an_empty_prompt_has_no_segments() -> None:
    assert [] == kinds("")
