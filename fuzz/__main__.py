"""`python -m fuzz [--seconds N] [--target NAME] [--seed N] [--plain]`: N seconds in all, parted among the targets.

With atheris the search follows the code that it reaches, and what reaches more is kept under `.fuzz/<target>`; without
it, or with `--plain`, seeds are mutated at random. What breaks a promise is kept under `.fuzz/broken/<target>` and
makes the exit code 1; all that is there is run again first. Seeds are the examples of the rule pages, the golden
documents and `fuzz/seeds`.
"""

import argparse
import hashlib
import importlib.util
import random
import subprocess
import sys
import time
import traceback
from pathlib import Path

from fuzz.mutation import mutated
from fuzz.targets import TARGETS, held

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".fuzz"
MOST_BROKEN = 5


def main() -> int:
    """Fuzz as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m fuzz")
    parser.add_argument("--seconds", type=int, default=60, help="how long in all")
    parser.add_argument("--target", choices=TARGETS, action="append", help="only this one; may be repeated")
    parser.add_argument("--seed", type=int, default=None, help="repeat a random search")
    parser.add_argument("--plain", action="store_true", help="mutate at random, even if atheris is installed")
    wanted = parser.parse_args()
    targets = wanted.target or list(TARGETS)
    share = max(1, wanted.seconds // len(targets))
    guided = not wanted.plain and importlib.util.find_spec("atheris") is not None
    failed = 0
    for target in targets:
        broken = KEPT / "broken" / target
        broken.mkdir(parents=True, exist_ok=True)
        again = [path for path in sorted(broken.iterdir()) if not _holds(target, path.read_bytes())]
        if guided:
            failed += len(again) + _guided(target, share, broken)
        else:
            seed = wanted.seed if wanted.seed is not None else random.randrange(2**32)
            failed += len(again) + _plain(target, share, broken, random.Random(seed), seed)
    return 1 if failed else 0


def seeds(target: str) -> list[bytes]:
    """What a search begins with."""
    own = [path.read_bytes() for path in sorted((ROOT / "fuzz" / "seeds").glob(f"{target}*"))]
    if target == "document":
        own += [path.read_bytes() for path in sorted((ROOT / "tests" / "golden").glob("*.md"))]
        own += [path.read_bytes() for path in sorted((ROOT / "rules").rglob("*.md"))[::4]]
    if target == "page":
        own += [path.read_bytes() for path in sorted((ROOT / "rules").rglob("*.md"))[::6]]
        own += [path.read_bytes() for path in sorted((ROOT / "examples" / "team-rules").rglob("*.md"))]
    return own or [b""]


def _holds(target: str, data: bytes) -> bool:
    try:
        held(target, data)
    except Exception:
        traceback.print_exc()
        return False
    return True


def _plain(target: str, seconds: int, broken: Path, chance: random.Random, seed: int) -> int:
    """How many inputs broke a promise in so many seconds of random search."""
    begun, end = time.monotonic(), time.monotonic() + seconds
    found, count, known = 0, 0, seeds(target)
    while time.monotonic() < end:
        data = mutated(known, chance)
        count += 1
        if not _holds(target, data):
            found += 1
            path = broken / hashlib.sha256(data).hexdigest()[:16]
            path.write_bytes(data)
            print(f"{target}: {path}")
    print(f"{target}: {count} runs in {time.monotonic() - begun:.0f} s, {found} broken (seed {seed})", flush=True)
    return found


def _guided(target: str, seconds: int, broken: Path) -> int:
    """How many inputs broke a promise in so many seconds of atheris, which ends a process at the first."""
    corpus = KEPT / target
    corpus.mkdir(parents=True, exist_ok=True)
    for data in seeds(target):
        (corpus / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    before = set(broken.iterdir())
    found: set[Path] = set()
    end = time.monotonic() + seconds
    while (left := int(end - time.monotonic())) > 0 and len(found) < MOST_BROKEN:
        command = [
            sys.executable,
            "-m",
            "fuzz.guided",
            target,
            str(corpus),
            f"-max_total_time={left}",
            "-max_len=4096",
            "-timeout=20",
            "-rss_limit_mb=1500",
            f"-artifact_prefix={broken}/",
            "-verbosity=0",
            "-print_final_stats=1",
        ]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        runs = [line for line in done.stderr.splitlines() if "number_of_executed_units" in line]
        print(f"{target}: atheris, {' '.join(runs) or 'no count'}, exit code {done.returncode}", flush=True)
        if done.returncode:
            print(done.stdout[-3000:], *done.stderr.splitlines()[-8:], sep="\n", flush=True)
            seen = set(broken.iterdir()) - before
            if seen == found:  # it did not even begin, or breaks where it broke before
                return max(1, len(found))
            found = seen
    return len(found)


if __name__ == "__main__":
    sys.exit(main())
