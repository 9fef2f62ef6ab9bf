"""Write the demo's source files, chunk by chunk."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from mutualis.demo.contracts import LAST_DAY, draw_contracts
from mutualis.demo.payments import draw_payments
from mutualis.demo.tables import contract_table, payment_table
from mutualis.demo.world import World, build_world
from mutualis.sources.mapping import Mapping, save_mapping

AS_OF: date = LAST_DAY.astype(object)
DEFAULT_ROWS = 90_000
DEFAULT_SEED = 2019
CHUNK_ROWS = 450_000
CONTRACT_SHARE = 2 / 15
# Rows that repeat another: co-contractors, modifications and duplicates; duplicates only.
REPEATED_CONTRACTS, REPEATED_PAYMENTS = 0.15, 0.0015
PAYMENT_MAPPING = Mapping(
    {
        "contract_id": "N° de demande de paiement",
        "buyer_id": "SIRET service",
        "buyer_name": "Service",
        "buyer_type": "Type d'entité",
        "ministry": "Ministère",
        "buyer_commune_code": "Code commune acheteur",
        "buyer_department_code": "Département",
        "supplier_id": "SIRET fournisseur",
        "supplier_name": "Fournisseur",
        "supplier_size": "Taille entreprise",
        "supplier_department_code": "Département fournisseur",
        "cpv_code": "Code CPV",
        "category_label": "Groupe de marchandises",
        "object": "Désignation",
        "amount": "Montant HT",
        "notified_on": "Date de paiement",
        "vehicle": "Véhicule d'achat",
        "quantity": "Quantité",
        "unit": "Unité",
        "unit_price": "Prix unitaire HT",
        "item": "Article",
    },
    grain="payment",
)


def generate(
    folder: Path,
    rows: int = DEFAULT_ROWS,
    seed: int = DEFAULT_SEED,
    progress: Callable[[float, str], None] = lambda share, step: None,
) -> list[Path]:
    """Write the demo's source files.

    Args:
        folder: where they go; it must exist.
        rows: rows of the two tables together, at least one in each. Amounts keep their spread, so that totals
            grow with rows: about 0.4 Md€ a year and region for ``DEFAULT_ROWS``.
        seed: the same seed and rows give the same tables.
        progress: called with a share in [0, 1] and the step's French name.

    Returns:
        ``demo_marches.parquet`` (contracts, consolidated DECP layout), ``demo_paiements.parquet`` (payment
        lines) and ``demo_paiements.toml`` (their mapping, which the import also guesses).
    """
    world = build_world(seed, (rows / DEFAULT_ROWS) ** 0.5)
    contracts_path, payments_path = folder / "demo_marches.parquet", folder / "demo_paiements.parquet"
    mapping_path = payments_path.with_suffix(".toml")
    mapping_path.write_text(save_mapping(PAYMENT_MAPPING), encoding="utf-8")
    n_contracts = max(1, round(rows * CONTRACT_SHARE))
    n_chunks = -(-rows // CHUNK_ROWS)
    contract_marks = _marks(n_contracts, n_chunks)
    payment_marks = _marks(max(1, rows - n_contracts), n_chunks)
    writers: list[pq.ParquetWriter] = []
    for chunk in range(n_chunks):
        rng = np.random.default_rng([seed, 1, rows, chunk])
        tables = _chunk(rng, world, contract_marks[chunk : chunk + 2], payment_marks[chunk : chunk + 2])
        if not writers:
            pairs = zip((contracts_path, payments_path), tables, strict=True)
            writers = [pq.ParquetWriter(path, table.schema, compression="zstd") for path, table in pairs]
        for writer, table in zip(writers, tables, strict=True):
            writer.write_table(table)
        progress((chunk + 1) / n_chunks, "Génération des données de démonstration")
    for writer in writers:
        writer.close()
    return [contracts_path, payments_path, mapping_path]


def _marks(total: int, n_chunks: int) -> list[int]:
    return [total * chunk // n_chunks for chunk in range(n_chunks + 1)]


def _chunk(
    rng: np.random.Generator, world: World, contract_rows: list[int], payment_rows: list[int]
) -> tuple[pa.Table, pa.Table]:
    n_contracts, n_payments = contract_rows[1] - contract_rows[0], payment_rows[1] - payment_rows[0]
    contracts = draw_contracts(rng, world, n_contracts - int(n_contracts * REPEATED_CONTRACTS))
    payments = draw_payments(rng, world, contracts, n_payments - int(n_payments * REPEATED_PAYMENTS))
    return (
        contract_table(rng, world, contracts, n_contracts, contract_rows[0]),
        payment_table(rng, world, payments, n_payments, payment_rows[0]),
    )
