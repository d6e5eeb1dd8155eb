"""What the threat cases share: an answer that is clean, and hostile texts."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from tests.command import BAD, pmlint

SEEN = b"bad.md:6:3: error: 2026-03-04 13:40 comes after 2026-03-04 15:33"
Answer = subprocess.CompletedProcess[bytes]


def clean(done: Answer, *codes: int) -> Answer:
    """The answer, which ended with one of the codes, shows no traceback and nothing that acts on a terminal."""
    assert done.returncode in codes, (done.returncode, done.stdout[-2000:], done.stderr[-2000:])
    assert b"Traceback" not in done.stdout + done.stderr
    assert b"internal error" not in done.stdout + done.stderr
    for line in (done.stdout + done.stderr).decode(errors="replace").split("\n"):
        assert line.isprintable() or not any(ord(letter) < 32 or ord(letter) == 127 for letter in line), line
        assert not set(line) & set("\u202e\u2066\ufeff\u2028"), line
    return done


def checked(folder: Path, *arguments: str | bytes, beside: bool = True, env: dict[str, str] | None = None) -> Answer:
    """The answer about files in a folder; a file beside them that has a finding was checked, too: nothing is lost."""
    if not beside:
        return pmlint("check", *arguments, cwd=folder, env=env)
    (folder / "bad.md").write_text(BAD, encoding="utf-8")
    done = pmlint("check", *arguments, "bad.md", cwd=folder, env=env)
    assert SEEN in done.stdout, (done.stdout[-2000:], done.stderr[-2000:])
    return done


def limited(folder: Path, prepare: Callable[[], None], *arguments: str) -> Answer:
    """The answer of a process that was prepared, such as by limits."""
    return subprocess.run(
        [sys.executable, "-B", "-m", "pmlint", *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
        preexec_fn=prepare,
        env={**os.environ, "COVERAGE_PROCESS_START": "", "COVERAGE_PROCESS_CONFIG": ""},
    )


def listening() -> tuple[int, list[bytes], Callable[[], None]]:
    """A port of this machine, what was sent there so far, and what closes it."""
    import socket

    server = socket.create_server(("127.0.0.1", 0))
    heard: list[bytes] = []

    def accept() -> None:
        try:
            while True:
                connection, _ = server.accept()
                heard.append(connection.recv(4096))
                connection.close()
        except OSError:
            return

    threading.Thread(target=accept, daemon=True).start()
    return server.getsockname()[1], heard, server.close
