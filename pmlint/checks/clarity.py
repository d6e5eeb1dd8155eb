"""Whether what stands there is finished."""

from collections.abc import Iterator

from pmlint.model import Postmortem
from pmlint.placeholders import find_placeholders
from pmlint.rule import Mark

_SHOWN = 40


def placeholder(pm: Postmortem) -> Iterator[Mark]:
    """Words that keep a place for text which never came. Code, links and states of action items are left alone."""
    for span, words in find_placeholders(pm):
        kept = '"?" stands where a value belongs' if words == "?" else f'"{words[:_SHOWN]}" keeps a place for something'
        yield Mark(span, kept)
