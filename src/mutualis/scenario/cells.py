"""What the engine works on: annual spend by buyer × segment × end of contract, with its buyers and segments."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mutualis.errors import ScenarioError
from mutualis.levers import FAMILIES
from mutualis.scenario.arrays import Floats, Ints, floats, sum_by

Texts = NDArray[np.str_]


class Columns(Protocol):
    """Anything that gives a column by its name: a dict of arrays, a DataFrame."""

    def __getitem__(self, name: str, /) -> Any:
        """Give a column."""


@dataclass(frozen=True)
class Buyers:
    """Buyers, in the order of their index: key, type (codes of the spend table), département, region."""

    key: Texts
    type: Texts
    department: Texts
    region: Texts

    @cached_property
    def places(self) -> dict[str, tuple[Texts, Ints]]:
        """The distinct codes of ``department`` and ``region``, and each buyer's position in them: texts sort slowly."""
        return {name: np.unique(getattr(self, name), return_inverse=True) for name in ("department", "region")}


@dataclass(frozen=True)
class Segments:
    """Segments, in the order of their index.

    Attributes:
        code, family: text codes.
        sme_share: present SME share of the spend, in [0, 1].
        mean_contract_eur: present mean contract value (€/yr, as lots are).
        supplier_hhi: present supplier HHI, in [0, 1].
    """

    code: Texts
    family: Texts
    sme_share: Floats
    mean_contract_eur: Floats
    supplier_hhi: Floats


@dataclass(frozen=True)
class Moments:
    """The distinct ends of contracts, few for many lines: quarter (NaN if unknown) and, if unknown, duration (years)."""

    end_quarter: Floats
    duration_years: Floats


@dataclass(frozen=True)
class Cells:
    """Spend lines sorted by (segment, buyer); a *pair* is what one buyer spends in one segment.

    Attributes:
        spend: €/yr.
        addressable: share that is not yet bought through UGAP, DAE or a PFRA, in [0, 1].
        end_quarter: quarter in which the contracts end, counted from the data's date; NaN if unknown.
        duration_years: mean duration of the contracts (years).
        procedures: procedures per year, Σ 1/D over the line's contracts.
        moment: position of the line's end in ``moments``.
        pair: pair of each line; ``pair_start`` the first line of each pair.
        pair_buyer, pair_segment: buyer and segment of each pair.
        moments, buyers, segments: their tables.
    """

    spend: Floats
    addressable: Floats
    end_quarter: Floats
    duration_years: Floats
    procedures: Floats
    moment: Ints
    pair: Ints
    pair_start: Ints
    pair_buyer: Ints
    pair_segment: Ints
    moments: Moments
    buyers: Buyers
    segments: Segments

    @cached_property
    def pair_spend(self) -> Floats:
        """Spend of each pair (€/yr)."""
        return self.by_pair(self.spend)

    @cached_property
    def _segment_start(self) -> Ints:
        return np.nonzero(np.append(True, self.pair_segment[1:] != self.pair_segment[:-1]))[0]

    def by_pair(self, values: Floats) -> Floats:
        """Sum values of lines by pair."""
        return sum_by(self.pair, values, len(self.pair_start))

    def by_buyer(self, values: Floats) -> Floats:
        """Sum values of pairs by buyer."""
        return sum_by(self.pair_buyer, values, len(self.buyers.key))

    def by_segment(self, values: Floats) -> Floats:
        """Sum values of pairs by segment."""
        sums = np.zeros(len(self.segments.code))
        # pairs are sorted by segment: four times faster than a bincount
        sums[self.pair_segment[self._segment_start]] = np.add.reduceat(values, self._segment_start)
        return sums

    def within(self, perimeter: Mapping[str, tuple[str, ...]]) -> "Cells":
        """Keep a perimeter.

        Args:
            perimeter: codes to keep under ``regions``, ``departments``, ``buyer_types``, ``buyers``,
                ``families``, ``segments``; an empty tuple keeps all.

        Returns:
            The lines kept, with the same buyers and segments.

        Raises:
            ScenarioError: nothing is left.
        """
        of_buyer = {"regions": "region", "departments": "department", "buyer_types": "type", "buyers": "key"}
        keep = np.ones(len(self.pair_buyer), dtype=bool)
        for name, codes in perimeter.items():
            if codes and name in of_buyer:
                keep &= np.isin(getattr(self.buyers, of_buyer[name]), codes)[self.pair_buyer]
            elif codes:
                column = self.segments.family if name == "families" else self.segments.code
                keep &= np.isin(column, codes)[self.pair_segment]
        if not keep.any():
            raise ScenarioError(
                "Le périmètre du scénario ne contient aucune dépense\u202f: "
                "élargissez les territoires, les entités ou les segments."
            )
        lines = keep[self.pair]
        return _sorted(
            replace(self, **{name: getattr(self, name)[lines] for name in LINE_VALUES}, pair=self.pair[lines]),
            self.pair_buyer[self.pair[lines]],
            self.pair_segment[self.pair[lines]],
        )


