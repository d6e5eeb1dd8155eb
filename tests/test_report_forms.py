"""Each form of report says where, what and how bad, in the units of who reads it."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from pmlint.engine import check
from pmlint.errors import Problem
from pmlint.examination import EXAMPLE_DAY
from pmlint.report.excerpt import suggestion
from pmlint.report.github import step_summary
from pmlint.report.outputs import FORMS, report
from pmlint.report.run import Run
from pmlint.report.sarif import MAX_RESULTS
from pmlint.rule import Edit, Finding, Severity
from pmlint.rulebook import read_rulebook
from pmlint.schema import faults
from pmlint.source import Source, Span
from tests.command import BAD as OUT_OF_ORDER
from tests.runners import azure_commands, github_commands
from tests.runs import ACCEPTED, BAD, CLEAN, OLD, PROBLEM, RULES, RUN, SPANNING, finding


def text_of(form: str, run: Run = RUN) -> str:
    return "".join(f"{line}\n" for line in report(form, run))


def values_of(form: str, run: Run = RUN) -> Any:
    return json.loads(text_of(form, run))


def sarif_results(run: Run = RUN) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = values_of("sarif", run)["runs"][0]["results"]
    return results


def _sarif_column() -> int:
    return int(sarif_results()[0]["locations"][0]["physicalLocation"]["region"]["startColumn"])


def _github_column() -> int:
    commands = github_commands(text_of("github").encode())
    return next(int(command.properties["col"]) for command in commands if "col" in command.properties)


def _checkstyle_column() -> int:
    errors = ElementTree.fromstring(text_of("checkstyle").encode()).iter("error")
    return next(int(error.attrib["column"]) for error in errors if error.attrib["source"] != "pmlint")


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        pytest.param(lambda: int(text_of("short").split(":")[2]), 4, id="short: code points"),
        pytest.param(lambda: int(text_of("text").split(":")[2]), 4, id="text: code points"),
        pytest.param(lambda: values_of("json")["findings"][0]["column"], 4, id="json: code points"),
        pytest.param(_sarif_column, 5, id="sarif: UTF-16 code units"),
        pytest.param(
            lambda: values_of("rdjson")["diagnostics"][2]["location"]["range"]["start"]["column"], 8, id="rdjson: bytes"
        ),
        pytest.param(_github_column, 4, id="github: code points"),
        pytest.param(
            lambda: int(list(azure_commands(text_of("azure").encode()))[2].properties["columnnumber"]), 4, id="azure"
        ),
        pytest.param(_checkstyle_column, 4, id="checkstyle: code points"),
    ],
)
def test_columns_count_what_the_reader_counts(column: Callable[[], int], expected: int) -> None:
    assert column() == expected


@pytest.mark.parametrize("form", FORMS)
def test_lines_end_where_markdown_ends_them(form: str) -> None:
    """Neither a form feed nor U+2028 nor U+0085 begins a line, and a byte order mark takes no column."""
    source = Source("pm.md", "a\x0bb\u2028c\x85d\r\ne\rBAD\n", bom=True)
    text = text_of(form, Run(1, (finding(source, "BAD"),), (), RULES))
    places = re.findall(r'pm\.md:(\d+)|[lL]ine"?[:= ]+"?(\d+)|begin": (\d+)|linenumber=(\d+)', text)
    assert places
    assert {number for found in places for number in found if number} == {"3"}


@pytest.mark.parametrize("form", FORMS)
def test_what_could_not_be_looked_at_is_no_clean_report(form: str) -> None:
    run = Run(0, (), (PROBLEM,), RULES)
    if form == "short":
        assert text_of(form, run) == ""  # editors read findings only; the problem stands on standard error
    else:
        assert "there is no such file" in text_of(form, run)


def test_a_short_report_is_for_errorformat() -> None:
    assert text_of("short") == (
        "docs/a b%é.md:3:4: error: 10:02 comes after 10:20 [timeline/out-of-order]\n"
        "docs/old.md:3:3: info: an old entry [sections/empty-section]\n"
        "docs/old.md:3:3: warning: 10:02 comes after 10:20 [sections/empty-section]\n"
    )


@pytest.mark.parametrize("run", [RUN, Run(2), Run(2, RUN.findings[:1]), Run(2, (), [PROBLEM, PROBLEM])])
def test_json_that_is_written_piece_by_piece_is_one_value_with_two_blanks_a_level(run: Run) -> None:
    text = text_of("json", run)
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"
    assert [len(values_of("json", run)[part]) for part in ("findings", "problems")] == [
        len(run.findings),
        len(run.problems),
    ]


def test_json_tells_fixes_and_suppressions() -> None:
    values = values_of("json")
    assert faults(values, "report") == ()
    first, accepted, spanning = values["findings"]
    assert first["edits"] == [{"line": 3, "column": 4, "end_line": 3, "end_column": 7, "text": "GOOD", "safe": True}]
    assert accepted["suppression"] == {"kind": "baseline", "reason": "before 2026"}
    assert [edit["line"] for edit in spanning["edits"]] == [3, 5]
    assert len({f["fingerprint"] for f in values["findings"]}) == 3


def test_json_lines_hold_the_same_objects_and_end_with_the_summary() -> None:
    lines = [json.loads(line) for line in text_of("jsonl").splitlines()]
    kinds = [line.pop("kind") for line in lines]
    whole = values_of("json")
    assert kinds == ["finding"] * 3 + ["problem"] * 2 + ["summary"]
    assert lines == [*whole["findings"], *whole["problems"], {"version": 1, **whole["summary"]}]


class TestSarif:
    def test_there_is_one_run_with_all_rules(self) -> None:
        (run,) = values_of("sarif")["runs"]
        assert run["automationDetails"]["id"] == "pmlint/"
        assert run["columnKind"] == "utf16CodeUnits"
        described = run["tool"]["driver"]["rules"]
        assert [rule["id"] for rule in described] == [rule.name for rule in RULES]
        assert [rule["name"] for rule in described] == ["OutOfOrder", "EmptySection"]
        page = "# Timeline out of order\n\n## Why\n\nReaders rely on the order."
        assert described[0]["help"]["markdown"] == page
        assert [described[result["ruleIndex"]]["id"] for result in run["results"]] == [f.rule for f in RUN.findings]

    def test_a_clean_run_has_an_empty_list(self) -> None:
        assert sarif_results(CLEAN) == []
        assert values_of("sarif", CLEAN)["runs"][0]["invocations"] == [{"executionSuccessful": True}]

    def test_paths_are_uris(self) -> None:
        artifact = sarif_results()[0]["locations"][0]["physicalLocation"]["artifactLocation"]
        assert artifact == {"uri": "docs/a%20b%25%C3%A9.md", "uriBaseId": "SRCROOT"}
        absolute = sarif_results(Run(1, (finding(Source("/srv/pm.md", "BAD"), "BAD"),)))[0]
        assert absolute["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "file:///srv/pm.md"}

    def test_fixes_are_replacements_in_utf_16(self) -> None:
        (fix,) = sarif_results()[0]["fixes"]
        assert fix["artifactChanges"][0]["replacements"] == [
            {
                "deletedRegion": {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 8},
                "insertedContent": {"text": "GOOD"},
            }
        ]
        (unsafe,) = sarif_results()[2]["fixes"]
        assert unsafe["description"]["text"].endswith("(this may change what the text says)")

    def test_a_suppression_is_told(self) -> None:
        assert sarif_results()[1]["suppressions"] == [
            {"kind": "external", "status": "accepted", "justification": "before 2026"}
        ]
        assert "suppressions" not in sarif_results()[0]

    def test_problems_are_notifications(self) -> None:
        (invocation,) = values_of("sarif")["runs"][0]["invocations"]
        assert invocation["executionSuccessful"] is False
        first, second = invocation["toolExecutionNotifications"]
        assert first["message"]["text"] == "there is no such file; look again"
        assert second["locations"][0]["physicalLocation"]["region"] == {"startLine": 3}

    def test_of_too_many_findings_the_most_severe_are_kept_in_order(self) -> None:
        source = Source("pm.md", "BAD one\n")
        hints = [finding(source, "BAD", Severity.INFO)] * MAX_RESULTS
        run = Run(1, (*hints, finding(source, "one"), finding(source, "BAD")), (), RULES)
        results = sarif_results(run)
        assert len(results) == MAX_RESULTS
        assert [result["level"] for result in results[-3:]] == ["note", "error", "error"]
        (note,) = values_of("sarif", run)["runs"][0]["invocations"][0]["toolExecutionNotifications"]
        assert note["message"]["text"].startswith("2 more findings were left out")

    def test_fingerprints_stay_when_lines_are_added_above(self) -> None:
        def prints(text: str) -> list[dict[str, str]]:
            found = check(Source("pm.md", text), read_rulebook().rules, EXAMPLE_DAY).findings
            return [result["partialFingerprints"] for result in sarif_results(Run(1, found))]

        moved = OUT_OF_ORDER.replace("## Timeline", "One line more.\n\n## Timeline")
        key = "primaryLocationLineHash"
        assert prints(OUT_OF_ORDER)[-1] == prints(moved)[-1]
        assert re.fullmatch(r"[0-9a-f]+:\d+", prints(moved)[-1][key])


class TestGitHub:
    def test_errors_come_first_and_a_summary_last(self) -> None:
        commands = list(github_commands(text_of("github").encode()))
        assert [command.name for command in commands] == ["error", "error", "error", "warning"]
        assert commands[2].properties == {
            "file": "docs/a b%é.md", "line": "3", "endLine": "3", "col": "4", "endColumn": "7",
            "title": "timeline/out-of-order",
        }  # fmt: skip
        assert text_of("github").splitlines()[-1].startswith("1 error, 1 warning in 2 of 2 postmortems (1 more")

    def test_columns_are_left_out_where_a_finding_goes_over_several_lines(self) -> None:
        command = list(github_commands(text_of("github").encode()))[-1]
        assert command.properties.keys() == {"file", "line", "endLine", "title"}

    def test_who_sees_ten_annotations_is_told_of_the_rest(self) -> None:
        run = Run(1, (BAD,) * 11, (), RULES)
        assert text_of("github", run).splitlines()[-1].endswith("(annotated are the first 10 of each severity)")

    def test_the_summary_of_the_step_never_grows_too_large(self) -> None:
        run = Run(1, (BAD,) * 20_000, (), RULES)
        summary = step_summary(run)
        assert len(summary.encode()) < 1_048_576
        shown = summary.count("\n- [ ]")
        assert summary.endswith(f"… and {20_000 - shown} more, in the log of the run.\n")


def test_azure_has_errors_and_warnings() -> None:
    orders = list(azure_commands(text_of("azure").encode()))
    assert [order.properties["type"] for order in orders] == ["error", "error", "error", "warning"]
    assert orders[2].properties["sourcepath"] == "docs/a b%é.md"
    assert orders[2].data == "10:02 comes after 10:20; put the entries in order"


class TestGitLab:
    def test_an_entry_has_what_gitlab_asks_for(self) -> None:
        first, *others = values_of("gitlab")
        assert first.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
        assert first["location"] == {"path": "docs/a b%é.md", "lines": {"begin": 3}}
        assert [entry["severity"] for entry in (first, *others)] == ["major", "minor", "blocker", "blocker"]
        assert text_of("gitlab")[0] == "["

    def test_a_clean_run_is_an_empty_list(self) -> None:
        assert values_of("gitlab", CLEAN) == []

    def test_the_same_finding_in_two_files_is_two(self) -> None:
        twins = [finding(Source(path, "BAD\n"), "BAD") for path in ("a.md", "b.md")]
        entries = values_of("gitlab", Run(2, (*twins, PROBLEM and twins[1]), (PROBLEM, PROBLEM)))
        assert len({entry["fingerprint"] for entry in entries}) == 5

    def test_a_path_has_no_dot_in_front(self) -> None:
        (entry,) = values_of("gitlab", Run(1, (finding(Source("./pm.md", "BAD"), "BAD"),)))
        assert entry["location"]["path"] == "pm.md"


class TestXml:
    def test_junit_counts(self) -> None:
        root = ElementTree.fromstring(text_of("junit").encode())
        counts = {name: root.attrib[name] for name in ("tests", "failures", "errors", "skipped")}
        assert counts == {"tests": "5", "failures": "2", "errors": "2", "skipped": "1"}
        assert [suite.attrib["name"] for suite in root] == ["pmlint", "docs/a b%é.md", "docs/old.md"]

    def test_junit_has_a_case_that_passes_where_there_is_nothing(self) -> None:
        (case,) = ElementTree.fromstring(text_of("junit", CLEAN).encode()).iter("testcase")
        assert list(case) == []

    def test_checkstyle_groups_by_file(self) -> None:
        root = ElementTree.fromstring(text_of("checkstyle").encode())
        assert [file.attrib["name"] for file in root] == ["gone.md", "docs/old.md", "docs/a b%é.md", "docs/old.md"]
        assert root[2][0].attrib == {
            "line": "3", "column": "4", "severity": "error", "source": "timeline/out-of-order",
            "message": "10:02 comes after 10:20; put the entries in order",
        }  # fmt: skip

    def test_what_xml_cannot_write_is_shown(self) -> None:
        bad = Source("a\x00\ufffe\x1b.md", "BAD")
        assert "a\\x00\\ufffe\\x1b.md" in text_of("checkstyle", Run(1, (finding(bad, "BAD"),)))


def _spliced(data: bytes, diagnostic: dict[str, Any]) -> bytes:
    """What a reader of reviewdog's format makes of a file: lines end at LF, columns count bytes."""
    lines = data.split(b"\n")

    def offset(place: dict[str, int]) -> int:
        return sum(len(line) + 1 for line in lines[: place["line"] - 1]) + place["column"] - 1

    (suggested,) = diagnostic["suggestions"]
    start, end = (offset(suggested["range"][key]) for key in ("start", "end"))
    text: str = suggested["text"]
    return data[:start] + text.encode() + data[end:]


