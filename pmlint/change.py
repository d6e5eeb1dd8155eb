"""What a change brought in: the findings that the text had none like before, and the lines that are new."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pmlint.fingerprint import counted, fingerprints
from pmlint.rule import Finding
from pmlint.source import Source


def brought_in(now: Sequence[Finding], before: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings of a text that its former version had none like, by fingerprint.

    A finding that a comment allowed before counts as new when nothing allows it any more, and one that counts several
    places when it counts one that none counted before: fewer of them are not new, wherever it stands now.
    """
    reported = [finding for finding in before if not finding.suppression]
    old = {name for name, finding in zip(fingerprints(before), before, strict=True) if not finding.suppression}
    places = Counter((finding.rule, words) for finding in reported for words in counted(finding))

    def is_new(name: str, finding: Finding) -> bool:
        if not finding.places:
            return name not in old
        return bool(Counter((finding.rule, words) for words in counted(finding)) - places)

    return tuple(finding for name, finding in zip(fingerprints(now), now, strict=True) if is_new(name, finding))


def on_changed_lines(findings: Sequence[Finding], before: Source) -> tuple[Finding, ...]:
    """The findings that touch a changed line, and those about the document as a whole: any change may bring them in."""
    if not findings:
        return ()
    source = findings[0].source
    changed = changed_lines(before, source)

    def touches(finding: Finding) -> bool:
        spans = finding.places or (finding.span,)
        lines = ((source.line_number(span.start), source.line_number(span.end)) for span in spans)
        return finding.whole or any(line in changed for first, last in lines for line in range(first, last + 1))

    return tuple(finding for finding in findings if touches(finding))


def changed_lines(before: Source, now: Source) -> frozenset[int]:
    """The 1-based lines of a text that its former version did not have there. A moved line is a changed one."""
    new = _lines(now)
    kept = {number for _, number in kept_lines(_lines(before), new)}
    return frozenset(number + 1 for number in range(len(new)) if number not in kept)


def kept_lines(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The lines that stay: pairs of their 0-based numbers in both versions, in order.

    Lines that both versions have just once are matched first, as in patience diff (Bram Cohen), then those beside
    them; in time that grows with the length of the texts.
    """
    kept: list[tuple[int, int]] = []
    for (old_start, new_start), (old_end, new_end) in pairwise([(-1, -1), *_anchors(old, new), (len(old), len(new))]):
        at_old, at_new = old_start + 1, new_start + 1
        while at_old < old_end and at_new < new_end and old[at_old] == new[at_new]:
            kept.append((at_old, at_new))
            at_old, at_new = at_old + 1, at_new + 1
        last = (old_end, new_end)
        while old_end - 1 >= at_old and new_end - 1 >= at_new and old[old_end - 1] == new[new_end - 1]:
            old_end, new_end = old_end - 1, new_end - 1
        kept += zip(range(old_end, last[0] + 1), range(new_end, last[1] + 1), strict=True)
    return kept[:-1]


def _lines(source: Source) -> list[str]:
    return [source.slice(span).rstrip() for span in source.line_spans]


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The longest run of pairs of lines, in order in both versions, that each version has just once."""
    old_counts, new_counts = Counter(old), Counter(new)
    places = {line: number for number, line in enumerate(old) if old_counts[line] == 1}
    pairs = [(places[line], number) for number, line in enumerate(new) if new_counts[line] == 1 and line in places]
    ends: list[int] = []
    chain: list[int] = []
    before: list[int] = []
    for index, (place, _) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(chain[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        chain[length : length + 1] = [index]
    found = []
    index = chain[-1] if chain else -1
    while index >= 0:
        found.append(pairs[index])
        index = before[index]
    return found[::-1]
