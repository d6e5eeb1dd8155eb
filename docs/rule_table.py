"""Write the table of all rules into the README, between its markers: ``make docs``."""

from pathlib import Path

from pmlint.report.rules import rule_table
from pmlint.rulebook import read_rulebook

README = Path(__file__).resolve().parent.parent / "README.md"
BEGIN, END = "<!-- rules: written by `make docs` -->\n", "<!-- end of rules -->\n"


def with_table(readme: str) -> str:
    """The README's text with the table of the shipped rules. Raises ValueError if a marker is missing."""
    rules = read_rulebook().rules
    if BEGIN not in readme or END not in readme:
        raise ValueError("the README has no markers for the rules")
    before, after = readme.partition(BEGIN)[0], readme.partition(END)[2]
    table = "\n".join(rule_table(rules))
    details = f"<details>\n<summary>All {len(rules)} rules</summary>\n\n{table}\n\n</details>\n"
    return f"{before}{BEGIN}\n{details}\n{END}{after}"


if __name__ == "__main__":
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