class TestReviewdog:
    def test_a_suggestion_put_in_by_bytes_mends_the_file(self) -> None:
        diagnostic = values_of("rdjson")["diagnostics"][2]
        assert _spliced(BAD.source.text.encode(), diagnostic).decode() == BAD.source.text.replace("BAD", "GOOD")

    @pytest.mark.parametrize(
        ("edits", "expected"),
        [
            pytest.param((Edit(Span(24, 24), "- third\n"),), "# Old\n\n- first\n- second\n- third\n", id="at the end"),
            pytest.param((Edit(Span(15, 24), ""),), "# Old\n\n- first\n", id="up to the end"),
            pytest.param(
                (Edit(Span(17, 23), "2nd"), Edit(Span(9, 14), "1st")), "# Old\n\n- 1st\n- 2nd\n", id="several as one"
            ),
        ],
    )
    def test_edits_keep_their_places(self, edits: tuple[Edit, ...], expected: str) -> None:
        run = Run(1, (finding(OLD, "first", edits=edits),))
        (diagnostic,) = values_of("rdjson", run)["diagnostics"]
        assert _spliced(OLD.text.encode(), diagnostic).decode() == expected

    def test_what_may_change_the_meaning_is_not_suggested(self) -> None:
        assert suggestion(SPANNING) == Edit(Span(9, 24), "1st\n- second\n- third\n", safe=False)
        assert "suggestions" not in values_of("rdjson")["diagnostics"][-1]

    def test_the_lines_are_the_same_diagnostics(self) -> None:
        lines = [json.loads(line) for line in text_of("rdjsonl").splitlines()]
        assert [line.pop("source") for line in lines] == [{"name": "pmlint"}] * 4
        assert lines == values_of("rdjson")["diagnostics"]


