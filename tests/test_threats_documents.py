"""T01 to T14: whatever is put where a postmortem is expected. ``pytest -k T05`` runs one case."""

import os
import resource
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.command import BAD, OUT_OF_ORDER, pmlint
from tests.repository import Scratch
from tests.threats import SEEN, checked, clean, limited

# The pathological inputs of cmark's test suite, written anew from their descriptions.
PATHOLOGICAL = {
    "nested strong emphasis": "*a **a " * 20000 + "b" + " a** a*" * 20000,
    "emphasis closers without openers": "a_ " * 20000,
    "emphasis openers without closers": "_a " * 20000,
    "link closers without openers": "a]" * 20000,
    "link openers without closers": "[a" * 20000,
    "mismatched openers and closers": "*a_ " * 25000,
    "issue 389": "*a " * 20000 + "_a*_ " * 20000,
    "openers and closers of multiples of three": "a**b" + "c* " * 25000,
    "link openers and emphasis closers": "[ a_" * 25000,
    "pattern [ (]( repeated": "[ (](" * 25000,
    "pattern ![[]() repeated": "![[]()" * 25000,
    "hard link and emphasis": "**x [a*b**c*](d)",
    "nested brackets": "[" * 25000 + "a" + "]" * 25000,
    "nested block quotes": "> " * 25000 + "a",
    "deeply nested lists": "".join("  " * n + "* a\n" for n in range(500)),
    "references and escaped signs": "[a](\\)" * 20000,
    "back-ticks": "".join("e" + "`" * n for n in range(1, 700)),
    "unclosed links A": "[a](<b" * 15000,
    "unclosed links B": "[a](b" * 15000,
    "unclosed comment": "</" + "<!--" * 40000,
    "unclosed declarations": "a <![CDATA[" * 10000 + "a <!A " * 10000 + "<?" * 10000,
    "tables": "aaa\rbbb\n-\v\n" * 10000 + "|" * 10000,
    "many link definitions": "".join(f"[{n}]: u\n" for n in range(20000)) + "[0] " * 20000,
    "empty items": "- \n" * 25000,
    "empty lines in deep lists": "- " * 30000 + "x" + "\n" * 30000,
    "empty lines in lists in a quote": "> " + "- " * 30000 + "x\n" + ">\n" * 30000,
    "emphasis in deep quotes": ">" * 50000 + "a*" * 50000,
}
# What took mistune 3.4.0 more than linear time, or all of its stack (M), and what it reads otherwise than GitHub (B).
STRUCTURES = {
    "M1 tables that break off": "-|-\n" * 2000 + "a|b|c\n",
    "M2a emphasis to and fro": "*a " * 8000 + "b* " * 8000,
    "M2b emphasis of two kinds": "*a " * 5000 + "_b_ " * 5000 + "c* " * 5000,
    "M2c a wide run": "*" * 12000 + "a* " * 12000,
    "M3 references in and out of quotes": "> [a]:b\n\n[c]:d\n\n" * 3000,
    "M4 a heading of blanks": "# a" + " " * 25000 + "b",
    "M5 lists and quotes in turn": "- a\n> b\n" * 4000,
    "B1 wide blank lines": "para\n     \nnext\n" * 3000,
    "B2 a list behind a quote": "para\n> q\n2. x\n" * 3000,
    "B3 a heading behind a quote": "> q\n# h\n" * 3000,
    "B3 quotes and lists in turn": "> q\n- a\n" * 4000,
    "B4 HTML in an item": "- a\n<details>\n" * 3000,
}


