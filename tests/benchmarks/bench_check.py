"""The speed of `check`, as ratios within one run: seconds mean little on a machine that others share.

Nothing is cached from run to run, and no two texts are the same. What is aimed at stands beside each ratio.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

from trees import prompt, tree

from promptgauge.anatomy import dissect
from promptgauge.anatomy.model import Anatomy
from promptgauge.formats import Prompt, read_document
from promptgauge.text import Text
from promptgauge.tokens import Tally
from promptgauge.tokens.bulk import encoder
from promptgauge.tokens.counting import remembered_count
from promptgauge.tokens.engine import engine

CHECK = "import sys; from promptgauge.cli.main import main; sys.exit(main(['check', '--exit-zero', *sys.argv[1:]]))"
READ_AND_ENCODE = """
from pathlib import Path
from promptgauge.tokens.bulk import encoder
encode = encoder("o200k_base").encode_ordinary
for path in sorted(Path(".").rglob("*.*")):
    encode(path.read_text(encoding="utf-8"))
"""
RULES = "# Queue\n\n- If ticket {} is about a refund, answer `billing`; it's urgent when the customer says so.\n"


def rules(characters: int) -> str:
    """A prompt of about that many characters, no two of its lines the same."""
    return "".join(RULES.format(number) for number in range(characters // len(RULES)))


def seconds(call: Callable[[], object], times: int) -> float:
    """The median time of a call."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return median(taken)


def row(name: str, one: float, other: float, aim: str = "") -> None:
    """Print a ratio, with the times that it comes from and what is aimed at."""
    print(f"  {name:52}{one / other:8.2f}  {aim:22}({one * 1000:.1f} ms / {other * 1000:.1f} ms)")


def measured(name: str, words: str, aim: str = "") -> None:
    """Print what is no ratio."""
    print(f"  {name:52}{words:>8}  {aim}")


# An installed program has its modules compiled; here the first run does it.
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def run(folder: str, *arguments: str) -> None:
    """Run Python in a folder, to its end."""
    subprocess.run([sys.executable, *arguments], cwd=folder, stdout=subprocess.DEVNULL, env=ENVIRONMENT, check=True)


def start_up() -> None:
    """Checking a prompt of 4 kB, against an interpreter that does nothing."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "system.txt").write_text(prompt(random.Random(1), 1, 4_000), encoding="utf-8")
        run(folder, "-c", CHECK, "system.txt")
        empty, checked = [], []
        for _ in range(21):  # in turns, so that both meet the same neighbours
            empty.append(seconds(lambda: run(folder, "-c", "pass"), 1))
            checked.append(seconds(lambda: run(folder, "-c", CHECK, "system.txt"), 1))
    row("check of 4 kB / python -c pass", median(checked), median(empty), "aim 6, at most 8")


def whole_tree() -> None:
    """Checking 1,000 files of 15 MB, against reading them and encoding them once with tiktoken."""
    with tempfile.TemporaryDirectory() as folder:
        size = tree(Path(folder), 1_000, 14_700)
        encoded = seconds(lambda: run(folder, "-c", READ_AND_ENCODE), 3)
        checked = seconds(lambda: run(folder, "-c", CHECK, "."), 3)
        alone = seconds(lambda: run(folder, "-c", CHECK, "--jobs", "1", "."), 1)
        name = f"check of 1,000 files, {size / 1e6:.0f} MB / reading and encoding"
        row(name, checked, encoded, "aim 6, at most 12")
        row("  the same by one process", alone, encoded)
        for words in ((), ("--jobs", "1")):
            measured(
                f"memory for it{' by one process' if words else ''}, largest process",
                peak(folder, words),
                "MB, under 200",
            )


def peak(folder: str, words: tuple[str, ...]) -> str:
    """The most memory that a check took, in MB; that of processes that it started counts each by itself."""
    program = f"{CHECK.replace('sys.exit', 'code = ')}; import resource as r; " + (
        "print(max(r.getrusage(who).ru_maxrss for who in (r.RUSAGE_SELF, r.RUSAGE_CHILDREN)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *words, "."],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=True,
    )
    kilobytes = int(done.stderr.split()[-1]) / (1024 if sys.platform == "darwin" else 1)
    return f"{kilobytes / 1024:.0f}"


def anatomy() -> None:
    """Taking a prompt apart, tokens included, at sizes a thousandfold apart."""
    encoder("o200k_base")
    engine("o200k_base").in_bulk = True
    chance = random.Random(5)
    for size in (10_000, 100_000, 1_000_000, 10_000_000):
        times = max(1, min(15, 3_000_000 // size))
        texts = [Text(prompt(chance, number, size)) for number in range(times)]
        prompts = [read_document(text, "a.prompt.txt", "text", "call", lambda _: None).prompts[0] for text in texts]
        remembered_count.cache_clear()
        taken = seconds(partial(_next_anatomy, iter(prompts)), times)
        measured(f"anatomy of {size // 1000:,} kB", f"{size / taken / 1e6:.2f}", "MB/s, at least 1.5")


def _next_anatomy(prompts: Iterator[Prompt]) -> Anatomy:
    return dissect(next(prompts), "o200k_base")


def counting(characters: int) -> None:
    """A Tally that knows no word, and one after an edit, against one call of tiktoken when that is loaded."""
    text = rules(characters)
    edited = text.replace("refund", "return", 1)
    encode = encoder("o200k_base").encode_ordinary

    def cold() -> None:
        # The engine as well: it remembers words, and would go over to tiktoken after some repetitions.
        engine.cache_clear()
        remembered_count.cache_clear()
        Tally(text)

    whole = seconds(lambda: encode(text), 21)
    first = seconds(cold, 21)
    again = seconds(lambda: Tally(edited), 21)
    size = f"Tally of {characters // 1000} kB"
    row(f"{size}, first time / tiktoken", first, whole)
    row(f"{size}, after an edit / tiktoken", again, whole)


if __name__ == "__main__":
    print(f"  {os.cpu_count()} processors, Python {sys.version.split()[0]}")
    start_up()
    whole_tree()
    for characters in (17_000, 88_000, 750_000):
        counting(characters)
    anatomy()
