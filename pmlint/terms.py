"""The terms on which each file of a run is checked: its configuration, and what that makes of the rules."""

import os
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pmlint.config import Choice, find_file, read_settings
from pmlint.discover import Verdict
from pmlint.rule import Check, Rule
from pmlint.rulebook import Rulebook
from pmlint.settings import Settings


class Terms(NamedTuple):
    """The rules that apply to a file, with their options and checks, and the settings that they come from.

    ``known`` are the names of all rules, whether they apply or not. Terms with the same ``key`` are the same under one
    installation of pmlint; None where checks of plug-ins are among them, whose code is anybody's.
    """

    settings: Settings
    rules: tuple[Rule, ...]
    options: Mapping[str, Mapping[str, Any]]
    checks: Mapping[str, Check]
    known: tuple[str, ...] = ()
    key: str | None = None


class TermsOfRun:
    """The terms of a run, file by file; every configuration file is read once.

    ``select`` and ``ignore`` are what the command line chooses among the rules.
    """

    def __init__(self, choice: Choice, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> None:
        self._choice, self._select, self._ignore = choice, select, ignore
        self._files: dict[str, str | None] = {}
        self._settings: dict[str | None, tuple[Settings, Rulebook]] = {}
        self._terms: dict[tuple[str | None, tuple[int, ...]], Terms] = {}

    def settings_of(self, folder: str) -> tuple[Settings, Rulebook]:
        """The settings for the files of a folder, and the rule book after their changes. Raises PmlintError."""
        file = self._choice.file
        if file is None and not self._choice.isolated:
            folder = os.path.abspath(folder)
            if folder not in self._files:
                self._files[folder] = find_file(folder, self._choice.committed)
            file = self._files[folder]
        if file not in self._settings:
            self._settings[file] = read_settings(file, os.getcwd(), self._choice)
        return self._settings[file]

    def terms_of(self, path: str) -> Terms:
        """The terms for a file, whether it exists or not. Raises PmlintError."""
        settings, book = self.settings_of(os.path.dirname(path))
        meant = tuple(n for n, override in enumerate(settings.overrides) if _means(override.files, path, settings))
        if (settings.file, meant) not in self._terms:
            book = book.changed(change for n in meant for change in settings.overrides[n].changes)
            rules = book.select(self._select, self._ignore)
            known = tuple(rule.name for rule in book.rules)
            own = [rule for rule in book.rules if rule.written is not None]
            asked = (settings._replace(origins={}), meant, self._select, self._ignore, own)
            key = None if settings.plugins else repr(asked)
            self._terms[settings.file, meant] = Terms(settings, rules, book.options, book.checks, known, key)
        return self._terms[settings.file, meant]

    def verdict(self, path: str) -> Verdict:
        """What the configuration says about whether a file is checked. Raises PmlintError."""
        settings, _ = self.settings_of(os.path.dirname(path))
        if not settings.include and not settings.exclude:
            return None
        if _means(settings.exclude, path, settings):
            return "excluded"
        if not settings.include:
            return None
        return "included" if _means(settings.include, path, settings) else "passed over"


def _means(globs: Sequence[str], path: str, settings: Settings) -> bool:
    """Whether a path is meant by globs, which are relative to the settings' root."""
    from pmlint.globs import is_meant  # few configurations have any

    relative = os.path.relpath(os.path.abspath(path), settings.root)
    return is_meant(relative.replace(os.sep, "/"), globs)
