"""The house rules that a program can hold us to."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import GOOD

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "pmlint").rglob("*.py"))
# Each takes as long to load as a small document takes to check; without subprocess, git is not asked either.
DEAR = (
    "jsonschema", "yaml", "regex", "pathlib", "importlib.metadata", "importlib.resources", "asyncio", "attr", "logging",
    "multiprocessing", "subprocess", "difflib", "zoneinfo",
)  # fmt: skip
UNLOADED = ("mistune", "yaml", "jsonschema", "referencing", "tomllib", "subprocess")


def test_the_import_contracts_hold() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_the_quick_options_load_nothing_dear(option: str) -> None:
    program = (
        "import sys; from pmlint.cli import main; code = main([sys.argv[1]]); "
        "print('loaded:', *(name for name in sys.argv[2:] if name in sys.modules)); sys.exit(code)"
    )
    command = [sys.executable, "-c", program, option, *UNLOADED]
    # Coverage measures child processes, too, and loads some of these itself.
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "loaded:"


def test_linting_loads_nothing_that_few_documents_need(tmp_path: Path) -> None:
    (tmp_path / "pm.md").write_text(f"---\ntitle: Logins failed\ndate: 2026-03-04\n---\n\n{GOOD}", encoding="utf-8")
    program = (
        "import sys; from pmlint.cli import main; main(['check', '--no-cache', 'pm.md']); "
        "print('loaded:', *(name for name in sys.argv[1:] if name in sys.modules))"
    )
    command = [sys.executable, "-c", program, *DEAR]
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.splitlines()[-1] == "loaded:"


@pytest.mark.parametrize("module", MODULES, ids=[str(path.relative_to(ROOT)) for path in MODULES])
def test_what_others_may_use_says_what_it_does(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree) or module.stat().st_size == 0
    nodes = [node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    undocumented = [node.name for node in nodes if not node.name.startswith("_") and not ast.get_docstring(node)]
    assert not undocumented


@pytest.mark.parametrize("module", MODULES, ids=[str(path.relative_to(ROOT)) for path in MODULES])
def test_a_room_stays_small(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 420


def test_the_version_is_told_in_one_place() -> None:
    from pmlint import __version__

    assert __version__ not in (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("[tool.")[0]
