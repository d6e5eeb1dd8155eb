"""One target under atheris: `python -m fuzz.guided TARGET FOLDER [libFuzzer's options]`; `python -m fuzz` starts it."""

import sys

import atheris

with atheris.instrument_imports(include=["pmlint", "mistune"]):
    from fuzz.targets import held


def main() -> None:
    """Search until the time is over or something breaks."""
    target = sys.argv.pop(1)
    atheris.Setup(sys.argv, lambda data: held(target, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
