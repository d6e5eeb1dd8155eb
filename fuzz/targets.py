"""What is fuzzed: a function a target that takes any bytes, and what must hold for them whatever they are.

A target raises Broken, or whatever nobody caught, where a promise is broken; everything else is an answer.
"""

import os
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

from pmlint.admission import admitted
from pmlint.baseline import parse_baseline
from pmlint.checks import CHECKS
from pmlint.config import Choice, read_settings
from pmlint.engine import check
from pmlint.errors import PatternRefused, PmlintError, Problem, Unfinished
from pmlint.files import source_of
from pmlint.frontmatter import parse_front_matter
from pmlint.page import PageError
from pmlint.patterns import Patterns
from pmlint.profile import parse_profile
from pmlint.report.outputs import FORMS, report
from pmlint.report.run import Run
from pmlint.rule import Rule
from pmlint.rulebook import read_rulebook
from pmlint.source import Source, decoded

TODAY = date(2026, 6, 30)
# Far more than a text of some kilobytes takes; whoever waits longer than that was made to.
SECONDS = 5.0


class Broken(Exception):
    """A promise that does not hold."""


@cache
def _rules() -> tuple[Rule, ...]:
    return read_rulebook().rules


def document(data: bytes) -> None:
    """A document through every rule and every form of report."""
    source, problem = source_of("pm.md", data)
    problems = [problem] if problem else []
    if source is None:
        return
    result = check(source, _rules(), TODAY)
    _sound(*result.problems)
    for finding in result.findings:
        if not 0 <= finding.span.start <= finding.span.end <= len(source.text):
            raise Broken(f"{finding.rule}: {finding.span}")
        if any(ord(letter) < 32 for letter in finding.help):
            raise Broken(f"{finding.rule}: {finding.help!r}")
    run = Run(1, result.findings, tuple(problems), _rules())
    for form in FORMS:
        "\n".join(report(form, run)).encode("utf-8", "backslashreplace")


def front_matter(data: bytes) -> None:
    """Front matter in YAML and in TOML: its places lie inside the text."""
    for fence in ("---", "+++"):
        source = Source("pm.md", f"{fence}\n{_text(data)}\n{fence}\n# T\n")
        read = parse_front_matter(source)
        if read and not all(span.end <= read.span.end for span in read.spans.values()):
            raise Broken(f"a value outside of the front matter: {read.spans}")


def configuration(data: bytes) -> None:
    """A configuration: valid, or refused with problems that name it."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "pmlint.toml")
        with open(path, "wb") as file:
            file.write(data)
        try:
            read_settings(path, folder, Choice())
        except PmlintError as error:
            _sound(*error.problems)


def page(data: bytes) -> None:
    """A rule page and a profile page of a stranger."""
    text = _text(data)
    for read in (lambda: admitted(text, "own/page", "own/page.md", CHECKS), lambda: parse_profile(text, "own", "o.md")):
        try:
            read()
        except PageError as error:
            if not error.reasons:
                raise Broken("a page is refused without a reason") from error


def baseline(data: bytes) -> None:
    """A baseline of a stranger."""
    try:
        parse_baseline(_text(data), "pmlint-baseline.json")
    except PmlintError as error:
        _sound(*error.problems)


def pattern(data: bytes) -> None:
    """A regular expression of a stranger, and a text to search."""
    written, _, text = _text(data).partition("\n")
    try:
        list(Patterns([written]).find(text * 20))
    except (PatternRefused, Unfinished):
        return


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "document": document,
    "front-matter": front_matter,
    "configuration": configuration,
    "page": page,
    "baseline": baseline,
    "pattern": pattern,
}


def held(target: str, data: bytes) -> None:
    """Runs a target; raises Broken, too, where it took more processor time than any text of that size may."""
    began = time.process_time()
    TARGETS[target](data)
    if (took := time.process_time() - began) > SECONDS:
        raise Broken(f"it took {took:.1f} s")


def _sound(*problems: Problem) -> None:
    for problem in problems:
        if "internal error" in problem.reason or "please report" in problem.remedy:
            raise Broken(str(problem))


def _text(data: bytes) -> str:
    return decoded("any", data)[0].text
