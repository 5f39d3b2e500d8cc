"""Counting tokens with our own counter, against tiktoken: start-up, memory and speed, as ratios within one run."""

import os
import pydoc_data.topics
import random
import subprocess
import sys
import sysconfig
from itertools import pairwise
from pathlib import Path

from bench_check import row, seconds

from promptgauge.tokens.bulk import encoder
from promptgauge.tokens.counter import Counter
from promptgauge.tokens.cutting import starts_of_pieces
from promptgauge.tokens.engine import MUCH

SIZE = 400_000
ENCODING = "o200k_base"
OURS = f"from promptgauge.tokens import count; count('Größe: 10 €', '{ENCODING}')"
TIKTOKEN = f"from promptgauge.tokens.bulk import encoder; encoder('{ENCODING}').encode_ordinary('Größe: 10 €')"
# The peak since the start of the program itself: what `resource` says includes that of the program that started it.
PEAK = (
    "; print(next(line.split()[1] for line in open('/proc/self/status', encoding='ascii') if line.startswith('VmHWM')))"
)


def texts() -> dict[str, str]:
    """English and code as Python's own library has them; Chinese and Arabic of made-up words, some of them frequent."""
    library = sorted(Path(sysconfig.get_path("stdlib")).glob("*.py"))
    return {
        "English": "\n".join(pydoc_data.topics.topics.values())[:SIZE],
        "code": "".join(path.read_text(encoding="utf-8") for path in library[:40])[:SIZE],
        "Chinese": made_up("".join(map(chr, range(0x4E00, 0x5200))), (1, 4), "", "。"),
        "Arabic": made_up("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", (2, 9), " ", "، "),
    }


def made_up(letters: str, lengths: tuple[int, int], space: str, stop: str) -> str:
    chance = random.Random(7)
    words = ["".join(chance.choices(letters, k=chance.randint(*lengths))) for _ in range(6_000)]
    parts = []
    for number in range(SIZE // sum(lengths) * 2):
        parts.append(words[int(len(words) * chance.random() ** 3)])
        parts.append("\n" if number % 50 == 0 else stop if chance.random() < 0.1 else space)
    return "".join(parts)[:SIZE]


def python(program: str) -> str:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout


def start_up() -> None:
    empty = seconds(lambda: python("import pathlib"), 11)
    ours = seconds(lambda: python(OURS), 11) - empty
    theirs = seconds(lambda: python(TIKTOKEN), 11) - empty
    row("import and first count / tiktoken", ours, theirs)
    if Path("/proc/self/status").exists():
        base, ours, theirs = (int(python(program + PEAK)) / 1024 for program in ("pass", OURS, TIKTOKEN))
        print(f"  memory: {ours - base:.0f} MB against {theirs - base:.0f} MB, on top of {base:.0f} MB")


def speed(name: str, text: str) -> None:
    encode = encoder(ENCODING).encode_ordinary
    pieces = [text[start:end] for start, end in pairwise([*starts_of_pieces(text), len(text)])]
    known = Counter(ENCODING)

    def counted(counter: Counter) -> int:
        return sum(map(counter.count, pieces))

    assert len(encode(text)) == counted(known)
    work = known.work
    cold = seconds(lambda: counted(Counter(ENCODING)), 5)
    warm = seconds(lambda: counted(known), 5)
    whole = seconds(lambda: encode(text), 5)
    size = len(text.encode()) / 1e6
    row(f"{name}, first time / tiktoken", cold, whole)
    row(f"{name}, words known / tiktoken", warm, whole)
    print(
        f"    {size / cold:.1f} and {size / warm:.1f} MB/s against {size / whole:.0f}; "
        f"{work / cold / 1e6:.0f} million of work a second, tiktoken from {size * MUCH / work:.2f} MB on"
    )


if __name__ == "__main__":
    print(f"  {os.cpu_count()} processors, Python {sys.version.split()[0]}")
    start_up()
    for name, text in texts().items():
        speed(name, text)
