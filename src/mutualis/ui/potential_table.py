"""From the queries to the potential of segments, and from it to readable tables. No Streamlit."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from mutualis.scenario.pooling_level import LEVELS, Advice, SegmentFacts, observed_level, recommended_level
from mutualis.scenario.potential import Potential, Stock

LEVEL_NAMES = tuple(f"{number} {name}" for number, name in enumerate(LEVELS))
SHARES = [f"level_{number}" for number in range(5)]


def stock_of(pairs: pd.DataFrame, supply: pd.DataFrame) -> Stock:
    """Number segments and regions.

    Args:
        pairs: columns of ``segment_buyers.sql``.
        supply: columns of ``segment_supply.sql``; its order is that of the segments.
    """
    segment = pd.Index(supply["segment"]).get_indexer(pd.Index(pairs["segment"]))
    region, _ = pd.factorize(pairs["region_code"].where(pairs["region_code"] != ""), sort=True)
    return Stock(
        segment=segment.astype(np.intp),
        region=region.astype(np.intp),
        buyer=pd.factorize(pairs["buyer_key"])[0].astype(np.intp),
        spend=pairs["spend_eur"].to_numpy(dtype=float),
        own=pairs["own_eur"].to_numpy(dtype=float),
        family=supply["family"].to_numpy(dtype=str),
        supplier_hhi=supply["supplier_hhi"].fillna(0.0).to_numpy(dtype=float),
    )


def segment_facts(supply: pd.DataFrame, found: Potential) -> pd.DataFrame:
    """Put side by side what is observed and what pooling could bring.

    Returns:
        One row per segment with something spent: segment, family, n_suppliers, supplier_hhi, local_share, level_0 … level_4
        and pooled_share (shares of spend), and the fields of ``Potential`` (€/yr); gain is that of pools by region.
    """
    fields = {name: getattr(found, name) for name in Potential.__dataclass_fields__}
    total = supply["spend_eur"].where(supply["spend_eur"] > 0)
    known = supply[["segment", "family", "n_suppliers", "supplier_hhi", "local_share"]]
    shares = supply[SHARES].clip(lower=0.0).div(total, axis=0).clip(upper=1.0).fillna(0.0)
    shares["pooled_share"] = supply["pooled_eur"].clip(lower=0.0).div(total).clip(upper=1.0).fillna(0.0)
    facts = pd.concat([known, shares, pd.DataFrame(fields, index=supply.index)], axis=1)
    facts["gain"] = facts["by_region"]
    return facts[facts["spend"] > 0].reset_index(drop=True)


def potential_table(facts: pd.DataFrame, segments: Mapping[str, str]) -> pd.DataFrame:
    """Give the potential with French headers and units, the largest gain first."""
    facts = facts.sort_values("gain", ascending=False)
    return pd.DataFrame({
        "Segment": facts["segment"].map(segments), "Gain par région (k€/an)": (facts["gain"] / 1e3).round(1),
        "Dépense (k€/an)": (facts["spend"] / 1e3).round(1), "Mutualisable (k€/an)": (facts["addressable"] / 1e3).round(1),
        "Déplacée (k€/an)": (facts["moved"] / 1e3).round(1), "Entités": facts["n_buyers"], "Entités égales (N₁)": facts["N1"].round(1), "HHI des entités": facts["hhi"].round(3),
        "Gain interrégional (k€/an)": (facts["over_regions"] / 1e3).round(1),
        "Coût des procédures (k€/an)": (facts["cost"] / 1e3).round(1),
    })  # fmt: skip


def level_table(facts: pd.DataFrame, segments: Mapping[str, str]) -> pd.DataFrame:
    """Give the observed and recommended levels of each segment, in the order of the facts."""
    advice = [_advice(row) for row in facts.to_dict("records")]
    shares = facts[SHARES].to_numpy()
    return pd.DataFrame({
        "Segment": facts["segment"].map(segments), "Dépense (k€/an)": (facts["spend"] / 1e3).round(1),
        "Observé": [LEVEL_NAMES[observed_level(row)] for row in shares.tolist()], "Recommandé": [LEVEL_NAMES[found.level] for found in advice],
        "Pourquoi": [found.reason for found in advice], "Déjà mutualisé (%)": (100 * facts["pooled_share"]).round(1), "Entités": facts["n_buyers"], "Fournisseurs": facts["n_suppliers"],
        "Acheté dans la région (%)": (100 * facts["local_share"]).round(1),
    })  # fmt: skip


def _advice(row: Mapping[object, object]) -> Advice:
    figures = {name: float(str(row[name])) for name in ("N1", "by_region", "cost", "over_regions", "cost_over_regions")}
    local = float(str(row["local_share"]))
    return recommended_level(
        SegmentFacts(
            level_shares=[float(str(row[name])) for name in SHARES],
            local_share=None if np.isnan(local) else local,
            n_buyers=int(str(row["n_buyers"])),
            region_buyers=int(str(row["region_buyers"])),
            **figures,
        )
    )
