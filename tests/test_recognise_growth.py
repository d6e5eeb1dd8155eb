"""Recognition takes twice as long for twice the text, whatever the text: nothing in it looks back over everything."""

from functools import partial

import pytest

from pmlint.document import Document
from pmlint.markdown import parse_blocks
from pmlint.recognise import recognise
from pmlint.source import Source
from tests.growth import Times, growth, seconds

FAMILIES = {
    "fields in one paragraph": "Date: x\n",
    "labels that play headings": "**Impact:** x\n\n",
    "timeline sections": "## Timeline\n\nx\n\n",
    "action sections": "## Action items\n\n- a\n\n",
    "entries": "- 10:00 UTC a\n",
    "headings with times": "### 10:00\n\nx\n\n",
    "nested headings": "# a\n\n## b\n\n### c\n\n",
    "dates in a line": "March 3 ",
    "brackets": "- [A ",
    "comments that never end": "<!-- pmlint:",
    "digits and dots in an action": "1.",
}


def _document(text: str) -> Document:
    """A document whose leaves were read, so that recognition alone is measured."""
    source = Source("pm.md", text)
    blocks = parse_blocks(source)
    for block in blocks:
        for leaf in block.walk():
            assert leaf.rendered is not None
    return Document(source, blocks)


def _times(document: Document) -> Times:
    return {"recognition": seconds(lambda: recognise(document))}


@pytest.mark.parametrize("piece", FAMILIES.values(), ids=FAMILIES.keys())
def test_recognition_takes_about_twice_as_long_for_twice_the_text(piece: str) -> None:
    start = "# T\n\n## Timeline\n\n" if piece.startswith(("- 10", "###")) else "# T\n\n"
    if piece == "1.":
        start = "# T\n\n## Action items\n\n- "
    small, large = (_document(start + piece * count) for count in (500, 1_000))
    assert growth(partial(_times, small), partial(_times, large)) == {}
