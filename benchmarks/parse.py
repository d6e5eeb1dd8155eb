"""``python benchmarks/parse.py PATH…``: reads Markdown files and parses them with the bare parser, and nothing else.

It is what documents cost at the least: one process, an abstract syntax tree, the plugins of GitHub's Markdown.
"""

import os
import sys
from collections.abc import Iterator

import mistune

PLUGINS = ["table", "strikethrough", "task_lists", "footnotes", "url"]


def main() -> None:
    """Parse the files of the command line and those below its folders."""
    parse = mistune.create_markdown(renderer=None, plugins=PLUGINS)
    for argument in sys.argv[1:]:
        for path in files(argument):
            with open(path, encoding="utf-8", newline="") as file:
                parse(file.read())


def files(path: str) -> Iterator[str]:
    """The file, or all Markdown files below the folder."""
    if os.path.isfile(path):
        yield path
    for folder, _, names in os.walk(path):
        yield from (os.path.join(folder, name) for name in sorted(names) if name.endswith(".md"))


if __name__ == "__main__":
    main()