class TestChecklist:
    def test_findings_are_grouped_by_file(self) -> None:
        assert text_of("markdown") == (
            "### pmlint: 1 error, 1 warning in 2 of 2 postmortems (1 more with --level info); "
            "1 can be fixed with --fix; 2 problems kept the job from being done in full\n"
            "\n#### Not checked\n\n"
            "- [ ] `gone.md`: there is no such file; look again\n"
            "- [ ] `docs/old.md:3`: not understood\n"
            "\n#### `docs/a b%é.md`\n\n"
            "- [ ] **error**, line 3: 10:02 comes after 10:20 (`timeline/out-of-order`)\n"
            "  To mend it: put the entries in order\n"
            "\n#### `docs/old.md`\n\n"
            "- [x] **info**, line 3: an old entry (`sections/empty-section`)\n"
            "  Accepted by a baseline: before 2026\n"
            "- [ ] **warning**, line 3: 10:02 comes after 10:20 (`sections/empty-section`)\n"
            "  To mend it: put the entries in order\n"
        )

    def test_it_fits_into_a_comment(self) -> None:
        text = text_of("markdown", Run(1, (BAD,) * 2000, (), RULES))
        assert len(text.encode()) < 65_536
        assert re.search(r"\n\n… and \d+ more, in the log of the run\.\n$", text)

    def test_nobody_is_called_and_nothing_is_fetched(self) -> None:
        bad = finding(OLD, "first", message='"@team ![x](http://t) #12 <b>" ends here')
        assert '"\\@\u200bteam \\!\\[x\\]\\(http\\://t\\) \\#\u200b12 \\<b\\>" ends here' in text_of(
            "markdown", Run(1, (bad,))
        )