def _processor_time() -> float:
    """The seconds that the processes of tests have taken so far."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime


@pytest.mark.parametrize(
    "data",
    [b"", b"\xef\xbb\xbf", b"---\ntitle: x\n---\n", b" \n\t\n  \n", b"\xef\xbb\xbf---\ntitle: x\n---"],
    ids=["empty", "byte order mark", "front matter", "blanks", "both"],
)
def test_t01_next_to_nothing_is_a_document_without_sections(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.md").write_bytes(data)
    done = clean(checked(tmp_path, "x.md"), 1)
    assert b"x.md:" in done.stdout
    assert done.stderr == b""


def test_t02_what_is_not_utf_8_is_told_with_its_place_and_the_rest_is_checked(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_bytes(BAD.encode() + b"\n\xff\xfe\n")
    done = clean(checked(tmp_path, *OUT_OF_ORDER, "x.md"), 2)
    at = len(BAD.encode()) + 1
    assert f"x.md:9: byte {at} is not UTF-8".encode() in done.stderr
    assert b"x.md:6:3: error" in done.stdout


@pytest.mark.parametrize(
    ("encoding", "told"), [("utf-16", "looks like UTF-16"), ("utf-16-be", "NUL bytes"), ("latin-1", "is not UTF-8")]
)
def test_t03_other_encodings_are_one_line_and_not_hundreds_of_findings(
    tmp_path: Path, encoding: str, told: str
) -> None:
    (tmp_path / "x.md").write_bytes((BAD + "Größe\n" * 500).encode(encoding))
    done = clean(checked(tmp_path, *OUT_OF_ORDER, "x.md"), 2)
    assert told.encode() in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_t04_what_is_no_text_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 100)
    assert b"holds NUL bytes" in clean(checked(tmp_path, "x.md"), 2).stderr


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x" * (50 * 1024 * 1024), b"the file has 52,428,800 bytes, the limit is 1,048,576; raise it with --max-bytes"),
        (
            "# T\n\n" + "x" * 5_000_000,
            b"the file has 5,000,005 bytes, the limit is 1,048,576; raise it with --max-bytes",
        ),
        (
            "# T\n" + "\n" * 1_100_000,
            b"the file has 1,100,004 bytes, the limit is 1,048,576; raise it with --max-bytes",
        ),
    ],
    ids=["50 MB", "one line", "blank lines"],
)
def test_t05_a_file_over_the_limit_takes_no_time(tmp_path: Path, text: str, told: bytes) -> None:
    (tmp_path / "x.md").write_text(text, encoding="utf-8")
    began = _processor_time()
    done = clean(checked(tmp_path, "x.md"), 2)
    assert _processor_time() - began < 5  # most of it is what every start takes
    assert told in done.stderr


@pytest.mark.parametrize(
    "text", ["# T\n\n" + "x" * 2_000_000, "# T\n" + "\n" * 500_000], ids=["one line", "blank lines"]
)
def test_t05_a_file_within_the_limit_is_checked_or_stopped_in_time(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.md").write_text(text, encoding="utf-8")
    began = _processor_time()
    done = clean(checked(tmp_path, "--max-bytes", "3000000", "x.md"), 1, 2)
    assert _processor_time() - began < 20
    assert (done.returncode == 2) is (b"x.md: the limit of 10 seconds of processor time was used up" in done.stderr)


@pytest.mark.parametrize("name", [*PATHOLOGICAL, *STRUCTURES])
def test_t06_what_parsers_fall_over_takes_less_than_five_seconds(tmp_path: Path, name: str) -> None:
    (tmp_path / "x.md").write_text({**PATHOLOGICAL, **STRUCTURES}[name], encoding="utf-8", newline="")
    began = _processor_time()
    done = clean(checked(tmp_path, "x.md"), 1, 2)
    assert _processor_time() - began < 5
    known = (b"marks of emphasis", b" bytes, the limit", b"quotes and items lie within each other")
    assert all(any(limit in line for limit in known) for line in done.stderr.splitlines())


DEEP = b"more than 20 quotes and items lie within each other here: what lies deeper was read as plain text"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (">" * 100_000, b""),
        (">" * 100_000 + "x", b"x.md:1: " + DEEP),
        ("".join("  " * n + "- a\n" for n in range(500)), b"x.md:21: " + DEEP),
        ("|a" * 5000 + "|\n" + "|-" * 5000 + "|\n" + "|b" * 5000 + "|\n", b""),
        ("".join(f"[{n}]: u\n" for n in range(50_000)), b""),
        ("#" * 100_000, b""),
        ("<b>" * 50_000, b""),
    ],
    ids=["signs of quotes", "quotes", "lists", "columns", "references", "number signs", "tags"],
)
def test_t07_depth_and_width_exhaust_no_stack(tmp_path: Path, text: str, told: bytes) -> None:
    (tmp_path / "x.md").write_text(text, encoding="utf-8")
    done = clean(checked(tmp_path, "x.md"), 2 if told else 1)
    assert len(done.stderr.splitlines()) == (1 if told else 0)
    assert told in done.stderr


def test_t08_a_stack_that_is_used_up_costs_one_file(tmp_path: Path) -> None:
    (tmp_path / "deep.md").write_text("> " * 15 + "x", encoding="utf-8")
    (tmp_path / "bad.md").write_text(BAD, encoding="utf-8")
    script = (
        "import sys; from pmlint import cli, engine\n"
        "real = engine.recognise\n"
        "def recognise(document, conventions):\n"
        "    if 'deep' in document.source.path: return recognise(document, conventions)\n"
        "    return real(document, conventions)\n"
        "engine.recognise = recognise\n"
        "sys.exit(cli.main(['check', '--select', 'timeline/out-of-order', 'deep.md', 'bad.md']))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(b"pmlint: error: deep.md: internal error in reading: RecursionError")
    assert b"bad.md:6:3: error" in done.stdout


def test_t08_a_memory_that_is_used_up_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("# T\n\n" + "a *b* \n" * 120_000, encoding="utf-8")

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (120 * 2**20, 120 * 2**20))

    done = limited(tmp_path, small, "check", "x.md")
    assert done.returncode == 2
    assert b"MemoryError" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("inside", ["", "\u2028\x85\v\f"])
def test_t09_line_ends_change_no_place(tmp_path: Path, end: str, start: str, inside: str) -> None:
    text = start + BAD.replace("Alert", f"Alert{inside}").rstrip("\n").replace("\n", end)
    (tmp_path / "x.md").write_bytes(text.encode())
    done = clean(checked(tmp_path, *OUT_OF_ORDER, "x.md"), 1)
    assert b"x.md:6:3: error: 2026-03-04 13:40 comes after" in done.stdout


def test_t10_what_is_no_file_is_told_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "nowhere.md").symlink_to("gone")
    with socket.socket(socket.AF_UNIX) as end:
        end.bind(str(tmp_path / "s.md"))
        began = time.monotonic()
        done = checked(tmp_path, *OUT_OF_ORDER, "pipe.md", "none.md", "nowhere.md", "/dev/zero", "s.md", "folder.md")
    assert time.monotonic() - began < 30
    clean(done, 2)
    told = done.stderr.decode()
    for path in ("pipe.md: this is no regular file", "none.md: there is no such", "nowhere.md: there is no such"):
        assert path in told
    assert "/dev/zero: this is no regular file" in told
    assert "folder.md: no postmortem found in this folder" in told


def test_t11_a_walk_follows_no_link(tmp_path: Path) -> None:
    (tmp_path / "outside.md").write_text(BAD.replace("Alert", "Shibboleth"), encoding="utf-8")
    tree = tmp_path / "tree" / "postmortems"
    tree.mkdir(parents=True)
    (tree / "2026-03-03-real.md").write_text(BAD, encoding="utf-8")
    (tree / "2026-03-04-a.md").symlink_to(tmp_path / "outside.md")
    (tree / "2026-03-05-b.md").symlink_to("/etc/passwd")
    (tree / "round").symlink_to(tree, target_is_directory=True)
    (tree / "c.md").symlink_to("d.md")
    (tree / "d.md").symlink_to("c.md")
    done = clean(checked(tree.parent, "."), 1)
    assert b"Shibboleth" not in done.stdout
    assert b"root:" not in done.stdout + done.stderr
    assert b" in 2 of 2 postmortems" in done.stdout


@pytest.mark.parametrize("command", [("check",), ("check", "--fix"), ("model",), ("derive",)])
def test_t11_a_link_out_of_the_repository_is_not_followed_by_its_name(
    scratch: Scratch, command: tuple[str, ...]
) -> None:
    outside = scratch.folder.parent / "outside"
    outside.mkdir()
    (outside / ".git").mkdir()
    (outside / "x.md").write_text(BAD.replace("Logins failed", "Shibboleth"), encoding="utf-8")
    (scratch.folder / "a.md").symlink_to(outside / "x.md")
    (scratch.folder / "b.md").symlink_to("a.md")
    (scratch.folder / "postmortems").symlink_to(outside, target_is_directory=True)
    for name in ("a.md", "b.md", "postmortems/x.md", "./postmortems/../postmortems/x.md"):
        done = clean(pmlint(*command, name, cwd=scratch.folder), 2)
        assert f"{name}: this link leads out of the repository; name the file that it leads to" in done.stderr.decode()
        assert b"Shibboleth" not in done.stdout + done.stderr
    assert b"Shibboleth" not in pmlint(*command, "postmortems", cwd=scratch.folder).stdout


def test_t11_a_link_within_the_repository_and_one_outside_of_any_are_followed(scratch: Scratch, tmp_path: Path) -> None:
    scratch.write("docs/bad.md", BAD)
    (scratch.folder / "bad.md").symlink_to("docs/bad.md")
    assert SEEN in clean(pmlint("check", *OUT_OF_ORDER, "bad.md", cwd=scratch.folder), 1).stdout
    plain = tmp_path / "plain"
    plain.mkdir()
    (plain / "bad.md").symlink_to(scratch.folder / "docs" / "bad.md")
    assert SEEN in clean(pmlint("check", *OUT_OF_ORDER, "bad.md", cwd=plain), 1).stdout


def test_t11_the_index_has_no_link_that_leads_anywhere(scratch: Scratch) -> None:
    (scratch.folder / "postmortems").mkdir()
    (scratch.folder / "postmortems" / "a.md").symlink_to("/etc/passwd")
    scratch.git("add", "-A")
    done = clean(pmlint("check", "--staged", "postmortems/a.md", cwd=scratch.folder), 2)
    assert b"holds a symbolic link, no text" in done.stderr
    assert b"root:" not in done.stdout + done.stderr


def test_t12_a_file_that_goes_while_the_run_is_under_way_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "gone.md").write_text(BAD, encoding="utf-8")
    (tmp_path / "bad.md").write_text(BAD, encoding="utf-8")
    script = (
        "import os, sys; from pmlint import cli, run\n"
        "real = run.outcomes\n"
        "def outcomes(*given):\n"
        "    os.unlink('gone.md')\n"
        "    return real(*given)\n"
        "run.outcomes = outcomes\n"
        "sys.exit(cli.main(['check', 'gone.md', 'bad.md']))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (2, b"pmlint: error: gone.md: there is no such file\n")
    assert b"bad.md:6:3: error" in done.stdout


@pytest.mark.parametrize(
    "name",
    [
        b"a\nb.md", b"a\rb.md", b"a\x1b[2Jb.md", "a\u202eb.md".encode(), b"##[error]x.md", b"::error::x.md", b"-x.md",
        b"x" * 252 + b".md", b"\xff\xfe.md",
    ],
    ids=["line feed", "carriage return", "escape", "bidi", "azure", "github", "dash", "long", "not UTF-8"],
)  # fmt: skip
def test_t13_names_are_shown_and_do_nothing(tmp_path: Path, name: bytes) -> None:
    Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name))).write_text(BAD, encoding="utf-8")
    path = b"./" + name if name.startswith(b"-") else name
    for form in ("text", "short", "github", "azure", "markdown"):
        done = clean(pmlint("check", *OUT_OF_ORDER, "--format", form, path, cwd=tmp_path), 1)
        lines = done.stdout.decode().splitlines()
        commands = [line for line in lines if line.startswith("::") or "##[" in line or "##vso[" in line]
        assert len(commands) == (1 if form in ("github", "azure") else 0), commands
    report = pmlint("check", *OUT_OF_ORDER, "--format", "json", path, cwd=tmp_path)
    import json

    (found,) = json.loads(report.stdout)["findings"]
    assert found["path"].encode("utf-8", "surrogateescape") == path


def test_t14_what_git_has_no_text_for_is_told_by_its_kind(scratch: Scratch) -> None:
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n"
    scratch.write("postmortems/lfs.md", pointer)
    scratch.write("postmortems/conflict.md", BAD)
    scratch.commit()
    for number in (1, 2):
        scratch.git("checkout", "-q", "-b", f"b{number}", "main")
        scratch.write("postmortems/conflict.md", BAD + f"\n{number}\n")
        scratch.commit()
    scratch.git("merge", "-q", "b1", check=False)
    scratch.write("postmortems/announced.md", BAD)
    scratch.git("add", "--intent-to-add", "postmortems/announced.md")
    names = [f"postmortems/{name}.md" for name in ("lfs", "conflict", "announced")]
    done = clean(pmlint("check", "--staged", *names, cwd=scratch.folder), 2)
    for told in ("this is a Git LFS pointer", "the index holds no merged version", "the index holds no text for it"):
        assert told in done.stderr.decode()
    assert b"postmortems/lfs.md:" not in done.stdout
