"""What the README shows is what pmlint prints."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from pmlint.cli import cli

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_run_that_opens_the_readme_is_real() -> None:
    block = re.search(r"```console\n\$ pmlint (?P<arguments>[^\n]+)\n(?P<output>.+?)```", README, re.S)
    assert block is not None
    command = [sys.executable, "-m", "pmlint", *shlex.split(block["arguments"])]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == block["output"]


def test_the_two_commands_are_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)", README, re.M):
        assert re.search(rf"^{target}:", makefile, re.M)


def test_links_lead_somewhere() -> None:
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))):
        for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_the_exemplary_postmortem_has_no_finding_at_all() -> None:
    command = [sys.executable, "-m", "pmlint", "check", "--level", "info", "--today", "2026-06-30"]
    done = subprocess.run(
        [*command, "examples/exemplary-postmortem.md"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout == "1 postmortem, nothing to report\n"


def options_of(command: str) -> list[str]:
    """The options of a command as one types them, the long form of each."""
    imported = cli.get_command(click.Context(cli), command)
    assert imported is not None
    return [option.opts[-1] for option in imported.params if isinstance(option, click.Option)]


@pytest.mark.parametrize("command", cli.list_commands(click.Context(cli)))
def test_every_option_is_told_of_and_those_that_check_lacks_on_a_page_about_their_command(command: str) -> None:
    pages = [path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))]
    shared = set(options_of("check"))
    untold = [
        option
        for option in options_of(command)
        if not any(
            re.search(rf"{option}(?![\w-])", page) for page in pages if option in shared or f"pmlint {command}" in page
        )
    ]
    assert untold == []
