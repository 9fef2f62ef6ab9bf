"""The order of a table's rows and columns that brings what is alike together."""

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import leaves_list, linkage, optimal_leaf_ordering
from scipy.spatial.distance import pdist


def seriation(table: NDArray[np.float64]) -> tuple[list[int], list[int]]:
    """Order rows and columns so that neighbours are as alike as can be.

    Args:
        table: figures, 0 where there is nothing.

    Returns:
        Positions of the rows, then of the columns, in the order to draw them.

    Examples:
        >>> rows, _ = seriation(np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]]))
        >>> abs(rows.index(0) - rows.index(2))
        1

    Source: Bar-Joseph, Gifford, Jaakkola, "Fast optimal leaf ordering for hierarchical clustering" (scipy's).
    """
    return _order(table), _order(table.T)


def _order(rows: NDArray[np.float64]) -> list[int]:
    if len(rows) < 3:
        return list(range(len(rows)))
    # logarithms: who buys matters more than who is large
    distances = pdist(np.log1p(np.maximum(rows, 0)))
    return [int(place) for place in leaves_list(optimal_leaf_ordering(linkage(distances, "average"), distances))]
