"""The digest says what the pages say, and is believed only as long as they are those that it was made from."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pmlint import data
from pmlint.rule import digested
from pmlint.rulebook import read_pages

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("pmlint", "rules", "schemas", "tools", "pyproject.toml")


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("digest", ROOT / "tools" / "digest.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def told(tool: ModuleType) -> dict[str, Any]:
    """What a reader of the file gets."""
    told: dict[str, Any] = json.loads(json.dumps(tool.digest()))
    return told


def test_its_rules_are_those_of_the_pages(told: dict[str, Any]) -> None:
    pages = [page._replace(written=None) for page in read_pages()]
    assert [digested(values) for values in told["rules"]] == pages
    assert pages


def test_its_lexicons_are_those_of_their_files(told: dict[str, Any]) -> None:
    names = {path.stem for path in (ROOT / "rules" / "lexicon").iterdir()}
    assert told["lexicon"] == {name: data.parse_lexicon(name) for name in names}


def test_a_rule_of_it_reads_its_page_when_it_is_asked(told: dict[str, Any]) -> None:
    rule = digested(told["rules"][0])
    assert rule.text == (ROOT / rule.path).read_text(encoding="utf-8")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of its own with a digest."""
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__", "digest.json"))
        else:
            shutil.copy(ROOT / part, tmp_path / part)
    subprocess.run([sys.executable, "tools/digest.py"], cwd=tmp_path, check=True, timeout=60)
    return tmp_path


def _asked(checkout: Path, question: str) -> str:
    program = f"from pmlint import data; from pmlint.rulebook import read_rulebook; print({question})"
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=checkout, env=env, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout.strip()


IS_BELIEVED = "data.read_digest() is not None"


def test_a_fresh_one_is_believed(checkout: Path) -> None:
    assert _asked(checkout, IS_BELIEVED) == "True"


def test_a_page_that_was_changed_is_read_itself(checkout: Path) -> None:
    page = checkout / "rules" / "timeline" / "out-of-order.md"
    page.write_text(page.read_text(encoding="utf-8").replace('severity = "error"', 'severity = "info"'), "utf-8")
    assert _asked(checkout, 'read_rulebook().rule("timeline/out-of-order").severity') == "info"


def test_a_page_that_was_added_or_taken_away_makes_it_stale(checkout: Path) -> None:
    page = checkout / "rules" / "timeline" / "out-of-order.md"
    page.rename(page.with_name("backwards.md"))
    assert _asked(checkout, IS_BELIEVED) == "False"
    assert _asked(checkout, 'read_rulebook().rule("timeline/backwards").name') == "timeline/backwards"


def test_a_lexicon_that_was_changed_is_read_itself(checkout: Path) -> None:
    lexicon = checkout / "rules" / "lexicon" / "languages.toml"
    lexicon.write_text('en = "only this"\n', encoding="utf-8")
    assert _asked(checkout, 'dict(data.read_lexicon("languages"))') == "{'en': 'only this'}"


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"made_from": []}'])
def test_a_damaged_one_is_as_good_as_none(checkout: Path, content: str) -> None:
    (checkout / "pmlint" / "digest.json").write_text(content, encoding="utf-8")
    assert _asked(checkout, IS_BELIEVED) == "False"
    assert _asked(checkout, "len(read_rulebook().rules) > 100") == "True"


def test_a_checkout_has_none_before_somebody_makes_it(checkout: Path) -> None:
    (checkout / "pmlint" / "digest.json").unlink()
    assert _asked(checkout, IS_BELIEVED) == "False"
