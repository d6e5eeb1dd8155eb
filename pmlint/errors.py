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
        return f"{place}: {self.reason}" + (f"; {self.remedy}" if self.remedy else "")


class PmlintError(Exception):
    """The whole run cannot go on; carries the problem to print."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem
