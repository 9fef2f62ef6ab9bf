"""Write the demo's two source files: contracts as consolidated DECP, payments as an accounting extract."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from mutualis.demo import actors
from mutualis.demo.market import ARTICLES, MARKETS

AS_OF = date(2026, 6, 30)
FIRST_DAY = date(2021, 7, 1)
DEFAULT_ROWS = 80_000
DEFAULT_SEED = 2019
CHUNK = 500_000
CONTRACT_SHARE = 0.08

# Contracts: median 57 k€, 95th percentile 2.1 M€ (design, data.md): sigma = ln(2.1 M / 57 k) / 1.645
CONTRACT_MEDIAN, CONTRACT_SIGMA = 57_000.0, 2.19
# Small purchases average 2.3 k€: median × exp(sigma² / 2)
SMALL_SHARE, SMALL_MEDIAN, SMALL_SIGMA = 0.9, 900.0, 1.37
INVOICE_MEDIAN, INVOICE_SIGMA = 110_000.0, 1.8
LOCAL_SHARE = 0.8
MONTH_WEIGHTS = np.array([15, 6, 8, 8, 6, 9, 8, 3, 10, 8, 7, 12], dtype=float)
DURATIONS, DURATION_WEIGHTS = np.array([6, 12, 24, 36, 48]), np.array([0.12, 0.22, 0.16, 0.12, 0.38])


class _Draw:
    """The draws shared by both files: who buys what from whom, and when."""

    def __init__(self, rng: np.random.Generator, buyers: actors.Buyers, suppliers: actors.Suppliers, n: int) -> None:
        codes = [(family, code, text) for family, market in MARKETS.items() for code, text in market.purchases.items()]
        weights = np.array([MARKETS[family].weight / len(MARKETS[family].purchases) for family, _, _ in codes])
        self.buyer = rng.choice(len(buyers.size), n, p=buyers.size / buyers.size.sum())
        self.purchase = rng.choice(len(codes), n, p=weights / weights.sum())
        self.family = np.array([family for family, _, _ in codes], dtype=object)[self.purchase]
        self.code = np.array([code for _, code, _ in codes], dtype=object)[self.purchase]
        self.text = np.array([text for _, _, text in codes], dtype=object)[self.purchase]
        self.supplier = self._suppliers(rng, buyers, suppliers, n)
        self.day = self._days(rng, n)

    def _suppliers(self, rng: np.random.Generator, buyers: actors.Buyers, suppliers: actors.Suppliers, n: int) -> np.ndarray:
        families, regions = list(MARKETS), ["93", "27", ""]
        block = np.array([families.index(name) for name in self.family]) * len(regions)
        home = np.array([regions.index(code) for code in buyers.region])[self.buyer]
        block += np.where(rng.random(n) < LOCAL_SHARE, home, 2)
        # a few firms win much, most win little, and each buyer keeps its own favourites
        rank = np.minimum((rng.pareto(1.1, n) * 3).astype(int), actors.N_SUPPLIERS - 1)
        return block * actors.N_SUPPLIERS + (rank + 7 * (self.buyer % 5)) % actors.N_SUPPLIERS

    def _days(self, rng: np.random.Generator, n: int) -> np.ndarray:
        months = np.arange("2021-07", "2026-07", dtype="datetime64[M]")
        weights = MONTH_WEIGHTS[months.astype(int) % 12]
        month = months[rng.choice(len(months), n, p=weights / weights.sum())]
        return month.astype("datetime64[D]") + rng.integers(0, 28, n).astype("timedelta64[D]")


def generate(
    folder: Path, rows: int = DEFAULT_ROWS, seed: int = DEFAULT_SEED, progress: Callable[[float], None] = lambda share: None
) -> list[Path]:
    """Write the demo's source files.

    Args:
        folder: where they go.
        rows: contracts and payment lines in all (some defects come on top); totals grow with it.
        seed: the same seed and rows give the same tables.
        progress: told the share written.

    Returns:
        The two Parquet files.
    """
    buyers, suppliers = actors.buyers(), actors.suppliers(np.random.default_rng(seed))
    n_contracts = max(round(rows * CONTRACT_SHARE), min(rows, 200))
    written = [folder / "demo_marches.parquet", folder / "demo_paiements.parquet"]
    done = 0
    for path, total, make in zip(written, (n_contracts, rows - n_contracts), (_contracts, _payments), strict=True):
        writer = None
        for number, start in enumerate(range(0, max(total, 1), CHUNK)):
            n = min(CHUNK, total - start)
            rng = np.random.default_rng([seed, rows, number, total])
            table = make(rng, buyers, suppliers, n, start)
            writer = writer or pq.ParquetWriter(path, table.schema)
            writer.write_table(table)
            done += n
            progress(done / rows)
        if writer is not None:
            writer.close()
    return written


def _contracts(rng: np.random.Generator, buyers: actors.Buyers, suppliers: actors.Suppliers, n: int, start: int) -> pa.Table:
    draw = _Draw(rng, buyers, suppliers, n)
    amount = np.maximum(np.round(CONTRACT_MEDIAN * np.exp(CONTRACT_SIGMA * rng.standard_normal(n)), 2), 4_000.0)
    amount = np.minimum(amount, 60e6)
    framework = (rng.random(n) < 0.15) & (amount > 40_000)
    months = rng.choice(DURATIONS, n, p=DURATION_WEIGHTS)
    number = np.array([f"D{start + i:08d}" for i in range(n)], dtype=object)
    clause = np.array(["Sans objet", "Clause environnementale", "Critère environnemental"], dtype=object)
    social = np.array(["Sans objet", "Clause sociale"], dtype=object)
    procedure = np.where(amount < 140_000, "Procédure adaptée", np.where(rng.random(n) < 0.9, "Appel d'offres ouvert", "Procédure avec négociation"))
    columns: dict[str, np.ndarray] = {
        "id": number, "acheteur_id": buyers.siret[draw.buyer], "acheteur_nom": buyers.name[draw.buyer],
        "acheteur_categorie": buyers.category[draw.buyer], "acheteur_commune_code": buyers.commune[draw.buyer],
        "acheteur_departement_code": buyers.department[draw.buyer], "acheteur_region_code": buyers.region[draw.buyer],
        "titulaire_id": suppliers.siret[draw.supplier], "titulaire_typeIdentifiant": np.full(n, "SIRET", dtype=object),
        "titulaire_nom": suppliers.name[draw.supplier], "titulaire_categorie": suppliers.size[draw.supplier],
        "titulaire_departement_code": suppliers.department[draw.supplier], "objet": draw.text, "montant": amount,
        "codeCPV": draw.code, "procedure": procedure.astype(object), "nature": np.full(n, "Marché", dtype=object),
        "techniques": np.where(framework, "Accord-cadre", "Sans objet").astype(object), "dureeMois": months.astype(float),
        "offresRecues": (1 + rng.poisson(2.4, n)).astype(float), "dateNotification": draw.day.astype(str).astype(object),
        "considerationsSociales": social[(rng.random(n) < 0.3).astype(int)], "considerationsEnvironnementales": clause[rng.integers(0, 3, n)],
        "modification_id": np.zeros(n),
    }  # fmt: skip
    return pa.table({name: pa.array(values, from_pandas=True) for name, values in _with_defects(rng, columns).items()})


def _with_defects(rng: np.random.Generator, columns: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Add what real deliveries carry: absurd and missing values, duplicates, co-contractors, modifications."""
    n = len(columns["id"])
    some = rng.permutation(n)
    part = np.array_split(some[: n // 25], 5)
    columns["montant"][some[n // 25 :][:3]] = (999_999_999.0, 0.0, 99_999_999_999.0)[: len(some[n // 25 :][:3])]
    columns["dureeMois"][part[0]] = np.nan
    columns["codeCPV"][part[1]] = None
    again = np.concatenate([part[2], part[3], part[4]])
    both = {name: np.concatenate([values, values[again]]) for name, values in columns.items()}
    co, mod = n + len(part[2]), n + len(part[2]) + len(part[3])
    both["titulaire_id"][co:mod] = np.roll(both["titulaire_id"][co:mod], 1)
    both["titulaire_nom"][co:mod] = np.roll(both["titulaire_nom"][co:mod], 1)
    both["modification_id"][mod:] = 1.0
    both["montant"][mod:] = np.round(both["montant"][mod:] * 1.08, 2)
    both["dateNotification"][mod:] = (both["dateNotification"][mod:].astype("datetime64[D]") + np.timedelta64(200, "D")).astype(str)
    if n:
        both["acheteur_id"][0] = both["acheteur_nom"][0] = None
    return both


def _payments(rng: np.random.Generator, buyers: actors.Buyers, suppliers: actors.Suppliers, n: int, start: int) -> pa.Table:
    draw = _Draw(rng, buyers, suppliers, n)
    small = np.minimum(SMALL_MEDIAN * np.exp(SMALL_SIGMA * rng.standard_normal(n)), 24_900.0)
    large = np.clip(INVOICE_MEDIAN * np.exp(INVOICE_SIGMA * rng.standard_normal(n)), 25_000.0, 20e6)
    amount = np.round(np.where(rng.random(n) < SMALL_SHARE, small, large), 2)
    ugap_share = np.array([ARTICLES.get(code, ("", "", 0.0, 0.03))[3] for code in draw.code])
    ugap = rng.random(n) < ugap_share
    price, quantity = _unit_prices(rng, draw, amount)
    columns = {
        "N° pièce": np.array([f"P{start + i:09d}" for i in range(n)], dtype=object),
        "SIRET service": buyers.siret[draw.buyer], "Service": buyers.name[draw.buyer], "Type entité": buyers.category[draw.buyer],
        "Ministère": buyers.ministry[draw.buyer], "Commune acheteur": buyers.commune[draw.buyer],
        "Département": buyers.department[draw.buyer], "SIRET fournisseur": suppliers.siret[draw.supplier],
        "Fournisseur": suppliers.name[draw.supplier], "Taille entreprise": suppliers.size[draw.supplier],
        "Département fournisseur": suppliers.department[draw.supplier], "Code CPV": draw.code, "Objet dépense": draw.text,
        "Montant HT": amount, "Date de paiement": draw.day.astype(str).astype(object),
        "Véhicule": np.where(ugap, "UGAP", "").astype(object),
        "Article": np.array([ARTICLES.get(code, (None,))[0] for code in draw.code], dtype=object),
        "Unité": np.array([ARTICLES.get(code, (None, None))[1] for code in draw.code], dtype=object),
        "Quantité": quantity, "Prix unitaire HT": price,
    }  # fmt: skip
    return pa.table({name: pa.array(values, from_pandas=True) for name, values in columns.items()})


def _unit_prices(rng: np.random.Generator, draw: _Draw, amount: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each buyer pays its own price around the usual one (12 % of spread), with noise from line to line (3 %)."""
    usual = np.array([ARTICLES.get(code, ("", "", np.nan, 0.0))[2] for code in draw.code])
    own = np.exp(0.12 * np.sin(draw.buyer * 12.9898 + draw.purchase * 78.233) + 0.03 * rng.standard_normal(len(usual)))
    price = np.round(usual * own, 4)
    return price, np.round(amount / price, 2)
