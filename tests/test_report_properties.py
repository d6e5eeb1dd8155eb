"""Whatever a document, a path or a message holds: every form stays what it is, and nothing in it commands a runner."""

import json
import re
from xml.etree import ElementTree

import cmarkgfm
from hypothesis import given
from hypothesis import strategies as st

from pmlint.report.escape import shown
from pmlint.report.markdown import prose
from pmlint.report.outputs import FORMS, report
from pmlint.report.run import Run, sentence
from pmlint.rule import Edit, Finding, Severity
from pmlint.source import Source, Span
from tests.runners import azure_commands, github_commands
from tests.runs import RULES, hostile, hostile_runs

# What a terminal or a log viewer acts upon; a report has no such character but its line ends.
_ACTIVE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
FOR_PROGRAMS = ("json", "jsonl", "sarif", "gitlab", "rdjson", "rdjsonl")
LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def printed(form: str, run: Run) -> bytes:
    return "".join(f"{line}\n" for line in report(form, run)).encode("utf-8", "backslashreplace")


@given(run=hostile_runs())
def test_nothing_but_our_own_annotations_commands_a_runner(run: Run) -> None:
    ours = len(run.open) + len(run.problems)
    for form in FORMS:
        log = printed(form, run)
        commands = list(github_commands(log))
        assert len(commands) == (ours if form == "github" else 0), form
        assert {command.name for command in commands} <= {"error", "warning", "notice"}
        orders = list(azure_commands(log))
        assert len(orders) == (ours if form == "azure" else 0), form
        assert {order.name for order in orders} <= {"task.logissue"}


@given(run=hostile_runs())
def test_no_character_acts_on_a_terminal(run: Run) -> None:
    for form in FORMS:
        if form not in FOR_PROGRAMS:  # in JSON they are text, and the reader has to see exactly them
            assert not _ACTIVE.search(printed(form, run).decode()), form


@given(hostile_runs())
def test_github_reads_back_what_was_found(run: Run) -> None:
    commands = list(github_commands(printed("github", run)))[len(run.problems) :]
    for command, finding in zip(commands, sorted(run.open, key=lambda f: -f.severity), strict=True):
        place = finding.source.place(finding.span.start)
        assert command.name == LEVELS[str(finding.severity)]
        assert command.properties["file"] == shown(finding.source.path)
        assert command.properties["line"] == str(place.line)
        assert command.properties["title"] == finding.rule
        assert command.data == shown(sentence(finding))


@given(hostile_runs())
def test_azure_reads_back_what_was_found(run: Run) -> None:
    commands = list(azure_commands(printed("azure", run)))[len(run.problems) :]
    for command, finding in zip(commands, run.open, strict=True):
        place = finding.source.place(finding.span.start)
        assert command.properties["sourcepath"] == shown(finding.source.path)
        assert command.properties["linenumber"] == str(place.line)
        assert command.properties["columnnumber"] == str(place.column)
        assert command.data == shown(sentence(finding))


@given(run=hostile_runs())
def test_json_parses(run: Run) -> None:
    for form in ("json", "sarif", "gitlab", "rdjson"):
        assert printed(form, run)[:1] in (b"{", b"[")
        json.loads(printed(form, run))


@given(run=hostile_runs())
def test_every_line_of_json_lines_parses(run: Run) -> None:
    for form, count in (("jsonl", len(run.findings) + 1), ("rdjsonl", len(run.open))):
        lines = printed(form, run).split(b"\n")
        assert lines.pop() == b""
        assert len([json.loads(line) for line in lines]) == len(run.problems) + count


@given(hostile_runs())
def test_json_says_exactly_what_was_found(run: Run) -> None:
    values = json.loads(printed("json", run))["findings"]
    assert [value["path"] for value in values] == [finding.source.path for finding in run.findings]
    assert [value["message"] for value in values] == [finding.message for finding in run.findings]


@given(run=hostile_runs())
def test_xml_parses_and_holds_every_finding(run: Run) -> None:
    for form, tags, findings in (
        ("junit", ("failure", "error", "skipped"), run.findings),
        ("checkstyle", ("error",), run.open),
    ):
        root = ElementTree.fromstring(printed(form, run))
        found = [element for tag in tags for element in root.iter(tag)]
        assert len(found) == len(run.problems) + len(findings)


