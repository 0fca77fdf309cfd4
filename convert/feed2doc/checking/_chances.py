"""Which texts may be in an output, known without searching all of it for each of thousands that are missing."""

from __future__ import annotations

from feed2doc.checking.letters import weight_of

# The runs of the output are looked up if more than a few texts are missing.
_FEW = 8
# Lengths of runs: two Han characters are as distinctive as four Latin letters.
_SIZES = (2, 4)
# Slots per letter, and at most. Runs that share a slot make the answer less sharp, never wrong.
_SLOTS, _MOST_SLOTS = 32, 2**24
# A text may be found in one piece per this much of its weight: single letters occur everywhere.
_PIECE = 4
# How many letters are searched for texts in pieces, per letter of the output.
_SEARCHED = 500


class Chances:
    """Says which texts may be in these letters, by their runs of two and four letters, and how much is searched for them."""

    def __init__(self, letters: str) -> None:
        self._letters = letters
        self._asked = 0
        self._table = bytearray()
        self._left = _SEARCHED * len(letters)

    def whole(self, text: str) -> bool:
        """Return True if this text may be in the output."""
        return self._least_pieces(text) == 1

    def in_pieces(self, text: str, size: int) -> bool:
        """Return True if a part of this size of the output is to be searched for the text in pieces."""
        if self._least_pieces(text) > most_pieces(text):
            return False
        self._left -= size * len(text).bit_length()
        return self._left > 0

    def _least_pieces(self, text: str) -> int:
        """Return a number of pieces that the text has to be cut into at least, for all of them to be in the output.

        A cut lets at most as many runs be absent as have a letter on both sides of it.
        """
        self._asked += 1
        if self._asked < _FEW:
            return 1
        if not self._table:
            self._fill()
        table, mask, least = self._table, len(self._table) - 1, 1
        for size in _SIZES:
            absent = sum(not table[hash(text[at : at + size]) & mask] for at in range(len(text) - size + 1))
            least = max(least, 1 + -(-absent // (size - 1)))
        return least

    def _fill(self) -> None:
        letters = self._letters
        slots = 1 << min(_SLOTS * len(letters), _MOST_SLOTS - 1).bit_length()
        self._table = table = bytearray(slots)
        for size in _SIZES:
            for at in range(len(letters) - size + 1):
                table[hash(letters[at : at + size]) & (slots - 1)] = 1


def most_pieces(text: str) -> int:
    """Return how many pieces of a text may be found."""
    return 1 + weight_of(text) // _PIECE
