"""Start-up and counting, as ratios within one run: seconds mean little on a machine that others share."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from promptgauge.tokens import Tally
from promptgauge.tokens.bulk import encoder
from promptgauge.tokens.counting import remembered_count
from promptgauge.tokens.engine import engine

RULES = "# Queue\n\n- If ticket {} is about a refund, answer `billing`; it's urgent when the customer says so.\n"


def prompt(characters: int) -> str:
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


def row(name: str, one: float, other: float) -> None:
    """Print a ratio, with the times that it comes from."""
    print(f"  {name:44}{one / other:8.2f}   ({one * 1000:.2f} ms / {other * 1000:.2f} ms)")


def start_up() -> None:
    """Checking a prompt of 4 kB, against an interpreter that does nothing."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "system.txt"
        path.write_text(prompt(4_000), encoding="utf-8")

        def run(*arguments: str) -> None:
            subprocess.run([sys.executable, *arguments], cwd=folder, stdout=subprocess.DEVNULL, check=True)

        program = (
            "import sys; from promptgauge.cli.main import main; sys.exit(main(['check', '--exit-zero', 'system.txt']))"
        )
        empty = seconds(lambda: run("-c", "pass"), 11)
        checked = seconds(lambda: run("-c", program), 11)
    row("check of 4 kB / python -c pass", checked, empty)


def counting(characters: int) -> None:
    """A Tally that knows no word, and one after an edit, against one call of tiktoken when that is loaded."""
    text = prompt(characters)
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
    for characters in (17_000, 88_000, 750_000):
        counting(characters)
