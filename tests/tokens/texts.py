"""Texts that are hard to cut and to count, for the tests of this folder."""

from hypothesis import strategies as st

_HARD = [
    *" \t\n\r'’/.,:;!?\"_-{}[]()0123456789abstdlmrveSTDLMRVEAX",
    *"²½Ⅳ٣中文あア、。，！éßǅʰ\u0301\u00a0\u2028\u3000\u0085\u001c\u001e\ufeff\u200dال😀🇩",
    *(
        "'s",
        "'RE",
        "\r\n",
        "\n\n",
        "  ",
        "//",
        "12345",
        "hello",
        " world",
        "<|endoftext|>",
        "{{ name }}",
        "\n - ",
        "!\n/",
    ),
]
hard_texts = st.lists(st.sampled_from(_HARD), max_size=40).map("".join)
surrogates = st.sampled_from(["\ud83d", "\ude00", "\ud83d\ude00", "a", " ", "\n", "é"])
broken_texts = st.lists(surrogates, max_size=12).map("".join)
any_texts = st.one_of(hard_texts, st.text(max_size=60), broken_texts)
