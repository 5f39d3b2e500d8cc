"""Files of every format for the property tests, as hypothesis strategies of (path, content)."""

from __future__ import annotations

import json

from hypothesis import strategies as st

# Words, white space, quotes; then what templates, YAML and role headers are made of; then odd characters.
_BITS = [
    *(
        "a",
        "b",
        "word ",
        "Zoë",
        "0",
        " ",
        "  ",
        "\t",
        "\n",
        "\n\n",
        "\r",
        "\r\n",
        '"',
        "'",
        "\\",
        "\\n",
        "null",
        "true",
    ),
    *("{", "}", "{{", "}}", "{{ x }}", "{%", "%}", "{#", "#}", "{name}", "# user:\n", "\n# user:\n", "system:\n"),
    *("#", " # ", ":", ": ", "- ", "-", "---", "\n---\n", "...", "|", ">", "&a ", "*a", "!", "!!str ", "%", "@", "`"),
    *("?", ",", "[", "]", "~", "\0", "\u2028", "\u2029", "\x85", "\x07", "\x7f", "\xa0", "\u200d", "\ufeff", "\ufffe"),
    *("😀", "e\u0301", "\x1b"),
]
any_text = st.lists(st.sampled_from(_BITS), max_size=8).map("".join)
plain_words = st.lists(
    st.sampled_from(["a", "word ", "Zoë", "0", " ", "\n", "\r\n", "😀", ".", ",", "\u2028"]), max_size=8
)
no_syntax = plain_words.map("".join)

_SAFE = "ab Zé0.,;:#'\"-{}[]&*!|>%@`\\😀\u2027"
_line = st.text(alphabet=_SAFE, max_size=8)
_name = st.sampled_from(["a", "first_name", "x"])
_eol = st.sampled_from(["\n", "\r\n", "\r"])


@st.composite
def text_files(draw: st.DrawFn) -> tuple[str, str]:
    """A Markdown file, perhaps with front matter."""
    eol = draw(_eol)
    lines = draw(st.lists(_line, max_size=5))
    front = draw(st.sampled_from([[], ["---", "title: x", "---"], ["---", "model: m # c", "...", ""]]))
    return "notes.md", eol.join([*front, *lines])


@st.composite
def jinja_files(draw: st.DrawFn) -> tuple[str, str]:
    """A Jinja file of pieces that parse, perhaps with front matter."""
    eol = draw(_eol)
    name = draw(_name)
    pieces = [
        "Hello",
        "",
        f"{{{{ {name} }}}}",
        f"{{% if {name} -%}} yes {{%- endif %}}",
        "{# note #}",
        "{% raw %}{{{% endraw %}",
    ]
    lines = draw(st.lists(st.sampled_from(pieces), max_size=6))
    front = draw(st.sampled_from([[], ["---", "model: m", "---"]]))
    return "a.j2", eol.join([*front, *lines])


@st.composite
def conversation_files(draw: st.DrawFn) -> tuple[str, str]:
    """A Jinja file that role headers cut into messages."""
    eol = draw(_eol)
    lines: list[str] = []
    for role in draw(st.lists(st.sampled_from(["system", "user", "assistant"]), min_size=1, max_size=3)):
        lines += [f"# {role}:", *draw(st.lists(st.sampled_from(["Hello", "", "{{ x }}", "{# c #}"]), max_size=3))]
    return "chat.jinja2", eol.join(lines) + draw(st.sampled_from(["", eol]))


@st.composite
def _scalar(draw: st.DrawFn, indent: int) -> str:
    """A YAML scalar of any style, its further lines indented by at least `indent`; line ends are line feeds."""
    style = draw(st.sampled_from(["plain", "'", '"', "|", ">"]))
    lines = draw(st.lists(_line, min_size=1, max_size=5))
    pad = " " * indent
    if style == "plain":
        word = st.text(alphabet="abZé0. 😀", max_size=6)
        words = ["w" + draw(word).rstrip() for _ in lines]
        return ("\n" + draw(st.sampled_from(["", "\n"])) + pad).join(words)
    if style == "'":
        return "'" + ("\n" + pad).join(line.replace("'", "''") for line in lines) + "'"
    if style == '"':
        escapes = st.sampled_from(
            ["", "\\n", "\\t", '\\"', "\\\\", "\\x41", "\\u00e9", "\\U0001f600", "\\\n  " + pad, "\\ ", "\\L"]
        )
        parts = [line.replace("\\", "").replace('"', "") + draw(escapes) for line in lines]
        return '"' + ("\n" + pad).join(parts) + '"'
    more = draw(st.integers(0, 2))
    body = [
        " " * (indent + draw(st.integers(0, 2)) * more) + line if line.strip() else " " * draw(st.integers(0, indent))
        for line in lines
    ]
    indicator = draw(st.sampled_from(["", "2"]))
    header = style + indicator + draw(st.sampled_from(["", "-", "+"])) + draw(st.sampled_from(["", "  # note"]))
    return header + "\n" + "\n".join(body)


