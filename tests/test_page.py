"""Rule pages, good and broken."""

from pathlib import Path

import pytest

from pmlint.examination import examined, read_pages
from pmlint.page import PageError, examples, parse_page, rule_name
from pmlint.rule import Severity
from pmlint.rulebook import read_rulebook

FIXED = """
````markdown fixed
## Impact

Some.
````
"""

PAGE = """\
# Empty heading

Every heading has text below it.
It goes on here.

```toml rule
check = "empty_section"
severity = "warning"
help = "write some"
sources = ["a standard"]
```

## Examples

````markdown good
## Impact

Some.
````

````markdown bad
## Impact
````

```text findings
1:1 "Impact" is empty
```
"""


def test_a_page_is_a_rule() -> None:
    rule = parse_page(PAGE, "own/empty-heading", "own/empty-heading.md")
    assert (rule.name, rule.family, rule.title) == ("own/empty-heading", "own", "Empty heading")
    assert rule.summary == "Every heading has text below it. It goes on here."
    assert (rule.check, rule.severity, rule.help, rule.default) == (
        "empty_section",
        Severity.WARNING,
        "write some",
        True,
    )


def test_its_examples_are_whole_documents() -> None:
    good, bad = examples(parse_page(PAGE, "own/empty-heading", "p.md"))
    assert (good.good, good.text, good.findings) == (True, "## Impact\n\nSome.\n", None)
    assert (bad.good, bad.line, bad.findings) == (False, 21, '1:1 "Impact" is empty\n')


def test_only_line_ends_end_lines() -> None:
    page = PAGE.replace("Some.", "So\u2028me\x0c.").replace("\n", "\r\n")
    good, bad = examples(parse_page(page, "own/empty-heading", "p.md"))
    assert (good.text, bad.line) == ("## Impact\n\nSo\u2028me\x0c.\n", 21)


def test_a_good_page_passes_its_examination() -> None:
    assert examined(parse_page(PAGE, "own/empty-heading", "p.md")).failures == ()


def test_a_page_that_says_something_else_fails_it() -> None:
    page = parse_page(PAGE.replace("is empty\n```", "is not full\n```"), "own/empty-heading", "p.md")
    (failure,) = examined(page).failures
    assert (failure.expected, failure.found) == ('1:1 "Impact" is not full\n', '1:1 "Impact" is empty\n')


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("# Empty heading\n", ""), "p.md:1: the page has no title"),
        (("```toml rule", "```toml"), "p.md:1: the page has no block of rule settings"),
        (('help = "write some"\n', ""), "p.md:6: the rule settings have no `help`"),
        (('severity = "warning"', 'severity = "dire"'), "p.md:6: the severity is `dire`"),
        (("sources = [", "sources = [["), "p.md:6: the rule settings are no TOML"),
        (("````markdown good", "````markdown"), "p.md:1: the page has no good example"),
        (("````markdown bad", "````markdown bad size=3"), "p.md:21: the rule has no option `size`"),
        (("````markdown bad", "````markdown bad =="), "p.md:21: the options `==` are not written as name=value"),
        (("```text findings", "```text"), "p.md:21: the bad example says nothing of its findings"),
        (('sources = ["a standard"]', 'sources = "a standard"'), 'p.md:6: sources: "a standard" is not a list'),
        (('help = "write', 'hepl = 1\nhelp = "write'), "p.md:6: `hepl` has no meaning here; did you mean `help`?"),
        (('1:1 "Impact" is empty\n', ""), "p.md:21: the bad example says nothing of its findings"),
        (("````markdown bad", "````markdown badd"), "p.md:21: an example is good or bad, not `badd`"),
        (("Some.\n````", "Some."), "p.md:15: another example begins inside this one"),
        (("is empty\n```", "is empty"), "p.md:25: the fence that opens here is never closed"),
        (("empty_section", "empty_sektion"), "no check has the name `empty_sektion`: did you mean `empty_section`?"),
        (("```\n\n## Ex", "[options.size]\ntype = 'integer'\n```\n\n## Ex"), "p.md:6: the option `size` has no def"),
        (
            ("```\n\n## Ex", "[options.size]\ntype = 'integer'\ndefault = 1\ndescription = 'x'\n```\n\n## Ex"),
            "only the page has the option `size`",
        ),
    ],
)  # fmt: skip
def test_a_page_that_is_none_says_why(change: tuple[str, str], reason: str) -> None:
    assert change[0] in PAGE
    with pytest.raises(PageError) as error:
        examined(parse_page(PAGE.replace(*change, 1), "own/empty-heading", "p.md"))
    assert reason in str(error.value)


def test_a_fixed_text_stands_below_findings() -> None:
    rule = parse_page(PAGE.replace("## Examples\n", f"## Examples\n{FIXED}"), "own/empty-heading", "p.md")
    with pytest.raises(PageError, match=r"p\.md:15: a fixed text stands below the findings of a bad example"):
        examined(rule)
    assert parse_page(PAGE + FIXED, "own/empty-heading", "p.md").fixable
    assert not parse_page(PAGE, "own/empty-heading", "p.md").fixable


def test_a_fixed_text_is_what_the_edits_make() -> None:
    (failure,) = examined(parse_page(PAGE + FIXED, "own/empty-heading", "p.md")).failures
    assert failure.expected == "## Impact\n\nSome.\n"
    assert failure.found == "## Impact\n"


def test_a_fix_that_a_page_does_not_show_fails() -> None:
    text = read_rulebook().rule("actions/broken-checkbox").text
    hidden = text.replace("````markdown fixed", "````markdown")
    (failure,) = examined(parse_page(hidden, "actions/broken-checkbox", "p.md")).failures
    assert "- [ ] Alert" in failure.found


@pytest.mark.parametrize("path", ["rules/own/empty-heading.md", "rules\\own\\empty-heading.md", "own/empty-heading.md"])
def test_the_path_gives_the_name(path: str) -> None:
    assert rule_name(path) == "own/empty-heading"


def test_pages_are_read_from_files(tmp_path: Path) -> None:
    page = tmp_path / "own" / "empty-heading.md"
    page.parent.mkdir()
    page.write_text(PAGE, encoding="utf-8")
    missing = str(tmp_path / "none.md")
    rule, error = read_pages([str(page), missing])
    assert not isinstance(rule, PageError)
    assert rule.name == "own/empty-heading"
    assert isinstance(error, PageError)
    assert "there is no such file" in str(error)
