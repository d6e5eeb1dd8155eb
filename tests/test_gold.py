"""Recognition measured against hand-made labels of real documents, where they lie beside the checkout."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
FLOORS = {
    "section (line, concept)": 0.85,
    "event (line)": 0.85,
    "event when, of shared lines": 0.85,
    "action (line)": 0.75,
}


@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="the labelled documents do not lie beside this checkout")
def test_recognition_keeps_its_floors() -> None:
    pmlint = shutil.which("pmlint", path=str(Path(sys.executable).parent))
    assert pmlint is not None
    gold = SHARED / "gold"
    arguments = [str(SHARED / "corpus"), str(gold / "dev.jsonl"), "--json", "--pmlint", pmlint]
    command = [sys.executable, str(gold / "score.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    score = json.loads(done.stdout)
    assert score["broken"] == []
    fallen = {
        field: score["fields"][field]["f1"] for field, floor in FLOORS.items() if score["fields"][field]["f1"] < floor
    }
    assert not fallen


@pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="the real documents do not lie beside this checkout")
def test_every_real_postmortem_is_checked_in_full() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pmlint", "check", "--format", "json", SHARED / "corpus" / "postmortems"],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    report = json.loads(done.stdout)
    assert report["problems"] == []
    assert report["summary"]["files"] >= 150
