"""JUnit's XML as CI servers show it: a suite for each document, a failed case for each finding."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from pmlint.report import xml
from pmlint.report.run import Run
from pmlint.rule import Finding


def report(run: Run) -> Iterator[str]:
    """Problems are errors, accepted findings are skipped cases; where there is nothing at all, one case passes."""
    suites = [_suite(path, [_case(finding) for finding in findings]) for path, findings in run.documents()]
    if run.problems:
        suites.insert(0, _suite("pmlint", [_error(problem.path, str(problem)) for problem in run.problems]))
    if not suites:
        suites.append(_suite("pmlint", [Element("testcase", name="no findings", classname="pmlint")]))
    root = Element("testsuites", name="pmlint")
    root.extend(suites)
    _count(root)
    yield from xml.lines(root)


def _suite(name: str, cases: list[Element]) -> Element:
    suite = Element("testsuite", name=xml.text(name))
    suite.extend(cases)
    _count(suite)
    return suite


def _count(element: Element) -> None:
    for name, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(name, str(sum(1 for _ in element.iter(tag))))


def _case(finding: Finding) -> Element:
    place = finding.source.place(finding.span.start)
    path = finding.source.path
    name = f"{finding.rule} (line {place.line}, column {place.column})"
    case = Element("testcase", name=xml.text(name), classname=xml.text(path), file=xml.text(path), line=str(place.line))
    if finding.suppression:
        SubElement(case, "skipped", message=xml.text(f"{finding.suppression.kind}: {finding.suppression.reason}"))
    else:
        failure = SubElement(case, "failure", type=str(finding.severity), message=xml.text(finding.message))
        failure.text = xml.text(f"{path}:{place.line}:{place.column}: {finding.message}; {finding.help}")
    return case


def _error(path: str, message: str) -> Element:
    case = Element("testcase", name="not checked", classname=xml.text(path), file=xml.text(path))
    SubElement(case, "error", type="problem", message=xml.text(message))
    return case
