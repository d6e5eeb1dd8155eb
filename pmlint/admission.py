"""Whether a page from elsewhere may join the rule book: it is taken at its word, so every word is checked."""

import difflib
import inspect
from collections.abc import Iterator, Mapping

from pmlint.checks.custom import PATTERN_OPTIONS
from pmlint.errors import PatternRefused
from pmlint.page import PageError, page_settings, parse_page, settings_fence
from pmlint.patterns import check_pattern
from pmlint.rule import Check, Rule, wanted
from pmlint.schema import faults
from pmlint.toml import excess


def admitted(text: str, name: str, path: str, checks: Mapping[str, Check]) -> Rule:
    """The rule that a page describes. Raises PageError with everything that keeps it out; its examples stay unread."""
    validate_settings(text, path)
    rule = parse_page(text, name, path)
    hold_against(rule, checks)
    return rule


def validate_settings(text: str, path: str) -> int:
    """The line of the settings as they are written. Raises PageError unless they are valid by ``rule.schema.json``."""
    fence = settings_fence(text, path, "rule")
    if too_much := excess(fence.text):
        raise PageError(path, [(fence.line, f"the rule settings are not read: {too_much[1]}")])
    settings, line = page_settings(text, path)
    if reasons := [(line, reason) for reason in faults(settings, "rule")]:
        raise PageError(path, reasons)
    return line


def hold_against(rule: Rule, checks: Mapping[str, Check]) -> None:
    """Raises PageError for what a page names that the checks do not know, and the other way round."""
    _, line = page_settings(rule.text, rule.path)
    if reasons := [(line, reason) for reason in _strangers(rule, checks)]:
        raise PageError(rule.path, reasons)


def _strangers(rule: Rule, checks: Mapping[str, Check]) -> Iterator[str]:
    function = checks.get(rule.check)
    if function is None:
        near = difflib.get_close_matches(rule.check, checks, n=1)
        yield f"no check has the name `{rule.check}`" + (f": did you mean `{near[0]}`?" if near else "")
        return
    keywords = {
        name.replace("_", "-")
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.kind is parameter.KEYWORD_ONLY
    }
    keywords -= wanted(function)
    for name in sorted(PATTERN_OPTIONS & rule.options.keys()):
        default = rule.options[name]["default"]
        for pattern in [default] if isinstance(default, str) else default:
            try:
                check_pattern(pattern)
            except PatternRefused as error:
                yield f"options.{name}: {error.reason}"
    for name in sorted(keywords ^ rule.options.keys()):
        where = "the check" if name in keywords else "the page"
        yield f"only {where} has the option `{name}`"
