"""Recognition measured against hand-made labels of real documents, where they lie beside the checkout."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from tests.corpus import CORPUS, GOLD, needs_corpus, needs_gold

ROOT = Path(__file__).resolve().parent.parent
# A little below what is measured, so that a fall is seen. Where few labels are, one that is missed is a fall.
FLOORS = {
    "section (line, concept)": 0.94,
    "event (line)": 0.99,
    "event when, of shared lines": 0.99,
    "event milestone": 0.71,
    "timeline zone": 0.97,
    "action (line)": 0.94,
    "action owner, of shared lines": 0.92,
    "action due, of shared lines": 0.99,
    "action state, of shared lines": 0.92,
    "action has ticket, of shared lines": 0.98,
    "metadata date": 0.98,
    "metadata severity": 0.99,
    "metadata status": 0.99,
    "duration (line, minutes)": 0.95,
    "timeline/out-of-order": 0.99,
    "timeline/impossible-time": 0.99,
    "consistency/duration-mismatch": 0.99,
    "tone (line, warning or error)": 0.46,
    "tone (line, any severity)": 0.24,
}


@needs_corpus
@needs_gold
def test_recognition_keeps_its_floors() -> None:
    pmlint = shutil.which("pmlint", path=str(Path(sys.executable).parent))
    assert pmlint is not None
    arguments = [str(CORPUS), str(GOLD / "dev.jsonl"), "--json", "--pmlint", pmlint]
    command = [sys.executable, str(GOLD / "score.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    score = json.loads(done.stdout)
    assert score["broken"] == []
    fallen = {
        field: score["fields"][field]["f1"] for field, floor in FLOORS.items() if score["fields"][field]["f1"] < floor
    }
    assert not fallen


@needs_corpus
def test_every_real_postmortem_is_checked_in_full() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pmlint", "check", "--format", "json", CORPUS / "postmortems"],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    report = json.loads(done.stdout)
    assert report["problems"] == []
    assert report["summary"]["files"] >= 150
