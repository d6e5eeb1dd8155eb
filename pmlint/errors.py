"""What can go wrong with the job itself, as opposed to what pmlint finds in a postmortem."""

from typing import NamedTuple


class Problem(NamedTuple):
    """Something that kept the job from being done in full; it makes the exit code 2.

    ``path`` is what the person named, ``line`` 1-based where there is one; ``reason`` is one plain clause and
    ``remedy`` the smallest change that helps.
    """

    path: str
    reason: str
    remedy: str = ""
    line: int | None = None

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.sentence}"

    @property
    def sentence(self) -> str:
        """Reason and remedy, for where the place is told in another way."""
        return f"{self.reason}; {self.remedy}" if self.remedy else self.reason


class PmlintError(Exception):
    """The whole run cannot go on; carries the problems to print, at least one."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class Unfinished(Exception):
    """A rule was stopped before it had seen the whole document; ``reason`` and ``remedy`` as in a problem."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy


class PatternRefused(Unfinished):
    """A regular expression that is not taken, so that nothing was searched with it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, "change it on the rule's page or in the configuration")
