"""Documents made to hang or crash a program that reads Markdown, in the size that is asked for.

They come from three places: inputs on which other linters hang or crash, inputs that make the bare parser's time grow
with the square of the text or end its recursion, and shapes on which recognition or a check could look back over all.
"""

from bisect import bisect_right
from collections.abc import Callable

_START = "# Logins failed\n\n"
_TIMELINE = f"{_START}## Timeline\n\n"
_ACTIONS = f"{_START}## Action items\n\n"

# A family gives a text that gets longer with a number.
FAMILIES: dict[str, Callable[[int], str]] = {
    # On which other linters hang or crash.
    "nested quotes": lambda n: "> " * n + "x",
    "pairs of brackets": lambda n: "[" * n + "a" + "]" * n,
    "opening brackets": lambda n: "[" * n,
    "asterisks": lambda n: "*" * n,
    "one long line": lambda n: "word " * n,
    "one long word": lambda n: "x" * n,
    "a table of many rows": lambda n: "| a | b |\n| - | - |\n" + "| 1 | 2 |\n" * n,
    "a table of many columns": lambda n: "|a" * n + "\n" + "|-" * n + "\n" + "|b" * n,
    "quotes and lists in turn": lambda n: "> q\n- a\n" * n,
    "opening emphasis": lambda n: "*a **a " * n,
    "a fence without end": lambda n: "```\n" + "code\n" * n,
    "link references": lambda n: "".join(f"[{i}]: /x\n" for i in range(n)),
    "back-ticks": lambda n: "".join("a" + "`" * i for i in range(1, int(n**0.5))),
    "unfinished links": lambda n: "[a](" * n,
    "unfinished images": lambda n: "![a](<b" * n,
    "tags without end": lambda n: "<a b " * n,
    "comments without end": lambda n: "a <!-- " * n,
    "blanks": lambda n: " " * n + "x",
    "bullets": lambda n: "- a\n" * n,
    "items on one line": lambda n: "- " * n + "x",
    "staircases of items": lambda n: ("\n".join("  " * i + "- a" for i in range(15)) + "\n") * n,
    "footnotes": lambda n: "".join(f"[^{i}]: x\n" for i in range(n)) + "[^1]",
    "an address with brackets": lambda n: "https://a.b/" + ")" * n,
    "an address with references": lambda n: "https://a.b/" + "&a;" * n,
    "lazy lines of deep quotes": lambda n: "> " * 15 + "x\n" + "lazy\n" * n,
    # What makes the bare parser's time grow with the square, or ends its recursion.
    "tables whose last row differs": lambda n: "a|b\n-|-\n" * n + "a|b|c\n",
    "delimiter rows whose last row differs": lambda n: "-|-\n" * n + "a|b|c\n",
    "deep emphasis": lambda n: "*a " * n + "b* " * n,
    "deep emphasis around another": lambda n: "*a " * n + "_b_ " * n + "c* " * n,
    "a run and its ends": lambda n: "*" * n + "a* " * n,
    "link references in and out of quotes": lambda n: "> [a]:b\n\n[c]:d\n\n" * n,
    "a heading that ends in no sign": lambda n: "# a" + " " * n + "b",
    "items and quotes in turn": lambda n: "- a\n> b\n" * n,
    "numbered items and quotes in turn": lambda n: "1. a\n> b\n" * n,
    # What a postmortem's sections, entries and sentences could make slow.
    "entries": lambda n: _TIMELINE + "- 10:00 UTC alert fires, unfortunately\n" * n,
    "headings with times": lambda n: _TIMELINE + "### 10:00\n\nx\n\n" * n,
    "timeline sections": lambda n: _START + "## Timeline\n\nx\n\n" * n,
    "labels that play headings": lambda n: _START + "**Impact:** x\n\n" * n,
    "fields in one paragraph": lambda n: _START + "Date: x\n" * n,
    "dates in a line": lambda n: _TIMELINE + "March 3 " * n,
    "digits and dots in an action": lambda n: _ACTIONS + "- " + "1." * n,
    "a line of words": lambda n: _START + "one many users " * n,
    "a line of dashes": lambda n: _START + "-- --- " * n,
    "causes": lambda n: _START + "## Root cause\n\nWhy did the engineer not look?\n\n" * n,
    "tables of actions": lambda n: _START + "## Action items\n\n| Action | State |\n|---|---|\n| Add | SOON |\n\n" * n,
    "brackets of actions": lambda n: _ACTIONS + "- [A " * n,
    "comments that never end": lambda n: _START + "<!-- pmlint:" * n,
    "findings": lambda n: _TIMELINE + "- 10:02 a\n- 10:01 b\n" * n,
}

# A paragraph with more than a thousand marks of emphasis, and what lies in more than twenty quotes and items, are read
# as plain text, and exit code 2 says so.
REFUSED = frozenset({
    "opening emphasis", "deep emphasis", "deep emphasis around another", "a run and its ends", "nested quotes",
    "items on one line",
})  # fmt: skip


def hostile(family: str, size: int) -> str:
    """The longest text of a family that has at most so many bytes."""
    make = FAMILIES[family]
    # No family takes less than half a character for each of its number.
    number = bisect_right(range(1, 2 * size), size, key=lambda n: len(make(n)))
    return make(max(1, number))
