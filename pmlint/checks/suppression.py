"""Whether the comments that allow findings can be understood, give a reason, and allow anything."""

from collections.abc import Iterator, Sequence

from pmlint.allow import Comment
from pmlint.model import Postmortem
from pmlint.rule import Mark


def unreadable_comment(pm: Postmortem, *, comments: Sequence[Comment]) -> Iterator[Mark]:
    """A comment to pmlint that says nothing it understands."""
    for comment in comments:
        if comment.fault:
            yield Mark(comment.span, comment.fault)


def missing_reason(pm: Postmortem, *, comments: Sequence[Comment]) -> Iterator[Mark]:
    """A comment that allows findings without saying why; it allows nothing."""
    for comment in comments:
        if not comment.fault and comment.verb != "on" and not comment.reason:
            yield Mark(
                comment.span, f"the comment allows {_listed(comment.tokens)} without a reason, and so does not count"
            )


def unknown_rule(pm: Postmortem, *, comments: Sequence[Comment]) -> Iterator[Mark]:
    """A comment that names a rule or family that there is none of."""
    for comment in comments:
        if comment.unknown:
            yield Mark(comment.span, f"no rule or family has the name {_listed(comment.unknown)}")


def unused_comment(pm: Postmortem, *, comments: Sequence[Comment]) -> Iterator[Mark]:
    """A comment that allows a rule which finds nothing where the comment counts."""
    for comment in comments:
        if comment.unused:
            yield Mark(comment.span, f"{_listed(comment.unused)} finds nothing here that the comment would allow")


def _listed(tokens: Sequence[str]) -> str:
    return ", ".join(tokens)
