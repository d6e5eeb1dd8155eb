"""T15 to T23: front matter, configuration, schemas and pages that a stranger wrote."""

import sys
from pathlib import Path

import pytest

from tests.command import BAD, OUT_OF_ORDER, pmlint
from tests.repository import Scratch
from tests.threats import SEEN, checked, clean, listening

BOMB = "a0: &a0 {x: 1}\n" + "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 25))
LAUGHS = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(40))


@pytest.mark.parametrize(
    ("front", "line"),
    [("---\ntitle: x\nauthor: y\n", 1), ("---\na: b: c\n---\n", 2), ("+++\nx = \n+++\n", 2), ("---\na: [1\n---\n", 3)],
    ids=["unclosed", "colons", "TOML", "list"],
)
def test_t15_front_matter_that_breaks_off_has_a_place_and_the_body_is_checked(
    tmp_path: Path, front: str, line: int
) -> None:
    (tmp_path / "x.md").write_text(front + BAD, encoding="utf-8")
    done = clean(checked(tmp_path, "x.md"), 1)
    assert f"x.md:{line}:".encode() in done.stdout
    assert b"[metadata/unreadable-front-matter]" in done.stdout
    assert done.stdout.count(b"[timeline/out-of-order]") == 2


@pytest.mark.parametrize(
    "inside",
    [BOMB, LAUGHS, "a: " + "[" * 20_000, "a: " + "{a: " * 10_000, "".join(f"k{n}: 1\n" for n in range(5_100)),
     "a: '" + "x" * 60_000],
    ids=["merge keys", "billion laughs", "brackets", "braces", "many keys", "a long word"],
)  # fmt: skip
def test_t16_bombs_are_findings_at_once_and_take_no_memory(tmp_path: Path, inside: str) -> None:
    import resource

    from tests.threats import limited

    (tmp_path / "x.md").write_text(f"---\n{inside}\n---\n# T\n", encoding="utf-8")

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (5, 5))
        resource.setrlimit(resource.RLIMIT_DATA, (200 * 2**20, 200 * 2**20))

    done = clean(limited(tmp_path, small, "check", "x.md"), 1)
    assert b"[metadata/unreadable-front-matter]" in done.stdout


@pytest.mark.parametrize(
    "value",
    ["!!python/object/apply:os.system ['touch marker']", "!!binary aGk=", '"\\ud800"', "=", "&a x", "*a"],
)
def test_t17_what_names_code_or_breaks_text_is_a_finding_and_nothing_is_run(tmp_path: Path, value: str) -> None:
    (tmp_path / "x.md").write_text(f"---\ntitle: x\na: {value}\n---\n# T\n", encoding="utf-8")
    done = clean(checked(tmp_path, "x.md"), 1)
    assert value == "=" or b"x.md:3:4: " in done.stdout
    assert not (tmp_path / "marker").exists()


@pytest.mark.parametrize("value", ["2026-13-45", "2026-03-04T10:00:00+25:00", "9" * 10_000, "1e999", ".nan"])
def test_t17_values_that_mean_nothing_are_words(tmp_path: Path, value: str) -> None:
    (tmp_path / "x.md").write_text(f"---\ntitle: x\nother: {value}\n---\n# T\n", encoding="utf-8")
    assert clean(checked(tmp_path, "x.md"), 1).stderr == b""


def test_t17_a_key_that_stands_twice_is_told_with_both_lines(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("---\ntitle: x\na: 1\na: 2\n---\n# T\n", encoding="utf-8")
    assert b'the key "a" stands on line 3 already' in clean(checked(tmp_path, "x.md"), 1).stdout


@pytest.mark.parametrize("written", ["22:30", "no", "010", "12:30:45", "2026-03-04"])
def test_t18_values_are_the_words_that_were_written(tmp_path: Path, written: str) -> None:
    (tmp_path / "x.md").write_text(f"---\nseverity: {written}\n---\n# T\n", encoding="utf-8")
    done = clean(pmlint("model", "x.md", cwd=tmp_path), 0)
    assert f'"{written}"' in done.stdout.decode()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("profile = ", "pmlint.toml:1: this is no TOML"),
        ("levle = 'info'\n", "pmlint.toml:1: `levle` has no meaning here; did you mean `level`?"),
        ("level = 3\n", "pmlint.toml:1: level: 3 is none of"),
        ("[rules]\n'no/such' = 'error'\n", "pmlint.toml:2: no/such: no rule or family has that name"),
        ("x" * 300_000, "pmlint.toml: the file has 300,000 bytes, the limit is 262,144"),
        ("a = " + "[" * 50, "pmlint.toml:1: values are nested deeper than 32 here"),
        (".".join("a" * 20_000) + " = 1", "pmlint.toml:1: values are nested deeper than 32 here"),
        ("level = nan\n", "pmlint.toml:1: level: NaN is none of"),
        ("\x00", "NUL bytes"),
    ],
    ids=["TOML", "unknown key", "kind", "rule", "large", "deep", "dotted", "NaN", "NUL"],
)
def test_t19_with_half_a_configuration_nothing_is_checked(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "pmlint.toml").write_text(text, encoding="utf-8")
    (tmp_path / "bad.md").write_text(BAD, encoding="utf-8")
    done = clean(pmlint("check", "bad.md", cwd=tmp_path), 2)
    assert told in done.stderr.decode()
    assert done.stdout == b""


