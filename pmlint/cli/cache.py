"""``pmlint cache``: what is remembered from one run to the next."""

import os

import click

from pmlint.cli.console import DONE, print_lines


@click.command()
@click.argument("action", metavar="[clean]", type=click.Choice(["clean"]), required=False)
def command(action: str | None) -> int:
    """Tell where results of former runs are kept and how many there are; with `clean`, forget them.

    A result is used again where nothing has changed that it hangs on: the text, the rules and settings, pmlint, the
    day. `pmlint check --no-cache` does without.
    """
    from pmlint.cache import Cache, cache_path
    from pmlint.report.escape import shown

    path = cache_path()
    if path is None:
        print_lines(["nothing is kept: there is no cache folder outside of repositories"])
        return DONE
    there = os.path.exists(path)
    if action == "clean":
        if there:
            os.unlink(path)
        print_lines([f"{shown(path)}: " + ("removed" if there else "there was nothing")])
        return DONE
    if not there:
        print_lines([f"{shown(path)}: nothing is kept"])
        return DONE
    cache = Cache(path)
    results, runs = cache.counts()
    cache.close()
    print_lines([f"{shown(path)}: {results:,} documents, {runs:,} runs, {os.path.getsize(path):,} bytes"])
    return DONE
