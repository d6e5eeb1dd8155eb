"""Other people's programs that pmlint is put to the test with; `make tools` and Debian's packages bring them."""

import os
import shutil
import sys
from pathlib import Path
from typing import NoReturn

import pytest

TOOLS = Path(__file__).resolve().parent.parent / ".venv" / "tools" / "node_modules"


def missing(what: str) -> NoReturn:
    """Skips the test; where all tools are promised (PMLINT_ALL_TOOLS is set), fails it."""
    if os.environ.get("PMLINT_ALL_TOOLS"):
        pytest.fail(what)
    pytest.skip(what)


def program(name: str) -> str:
    """The path of a program: of this environment, else of the machine."""
    ours = Path(sys.executable).parent / name
    found = str(ours) if ours.exists() else shutil.which(name)
    return found or missing(f"{name} is not installed")


def npm_program(package: str, *path: str) -> str:
    """The path of a file in an npm package that `make tools` installs."""
    found = TOOLS.joinpath(package, *path)
    return str(found) if found.exists() else missing(f"{package} is not installed; `make tools` does it")
