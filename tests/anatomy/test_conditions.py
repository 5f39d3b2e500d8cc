import pytest

from promptgauge.anatomy.conditions import find_cue
from tests.anatomy.prompts import anatomy, conditions, jinja

CONDITIONAL = {
    "if": ("If the parcel is lost, offer a refund.", "if"),
    "unless": ("Reply in English unless the user writes in Thai.", "unless"),
    "otherwise": ("Say yes to a match, otherwise say no.", "otherwise"),
    "when at the start": ("When a name is missing, ask for it.", "when"),
    "when of a user": ("Ask twice when the user is vague.", "when the user"),
    "only when": ("Call the tool only when it is needed.", "only when"),
    "Chinese": ("如果用户要求退款，请转人工。", "如果"),
    "Japanese": ("名前がない場合は、尋ねてください。", "場合"),
    "Spanish": ("Responde en inglés, a menos que el usuario escriba en español.", "a menos que"),
    "German": ("Falls der Name fehlt, frage nach.", "falls"),
    "French": ("Demande le nom lorsque celui-ci manque.", "lorsque"),
    "Portuguese": ("Peça o nome quando ele faltar.", "quando"),
    "Russian": ("Если имени нет, спроси его.", "если"),
    "Arabic": ("إذا كان الاسم مفقودا فاسأل عنه.", "إذا"),
}


@pytest.mark.parametrize(("text", "cue"), CONDITIONAL.values(), ids=CONDITIONAL.keys())
def test_a_rule_for_some_case_is_a_condition(text: str, cue: str) -> None:
    assert cue == find_cue(text)


@pytest.mark.parametrize(
    "text",
    [
        "Answer each question, even if it is long.",
        "Determine if the text is a complaint.",
        "Check whether or not it is signed.",
        "Replace the word `if` by `when`.",
        'Treat "if you like" as a yes.',
        "Note the significant gifts.",
        "Handle every exception.",
        "写一份若干字的摘要。",
    ],
)
def test_a_word_that_decides_nothing_is_no_condition(text: str) -> None:
    assert find_cue(text) is None


def test_each_line_that_begins_a_rule_counts_once() -> None:
    text = """
        Rules:
        - If the order is late, say sorry. If it is lost, offer a refund.
        - Be polite.
        - Unless you are told to,
          never name a colleague.
        """
    assert [
        "- If the order is late, say sorry. If it is lost, offer a refund.",
        "- Unless you are told to,",
    ] == [line.strip() for line in conditions(text)]


def test_a_sentence_inside_a_wrapped_item_counts_at_its_own_line() -> None:
    text = (
        "- Use the name that the customer has given in the form,\n  and be kind. If there is none,\n  use their mail."
    )
    assert ["and be kind. If there is none,"] == [line.strip() for line in conditions(text)]


def test_headings_code_and_examples_hold_no_rules() -> None:
    text = """
        # If in doubt

        ```python
        if x: pass
        ```

        ## Examples
        Input: what if it rains
        Output: weather, if anything
        Input: who pays if I leave
        Output: billing
        """
    assert [] == conditions(text)


def test_what_binds_counts_amid_knowledge_too() -> None:
    text = """
        ## Background
        - The desk opens at nine.
        - You must never quote a price unless the list shows it.
        """
    assert ["- You must never quote a price unless the list shows it."] == [c.strip() for c in conditions(text)]


def test_template_control_flow_is_no_rule() -> None:
    assert () == anatomy(jinja("{% if user %}Greet them.{% endif %}\nBe kind.")).conditions
