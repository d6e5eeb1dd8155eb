"""Postmortems as people write them, made up by a seed: good ones and flawed ones, from a page to a book.

A document has a title, metadata (a list, a table, labels or front matter), prose, a timeline and action items (lists,
tables or headings), lessons, tables of figures, links and code fences, in the forms in which they are found most.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from benchmarks.chance import Chance
from benchmarks.prose import PEOPLE, SIGNS, TEAMS, Setting, action, event, log_line, paragraph, setting, statement

_SEVERITIES = ("SEV-1", "SEV-2", "SEV-3")


def postmortem(seed: str, size: int) -> str:
    """A postmortem of about so many bytes, at least some 900; the same for the same seed on every machine."""
    chance = Chance(seed)
    about = setting(chance)
    flawed = chance.happens(0.6)
    head = "".join(_head(chance, about, flawed))
    tail = "".join(_tail(chance, about, flawed))
    body, length = [head], len((head + tail).encode())
    for part in _body(chance, about, flawed, size):
        body.append(part)
        length += len(part.encode())
        if length >= size:
            break
    return "".join([*body, tail])


def _head(chance: Chance, about: Setting, flawed: bool) -> Iterator[str]:
    day = datetime(2026, about.month, about.day)
    title = f"{about.sign[0].upper()}{about.sign[1:]} on {about.system} for {chance.whole(12, 240)} minutes"
    people = [name for name, _ in chance.some(PEOPLE, chance.whole(1, 3))]
    fields = {
        "Date": f"{day:%Y-%m-%d}",
        "Authors": ", ".join(people),
        "Status": "TBD" if flawed and chance.happens(0.4) else chance.one(("final", "draft", "in review")),
        "Severity": chance.one(_SEVERITIES),
        "Team": chance.one(TEAMS),
    }
    if flawed and chance.happens(0.5):
        del fields[chance.one(list(fields))]
    yield chance.one(_METADATA)(title, fields)
    yield f"## Summary\n\n{paragraph(chance, about, flawed)}\n\n"
    if not (flawed and chance.happens(0.3)):
        yield f"## Impact\n\n{paragraph(chance, about, False)}\n\n"


def _as_list(title: str, fields: dict[str, str]) -> str:
    return f"# {title}\n\n" + "".join(f"- **{name}:** {value}\n" for name, value in fields.items()) + "\n"


def _as_table(title: str, fields: dict[str, str]) -> str:
    rows = "".join(f"| {name} | {value} |\n" for name, value in fields.items())
    return f"# {title}\n\n| Field | Value |\n| --- | --- |\n{rows}\n"


def _as_labels(title: str, fields: dict[str, str]) -> str:
    return f"# {title}\n\n" + "\\\n".join(f"**{name}**: {value}" for name, value in fields.items()) + "\n\n"


def _as_front_matter(title: str, fields: dict[str, str]) -> str:
    lines = "".join(f"{name.lower()}: {value}\n" for name, value in fields.items())
    return f"---\ntitle: {title.replace('`', '')}\n{lines}---\n\n# {title}\n\n"


_METADATA: tuple[Callable[[str, dict[str, str]], str], ...] = (_as_list, _as_table, _as_labels, _as_front_matter)


def _body(chance: Chance, about: Setting, flawed: bool, size: int) -> Iterator[str]:
    """The timeline and the causes, then one section after another without end."""
    yield _timeline(chance, about, flawed, min(60, max(4, size // 700)))
    yield f"## {chance.one(('Root cause', 'Contributing factors', 'Root causes'))}\n\n"
    for _ in range(chance.whole(1, 3)):
        yield f"{paragraph(chance, about, flawed)}\n\n"
    yield f"## Resolution\n\n{paragraph(chance, about, flawed, 3)}\n\n"
    number = 0
    while True:
        number += 1
        yield from chance.one((_story, _story, _figures, _listing, _points, _evidence))(chance, about, flawed, number)


def _timeline(chance: Chance, about: Setting, flawed: bool, count: int) -> str:
    now = datetime(2026, about.month, about.day, chance.whole(0, 20), chance.whole(0, 59))
    entries: list[tuple[datetime, str]] = []
    for number in range(count):
        entries.append((now, event(chance, about, number / max(1, count - 1))))
        now += timedelta(minutes=chance.whole(1, 17))
    if flawed and chance.happens(0.5):
        first = chance.whole(0, count - 2)
        entries[first], entries[first + 1] = entries[first + 1], entries[first]
    start = "## Timeline\n\nAll times are UTC.\n\n" if chance.happens(0.6) else "## Timeline (UTC)\n\n"
    form = chance.whole(0, 3)
    if form == 0:
        rows = "".join(f"| {when:%H:%M} | {what} |\n" for when, what in entries)
        return f"{start}| Time | Event |\n| ---- | ----- |\n{rows}\n"
    if form == 1:
        return start + "".join(f"- **{when:%H:%M}** – {what}\n" for when, what in entries) + "\n"
    if form == 2:
        return start + "".join(f"- {when:%Y-%m-%d %H:%M} {what}\n" for when, what in entries) + "\n"
    return start + "".join(f"### {when:%H:%M}\n\n{what}. {statement(chance, about)}\n\n" for when, what in entries)


def _story(chance: Chance, about: Setting, flawed: bool, number: int) -> Iterator[str]:
    yield f"### What was seen of {chance.one(SIGNS)}, part {number}\n\n"
    for _ in range(chance.whole(1, 4)):
        yield f"{paragraph(chance, about, flawed)}\n\n"


def _figures(chance: Chance, about: Setting, flawed: bool, number: int) -> Iterator[str]:
    names = chance.some(SIGNS, chance.whole(2, 4))
    yield f"### Figures {number}\n\n"
    head = "| Minute | " + " | ".join(names) + " |\n" + "|---:|" + ":--|" * len(names) + "\n"
    cells = (" | ".join(str(chance.whole(0, 9_000)) for _ in names) for _ in range(chance.whole(3, 15)))
    yield head + "".join(f"| {minute} | {row} |\n" for minute, row in enumerate(cells)) + "\n"


def _listing(chance: Chance, about: Setting, flawed: bool, number: int) -> Iterator[str]:
    lines = "\n".join(log_line(chance, about) for _ in range(chance.whole(3, 14)))
    yield f"{paragraph(chance, about, flawed, 2)}\n\n```{chance.one(('', 'text', 'console'))}\n{lines}\n```\n\n"


def _points(chance: Chance, about: Setting, flawed: bool, number: int) -> Iterator[str]:
    yield f"### Observations {number}\n\n"
    for point in range(1, chance.whole(3, 8)):
        mark = f"{point}." if number % 2 else "-"
        yield f"{mark} {statement(chance, about)}\n"
        if chance.happens(0.25):
            yield f"{' ' * (len(mark) + 1)}- {statement(chance, about)}\n"
    yield "\n"


def _evidence(chance: Chance, about: Setting, flawed: bool, number: int) -> Iterator[str]:
    yield f"> {statement(chance, about)}\n> {statement(chance, about)}\n\n"
    yield f"![Graph {number}](images/graph-{chance.whole(1, 99)}.png)\n\n"
    yield f"{paragraph(chance, about, flawed, 3)}\n\n"


def _tail(chance: Chance, about: Setting, flawed: bool) -> Iterator[str]:
    yield "## Lessons learned\n\n"
    for name in ("What went well", "What went poorly", "Where we got lucky"):
        points = "".join(f"- {statement(chance, about)}\n" for _ in range(chance.whole(1, 3)))
        yield f"### {name}\n\n{points}\n"
    yield f"## Action items\n\n{_actions(chance, about, flawed, chance.whole(2, 7))}"


def _actions(chance: Chance, about: Setting, flawed: bool, count: int) -> str:
    form = chance.whole(0, 2)
    rows = []
    for _ in range(count):
        owner = "" if flawed and chance.happens(0.4) else f"@{chance.one(PEOPLE)[1]}"
        ticket = "" if flawed and chance.happens(0.4) else f"OPS-{chance.whole(100, 999)}"
        due = "" if flawed and chance.happens(0.4) else f"2027-{chance.whole(1, 12):02}-{chance.whole(1, 28):02}"
        text = action(chance, about, flawed and chance.happens(0.4))
        box = "[x]" if chance.happens(0.3) else "[ ]"
        said = ", ".join(word for word in (owner, ticket, due and f"by {due}") if word)
        if form == 0:
            rows.append(f"| {text} | {owner} | {due} | {ticket} |\n")
        else:
            rows.append(f"- {box + ' ' if form == 1 else ''}{text}{f' ({said})' if said else ''}\n")
    head = "| Action | Owner | Due | Ticket |\n| --- | --- | --- | --- |\n" if form == 0 else ""
    return head + "".join(rows)
