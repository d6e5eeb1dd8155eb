"""The form of a team's ticket patterns: so narrow that no text can make the search for one take long."""

import re

_ATOM = re.compile(r"(?:\\[d.]|\[(?:[A-Za-z0-9_-]|\\d)+\]|[A-Za-z0-9#_/:@-])(?P<count>[+?]|\{\d{1,2}(?:,\d{1,2})?\})?")
_MOST_OPEN = 2


def refusal(pattern: str) -> str | None:
    """Why a pattern is none that is taken, as a clause; None for one that is.

    It is a row of letters, digits, marks, ``\\d`` and classes in brackets, each with a count or none; at most two of
    the counts are open-ended, so that a search is at worst quadratic in a word.
    """
    at = open_counts = 0
    while at < len(pattern):
        atom = _ATOM.match(pattern, at)
        if atom is None:
            return f"is no ticket pattern from `{pattern[at : at + 10]}` on: use letters, digits, \\d, [A-Z] and counts"
        open_counts += atom["count"] == "+"
        at = atom.end()
    if open_counts > _MOST_OPEN:
        return f"has more than {_MOST_OPEN} open counts (`+`)"
    try:
        re.compile(pattern)
    except re.error as error:
        return f"is no regular expression: {error}"
    return None
