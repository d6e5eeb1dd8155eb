"""Runs to be reported: one with everything in it, and hostile ones for Hypothesis."""

from hypothesis import strategies as st

from pmlint.errors import Problem
from pmlint.report.run import Run
from pmlint.rule import Edit, Finding, Rule, Severity, Suppression
from pmlint.source import Source, Span

PAGE = """\
# Timeline out of order

```toml rule
check = 'x'
```

## Why

Readers rely on the order.

## Examples

- 10:02
"""


def rule(name: str, severity: Severity = Severity.ERROR) -> Rule:
    return Rule(
        name, "Timeline out of order", "Entries go forward in time.", "x", severity, "sort", (), {}, PAGE, "p.md"
    )


RULES = (rule("timeline/out-of-order"), rule("sections/empty-section", Severity.WARNING))


def finding(
    source: Source,
    marked: str,
    severity: Severity = Severity.ERROR,
    message: str = "10:02 comes after 10:20",
    edits: tuple[Edit, ...] = (),
    suppression: Suppression | None = None,
) -> Finding:
    """A finding about the first place where the source holds the marked text."""
    start = source.text.index(marked)
    span = Span(start, start + len(marked))
    name = RULES[severity is not Severity.ERROR].name
    return Finding(name, severity, message, "put the entries in order", span, source, ("Timeline",), edits, suppression)


# 😀 is one code point, two UTF-16 code units, four UTF-8 bytes; é is one, one and two.
SOURCE = Source("docs/a b%é.md", "# T\r\n\n😀é BAD one\nlast\n", bom=True)
BAD = finding(SOURCE, "BAD", edits=(Edit(Span(9, 12), "GOOD"),))
OLD = Source("docs/old.md", "# Old\n\n- first\n- second\n")
ACCEPTED = finding(OLD, "first", Severity.INFO, "an old entry", suppression=Suppression("baseline", "before 2026"))
SPANNING = finding(
    OLD,
    "first\n- second",
    Severity.WARNING,
    edits=(Edit(Span(24, 24), "- third\n"), Edit(Span(9, 14), "1st", safe=False)),
)
PROBLEM = Problem("gone.md", "there is no such file", "look again", None)
MISREAD = Problem("docs/old.md", "not understood", line=3)
RUN = Run(2, (BAD, ACCEPTED, SPANNING), (PROBLEM, MISREAD), RULES, hidden=1)
CLEAN = Run(1, (), (), RULES)

_ORDERS = (
    "\n::error::X", "\r::error file=a::X", "::stop-commands::x", " ::add-mask::a", "##[error]X",
    "x##[add-mask]e", "##vso[task.complete]", "##VSO[build.x]", "###[group]", "%0A::error::X", "%250A",
    "a,line=99::x", "a]b;c=d", "%AZP25", "</testcase>", "]]>", "<script>", "<!--", "&amp;", "\"", "'", "\x00",
    "\x1b[2J", "\x0b", "\x85", "\u2028", "\u202e", "\ufeff", "\ufffe", "\uffff", "\udce9", "`", "``", "\\`",
    "![x](http://t)", "[x](javascript:1)", "@everyone", "#12", "www.x.org", "https://x.org", "a@b.org", "\n# H",
    "\n\n- [x] done", "</details>", "|", "~~x~~", "**", "_x_", "\n```\n", "$x$", "😀", "é", "{", "}", "\t",
    "   ", "##",
)  # fmt: skip
# Of all surrogates, a name from the file system holds only those that stand for bytes, such as the one above.
letters = st.one_of(st.sampled_from(_ORDERS), st.characters(exclude_categories=["Cs"]), st.sampled_from("ab :,;[]#"))
hostile = st.lists(letters, min_size=1, max_size=12).map("".join)


def _decodable(text: str) -> str:
    """What a document can hold: whatever UTF-8 can say."""
    return text.encode("utf-8", "replace").decode()


@st.composite
def findings(draw: st.DrawFn, source: Source) -> Finding:
    ends = st.integers(0, len(source.text))
    spans = st.tuples(ends, ends).map(lambda pair: Span(min(pair), max(pair)))
    spots = sorted({draw(ends), draw(ends)})
    edits = (Edit(Span(spots[0], spots[-1]), _decodable(draw(hostile)), draw(st.booleans())),)
    return Finding(
        draw(st.sampled_from(RULES)).name,
        draw(st.sampled_from(Severity)),
        _decodable(draw(hostile)),
        _decodable(draw(hostile)),
        draw(spans),
        source,
        (_decodable(draw(hostile)),),
        draw(st.sampled_from([edits, ()])),
        draw(st.sampled_from([None, None, Suppression("comment", _decodable(draw(hostile)))])),
    )


@st.composite
def hostile_runs(draw: st.DrawFn) -> Run:
    """A run whose file names, texts and messages try to break out of every form."""
    names = draw(st.lists(hostile, max_size=3, unique=True))
    found: list[Finding] = []
    for name in names:
        source = Source(name, _decodable(draw(hostile)), draw(st.booleans()))
        found += draw(st.lists(findings(source), min_size=1, max_size=3))
    problems = draw(st.lists(st.builds(Problem, hostile, hostile, hostile, st.sampled_from([None, 1, 7])), max_size=2))
    return Run(len(names), tuple(found), tuple(problems), RULES)
