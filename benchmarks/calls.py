"""``python -m benchmarks.calls SCRIPT ARGUMENT…``: runs a script and prints to standard error how many calls it made.

Calls of Python's functions and of C's are counted, from the script's first line on.
"""

import sys
from pathlib import Path
from types import FrameType


def main() -> None:
    """Run the script of the command line and end with its exit code."""
    sys.argv = sys.argv[1:]
    count = 0

    def called(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        if event in ("call", "c_call"):
            count += 1

    code = compile(Path(sys.argv[0]).read_bytes(), sys.argv[0], "exec")
    sys.setprofile(called)
    try:
        exec(code, {"__name__": "__main__", "__file__": sys.argv[0]})
    finally:
        sys.setprofile(None)
        print(count, file=sys.stderr)


if __name__ == "__main__":
    main()
