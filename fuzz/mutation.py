"""A mutator in plain Python, for machines without atheris: pieces of seeds cut, doubled, moved and joined."""

import random
from collections.abc import Sequence

# What documents, configurations and pages are made of, and what readers of text fall over.
PIECES = tuple(
    piece.encode()
    for piece in (
        "\n", "\n\n", "\r", "\r\n", "\t", " ", "    ", "# ", "## ", "- ", "  - ", "1. ", "> ", "|", "|---|\n", "**",
        "*", "_", "`", "```\n", "~~~\n", "~~", "[", "](", "]", "[^1]", "[^1]: ", "[x] ", "<!--", "-->", "<div>\n",
        "\\", "&amp;", "&#0;", "---\n", "+++\n", "===\n", ": ", " = ", "\"", "'", "{", "}", "(", ")", "(?:", "+", "*?",
        "{2,9}", "\\d", "[^", "&a ", "*a", "<<: ", "!!python/object:x ", "10:42", "25:61", "2026-02-30", "2026-03-04",
        "9999-12-31", "0000-00-00", "UTC", "+99:99", "Europe/Berlin", "for 99999999999999 hours", "45 min", "owner: ",
        "@mei", "#123", "OPS-12", "https://", "a@b.org", "## Timeline\n\n", "## Action items\n\n", "## Root cause\n\n",
        "Impact:", "<!-- pmlint: allow ", "tone: x -->", "null", "true", "1e999", "-0", "\u00a0", "\u2028", "\ufeff",
        "\u202e", "\x0c", "\x00", "\x1b[2J", "é", "😀", "::error::", "##[error]", "9" * 40, "a" * 300, "human error ",
    )
)  # fmt: skip
MAX_BYTES = 4_000


def mutated(seeds: Sequence[bytes], random: random.Random) -> bytes:
    """One of the seeds, changed in a few places."""
    data = bytearray(random.choice(seeds))
    for _ in range(random.randint(1, 8)):
        at = random.randint(0, len(data))
        end = min(len(data), at + random.choice((1, 3, 20, 200)))
        match random.randint(0, 6):
            case 0:
                del data[at:end]
            case 1:
                data[at:at] = random.choice(PIECES) * random.choice((1, 1, 1, 2, 30))
            case 2:
                data[at:end] = random.choice(PIECES)
            case 3:
                data[at:at] = data[at:end] * random.choice((1, 2, 40))
            case 4:
                data[at:at] = bytes([random.randrange(256)])
            case 5:
                other = random.choice(seeds)
                start = random.randint(0, len(other))
                data[at:end] = other[start : start + random.choice((10, 80, 600))]
            case 6:
                to = random.randint(0, len(data))
                piece = data[at:end]
                del data[at:end]
                data[to:to] = piece
    return bytes(data[:MAX_BYTES])
