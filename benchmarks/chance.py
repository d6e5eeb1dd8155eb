"""Chance that gives the same on every Python: of the generator, only `random()` stays the same for a seed for ever."""

import random
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


class Chance:
    """A stream of choices that a seed (a text) decides."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)

    def happens(self, share: float) -> bool:
        """True in this share of cases."""
        return self._random.random() < share

    def whole(self, least: int, most: int) -> int:
        """A whole number from least to most, both included."""
        return least + int(self._random.random() * (most - least + 1))

    def one(self, items: Sequence[Item]) -> Item:
        """One of the items."""
        return items[int(self._random.random() * len(items))]

    def some(self, items: Sequence[Item], count: int) -> list[Item]:
        """So many different items, in an order of their own."""
        left = list(items)
        return [left.pop(int(self._random.random() * len(left))) for _ in range(min(count, len(left)))]
