"""Bytes made small while they come, and made whole again: never more of them than was allowed for."""

import zlib

# A long report is printed again from one piece of memory; of 2,000 documents JSON has 6 MB, text for people 3 MB.
MOST_BYTES = 16 * 1024 * 1024
# The quickest: text shrinks to a sixth by it, to an eighth by the default, which takes more than twice the time.
_LEVEL = 1


class Packing:
    """Bytes that are packed piece by piece, so that they are never held as they are."""

    def __init__(self) -> None:
        self._room = MOST_BYTES
        self._stream = zlib.compressobj(_LEVEL)
        self._packed = bytearray()

    @property
    def is_full(self) -> bool:
        """Whether there was more than there is room for: nothing of it is of any use then."""
        return self._room < 0

    def add(self, data: bytes) -> None:
        """Takes in what comes next."""
        self._room -= len(data)
        if not self.is_full:
            self._packed += self._stream.compress(data)

    def packed(self) -> bytes:
        """All of it, for ``unpacked``; nothing can be added any more."""
        return bytes(self._packed + self._stream.flush())


def unpacked(data: bytes) -> bytes:
    """What was packed. Raises ValueError where it is damaged, or would become more than anybody packs."""
    stream = zlib.decompressobj()
    try:
        whole = stream.decompress(data, MOST_BYTES + 1)
    except zlib.error as error:
        raise ValueError(str(error)) from None
    if len(whole) > MOST_BYTES or not stream.eof:
        raise ValueError("this was not packed here")
    return whole
