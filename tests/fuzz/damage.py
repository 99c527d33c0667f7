"""Inputs made of the kept ones: pieces taken out, repeated, moved, exchanged for words of the format or for noise."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.fuzz.readers import LONGEST, READERS, seeds


@st.composite
def damaged(draw: st.DrawFn, reader: str) -> bytes:
    """An input for a reader: one of its seeds with up to eight changes."""
    kept = list(seeds(reader).values())
    data = draw(st.sampled_from(kept))
    for _ in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.sampled_from((0, 1, 2, 4, 16, 64, 512))))
        piece = data[start:end]
        match draw(st.integers(0, 5)):
            case 0:
                new = b""
            case 1:
                new = draw(st.sampled_from(READERS[reader].tokens))
            case 2:
                new = piece * draw(st.sampled_from((2, 3, 50)))
            case 3:
                new = draw(st.binary(max_size=8))
            case 4:
                other = draw(st.sampled_from(kept))
                at = draw(st.integers(0, len(other)))
                new = other[at : at + draw(st.sampled_from((8, 64, 512)))]
            case _:
                new = draw(st.text(max_size=8)).encode("utf-8", "surrogatepass")
        data = (data[:start] + new + data[end:])[:LONGEST]
    return data
