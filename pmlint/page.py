"""Rule pages: the text of a page as a rule, and its examples."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pmlint.rule import Example, Rule, Severity


class PageError(Exception):
    """A page that is no rule page. ``reasons`` are plain sentences with the 1-based line each begins at."""

    def __init__(self, path: str, reasons: Sequence[tuple[int, str]]) -> None:
        super().__init__("\n".join(f"{path}:{line}: {reason}" for line, reason in reasons))
        self.path = path
        self.reasons = tuple(reasons)


class Fence(NamedTuple):
    """A fenced block of a page: its info string, its content and the 1-based line on which it opens."""

    info: str
    text: str
    line: int
    closed: bool = True


_TYPES = {"string": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,), "array": (list,)}


def parse_page(text: str, name: str, path: str) -> Rule:
    """The rule that a page describes; ``name`` is ``family/smell``. Raises PageError with everything that is wrong.

    The examples stay unread until ``examples`` asks for them: a run that lints does not need them.
    """
    lines = lines_of(_opening(text))
    title = next((line[2:].strip() for line in lines if line.startswith("# ")), "")
    reasons = [] if title else [(1, "the page has no title: begin it with `# `")]
    try:
        settings, line = page_settings(text, path)
    except PageError as error:
        raise PageError(path, [*reasons, *error.reasons]) from error
    reasons += [
        (line, f"the rule settings have no `{key}`")
        for key in ("check", "severity", "help", "sources")
        if key not in settings
    ]
    severity = str(settings.get("severity", "warning"))
    if severity.upper() not in Severity.__members__:
        reasons.append((line, f"the severity is `{severity}`: use error, warning or info"))
    options: Mapping[str, Mapping[str, Any]] = settings.get("options", {})
    for option, schema in options.items():
        if "default" not in schema:
            reasons.append((line, f"the option `{option}` has no default"))
        elif not _fits(schema["default"], schema):
            reasons.append((line, f"the default of the option `{option}` is not of the type {schema['type']}"))
    if reasons:
        raise PageError(path, reasons)
    return Rule(
        name=name,
        title=title,
        summary=summary_of(lines),
        check=settings["check"],
        severity=Severity[severity.upper()],
        help=settings["help"],
        sources=tuple(settings["sources"]),
        options=options,
        written=text,
        path=path,
        default=settings.get("default", True),
        also=tuple(settings.get("also", ())),
    )


def page_settings(text: str, path: str, kind: str = "rule") -> tuple[dict[str, Any], int]:
    """A page's block of settings as it is written, and the line on which it opens. Raises PageError.

    ``kind`` is the second word of the fence's info string: ``rule`` or ``profile``.
    """
    fence = settings_fence(text, path, kind)
    try:
        return tomllib.loads(fence.text), fence.line
    except (ValueError, RecursionError) as error:
        raise PageError(path, [(fence.line, f"the {kind} settings are no TOML: {error}")]) from error


def settings_fence(text: str, path: str, kind: str) -> Fence:
    """A page's block of settings as text. Raises PageError where there is none."""
    fence = next((fence for fence in fences(lines_of(_opening(text))) if fence.info == f"toml {kind}"), None)
    if fence is None:
        raise PageError(path, [(1, f"the page has no block of {kind} settings: add a fence `toml {kind}`")])
    return fence


def rule_name(path: str) -> str:
    """``family/smell`` from the path of a page: its folder and its name without the ending."""
    *_, family, page = ("", *path.replace("\\", "/").split("/"))
    return f"{family}/{page.removesuffix('.md')}"


def _opening(text: str) -> str:
    """A page up to its first chapter, where the settings stand; the whole page if they do not stand there."""
    opening = text.partition("\n## ")[0]
    return opening if "\n```toml " in opening else text


def lines_of(text: str) -> list[str]:
    """The lines as Markdown has them: no form feed or U+2028 ends one."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _fits(value: object, schema: Mapping[str, Any]) -> bool:
    """Whether a value is of an option's type. In Python a truth value is a number, too; here it is not."""
    types = _TYPES.get(schema.get("type", ""), (object,))
    return isinstance(value, types) and (not isinstance(value, bool) or bool in types or object in types)


