"""The settings of docs/editors.md in the real editors, without a screen."""

import json
import os
import re
import subprocess
import sys
import threading
import tomllib
from pathlib import Path
from typing import IO, Any

import pytest

from tests.command import pmlint
from tests.tools import missing, program

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "editors.md").read_text(encoding="utf-8")
# 😀 and é: an editor that counts bytes or UTF-16 has to end up at the same character.
TEXT = "# Logins failed\n\n## Timeline (UTC)\n\n- 2026-03-04 15:33 Alert\n- 😀é **2026-03-04 13:40** Fixed\n"
SELECT = "timeline/out-of-order"
MESSAGE = "2026-03-04 13:40 comes after 2026-03-04 15:33"
pytestmark = pytest.mark.slow


def section(heading: str) -> str:
    """What stands under a heading of the page."""
    found = re.search(rf"^## {re.escape(heading)}$.*?(?=^## |\Z)", PAGE, re.M | re.S)
    assert found is not None
    return found.group()


def settings(heading: str, language: str, number: int = 0) -> str:
    """A block in a language under a heading of the page, the first unless ``number`` says otherwise."""
    blocks: list[str] = re.findall(rf"^```{language}\n(.*?)^```$", section(heading), re.M | re.S)
    return blocks[number]


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """An environment whose pmlint is ours."""
    home = tmp_path / "home"
    home.mkdir()
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    kept = {name: value for name, value in os.environ.items() if name.startswith(("LANG", "LC_", "COVERAGE", "TMP"))}
    return {**kept, "PATH": path, "HOME": str(home), "XDG_CONFIG_HOME": str(home), "TERM": "dumb"}


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "my postmortem.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def ran(*command: str | Path, text: Path, env: dict[str, str], stdin: str = "") -> str:
    done = subprocess.run(
        command, cwd=text.parent, env=env, input=stdin, capture_output=True, text=True, timeout=120, check=False
    )
    return done.stdout + done.stderr


