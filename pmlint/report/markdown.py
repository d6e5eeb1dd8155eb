"""A checklist in GitHub's and GitLab's Markdown, for a comment on a pull request: findings grouped by file."""

from collections.abc import Iterator

from pmlint.expressions import expression
from pmlint.report.escape import shown
from pmlint.report.run import Run
from pmlint.report.text import Style, summary_line
from pmlint.rule import Finding

# A comment on GitHub takes 65,536 characters.
_COMMENT_BYTES = 60_000
_MARKUP = expression(r"([\\`*_\[\]<>()#!|~$&@]|:(?=/))")
_BACKTICKS = expression("`+")
_ZERO_WIDTH_SPACE = "\u200b"
# Both hosts notify whose name stands behind an @, and link what looks like an issue: a backslash does not hinder them.
_CALLS = expression(r"(?<=[@#!~&$%])(?=\w)|(?i:(?<=www)(?=\.))")


def report(run: Run) -> Iterator[str]:
    """The checklist, short enough for a comment."""
    yield from checklist(run, _COMMENT_BYTES)


def checklist(run: Run, budget: int) -> Iterator[str]:
    """A heading, then a list for each file; what goes beyond ``budget`` bytes is counted at the end."""
    yield f"### pmlint: {summary_line(run, Style())}"
    lines = list(_lines(run))
    left = budget - 1000
    for number, line in enumerate(lines):
        left -= len(line.encode("utf-8", "backslashreplace")) + 1
        if left < 0:
            rest = sum(1 for other in lines[number:] if other.startswith("- ["))
            yield from ("", f"… and {rest} more, in the log of the run.")
            return
        yield line


def _lines(run: Run) -> Iterator[str]:
    if run.problems:
        yield from ("", "#### Not checked", "")
    for problem in run.problems:
        line = f":{problem.line}" if problem.line else ""
        yield f"- [ ] {code(f'{problem.path}{line}')}: {prose(problem.sentence)}"
    for path, findings in run.documents():
        yield from ("", f"#### {code(path)}", "")
        for finding in findings:
            yield from _item(finding)


def _item(finding: Finding) -> Iterator[str]:
    accepted = finding.suppression
    box = "[x]" if accepted else "[ ]"
    line = finding.source.place(finding.span.start).line
    yield f"- {box} **{finding.severity}**, line {line}: {prose(finding.message)} ({code(finding.rule)})"
    if accepted:
        yield f"  Accepted by a {accepted.kind}: {prose(accepted.reason)}"
    elif finding.help:
        yield f"  To mend it: {prose(finding.help)}"


def prose(text: str) -> str:
    """Text that reads as it is written: no markup, no link, no picture, and nobody is notified."""
    return _MARKUP.sub(r"\\\1", _CALLS.sub(_ZERO_WIDTH_SPACE, shown(text)))


def code(text: str) -> str:
    """A code span that holds exactly the text, whatever backticks are in it."""
    safe = shown(text)
    fence = "`" * (1 + max((len(run) for run in _BACKTICKS.findall(safe)), default=0))
    pad = " " if safe.startswith("`") or safe.endswith("`") or safe != safe.strip() else ""
    return f"{fence}{pad}{safe}{pad}{fence}"
