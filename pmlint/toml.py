"""TOML's own places: where its keys and values stand, and whether it is small enough to be read at all.

The reader of the standard library gives values without places, and takes long over what is nested or long on purpose.
"""

import re
from collections.abc import Iterator, Mapping

MAX_DEPTH = 32
MAX_WORD = 1_000

# A string without its end goes to the end of the text: so every token is found at the first try.
_TOKEN = r"""(?xs)
    (?P<string> \"{3}(?:\\.|[^\\])*?(?:\"{3,5}|\Z) | '{3}.*?(?:'{3,5}|\Z) | "(?:\\.|[^"\\\r\n])*+"? | '[^'\r\n]*+'? )
  | (?P<nothing> \#[^\r\n]*+ | [ \t]++ ) | (?P<end> \r\n?|\n )
  | (?P<mark> [][{}=,.] ) | (?P<word> [^][{}=,.\s"'\#]++|. )"""

# The keys that lead to a value, from the outermost; numbers count the items of lists, 0-based.
Path = tuple[str | int, ...]


def excess(text: str) -> tuple[int, str] | None:
    """Where and how TOML outgrows the limits, None if it does not; asked before reading, which would take long."""
    around: list[int] = []  # how deep the brackets that are open stand
    depth = 0
    for token in re.finditer(_TOKEN, text):
        if token.lastgroup == "word" and len(token[0]) > MAX_WORD:
            return token.start(), f"a word here has more than {MAX_WORD:,} characters: shorten it"
        if token.lastgroup == "mark":
            if token[0] in "[{":
                around.append(depth)
            if token[0] in "[{.":
                depth += 1
            elif token[0] in "]}":
                depth = around.pop() if around else 0
            elif token[0] == ",":
                depth = around[-1] + 1 if around else 0
        elif token.lastgroup == "end" and not around:
            depth = 0
        if depth > MAX_DEPTH:
            return token.start(), f"values are nested deeper than {MAX_DEPTH} here: give them fewer levels"
    return None


def top_level_values(text: str) -> Iterator[tuple[str, int, int]]:
    """Every top-level key of readable TOML, and where its value, or the header of its table, stands."""
    in_table = False
    for statement in _statements(text):
        first, last = statement[0], statement[-1]
        if first[0] == "[":
            in_table = True
            name = next(token for token in statement if token.lastgroup != "mark")
        elif in_table:
            continue
        else:
            name = first
            first = statement[[token[0] for token in statement].index("=") + 1]
        yield _name(name), first.start(), last.end()


def key_places(text: str) -> Mapping[Path, int]:
    """Where every key, header and item of a list begins in readable TOML: path → offset of its first mention."""
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    for statement in _statements(text):
        if statement[0][0] == "[":
            is_item = statement[1][0] == "["
            names = [token for token in statement if token.lastgroup != "mark"]
            table = ()
            for number, token in enumerate(names):
                table = (*table, _name(token))
                found.setdefault(table, token.start())
                if is_item and number == len(names) - 1:
                    counts[table] = counts.get(table, -1) + 1
                if table in counts:
                    table = (*table, counts[table])
                    found.setdefault(table, token.start())
        else:
            _note_pair(statement, 0, table, found)
    return found


def _note_pair(tokens: list[re.Match[str]], at: int, table: Path, found: dict[Path, int]) -> int:
    """Notes the places of a key and of what its value holds; the number of the token behind them."""
    path = table
    while tokens[at][0] != "=":
        if tokens[at].lastgroup != "mark":
            path = (*path, _name(tokens[at]))
            found.setdefault(path, tokens[at].start())
        at += 1
    return _note_value(tokens, at + 1, path, found)


def _note_value(tokens: list[re.Match[str]], at: int, path: Path, found: dict[Path, int]) -> int:
    opening, number = tokens[at][0], 0
    if opening not in ("[", "{"):
        while at < len(tokens) and tokens[at][0] not in (",", "]", "}"):
            at += 1
        return at
    at += 1
    while tokens[at][0] not in ("]", "}"):
        if tokens[at][0] == ",":
            at += 1
        elif opening == "{":
            at = _note_pair(tokens, at, path, found)
        else:
            found.setdefault((*path, number), tokens[at].start())
            at = _note_value(tokens, at, (*path, number), found)
            number += 1
    return at + 1


def _statements(text: str) -> Iterator[list[re.Match[str]]]:
    """The tokens of each statement of TOML, line ends and what means nothing left out."""
    statement: list[re.Match[str]] = []
    depth = 0
    for token in re.finditer(_TOKEN, text):
        if token.lastgroup in ("mark", "word", "string"):
            statement.append(token)
            depth += (token[0] in ("[", "{")) - (token[0] in ("]", "}"))
        elif token.lastgroup == "end" and depth == 0 and statement:
            yield statement
            statement = []
    if statement:
        yield statement


def _name(token: re.Match[str]) -> str:
    """A key as it is meant, without its quotes."""
    if token.lastgroup != "string":
        return token[0]
    import tomllib  # loaded by whoever read the text

    return next(iter(tomllib.loads(f"{token[0]}=0")))
