"""What the steps of a run cost, for people: rules by their families."""

from collections.abc import Iterator

from pmlint.timings import Timings


def timing_lines(timings: Timings) -> Iterator[str]:
    """A line for each step in its turn, then for each family of rules, the dearest first."""
    timings.begin("")
    steps = {step: seconds for step, seconds in timings.seconds.items() if "/" not in step}
    families: dict[str, float] = {}
    for step, seconds in timings.seconds.items():
        family, slash, _ = step.partition("/")
        if slash:
            families[family] = families.get(family, 0.0) + seconds
    total = sum(steps.values()) + sum(families.values())
    dearest = dict(sorted(families.items(), key=lambda item: (-item[1], item[0])))
    width = max(map(len, (*steps, *families)), default=0)
    yield f"pmlint: {total:.2f} seconds of processor time since the first document"
    for step, seconds in (*steps.items(), *((f"{family}/", seconds) for family, seconds in dearest.items())):
        yield f"  {step:<{width + 1}} {seconds:8.3f}  {seconds / (total or 1):4.0%}"
