"""Other programs that read Markdown: what is installed of each, and how it is run on a set of documents.

They judge other things than pmlint does: what is compared is how long a person waits for a linter.
"""

import json
from pathlib import Path
from typing import NamedTuple

from benchmarks.clock import Command
from benchmarks.installation import NPM, program

_FOUND = frozenset({0, 1})
_TEXTLINT = {
    "textlint-1.json": ("no-todo",),
    "textlint-5.json": ("no-todo", "write-good", "terminology", "common-misspellings", "alex"),
}


class Peer(NamedTuple):
    """A program of others, the packages it comes from, how it is called, how it may end, and the sets it copes with.

    ``environment`` is the Python environment that it has for itself, or NPM. Of the arguments, ``{set}`` stands for a
    file or a folder, ``{glob}`` for a pattern that means its files, ``{files}`` for all of them one by one, and
    ``{own}`` for a folder with settings and caches of peers.
    """

    name: str
    environment: str
    packages: tuple[str, ...]
    program: str
    arguments: tuple[str, ...]
    codes: frozenset[int] = _FOUND
    sets: tuple[str, ...] = ("one", "hundred", "thousands")
    warm: bool = False

    @property
    def version(self) -> str:
        """The version of the program, which is the first package."""
        return self.packages[0].replace("==", "@").rpartition("@")[2]


PEERS = (
    Peer("rumdl", "rumdl", ("rumdl==0.3.0",), "rumdl", ("check", "--no-cache", "--isolated", "--silent", "{set}")),
    Peer(
        "rumdl, warm cache",
        "rumdl",
        ("rumdl==0.3.0",),
        "rumdl",
        ("check", "--cache-dir", "{own}/rumdl", "--isolated", "--silent", "{set}"),
        warm=True,
    ),
    Peer("markdownlint-cli2", NPM, ("markdownlint-cli2@0.22.1",), "markdownlint-cli2", ("{glob}",)),
    Peer(
        "remark",
        NPM,
        ("remark-cli@12.0.1", "remark-preset-lint-recommended@7.0.1"),
        "remark",
        ("--no-config", "--no-stdout", "--quiet", "--use", "remark-preset-lint-recommended", "{set}"),
        # Its warnings leave the code at 0.
        codes=frozenset({0}),
    ),
    Peer(
        "textlint",
        NPM,
        ("textlint@15.8.0", "textlint-rule-no-todo@2.0.1"),
        "textlint",
        ("--config", "{own}/textlint-1.json", "{glob}"),
    ),
    Peer(
        "textlint, five rules",
        NPM,
        (
            "textlint@15.8.0",
            "textlint-rule-write-good@2.0.0",
            "textlint-rule-terminology@5.2.16",
            "textlint-rule-common-misspellings@1.0.1",
            "textlint-rule-alex@5.0.0",
        ),
        "textlint",
        ("--config", "{own}/textlint-5.json", "{glob}"),
        # A hundred files take it as long as two thousand take others.
        sets=("one",),
    ),
    Peer("proselint", "proselint", ("proselint==0.16.0",), "proselint", ("check", "{set}")),
    Peer("mdformat", "mdformat", ("mdformat==1.0.0",), "mdformat", ("--check", "{set}")),
    Peer(
        "write-good",
        NPM,
        ("write-good@1.0.8",),
        "write-good",
        ("{files}",),
        # Its code is the number of what it found.
        codes=frozenset(range(256)),
    ),
    Peer(
        "pymarkdown",
        "pymarkdown",
        ("pymarkdownlnt==0.9.41",),
        "pymarkdown",
        ("scan", "-r", "{set}"),
        # Two thousand files take it minutes.
        sets=("one", "hundred"),
    ),
)


def command(peer: Peer, documents: Path, own: Path, folder: Path) -> Command:
    """How a peer that is installed in a folder is run on a file or on all files below one."""
    for name, rules in _TEXTLINT.items():
        (own / name).write_text(json.dumps({"rules": dict.fromkeys(rules, True)}), encoding="utf-8")
    single = documents.is_file()
    meanings = {"{set}": documents, "{glob}": documents if single else documents / "**" / "*.md", "{own}": own}
    arguments: list[str] = []
    for argument in peer.arguments:
        if argument == "{files}":
            arguments += [str(path) for path in ([documents] if single else sorted(documents.rglob("*.md")))]
            continue
        for word, meaning in meanings.items():
            argument = argument.replace(word, str(meaning))
        arguments.append(argument)
    # Node is started by its name, and not by way of the shim that npm lays before a program. From the folder of
    # packages, because some look for their rules below the current one.
    node = ("node",) if peer.environment == NPM else ()
    start = folder / NPM if peer.environment == NPM else own
    return Command(
        (*node, str(program(folder, peer.environment, peer.program)), *arguments),
        start,
        codes=peer.codes,
        warm=peer.warm,
    )
