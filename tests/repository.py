"""A scratch repository, made with the real git."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "Mei Lin",
    "GIT_AUTHOR_EMAIL": "mei@example.org",
    "GIT_COMMITTER_NAME": "Mei Lin",
    "GIT_COMMITTER_EMAIL": "mei@example.org",
    "GIT_AUTHOR_DATE": "2026-03-04T09:12:00Z",
    "GIT_COMMITTER_DATE": "2026-03-04T09:12:00Z",
}


class Scratch:
    """A repository in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str | Path, env: Mapping[str, str] | None = None, check: bool = True) -> str:
        """What git answers in this repository."""
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env={**ENVIRONMENT, **(env or {})},
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert not check or done.returncode == 0, done.stderr.decode()
        return os.fsdecode(done.stdout + (b"" if check else done.stderr))

    def write(self, name: str, text: str) -> Path:
        """The file of that name, now holding the text."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        return path

    def commit(self) -> str:
        """The object name of a new commit of everything."""
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "as it stands", "--allow-empty")
        return self.git("rev-parse", "HEAD").strip()

    def bare_repository(self, name: str, settings: Mapping[str, str]) -> None:
        """A folder of this repository that git would take for a bare repository with these settings."""
        inside = self.folder / name
        subprocess.run(["git", "init", "-q", "--bare", str(inside)], env=ENVIRONMENT, check=True, timeout=60)
        for key, value in settings.items():
            subprocess.run(["git", "config", "-f", str(inside / "config"), key, value], check=True, timeout=60)