@st.composite
def yaml_files(draw: st.DrawFn) -> tuple[str, str]:
    """A message list with scalars of all styles, with anchors, comments, nesting and content parts."""
    deep = draw(st.sampled_from([0, 2, 4]))
    pad = " " * deep
    out = {0: ["name: x  # a comment"], 2: ["calls:"], 4: ["calls:", "  inner:"]}[deep] + [f"{pad}messages:"]
    for role in draw(st.lists(st.sampled_from(["system", "user", "assistant"]), max_size=3, min_size=1)):
        out.append(f"{pad}- role: {role}")
        anchor = draw(st.sampled_from(["", "", f"&t{len(out)} ", "!!str "]))
        shape = draw(st.sampled_from(["plain", "parts", "flow"]))
        if shape == "parts":
            out += [f"{pad}  content:", f"{pad}  - type: text", f"{pad}    text: {anchor}{draw(_scalar(deep + 6))}"]
        elif shape == "flow":
            out.append(f"{pad}  content: [{{type: text, text: {anchor}'{draw(st.sampled_from(['', 'a b', 'its']))}'}}]")
        else:
            out.append(f"{pad}  content: {anchor}{draw(_scalar(deep + 4))}")
        out += draw(st.sampled_from([[], [f"{pad}  other: 1"], ["# a comment"], [""]]))
    content = "\n".join(out) + draw(st.sampled_from(["", "\n", "\n\n"])) + draw(st.sampled_from(["", "last: yes\n"]))
    return "chat.yaml", content.replace("\n", draw(_eol))


@st.composite
def json_files(draw: st.DrawFn) -> tuple[str, str]:
    """A message list in JSON, escaped to ASCII or not, on one line or many."""
    chars = st.text(alphabet='ab \n\t"\\/é😀\u2028{}', max_size=10)
    messages = [
        {"role": role, "content": draw(st.one_of(chars, chars.map(lambda text: [{"type": "text", "text": text}])))}
        for role in draw(st.lists(st.sampled_from(["system", "user"]), min_size=1, max_size=3))
    ]
    value = {"model": "m", "n": [1, 2.5, None, True], "messages": messages}
    content = json.dumps(value, ensure_ascii=draw(st.booleans()), indent=draw(st.sampled_from([None, 2])))
    return "chat.json", content.replace("\n", draw(_eol))


@st.composite
def prompty_files(draw: st.DrawFn) -> tuple[str, str]:
    """A Prompty file with role lines, in Jinja or Mustache, perhaps with text before the first of them."""
    eol = draw(_eol)
    front = draw(st.sampled_from([[], ["---", "name: a", "inputs: {x: {type: string}}", "---"]]))
    if front and draw(st.booleans()):
        front = ["---", "template: mustache", "sample: {x: 1}", "---"]
    lines = draw(st.sampled_from([[], ["Hello"], [""]]))
    roles = ["system:", "# user:", 'assistant[name="a"]:', "![thread]"]
    for role in draw(st.lists(st.sampled_from(roles), max_size=3)):
        lines = [*lines, role, *draw(st.lists(st.sampled_from(["Hello", "", "{{ x }}"]), max_size=3))]
    return "chat.prompty", eol.join([*front, *lines]) + draw(st.sampled_from(["", eol]))


@st.composite
def dotprompt_files(draw: st.DrawFn) -> tuple[str, str]:
    """A dotprompt file with role marks on lines of their own and inside lines, perhaps with a licence."""
    eol = draw(_eol)
    licence = draw(st.sampled_from([[], ["# (c) x", "#", ""]]))
    lines = [*licence, "---", "model: m", "input: {schema: {x: string}}", "---"]
    pieces = ["Hello", "", "{{x}}", "{{! note }}", "{{#if x}}", "a {{~x~}} b", "\\{{ c", "{{> part}}"]
    roles = ['{{role "system"}}', '{{role "user"}} Hi', "{{history}}", "a {{role who}} b"]
    for mark in draw(st.lists(st.sampled_from(roles), max_size=3)):
        lines.append(mark)
        for piece in draw(st.lists(st.sampled_from(pieces), max_size=3)):
            lines += [piece, "{{else}}", "no", "{{/if}}"] if piece == "{{#if x}}" else [piece]
    return "greet.prompt", eol.join(lines) + draw(st.sampled_from(["", eol]))


@st.composite
def github_models_files(draw: st.DrawFn) -> tuple[str, str]:
    """A prompt file of GitHub Models: messages of all styles, test data beside them."""
    out = ["name: x", "messages:"]
    for role in draw(st.lists(st.sampled_from(["system", "user", "assistant"]), max_size=3, min_size=1)):
        out += [f"- role: {role}", f"  content: {draw(_scalar(4))}"]
    out += ["testData:", "- {input: a, expected: b}", ""]
    return "eval.prompt.yml", "\n".join(out).replace("\n", draw(_eol))


@st.composite
def promptfoo_files(draw: st.DrawFn) -> tuple[str, str]:
    """A configuration of promptfoo's with prompts in many shapes."""
    out = ["prompts:"]
    chat = json.dumps([{"role": "user", "content": draw(st.sampled_from(["a 'b' {{x}}", 'a\n"b"\\', "é😀"]))}])
    single, double = chat.replace("'", "''"), json.dumps(chat, ensure_ascii=draw(st.booleans()))
    shapes = ["- file://a.txt", "- |\n  Say {{x}}", "- label: b\n  raw: 'Hello {{x}}'", "- >\n    a b\n    c d"]
    shapes += [f"- |-\n  {chat}", f"- '{single}'", f"- {double}"]
    out += draw(st.lists(st.sampled_from(shapes), max_size=4))
    return "promptfooconfig.yaml", "\n".join([*out, "tests: []", ""]).replace("\n", draw(_eol))


declared_files = st.one_of(prompty_files(), dotprompt_files())
every_file = st.one_of(
    text_files(), jinja_files(), conversation_files(), yaml_files(), json_files(),
    declared_files, github_models_files(), promptfoo_files(),
)  # fmt: skip
