"""Where the program begins: what is quick is done before the command line is loaded."""

import sys


def run() -> int:
    """The console script: the exit code of the command line that was typed."""
    try:
        if sys.argv[1:2] == ["check"]:
            from pmlint.replay import replayed

            code = replayed(sys.argv[1:])
            if code is not None:
                return code
        from pmlint.cli import main

        return main(sys.argv[1:])
    except KeyboardInterrupt:  # before the command line takes care of signals
        return 130