def summary_of(lines: Sequence[str]) -> str:
    """The first paragraph below the title, on one line."""
    paragraph: list[str] = []
    for line in lines[1:]:
        if line.startswith(("#", "```")):
            break
        if line.strip():
            paragraph.append(line.strip())
        elif paragraph:
            break
    return " ".join(paragraph)


def fences(lines: Sequence[str]) -> Iterator[Fence]:
    """The fenced blocks of a page. A fence is closed by at least as many back-ticks as opened it."""
    opened, info, start = "", "", 0
    for number, line in enumerate(lines, 1):
        ticks = line[: len(line) - len(line.lstrip("`"))]
        if not opened and len(ticks) >= 3:
            opened, info, start = ticks, line[len(ticks) :].strip(), number
        elif opened and len(ticks) >= len(opened) and not line[len(ticks) :].strip():
            yield Fence(info, "".join(f"{inner}\n" for inner in lines[start : number - 1]), start)
            opened = ""
    if opened:
        yield Fence(info, "".join(f"{inner}\n" for inner in lines[start:]), start, closed=False)


def examples(rule: Rule) -> tuple[Example, ...]:
    """The examples of a rule's page, in its order. Raises PageError when one is not complete."""
    found: list[Example] = []
    reasons: list[tuple[int, str]] = []
    blocks = list(fences(lines_of(rule.text)))
    for number, fence in enumerate(blocks):
        if not fence.closed:
            reasons.append((fence.line, "the fence that opens here is never closed"))
        language, _, told = fence.info.partition(" ")
        kind, _, written = told.strip().partition(" ")
        if language != "markdown" or not kind:
            continue
        if kind == "fixed":
            if number < 2 or blocks[number - 1].info != "text findings":
                reasons.append((fence.line, "a fixed text stands below the findings of a bad example"))
            continue
        if kind not in ("good", "bad"):
            reasons.append((fence.line, f"an example is good or bad, not `{kind}`"))
            continue
        if "\n````markdown " in f"\n{fence.text}":
            reasons.append((fence.line, "another example begins inside this one: close its fence first"))
        findings = blocks[number + 1].text if _follows(blocks, number + 1, "text findings") else None
        mended = blocks[number + 2].text if findings and _follows(blocks, number + 2, "markdown fixed") else None
        if kind == "bad" and not findings:
            reasons.append(
                (fence.line, "the bad example says nothing of its findings: add a fence `text findings` below it")
            )
        try:
            options = _options(written)
        except tomllib.TOMLDecodeError:
            reasons.append((fence.line, f"the options `{written}` are not written as name=value"))
            options = {}
        for option in sorted(options.keys() - rule.options.keys()):
            reasons.append((fence.line, f"the rule has no option `{option}`"))
        for option in sorted(options.keys() & rule.options.keys()):
            if not _fits(options[option], rule.options[option]):
                kind_of_value = rule.options[option]["type"]
                reasons.append((fence.line, f"the value of the option `{option}` is not of the type {kind_of_value}"))
        good = kind == "good"
        told_of = (None, None) if good else (findings, mended)
        found.append(Example(fence.text, good, fence.line, options, *told_of))
    for kind, there in (("good", any(e.good for e in found)), ("bad", any(not e.good for e in found))):
        if not there:
            reasons.append((1, f"the page has no {kind} example"))
    if reasons:
        raise PageError(rule.path, reasons)
    return tuple(found)


def _follows(blocks: Sequence[Fence], number: int, info: str) -> bool:
    return number < len(blocks) and blocks[number].info == info


def _options(written: str) -> dict[str, Any]:
    """``tolerance-minutes=5 words=["a"]`` as values; blanks stand between options, not inside values."""
    return tomllib.loads("\n".join(written.split())) if written.strip() else {}
