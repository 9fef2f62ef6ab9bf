"""Text columns made fast: short lists held as numbers, numbered references."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


def coded(values: Iterable[str | None], index: np.ndarray, missing: np.ndarray | None = None) -> pa.Array:
    """Give text by its place in a short list.

    Args:
        values: the list; what is null there is null in the column.
        index: a place in it for each row.
        missing: rows that say nothing.

    Returns:
        A dictionary array, which is written and read as text.
    """
    codes, texts = pd.factorize(pd.Series(values, dtype=object))
    places = codes[index]
    absent = places < 0 if missing is None else (places < 0) | missing
    return pa.DictionaryArray.from_arrays(pa.array(places.astype(np.int32), mask=absent), pa.array(texts, pa.string()))


def numbered(prefix: str, numbers: np.ndarray) -> pa.Array:
    """Write references of eight figures after a prefix.

    Examples:
        >>> numbered("DP", np.array([7])).to_pylist()
        ['DP00000007']
    """
    padded = pc.utf8_lpad(pa.array(numbers).cast(pa.string()), width=8, padding="0")
    return pc.binary_join_element_wise(pa.scalar(prefix), padded, "")
