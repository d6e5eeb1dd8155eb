"""XML 1.0 by the standard library's writer, without the characters that XML has no way to write."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, indent, tostring

from pmlint.expressions import expression
from pmlint.report.escape import shown

# What ``shown`` leaves and XML forbids.
_FORBIDDEN = expression("[\ufffe\uffff]")


def lines(root: Element) -> Iterator[str]:
    """The document, indented."""
    indent(root)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield tostring(root, encoding="unicode")


def text(value: object) -> str:
    """The value as text for an attribute or an element, every control character as a visible escape."""
    return _FORBIDDEN.sub(lambda match: f"\\u{ord(match.group()):04x}", shown(str(value)))
