"""What nobody may print: stretches of a source that are masked wherever its text or a message is shown."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence

from pmlint.source import Source, Span

# What stands in place of each hidden character.
MASK = "*"
# That many characters of a secret are told apart from ordinary words.
_TELLING = 6


def disjoint(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in the order of the text, those that overlap joined."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if joined and span.start < joined[-1].end:
            joined[-1] = joined[-1].covering(span)
        else:
            joined.append(span)
    return tuple(joined)


def masked(source: Source, span: Span, hidden: Sequence[Span]) -> str:
    """The raw text of a span, as long as it is, with a mask for every hidden character.

    ``hidden`` are disjoint spans in the order of the text.
    """
    pieces, at = [], span.start
    for number in range(max(0, bisect_right(hidden, span.start, key=lambda other: other.start) - 1), len(hidden)):
        stretch = hidden[number]
        if stretch.start >= span.end:
            break
        start, end = max(stretch.start, at), min(stretch.end, span.end)
        if start < end:
            pieces.append(source.text[at:start])
            pieces.append("".join(c if c in "\r\n" else MASK for c in source.text[start:end]))
            at = end
    return "".join(pieces) + source.text[at : span.end]


def masking(source: Source, hidden: Sequence[Span]) -> Callable[[str], str]:
    """What masks the hidden stretches in a text that quotes the source, such as a message, even where it is cut short.

    A stretch over several lines is masked line by line.
    """
    by_beginning: dict[str, dict[str, None]] = {}
    for stretch in hidden:
        for line in source.slice(stretch).split("\n"):
            if secret := line.strip():
                by_beginning.setdefault(secret[:_TELLING], {})[secret] = None
    lengths = sorted({len(beginning) for beginning in by_beginning}, reverse=True)

    def clean(text: str) -> str:
        pieces, at = [], 0
        while at < len(text):
            reach = 0
            for length in lengths:
                for secret in by_beginning.get(text[at : at + length], ()):
                    reach = max(reach, _common(secret, text[at : at + len(secret)]))
            pieces.append(MASK * reach if reach else text[at])
            at += reach or 1
        return "".join(pieces)

    return clean if by_beginning else lambda text: text


def _common(secret: str, text: str) -> int:
    """How many characters both begin with."""
    return next((n for n, (one, other) in enumerate(zip(secret, text, strict=False)) if one != other), len(text))