LINE_VALUES = ("spend", "addressable", "end_quarter", "duration_years", "procedures", "moment")


def build_cells(lines: Columns, buyers: Columns, segments: Columns) -> Cells:
    """Build the engine's cells from aggregated queries.

    Args:
        lines: columns ``buyer_key``, ``segment``, ``spend_eur`` (€/yr; a net credit counts as 0),
            ``addressable`` (0…1), ``end_quarter`` (null if unknown), ``duration_years``,
            ``procedures_per_year``.
        buyers: columns ``buyer_key``, ``buyer_type``, ``department_code``, ``region_code`` (null: unplaced).
        segments: columns ``segment``, ``family``, ``sme_share``, ``mean_contract_eur``, ``supplier_hhi``.

    Returns:
        The cells.

    Raises:
        ScenarioError: no line, or a buyer, segment or family that its table does not hold.

    Example:
        >>> lines = {"buyer_key": ["b", "a"], "segment": ["S", "S"], "spend_eur": [1e5, 2e5],
        ...     "addressable": [1, 1], "end_quarter": [3, None], "duration_years": [4, 4],
        ...     "procedures_per_year": [0.25, 0.25]}
        >>> buyers = {"buyer_key": ["a", "b"], "buyer_type": ["education", "justice"],
        ...     "department_code": ["13", "21"], "region_code": ["93", "27"]}
        >>> segments = {"segment": ["S"], "family": ["ENT"], "sme_share": [0.4],
        ...     "mean_contract_eur": [5e4], "supplier_hhi": [0.1]}
        >>> build_cells(lines, buyers, segments).spend.tolist()
        [200000.0, 100000.0]
    """
    if len(lines["spend_eur"]) == 0:
        raise ScenarioError("Il n'y a aucune dépense à simuler\u202f: importez des données ou élargissez le périmètre.")
    people = Buyers(*(_text(buyers[name]) for name in ("buyer_key", "buyer_type", "department_code", "region_code")))
    kinds = Segments(
        _text(segments["segment"]),
        _text(segments["family"]),
        *(floats(segments[name]) for name in ("sme_share", "mean_contract_eur", "supplier_hhi")),
    )
    unknown = sorted(set(kinds.family.tolist()) - set(FAMILIES))
    if unknown:
        raise ScenarioError(
            f"La famille «\u202f{unknown[0]}\u202f» n'a pas d'hypothèses\u202f: les familles connues sont "
            f"{', '.join(FAMILIES)}."
        )
    buyer = _index(people.key, _text(lines["buyer_key"]), "L'entité")
    segment = _index(kinds.code, _text(lines["segment"]), "Le segment")
    none = np.zeros(0, dtype=np.intp)
    moment, moments = _moments(floats(lines["end_quarter"]), floats(lines["duration_years"]))
    values = Cells(
        np.maximum(0.0, floats(lines["spend_eur"])),
        floats(lines["addressable"]),
        floats(lines["end_quarter"]),
        floats(lines["duration_years"]),
        floats(lines["procedures_per_year"]),
        moment, none, none, none, none, moments, people, kinds,
    )  # fmt: skip
    return _sorted(values, buyer, segment)


def _moments(end: Floats, years: Floats) -> tuple[Ints, Moments]:
    unknown = np.isnan(end)
    # F9 reads the duration only of what ends no one knows when
    both = np.column_stack([np.where(unknown, np.inf, end), np.where(unknown, years, 0.0)])
    distinct, moment = np.unique(both, axis=0, return_inverse=True)
    return moment.ravel(), Moments(np.where(np.isinf(distinct[:, 0]), np.nan, distinct[:, 0]), distinct[:, 1])


def _sorted(cells: Cells, buyer: Ints, segment: Ints) -> Cells:
    key = segment * len(cells.buyers.key) + buyer
    order = np.argsort(key, kind="stable")
    key = key[order]
    is_first = np.append(True, key[1:] != key[:-1])
    start = np.nonzero(is_first)[0]
    return replace(
        cells,
        **{name: getattr(cells, name)[order] for name in LINE_VALUES},
        pair=np.cumsum(is_first) - 1,
        pair_start=start,
        pair_buyer=buyer[order][start],
        pair_segment=segment[order][start],
    )


def _text(values: ArrayLike) -> Texts:
    return np.array(["" if value is None or value != value else str(value) for value in np.asarray(values).tolist()])


def _index(known: Texts, wanted: Texts, what: str) -> Ints:
    order = np.argsort(known)
    position = np.minimum(np.searchsorted(known, wanted, sorter=order), len(known) - 1)
    found = order[position]
    missing = np.nonzero(known[found] != wanted)[0]
    if missing.size:
        raise ScenarioError(f"{what} «\u202f{wanted[missing[0]]}\u202f» n'est pas décrite\u202f: complétez sa table.")
    return np.asarray(found, dtype=np.intp)