@given(hostile_runs())
def test_a_short_report_has_a_line_a_finding(run: Run) -> None:
    lines = printed("short", run).decode().split("\n")
    assert len(lines) == len(run.findings) + 1
    assert all(re.search(r":\d+:\d+: (error|warning|info): .* \[[a-z]+/[a-z-]+\]$", line) for line in lines[:-1])


@given(hostile_runs())
def test_a_checklist_holds_its_items_and_nothing_else(run: Run) -> None:
    markdown = printed("markdown", run).decode()
    html = cmarkgfm.github_flavored_markdown_to_html(markdown, options=cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE)
    assert html.count("<li>") == len(run.findings) + len(run.problems)
    assert html.count("<h") == 1 + bool(run.problems) + len(list(run.documents()))
    tags = set(re.findall(r"</?(\w+)", html))
    assert tags <= {"h3", "h4", "ul", "li", "input", "code", "strong"}


@given(hostile)
def test_prose_reads_as_it_is_written(text: str) -> None:
    html = cmarkgfm.github_flavored_markdown_to_html(
        "x" + prose(text) + "x", options=cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE
    )
    assert set(re.findall(r"</?(\w+)", html)) == {"p"}
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        html = html.replace(entity, letter)
    seen = html.removeprefix("<p>x").removesuffix("x</p>\n")
    assert seen.replace("\u200b", "") == shown(text).replace("\u200b", "")
    assert not re.search(r"[@#]\w", seen)


def _offset(text: str, line: int, column: int, codec: str, unit: int) -> int:
    """Where a place is, as a reader of a report counts: lines end at LF, columns count units of so many bytes."""
    lines = text.split("\n")
    before = lines[line - 1].encode(codec)[: (column - 1) * unit].decode(codec)
    return sum(len(earlier) + 1 for earlier in lines[: line - 1]) + len(before)


@given(
    st.text(alphabet="ab é😀\u2028\n", max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.text(alphabet="xé😀\n", max_size=3)), min_size=2, max_size=4),
)
def test_who_applies_the_edits_of_a_report_gets_what_they_say(text: str, cuts: list[tuple[int, str]]) -> None:
    """JSON by code points, SARIF by UTF-16 code units, reviewdog's format by bytes: the same text comes out."""
    spots = sorted(min(spot, len(text)) for spot, _ in cuts)
    edits = tuple(
        Edit(Span(start, end), new) for start, end, (_, new) in zip(spots[::2], spots[1::2], cuts, strict=False)
    )
    expected = text
    for edit in reversed(edits):
        expected = expected[: edit.span.start] + edit.text + expected[edit.span.end :]
    marked = Finding(RULES[0].name, Severity.ERROR, "seen", "mend", Span(0, 0), Source("pm.md", text), edits=edits)
    run = Run(1, (marked,), (), RULES)
    values = {form: json.loads(printed(form, run)) for form in ("json", "sarif", "rdjson")}
    by_json = [
        (edit["line"], edit["column"], edit["end_line"], edit["end_column"], edit["text"])
        for edit in values["json"]["findings"][0]["edits"]
    ]
    (change,) = values["sarif"]["runs"][0]["results"][0]["fixes"][0]["artifactChanges"]
    by_sarif = [
        (
            *(edit["deletedRegion"][key] for key in ("startLine", "startColumn", "endLine", "endColumn")),
            edit["insertedContent"]["text"],
        )
        for edit in change["replacements"]
    ]
    by_reviewdog = [
        (*offer["range"]["start"].values(), *offer["range"]["end"].values(), offer["text"])
        for offer in values["rdjson"]["diagnostics"][0]["suggestions"]
    ]
    for replacements, codec, unit in (
        (by_json, "utf-32-le", 4),
        (by_sarif, "utf-16-le", 2),
        (by_reviewdog, "utf-8", 1),
    ):
        mended = text
        for line, column, end_line, end_column, new in reversed(replacements):
            start, end = _offset(text, line, column, codec, unit), _offset(text, end_line, end_column, codec, unit)
            mended = mended[:start] + new + mended[end:]
        assert mended == expected, codec
