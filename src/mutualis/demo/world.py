"""Who buys, what, and who sells: lists read from ``data/demo`` and completed with made-up firms."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from mutualis.config import DATA_DIR
from mutualis.demo.identity import firm_names, siret

FOLDER = DATA_DIR / "demo"
REGIONS = ("93", "27")
REGION_WEIGHTS = {"93": 0.5, "27": 0.5}
ELSEWHERE = ("75", "92", "69", "59", "31", "44", "33", "67")
SIZES = ("PME", "ETI", "GE")
# Firms per trade in each pilot region and elsewhere, by size.
N_FIRMS = {"93": (24, 6, 3), "27": (24, 8, 3), "": (12, 6, 5)}
FIRST_FIRM = 1_000
UNKNOWN_SIZE_SHARE = 0.04
# The State's central purchasing body: the loader knows it by this public number.
UGAP = {"siret": "77605646700587", "supplier_name": "UGAP", "size": None, "department": "77"}
WORKS_DIVISION = "45"


@dataclass(frozen=True)
class World:
    """The demo's lists.

    Attributes:
        buyers: siret, buyer_name, buyer_type, ministry, commune, department, region, zone (place in REGIONS),
            profile, size (relative), department_rank (within its region).
        needs: cpv_code, object, trade (place in ``trades``), segment_label, family, contract_weight,
            payment_weight, months, article, unit, unit_price_eur, kind.
        trades: sme_share, local_share, amount_level, social_share, vehicle, vehicle_share.
        suppliers: siret, supplier_name, size, department; the last one is UGAP.
        pool_start, pool_count: place and number of firms, by trade, zone (93, 27, elsewhere) and size.
        habits: by buyer and need, five uniform draws that recur: the firm one goes back to.
    """

    buyers: pd.DataFrame
    needs: pd.DataFrame
    trades: pd.DataFrame
    suppliers: pd.DataFrame
    pool_start: np.ndarray
    pool_count: np.ndarray
    habits: np.ndarray

    @cached_property
    def buyer_chances(self) -> np.ndarray:
        """Cumulated chances of each buyer: the region's share, then its size."""
        weight = self.buyers["size"] ** 0.8
        share = weight / weight.groupby(self.buyers["region"]).transform("sum")
        return _cumulated((share * self.buyers["region"].map(REGION_WEIGHTS)).to_numpy()[None, :])

    def need_chances(self, weight: str) -> np.ndarray:
        """Cumulated chances of each need for each buyer.

        Args:
            weight: ``contract_weight`` or ``payment_weight``.
        """
        profiles = pd.read_csv(FOLDER / "profiles.csv", index_col="profile")
        tastes = profiles.loc[self.buyers["profile"], self.needs["family"]].to_numpy()
        return _cumulated(tastes * self.needs[weight].to_numpy()[None, :])


def build_world(seed: int, growth: float) -> World:
    """List the demo's actors.

    Args:
        seed: of the draws.
        growth: how many times more SMEs than in the demo's usual size.
    """
    rng = np.random.default_rng([seed, 0])
    buyers, trades, needs = _buyers(), pd.read_csv(FOLDER / "trades.csv"), _needs()
    needs["trade"] = needs["trade"].map({name: place for place, name in enumerate(trades["trade"])})
    suppliers, start, count = _suppliers(rng, trades, growth)
    return World(buyers, needs, trades, suppliers, start, count, rng.random((len(buyers), len(needs), 5)))


def pick(rng: np.random.Generator, chances: np.ndarray, row: np.ndarray) -> np.ndarray:
    """Draw one column for each row asked.

    Args:
        rng: the source of chance.
        chances: rows of cumulated chances, each ending at 1.
        row: the row each draw is made from.
    """
    n_columns = chances.shape[1]
    ladder = (chances + np.arange(len(chances))[:, None]).ravel()
    drawn: np.ndarray = np.searchsorted(ladder, row + rng.random(len(row)), side="right") - row * n_columns
    return drawn


def _cumulated(weights: np.ndarray) -> np.ndarray:
    cumulated = np.cumsum(weights, axis=1)
    chances: np.ndarray = cumulated / cumulated[:, -1:]
    return chances


def _buyers() -> pd.DataFrame:
    frame = pd.read_csv(FOLDER / "buyers.csv", dtype={"region_code": str, "commune_code": str})
    frame = frame.rename(columns={"region_code": "region", "commune_code": "commune"})
    frame["siret"] = [siret(number) for number in range(1, len(frame) + 1)]
    frame["department"] = frame["commune"].str[:2]
    frame["zone"] = frame["region"].map(REGIONS.index)
    ranks = frame.groupby("region")["department"].rank(method="dense")
    frame["department_rank"] = ranks.astype(int) - 1
    return frame


def _needs() -> pd.DataFrame:
    frame = pd.read_csv(FOLDER / "needs.csv", dtype={"cpv_code": str})
    segments = pd.read_csv(DATA_DIR / "cpv_segments.csv", dtype=str).set_index("cpv_prefix")
    prefixes = [
        max((code[:n] for n in range(2, 9) if code[:n] in segments.index), key=len) for code in frame["cpv_code"]
    ]
    frame["segment_label"] = segments.loc[prefixes, "segment_label"].to_numpy()
    frame["family"] = segments.loc[prefixes, "family"].to_numpy()
    division = frame["cpv_code"].str[:2]
    goods = (division < WORKS_DIVISION) | (division == "48")
    frame["kind"] = np.where(division == WORKS_DIVISION, "Travaux", np.where(goods, "Fournitures", "Services"))
    return frame


def _suppliers(
    rng: np.random.Generator, trades: pd.DataFrame, growth: float
) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    count = np.array([list(N_FIRMS.values())] * len(trades))
    count[:, :, 0] *= max(1, round(growth))
    departments = {zone: _departments(zone) for zone in N_FIRMS}
    parts = []
    for trade, words in enumerate(trades["name_words"]):
        pools = [(zone, size, n) for row, zone in zip(count[trade], N_FIRMS, strict=True) for size, n in enumerate(row)]
        places = [departments[zone][i % len(departments[zone])] for zone, _, n in pools for i in range(n)]
        sizes = [SIZES[size] for _, size, n in pools for _ in range(n)]
        names = firm_names(rng, words.split(","), sizes)
        parts.append(pd.DataFrame({"supplier_name": names, "size": sizes, "department": places}))
    firms = pd.concat(parts, ignore_index=True)
    firms["siret"] = [siret(FIRST_FIRM + number) for number in range(len(firms))]
    firms["size"] = firms["size"].where(rng.random(len(firms)) > UNKNOWN_SIZE_SHARE, None)
    start = np.concatenate([[0], np.cumsum(count.ravel())[:-1]]).reshape(count.shape)
    return pd.concat([firms, pd.DataFrame([UGAP])], ignore_index=True), start, count


def _departments(zone: str) -> list[str]:
    buyers = pd.read_csv(FOLDER / "buyers.csv", dtype=str)
    found = buyers.loc[buyers["region_code"] == zone, "commune_code"].str[:2]
    return sorted(found.unique()) or list(ELSEWHERE)
