"""Comments that allow findings: where they count, and what is said of those that do not."""

from datetime import date

import pytest

from pmlint.allow import find_comments, judged
from pmlint.engine import check, read_document
from pmlint.rulebook import read_rulebook
from pmlint.source import Source
from tests.command import pmlint
from tests.repository import Scratch

BOOK = read_rulebook()
ALL = tuple(rule.name for rule in BOOK.rules)
TODAY = date(2026, 6, 30)
WHY = "timeline/out-of-order: as in the log"


def states(text: str, *names: str, path: str = "x.md", comments: bool = True) -> list[str]:
    """``rule`` or ``rule (reason)`` of each finding of these rules and of the rules about comments."""
    rules = [rule for rule in BOOK.rules if rule.name in names or rule.family == "suppression"]
    result = check(Source(path, text), rules, TODAY, comments=comments, known=ALL)
    assert not result.problems
    return [f.rule + (f" ({f.suppression.reason})" if f.suppression else "") for f in result.findings]


def allowed(text: str) -> bool:
    """Whether the one finding is allowed, and nothing else is said."""
    (state,) = states(text, "timeline/out-of-order")
    return state == "timeline/out-of-order (as in the log)"


LATE = "- 15:33 Alert\n- 13:40 Fixed\n"
TABLE = "| Time | Event |\n| --- | --- |\n| 15:33 | Alert |\n| 13:40 | Fixed |\n"


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ("at the end of its item", f"- 15:33 Alert\n- 13:40 Fixed <!-- pmlint: allow {WHY} -->\n"),
        ("below its item, in it", f"- 15:33 Alert\n- 13:40 Fixed\n  <!-- pmlint: allow {WHY} -->\n- 16:00 Over\n"),
        ("above its item", f"- 15:33 Alert\n<!-- pmlint: allow {WHY} -->\n- 13:40 Fixed\n"),
        ("above the whole list", f"<!-- pmlint: allow {WHY} -->\n\n{LATE}"),
        ("over several lines", f"- 15:33 Alert\n<!-- pmlint:\n  allow {WHY}\n-->\n- 13:40 Fixed\n"),
        ("in its row", TABLE.replace("Fixed", f"Fixed <!-- pmlint: allow {WHY} -->")),
        ("above its table", f"<!-- pmlint: allow {WHY} -->\n\n{TABLE}"),
        ("for the file, anywhere", f"{LATE}\n<!-- pmlint: allow-file {WHY} -->\n"),
        ("for its family", f"{LATE}\n<!-- pmlint: allow-file timeline: as in the log -->\n"),
        ("for its family with a slash", f"{LATE}\n<!-- pmlint: allow-file timeline/: as in the log -->\n"),
        ("for all rules", f"{LATE}\n<!-- pmlint: allow-file ALL: as in the log -->\n"),
        ("in a range", f"<!-- pmlint: off {WHY} -->\n\n{LATE}\n<!-- pmlint: on timeline/out-of-order -->\n"),
        ("in a range that ends all", f"<!-- pmlint: off {WHY} -->\n\n{LATE}\n<!-- pmlint: on -->\n"),
        ("in a range without an end", f"<!-- pmlint: off {WHY} -->\n\n{LATE}"),
        ("in MDX, at its item", f"- 15:33 Alert\n- 13:40 Fixed {{/* pmlint: allow {WHY} */}}\n"),
        ("in MDX, above the list", f"{{/* pmlint: allow {WHY} */}}\n\n{LATE}"),
        ("without blanks", f"- 15:33 Alert\n- 13:40 Fixed <!--pmlint:allow {WHY}-->\n"),
        ("with CRLF", f"- 15:33 Alert\r\n- 13:40 Fixed <!-- pmlint: allow {WHY} -->\r\n"),
        ("twice", f"- 15:33 Alert\n- 13:40 Fixed <!-- pmlint: allow {WHY} --> <!-- pmlint: allow {WHY} -->\n"),
    ],
)
def test_a_comment_allows(where: str, text: str) -> None:
    assert allowed("## Timeline (UTC)\n\n" + text)


@pytest.mark.parametrize(
    ("why", "text", "said"),
    [
        ("it stands above another item", f"<!-- pmlint: allow {WHY} -->\n{LATE}", "unused"),
        ("it stands after the block", f"{LATE}\n<!-- pmlint: allow {WHY} -->\n", "unused"),
        ("its range is over", f"<!-- pmlint: off {WHY} -->\n\n<!-- pmlint: on timeline -->\n", "unused"),
        ("it gives no reason", f"<!-- pmlint: off timeline/out-of-order -->\n\n{LATE}", "missing-reason"),
        ("its reason is empty", f"<!-- pmlint: off timeline/out-of-order: -->\n\n{LATE}", "missing-reason"),
        ("its word is unknown", f"<!-- pmlint: disable {WHY} -->\n\n{LATE}", "unreadable"),
        ("its rule is unknown", f"<!-- pmlint: off timeline/order: as in the log -->\n\n{LATE}", "unknown-rule"),
        ("it means another rule", f"<!-- pmlint: off timeline/missing-zone: local -->\n\n{LATE}", None),
        ("it stands in code", f"```\n<!-- pmlint: off {WHY} -->\n```\n\n{LATE}", None),
        ("it stands in a code span", f"`<!-- pmlint: off {WHY} -->`\n\n{LATE}", None),
        ("it stands in indented code", f"    <!-- pmlint: off {WHY} -->\n\n{LATE}", None),
    ],
)
def test_a_comment_allows_nothing_where(why: str, text: str, said: str | None) -> None:
    found = states("## Timeline (UTC)\n\n" + text + (LATE if LATE not in text else ""), "timeline/out-of-order")
    assert "timeline/out-of-order" in found
    assert f"suppression/{said}" in found or said is None


