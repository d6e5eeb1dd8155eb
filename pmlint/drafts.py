"""A new postmortem from a profile's template: what is known is filled in, what is not keeps its placeholder."""

import json
import re
import unicodedata
from datetime import date

from pmlint.expressions import expression

UNKNOWN = "TBD"
_LONGEST_NAME = 60
_FRONT_MATTER = expression(r"---\n.*?\n---\n", re.S)
_MARKDOWN = expression(r"([\\`*_\[\]<>|#])")
_PLAIN_YAML = expression(r"[A-Za-z][\w.-]*(?: [\w.-]+)*")


def filled(template: str, title: str, day: date, severity: str | None) -> str:
    """The template with title, day and severity; without a severity its placeholder stays."""
    title = " ".join(_without_controls(title).split())
    known = {"title": title, "date": day.isoformat(), "severity": severity or UNKNOWN}
    head = match.end() if (match := _FRONT_MATTER.match(template)) else 0
    front, body = template[:head], template[head:]
    for name, value in known.items():
        front = front.replace(f"{{{{{name}}}}}", day.isoformat() if name == "date" else _yaml(value, name == "title"))
        body = body.replace(f"{{{{{name}}}}}", _MARKDOWN.sub(r"\\\1", value))
    return front + body


def file_name(title: str, day: date) -> str:
    """``2026-03-04-logins-failed.md``: the day and the letters and digits of the title, in any script."""
    folded = unicodedata.normalize("NFC", title).casefold()
    words = "".join(letter if letter.isalnum() else " " for letter in folded).split()
    slug = "-".join(words)[:_LONGEST_NAME].strip("-") or "incident"
    return f"{day.isoformat()}-{slug}.md"


def _without_controls(text: str) -> str:
    return "".join(" " if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp") else letter for letter in text)


def _yaml(value: str, quoted: bool) -> str:
    if not quoted and _PLAIN_YAML.fullmatch(value):
        return value
    return json.dumps(_without_controls(value), ensure_ascii=False)
