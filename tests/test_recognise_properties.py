"""Whatever a document holds, recognition gives a model, its places lie inside the text, and line ends do not matter."""

import json
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from pmlint.engine import understand
from pmlint.model import Postmortem
from pmlint.report.json import model_json
from pmlint.source import Source, Span, decoded

# What postmortems are made of, so that a search soon finds all recognisers at work.
_PIECES = st.sampled_from(
    [
        *(
            "# ",
            "## ",
            "### ",
            "- ",
            "  - ",
            "1. ",
            "> ",
            "| ",
            " | ",
            "\n|---|---|\n",
            "**",
            "_",
            "`",
            "~~",
            "[x] ",
            "[ ] ",
        ),
        *(
            "\n",
            "\n\n",
            "\n\n\n",
            " ",
            "\t",
            "<br>",
            "<!-- ",
            " -->",
            "---\n",
            "+++\n",
            "```\n",
            "\\",
            "&amp;",
            "[^1]",
            ": ",
        ),
        *(
            "Timeline",
            "Timeline (all times PST)",
            "Summary",
            "Root cause",
            "Action items",
            "Impact:",
            "Key events",
            "Context",
        ),
        *(
            "2024-03-05",
            "03/04/2024",
            "13/04/24",
            "3 mars",
            "March 5th, 2024",
            "5. März",
            "2024年3月5日",
            "Jul 2024",
            "/2024",
        ),
        *(
            "10:42",
            "1:05 pm",
            "13:55 PM",
            "~09:30",
            "0930: ",
            "10.42",
            "14h43",
            "午後3時",
            "noon",
            "10:00 - 11:30",
            "25:10",
            "T",
        ),
        *(
            "UTC",
            "PT",
            "IST",
            "Europe/Berlin",
            "+05:30",
            "UTC-3",
            "(",
            ")",
            "All times in UTC",
            "unless otherwise noted, on ",
        ),
        *(
            "First detected: ",
            "Incident declared ",
            "alert fired",
            "rolled back",
            "resolved",
            "for 45 minutes",
            "4h 9m",
        ),
        *(
            "@ana",
            "Owner: Ana Silva",
            "(due 2024-05-01)",
            "#123",
            "OPS-12",
            "https://tracker.example/issues/7",
            "TBD",
            "DONE",
        ),
        *(
            "Severity: SEV-2",
            "Status: final",
            "Authors: Ana, Bo",
            "title: T",
            "date: 2024-03-05",
            "é",
            "🔥",
            "\u2028",
            "\x0c",
        ),
    ]
)
_DOCUMENTS = st.one_of(st.text(max_size=300), st.lists(_PIECES, max_size=60).map("".join))


def _model(source: Source) -> dict[str, object]:
    model: dict[str, object] = json.loads(model_json(understand(source)))
    return model


def _spans(pm: Postmortem) -> Iterator[Span]:
    yield from (span for section in pm.sections for span in (section.span, section.body))
    for timeline in pm.timelines:
        yield timeline.span
        for event in timeline.events:
            yield event.span
            yield from (stamp.span for stamp in (event.stamp, event.end_stamp) if stamp)
    yield from (action.span for action in pm.actions)
    yield from (action.owner.span for action in pm.actions if action.owner)
    yield from (claim.span for claim in pm.claims)
    yield from (value.span for value in (pm.metadata.date, pm.metadata.severity, pm.metadata.status) if value)
    yield from (author.span for author in pm.metadata.authors)
    yield from (incident.span.covering(incident.body) for incident in pm.incidents)


@settings(max_examples=30000, deadline=None)
@given(_DOCUMENTS)
def test_any_text_has_a_model_and_every_place_lies_inside_it(text: str) -> None:
    pm = understand(Source("a.md", text))
    assert all(span.end <= len(text) for span in _spans(pm))
    for part in pm.parts:
        assert {event.span for event in part.events} <= {event.span for event in pm.events}


@settings(max_examples=300, deadline=None)
@given(_DOCUMENTS)
def test_the_model_is_the_same_with_other_line_ends_and_a_byte_order_mark(text: str) -> None:
    plain = text.replace("\r", "").lstrip("\ufeff")
    windows = plain.replace("\n", "\r\n")
    expected = _model(Source("a.md", plain))
    assert _model(Source("a.md", windows)) == expected
    marked, problem = decoded("a.md", b"\xef\xbb\xbf" + plain.encode())
    assert problem is None
    assert _model(marked) == expected
