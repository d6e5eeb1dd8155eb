"""Programs of others in environments of their own: one a Python program, one for all that npm has."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / ".venv" / "peers"
NPM = "npm"
_SECONDS = 600


def install(wanted: Mapping[str, Sequence[str]], folder: Path = FOLDER) -> dict[str, str]:
    """Brings environments to the packages wanted in each, with their versions.

    An environment that holds them already stays as it is. Tells by its name why one could not be had.
    """
    missing: dict[str, str] = {}
    for environment, packages in wanted.items():
        stamp = folder / environment / "packages.json"
        if stamp.exists() and json.loads(stamp.read_text(encoding="utf-8")) == sorted(packages):
            continue
        print(f"installing {', '.join(packages)}", file=sys.stderr)
        reason = next(filter(None, map(_failure, _steps(folder / environment, packages))), "")
        if reason:
            missing[environment] = reason
        else:
            stamp.write_text(json.dumps(sorted(packages)), encoding="utf-8")
    return missing


def program(folder: Path, environment: str, name: str) -> Path:
    """Where a program of an environment lies."""
    below = ("node_modules", ".bin") if environment == NPM else ("bin",)
    return folder.joinpath(environment, *below, name)


def _steps(environment: Path, packages: Sequence[str]) -> list[list[str]]:
    if environment.name == NPM:
        return [["npm", "install", "--silent", "--no-save", "--prefix", str(environment), *packages]]
    python = str(environment / "bin" / "python")
    return [
        [sys.executable, "-m", "venv", str(environment)],
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages],
    ]


def _failure(command: Sequence[str]) -> str:
    """Why a command did not work, in one line, or nothing."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except FileNotFoundError:
        return f"{command[0]} is not there"
    except subprocess.TimeoutExpired:
        return f"not installed after {_SECONDS} seconds"
    # Lines with addresses and paths say more about this machine than about the reason.
    lines = [line for line in (done.stderr + done.stdout).splitlines() if line.strip() and "/" not in line]
    return (lines or [f"exit code {done.returncode}"])[-1] if done.returncode else ""