def test_front_matter_holds_no_comments() -> None:
    text = f"---\ntitle: x\nnote: <!-- pmlint: allow-file {WHY} -->\n---\n\n## Timeline (UTC)\n\n{LATE}"
    assert states(text, "timeline/out-of-order") == ["timeline/out-of-order"]


def test_each_rule_of_a_list_is_judged_by_itself() -> None:
    text = f"## Timeline (UTC)\n\n<!-- pmlint: allow timeline/out-of-order, timeline/impossible-time: old -->\n\n{LATE}"
    found = states(text, "timeline/out-of-order", "timeline/impossible-time")
    assert found == ["suppression/unused", "timeline/out-of-order (old)"]


def test_a_finding_about_the_document_is_allowed_at_its_title() -> None:
    text = "# Logins failed <!-- pmlint: allow sections/missing-impact: nobody noticed -->\n"
    assert states(text, "sections/missing-impact") == ["sections/missing-impact (nobody noticed)"]
    above = "<!-- pmlint: allow sections/missing-impact: nobody noticed -->\n# Logins failed\n"
    assert states(above, "sections/missing-impact") == ["sections/missing-impact (nobody noticed)"]


def test_nothing_is_said_of_rules_that_were_not_applied() -> None:
    assert states(f"## Timeline\n\n<!-- pmlint: allow {WHY} -->\n\n{LATE}", "clarity/placeholder") == []


def test_comments_can_be_left_unread() -> None:
    text = f"## Timeline (UTC)\n\n<!-- pmlint: off {WHY} -->\n\n<!-- pmlint: nonsense -->\n\n{LATE}"
    assert states(text, "timeline/out-of-order", comments=False) == ["timeline/out-of-order"]


def test_what_allows_cannot_itself_be_allowed() -> None:
    text = "# x\n\n<!-- pmlint: allow-file suppression: no -->\n\n<!-- pmlint: allow-file tone -->\n"
    assert "suppression/missing-reason" in states(text)


def test_only_so_many_comments_count() -> None:
    text = "<!-- pmlint: allow-file timeline: old -->\n\n" * 600
    comments = find_comments(read_document(Source("x.md", text)))
    assert len(comments) == 501
    assert comments[-1].fault == "only the first 500 comments of a document count: let one comment name several rules"


def test_many_comments_and_findings_take_no_time_to_speak_of() -> None:
    from time import process_time

    entries = "".join(f"- {12 - n % 2}:00 <!-- pmlint: allow timeline: x -->\n" for n in range(2_000))
    text = "## Timeline\n\n" + entries
    rules = [rule for rule in BOOK.rules if rule.name == "timeline/out-of-order"]
    source = Source("x.md", text)
    findings = check(source, rules, TODAY, comments=False).findings
    document = read_document(source)
    began = process_time()
    comments = find_comments(document)
    judged(comments, findings * 5, ALL, ALL)
    find_comments(document._replace(source=Source("x.md", "<!-- pmlint:" * 20_000)))
    assert process_time() - began < 20


class TestCommand:
    @pytest.fixture
    def text(self) -> str:
        return f"# Logins failed\n\n## Timeline (UTC)\n\n- 15:33 Alert\n- 13:40 Fixed <!-- pmlint: allow {WHY} -->\n"

    def run(self, scratch: Scratch, *arguments: str) -> tuple[int, str]:
        done = pmlint("check", "--select", "timeline/out-of-order,suppression", *arguments, "x.md", cwd=scratch.folder)
        assert done.stderr == b""
        return done.returncode, done.stdout.decode()

    def test_what_is_allowed_is_counted(self, scratch: Scratch, text: str) -> None:
        scratch.write("x.md", text)
        assert self.run(scratch) == (0, "1 postmortem, nothing to report; suppressed: 1 by comments\n")

    def test_what_is_allowed_can_be_shown(self, scratch: Scratch, text: str) -> None:
        scratch.write("x.md", text)
        code, out = self.run(scratch, "--show-suppressed")
        assert code == 0
        assert "x.md:6:3: error: 13:40 comes after 15:33 [timeline/out-of-order]" in out
        assert "= allowed by a comment: as in the log" in out

    def test_a_gate_can_take_no_notice(self, scratch: Scratch, text: str) -> None:
        scratch.write("x.md", text)
        code, out = self.run(scratch, "--no-inline-suppressions")
        assert code == 1
        assert out.endswith("1 error in 1 of 1 postmortem\n")

    def test_programs_are_told_why(self, scratch: Scratch, text: str) -> None:
        import json

        from pmlint.schema import faults

        scratch.write("x.md", text)
        report = json.loads(self.run(scratch, "--show-suppressed", "--format", "json")[1])
        assert not list(faults(report, "report"))
        assert report["findings"][0]["suppression"] == {"kind": "comment", "reason": "as in the log"}
        assert report["summary"]["errors"] == 0
