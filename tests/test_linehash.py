"""GitHub's line hashes: the values are those of the tests of its own upload action."""

import pytest

from pmlint.report.linehash import line_hashes
from pmlint.source import Source

ENDED = (
    "e9496ae3ebfced30:1",
    "fb7c023a8b9ccb3f:1",
    "ce8ba1a563dcdaca:1",
    "e20e36e16fcb0cc8:1",
    "b3edc88f2938467e:1",
    "c8e28b0b4002a3a0:1",
    "c129715d7a2bc9a3:1",
)


@pytest.mark.parametrize(
    ("text", "hashes"),
    [
        ("", ("c129715d7a2bc9a3:1",)),
        (
            " a\nb\n  \t\tc\n d",
            ("271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"),
        ),
        (" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", ENDED),
        (" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r", ENDED),
        (" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", ENDED),
        (" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n", ENDED),
        (
            "Lorem ipsum dolor sit amet.\n" * 10,
            (
                *(f"a7f2ff13bc495cf2:{number}" for number in range(1, 7)),
                "a7f2ff1481e87703:1",
                "a9cf91f7bbf1862b:1",
                "55ec222b86bcae53:1",
                "cc97dc7b1d7d8f7b:1",
                "c129715d7a2bc9a3:1",
            ),
        ),
    ],
)
def test_the_hashes_are_those_of_github(text: str, hashes: tuple[str, ...]) -> None:
    assert line_hashes(Source("pm.md", text)) == hashes


def test_a_line_far_below_does_not_change_a_hash() -> None:
    text = "first\n" + "x" * 200 + "\n"
    assert line_hashes(Source("pm.md", text))[0] == line_hashes(Source("pm.md", text + "more\n"))[0]


def test_the_mark_at_the_beginning_of_a_file_is_part_of_its_first_line() -> None:
    assert line_hashes(Source("pm.md", "a\n", bom=True)) == line_hashes(Source("pm.md", "\ufeffa\n"))
