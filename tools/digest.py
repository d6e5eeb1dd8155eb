"""Makes one file of what the rule pages and lexicons say: a run then starts without reading two hundred.

``python tools/digest.py`` writes it into the checkout; the build hook (``tools/build.py``) puts one into the wheel.
Nothing but the standard library and pmlint's own reading of pages is needed for it.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def digest() -> dict[str, Any]:
    """All shipped rules and lexicons, read from their own files."""
    from pmlint.data import parse_lexicon, read_shipped, rule_names
    from pmlint.page import parse_page
    from pmlint.rule import digest

    pages = (parse_page(read_shipped("rules", f"{name}.md"), name, f"rules/{name}.md") for name in rule_names())
    lexicons = sorted(path.stem for path in (ROOT / "rules" / "lexicon").glob("*.toml"))
    return {"rules": [digest(page) for page in pages], "lexicon": {name: parse_lexicon(name) for name in lexicons}}


def write(path: Path, told: dict[str, Any]) -> None:
    """Writes a digest, whole or not at all."""
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    new.write_text(json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    new.replace(path)


def write_for_checkout() -> None:
    """Writes the digest of this checkout, with what tells when it is out of date."""
    from pmlint.data import digest_path, origins

    made_from = origins()  # before the reading: what changes meanwhile makes the digest stale
    write(Path(digest_path()), {"made_from": made_from, **digest()})


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    write_for_checkout()