def drive(command: list[str], text: Path, env: dict[str, str]) -> None:
    """Lets an editor run until it ends by itself, for half a minute at most."""
    with subprocess.Popen(
        command,
        cwd=text.parent,
        env={**env, "TERM": "xterm"},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as editor:
        try:
            editor.wait(30)
        finally:
            editor.kill()


def found_by_json(text: Path) -> list[tuple[int, int, str]]:
    report = json.loads(pmlint("check", "--format", "json", text.name, cwd=text.parent).stdout)
    return [(finding["line"], finding["column"], finding["rule"]) for finding in report["findings"]]


def test_the_console_block_is_real(text: Path) -> None:
    _, command, output, *_ = settings("Vim", "vim"), *PAGE.partition("```console\n")[2].split("\n", 2)
    arguments = command.removeprefix("$ pmlint ").partition(" < ")[0].split()
    plain = TEXT.replace("😀é **", "").replace("**", "").encode()
    done = pmlint(arguments[0], "--select", SELECT, *arguments[1:], cwd=text.parent, stdin=plain)
    assert done.stdout.decode() == output + "\n"


def test_vim_fills_its_quickfix_list(text: Path, env: dict[str, str]) -> None:
    (text.parent / "vimrc").write_text(settings("Vim", "vim"), encoding="utf-8")
    script = "call writefile([json_encode(getqflist())], 'found.json')"
    ran(
        program("vim"),
        "-es",
        "-N",
        "-u",
        "vimrc",
        "-c",
        "set encoding=utf-8",
        "-c",
        "set filetype=markdown",
        "-c",
        "silent make!",
        "-c",
        script,
        "-c",
        "qa!",
        text.name,
        text=text,
        env=env,
    )
    entries = json.loads((text.parent / "found.json").read_text(encoding="utf-8"))
    places = [(entry["lnum"], entry["text"].rpartition("[")[2].rstrip("]"), entry["type"]) for entry in entries]
    expected = [(line, rule) for line, _, rule in found_by_json(text)]
    assert [(line, rule) for line, rule, _ in places] == expected
    assert (6, SELECT, "e") in places


def test_ale_marks_what_is_typed(text: Path, env: dict[str, str]) -> None:
    program("vim")
    if not Path("/usr/share/vim-ale").is_dir():
        missing("vim-ale is not installed")
    vimrc = (
        "set nocompatible encoding=utf-8\nset runtimepath^=/usr/share/vim-ale\nfiletype plugin on\n"
        "let g:ale_linters = {'markdown': ['pmlint']}\nlet g:ale_linters_explicit = 1\nlet g:ale_echo_cursor = 0\n"
        + settings("Vim or Neovim with ALE", "vim")
        + "function! Done() abort\n"
        "  call writefile([json_encode(ale#engine#GetLoclist(bufnr('')))], 'found.json')\n  qa!\nendfunction\n"
        "autocmd User ALELintPost call Done()\n"
        # What is in the window counts, not what is on the disk.
        "autocmd VimEnter * call setline(1, '# Logins failed again') | call ale#Queue(0, '')\n"
    )
    (text.parent / "vimrc").write_text(vimrc, encoding="utf-8")
    drive(["vim", "-N", "-u", "vimrc", "--not-a-term", text.name], text, env)
    entries = json.loads((text.parent / "found.json").read_text(encoding="utf-8"))
    (entry,) = [entry for entry in entries if entry["code"] == SELECT]
    assert (entry["lnum"], entry["type"], entry["text"]) == (6, "E", MESSAGE)
    assert TEXT.split("\n")[5].encode()[entry["col"] - 1 :].startswith(b"2026-03-04 13:40")


def test_neovim_shows_diagnostics(text: Path, env: dict[str, str]) -> None:
    (text.parent / "init.lua").write_text(settings("Neovim", "lua"), encoding="utf-8")
    script = "lua vim.fn.writefile({vim.json.encode(vim.diagnostic.get(0))}, 'found.json')"
    said = ran(
        program("nvim"), "--headless", "-u", "init.lua", text.name, "-c", script, "-c", "qa!", text=text, env=env
    )
    entries = json.loads((text.parent / "found.json").read_text(encoding="utf-8"))
    (entry,) = [entry for entry in entries if entry["code"] == SELECT]
    line = TEXT.split("\n")[5].encode()
    assert line[entry["col"] : entry["end_col"]] == b"2026-03-04 13:40", said
    assert (entry["lnum"], entry["severity"]) == (5, 1)
    assert len(entries) == len(found_by_json(text))


def test_the_linter_of_nvim_lint_gives_the_same_diagnostics(text: Path, env: dict[str, str]) -> None:
    # In place of the plug-in: what it hands over to a linter, and takes from it.
    init = (
        "local lint = { linters = {}, linters_by_ft = {}, try_lint = function() end }\n"
        "package.preload.lint = function() return lint end\n" + settings("Neovim", "lua", 1)
    )
    (text.parent / "init.lua").write_text(init, encoding="utf-8")
    (text.parent / "found.lua").write_text(
        "local linter = require('lint').linters[require('lint').linters_by_ft.markdown[1]]\n"
        "local command = { linter.cmd }\n"
        "for _, argument in ipairs(linter.args) do\n"
        "  table.insert(command, type(argument) == 'function' and argument() or argument)\n"
        "end\n"
        "local output = vim.fn.system(command, vim.api.nvim_buf_get_lines(0, 0, -1, true))\n"
        "local found = linter.parser(output, vim.api.nvim_get_current_buf())\n"
        "vim.fn.writefile({ vim.json.encode(found) }, 'found.json')\n",
        encoding="utf-8",
    )
    said = ran(
        program("nvim"), "--headless", "-u", "init.lua", text.name, "-c", "luafile found.lua", "-c", "qa!",
        text=text, env=env,
    )  # fmt: skip
    entries = json.loads((text.parent / "found.json").read_text(encoding="utf-8"))
    (entry,) = [entry for entry in entries if entry["code"] == SELECT]
    line = TEXT.split("\n")[5].encode()
    assert line[entry["col"] : entry["end_col"]] == b"2026-03-04 13:40", said
    assert (entry["lnum"], entry["severity"], entry["message"].split("\n")[0]) == (5, 1, MESSAGE)
    assert len(entries) == len(found_by_json(text))


def test_flycheck_shows_errors(text: Path, env: dict[str, str]) -> None:
    script = settings("Emacs with Flycheck", "elisp") + (
        "(find-file (car command-line-args-left)) (text-mode) (setq flycheck-checker 'pmlint) (flycheck-mode)\n"
        "(flycheck-buffer)\n"
        "(let ((tries 0)) (while (and (flycheck-running-p) (< tries 400)) (sleep-for 0.1) (setq tries (1+ tries))))\n"
        '(dolist (e flycheck-current-errors) (princ (format "%d:%d:%s:%s\\n" (flycheck-error-line e)\n'
        " (flycheck-error-column e) (flycheck-error-level e) (flycheck-error-id e))))\n"
        "(kill-emacs)\n"
    )
    (text.parent / "check.el").write_text(script, encoding="utf-8")
    emacs = program("emacs")
    if "found" not in ran(
        emacs, "--batch", "--eval", '(princ (if (locate-library "flycheck") \'found))', text=text, env=env
    ):
        missing("elpa-flycheck is not installed")
    said = ran(emacs, "--batch", "-l", "check.el", text.name, text=text, env=env)
    for line, column, rule in found_by_json(text):
        assert re.search(rf"^{line}:{column}:(error|warning):{rule}$", said, re.M), said


def test_kakoune_counts_the_findings(text: Path, env: dict[str, str]) -> None:
    rc = settings("Kakoune", "kak") + (
        "hook global BufSetOption lint_warning_count=[1-9].* %{\n"
        '  nop %sh{ echo "$kak_opt_lint_error_count $kak_opt_lint_warning_count" > found.txt }\n'
        "  kill!\n}\n"
    )
    (text.parent / "home" / "kak").mkdir()
    (text.parent / "home" / "kak" / "kakrc").write_text(rc, encoding="utf-8")
    drive([program("kak"), "-ui", "dummy", "-e", "lint-buffer", text.name], text, env)
    errors, warnings = (text.parent / "found.txt").read_text(encoding="utf-8").split()
    found = json.loads(pmlint("check", "--format", "json", text.name, cwd=text.parent).stdout)["summary"]
    assert (int(errors), int(warnings)) == (found["errors"], found["warnings"])


def _message(**values: Any) -> bytes:
    body = json.dumps({"jsonrpc": "2.0", **values}).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def _published(stream: IO[bytes]) -> list[dict[str, Any]]:
    """The first diagnostics that a language server publishes; none if it ends before."""
    while header := stream.readline():
        stream.readline()
        message = json.loads(stream.read(int(header.partition(b":")[2])))
        if message.get("method") == "textDocument/publishDiagnostics":
            diagnostics: list[dict[str, Any]] = message["params"]["diagnostics"]
            return diagnostics
    return []


def test_a_language_server_of_efm_publishes_diagnostics(text: Path, env: dict[str, str]) -> None:
    text = text.rename(text.with_name("postmortem.md"))
    config = settings("Helix, and every editor with a language client", "yaml")
    (text.parent / "config.yaml").write_text(config, encoding="utf-8")
    document = {"uri": text.as_uri(), "languageId": "markdown", "version": 1, "text": TEXT}
    messages = (
        _message(id=1, method="initialize", params={"rootUri": text.parent.as_uri(), "capabilities": {}})
        + _message(method="initialized", params={})
        + _message(method="textDocument/didOpen", params={"textDocument": document})
    )
    with subprocess.Popen(
        [program("efm-langserver"), "-c", "config.yaml"],
        cwd=text.parent,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(messages)
        server.stdin.flush()
        alarm = threading.Timer(60, server.kill)
        alarm.start()
        published = _published(server.stdout)
        alarm.cancel()
        server.kill()
    places = {(d["range"]["start"]["line"] + 1, d["message"].rpartition("[")[2].rstrip("]")) for d in published}
    assert places == {(line, rule) for line, _, rule in found_by_json(text)}


def test_helix_is_told_of_the_server_that_it_is_to_use() -> None:
    languages = tomllib.loads(settings("Helix, and every editor with a language client", "toml"))
    (markdown,) = languages["language"]
    servers = [languages["language-server"][name] for name in markdown["language-servers"]]
    assert (markdown["name"], servers) == ("markdown", [{"command": "efm-langserver"}])


def test_the_problem_matcher_of_the_task_reads_every_line(text: Path, env: dict[str, str]) -> None:
    task = json.loads(settings("Visual Studio Code", "json"))["tasks"][0]
    pattern = task["problemMatcher"]["pattern"]
    arguments = [argument for argument in task["args"] if argument != "docs/postmortems"]
    output = pmlint(*arguments, text.name, cwd=text.parent).stdout.decode()
    script = (
        "const [regexp, text] = JSON.parse(require('fs').readFileSync(0));"
        "console.log(JSON.stringify(text.trimEnd().split('\\n').map(line => line.match(new RegExp(regexp)))))"
    )
    matches = json.loads(
        ran(program("node"), "-e", script, text=text, env=env, stdin=json.dumps([pattern["regexp"], output]))
    )
    read = [(int(m[pattern["line"]]), int(m[pattern["column"]]), m[pattern["code"]]) for m in matches]
    assert read == found_by_json(text)
    assert {m[pattern["file"]] for m in matches} == {text.name}


# What IntelliJ's RegexpFilter puts in the place of its words; Python has no \p{Alpha}.
MACROS = {
    "$FILE_PATH$": r"(?P<file>(?:[A-Za-z]:)?[0-9 a-z_A-Z\-\\./]+)",
    "$LINE$": "(?P<line>[0-9]+)",
    "$COLUMN$": "(?P<column>[0-9]+)",
    "$MESSAGE$": "(?P<message>.*)",
}


def test_the_output_filter_of_a_file_watcher_reads_every_line(text: Path) -> None:
    fields = dict(re.findall(r"^\| ([A-Z][a-z ]+) \| `(.+)` \|$", section("JetBrains IDEs"), re.M))
    assert list(fields) == ["Program", "Arguments", "Working directory", "Output filters"]
    arguments = [argument.replace("$FilePath$", str(text)) for argument in fields["Arguments"].split()]
    output = pmlint(*arguments, cwd=text.parent).stdout.decode()
    pattern = fields["Output filters"]
    for macro, expression in MACROS.items():
        pattern = pattern.replace(macro, expression)
    read = [re.search(pattern, line) for line in output.splitlines()]
    places = [(int(m["line"]), int(m["column"]), m["message"].rpartition("[")[2].rstrip("]")) for m in read if m]
    assert places == found_by_json(text)
    assert {m["file"] for m in read if m} == {str(text)}