@pytest.mark.parametrize(
    ("folder", "told"),
    [
        ("/etc", "there is no such rule folder"),
        ("../other", "this leads out of the repository"),
        ("out", "this leads out of the repository"),
        ("https://example.org/rules", "there is no such rule folder"),
        ("a/../../other", "this leads out of the repository"),
    ],
)
def test_t20_a_configuration_leads_nowhere_outside(scratch: Scratch, folder: str, told: str) -> None:
    other = scratch.folder.parent / "other" / "family"
    other.mkdir(parents=True)
    (other / "page.md").write_text("# Shibboleth\n", encoding="utf-8")
    (scratch.folder / "out").symlink_to(other.parent)
    scratch.write("pmlint.toml", f"rule-folders = ['{folder}']\n")
    scratch.write("bad.md", BAD)
    done = clean(pmlint("check", "bad.md", cwd=scratch.folder), 2)
    assert b"Shibboleth" not in done.stdout + done.stderr
    assert told in done.stderr.decode()


def test_t20_a_configuration_that_is_a_link_shows_nothing_of_its_target(scratch: Scratch) -> None:
    secret = scratch.folder.parent / "secret"
    secret.write_text("shibboleth = 1\n", encoding="utf-8")
    (scratch.folder / "pmlint.toml").symlink_to(secret)
    scratch.write("bad.md", BAD)
    done = clean(pmlint("check", "bad.md", cwd=scratch.folder), 2)
    assert b"shibboleth" not in done.stdout + done.stderr


PAGE = """\
# Own

Own words.

```toml rule
check = "phrase"
severity = "error"
help = "mend it"
sources = ["us"]
[options.x]
{option}
```

## Why

x

## How to fix it

x
"""


@pytest.mark.parametrize(
    "option",
    [
        "'$ref' = 'http://127.0.0.1:PORT/x'",
        "'$dynamicRef' = 'http://127.0.0.1:PORT/x'",
        "'$id' = 'http://127.0.0.1:PORT/'\n'$ref' = 'x'",
        "'$ref' = 'file:///etc/hostname'",
        "'$ref' = '#'",
        "pattern = '^(a+)+$'\ntype = 'string'\ndefault = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'",
    ],
)
def test_t21_a_page_asks_nobody_and_takes_no_time(scratch: Scratch, option: str) -> None:
    port, heard, close = listening()
    scratch.write("rules/own/page.md", PAGE.format(option=option.replace("PORT", str(port))))
    scratch.write("pmlint.toml", "rule-folders = ['rules']\n")
    scratch.write("bad.md", BAD)
    done = clean(pmlint("check", "bad.md", cwd=scratch.folder), 2)
    close()
    assert heard == []
    assert b"rules/own/page.md:" in done.stderr
    assert done.stdout == b""


def test_t22_a_configuration_above_the_repository_is_somebody_elses(scratch: Scratch, tmp_path: Path) -> None:
    (scratch.folder.parent / "pmlint.toml").write_text("[rules]\nALL = 'off'\n", encoding="utf-8")
    scratch.write("bad.md", BAD)
    env = {"HOME": str(scratch.folder.parent)}
    assert SEEN in clean(pmlint("check", *OUT_OF_ORDER, "bad.md", cwd=scratch.folder, env=env), 1).stdout


def test_t22_without_a_repository_nothing_above_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "pmlint.toml").write_text("[rules]\nALL = 'off'\n", encoding="utf-8")
    (tmp_path / "inner").mkdir()
    assert clean(checked(tmp_path / "inner"), 1)
    (tmp_path / "inner" / "pmlint.toml").write_text("[rules]\nALL = 'off'\n", encoding="utf-8")
    assert clean(checked(tmp_path / "inner", "--isolated"), 1)


def test_t23_no_module_of_the_linted_folder_is_run(tmp_path: Path) -> None:
    import subprocess

    for name in ("click", "yaml", "mistune", "regex", "jsonschema", "sitecustomize", "usercustomize", "json", "pmlint"):
        (tmp_path / f"{name}.py").write_text("open('marker', 'w').close()\n", encoding="utf-8")
    (tmp_path / "bad.md").write_text("---\ntitle: x\n---\n" + BAD, encoding="utf-8")
    script = Path(sys.executable).with_name("pmlint")
    done = subprocess.run([script, "check", "bad.md"], cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert clean(done, 1)
    assert not (tmp_path / "marker").exists()
