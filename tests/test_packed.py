"""What is packed comes out whole, and never takes more room than was allowed for."""

import tracemalloc
import zlib

import pytest

from pmlint.packed import Packing, unpacked


@pytest.mark.parametrize("sizes", [(), (0,), (1,), (99,), (100,), (1, 98, 1)])
def test_what_is_packed_comes_out_whole(monkeypatch: pytest.MonkeyPatch, sizes: tuple[int, ...]) -> None:
    monkeypatch.setattr("pmlint.packed.MOST_BYTES", 100)
    packing = Packing()
    for number, size in enumerate(sizes):
        packing.add(bytes([number]) * size)
    assert not packing.is_full
    assert unpacked(packing.packed()) == b"".join(bytes([number]) * size for number, size in enumerate(sizes))
    packing.add(bytes(101))
    assert packing.is_full


def test_nothing_that_was_blown_up_fills_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pmlint.packed.MOST_BYTES", 1024 * 1024)
    bomb = zlib.compress(bytes(64 * 1024 * 1024))
    tracemalloc.start()
    with pytest.raises(ValueError, match="not packed here"):
        unpacked(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * 1024 * 1024