@pytest.mark.parametrize("form", [form for form in FORMS if form != "text"])
def test_no_form_but_text_quotes_the_document(form: str) -> None:
    secret = Source("pm.md", "# T\n\ntoken-12345 BAD\n")
    run = Run(1, (finding(secret, "BAD", edits=(Edit(Span(17, 20), "GOOD"),)),), (), RULES)
    assert "token-12345" not in text_of(form, run)
    assert "token-12345" in text_of("text", run)


def test_an_accepted_finding_alarms_nobody() -> None:
    run = Run(1, (ACCEPTED,), (), RULES)
    for form in ("github", "azure", "gitlab", "checkstyle", "rdjson", "rdjsonl"):
        assert "an old entry" not in text_of(form, run), form
    assert Finding(*BAD).suppression is None


def test_problems_with_a_line_keep_it() -> None:
    run = Run(0, (), (Problem("pm.md", "bad", line=7),))
    assert values_of("gitlab", run)[0]["location"]["lines"] == {"begin": 7}
    assert values_of("rdjson", run)["diagnostics"][0]["location"]["range"] == {"start": {"line": 7}}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_told_of(form: str) -> None:
    page = (Path(__file__).resolve().parent.parent / "docs" / "formats.md").read_text(encoding="utf-8")
    assert re.search(rf"^\|[^|]*`{form}`[^|]*\|", page, re.M)


def test_no_hash_of_a_secret_goes_into_sarif() -> None:
    hashes = []
    for secret in ("ghp_one", "ghp_two"):
        source = Source("pm.md", f"# T\n\n- 10:20 {secret}\n")
        span = Span(source.text.index(secret), source.text.index(secret) + len(secret))
        found = finding(source, secret, message="a token stands here")._replace(hidden=(span,))
        hashes.append("".join(report("sarif", Run(1, [found], rules=RULES))))
    assert "primaryLocationLineHash" in hashes[0]
    assert hashes[0] == hashes[1]
