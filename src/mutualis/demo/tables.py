"""The drawn purchases as a source would deliver them, defects included."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mutualis.demo.columns import coded, numbered
from mutualis.demo.contracts import LAST_DAY, Contracts
from mutualis.demo.identity import wrong_key
from mutualis.demo.payments import Payments
from mutualis.demo.suppliers import choose_suppliers
from mutualis.demo.world import World

LOTS = ("", "", "", " – lot n° 1", " – lot n° 2", " – lot n° 3", " – lot n° 4")
SOCIAL = ("Sans objet", "Clause sociale", "Critère social", "Marché réservé")
GREEN = (
    "Sans objet",
    "Clause environnementale",
    "Critère environnemental",
    "Critère environnemental, Clause environnementale",
)
# Shares of rows that carry a defect, of the kinds real deliveries have.
ZERO_SHARE, UNDATED_SHARE, NO_TERM_SHARE, NO_CPV_SHARE = 0.003, 0.005, 0.06, 0.025
WRONG_KEY_SHARE, CAPITALS_SHARE, CREDIT_NOTE_SHARE, NO_CATEGORY_SHARE = 0.004, 0.01, 0.003, 0.02
ABSURD_EUR = (999_999_999.0, 84_530_000_000.0)
NO_OFFERS_SHARE = 0.1
FEW_ROWS = 1_000


def contract_table(rng: np.random.Generator, world: World, contracts: Contracts, n_rows: int, first: int) -> pa.Table:
    """Deliver contracts in the consolidated tabular DECP layout.

    Args:
        rng: the source of chance.
        world: the demo's lists.
        contracts: those drawn.
        n_rows: rows wanted; those beyond the contracts repeat some: co-contractors, modifications,
            duplicates.
        first: number of the first contract.

    Returns:
        One row per contract, supplier and modification.
    """
    source, is_co, is_changed = _repeats(rng, len(contracts.buyer), n_rows)
    partner = choose_suppliers(rng, world, contracts.buyer, contracts.need, contracts.level, 0)
    supplier = np.where(is_co, partner[source], contracts.supplier[source])
    amount = _spoiled(rng, contracts.amount_eur)[source]
    raised = np.round(amount * rng.uniform(0.95, 1.25, len(source)), 2)
    later = contracts.day[source] + rng.integers(60, 600, len(source)).astype("timedelta64[D]")
    day = np.where(is_changed, np.minimum(later, LAST_DAY), contracts.day[source])
    columns = (
        {"id": _contract_ids(contracts, first).take(pa.array(source))}
        | _buyer_columns(rng, world, contracts.buyer, source)
        | _supplier_columns(rng, world, supplier)
        | _terms(rng, world, contracts, source, first)
        | {
            "montant": pa.array(np.where(is_changed, raised, amount)),
            "dateNotification": pa.array(day, mask=(rng.random(len(contracts.day)) < UNDATED_SHARE)[source]),
            "datePublicationDonnees": pa.array(day + np.timedelta64(12, "D")),
            "modification_id": pa.array(is_changed.astype(np.int16)),
        }
    )
    return pa.table(columns)


def payment_table(rng: np.random.Generator, world: World, payments: Payments, n_rows: int, first: int) -> pa.Table:
    """Deliver payment lines as an extract of the accounts, under French headers.

    Args:
        rng: the source of chance.
        world: the demo's lists.
        payments: those drawn.
        n_rows: rows wanted; those beyond the payments are exact duplicates.
        first: number of the first line.

    Returns:
        One row per line.
    """
    n = len(payments.buyer)
    columns = {
        "N° de demande de paiement": numbered("DP", np.arange(first, first + n)),
        **_payment_parties(world, payments),
        **_payment_terms(rng, world, payments),
    }
    again = np.concatenate([np.arange(n), rng.permutation(n)[: n_rows - n]])
    return pa.table(columns).take(pa.array(again))


def _repeats(rng: np.random.Generator, n: int, n_rows: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the contract of each row, and which rows are a co-contractor's or a modification."""
    again = rng.permutation(n)[: n_rows - n]
    place = np.arange(n_rows)
    n_each = round(0.45 * len(again))
    is_co = (place >= n) & (place < n + n_each)
    is_changed = (place >= n + n_each) & (place < n + 2 * n_each)
    return np.concatenate([np.arange(n), again]), is_co, is_changed


def _payment_parties(world: World, payments: Payments) -> dict[str, pa.Array]:
    buyers, suppliers = world.buyers, world.suppliers
    nobody = _one_of(len(payments.buyer))
    return {
        "SIRET service": coded(buyers["siret"], payments.buyer, nobody),
        "Service": coded(buyers["buyer_name"], payments.buyer, nobody),
        "Type d'entité": coded(buyers["buyer_type"], payments.buyer),
        "Ministère": coded(buyers["ministry"], payments.buyer),
        "Code commune acheteur": coded(buyers["commune"], payments.buyer),
        "Département": coded(buyers["department"], payments.buyer),
        "SIRET fournisseur": coded(suppliers["siret"], payments.supplier),
        "Fournisseur": coded(suppliers["supplier_name"], payments.supplier),
        "Taille entreprise": coded(suppliers["size"], payments.supplier),
        "Département fournisseur": coded(suppliers["department"], payments.supplier),
    }


def _payment_terms(rng: np.random.Generator, world: World, payments: Payments) -> dict[str, pa.Array]:
    n, needs, need = len(payments.buyer), world.needs, payments.need
    amount = _spoiled(rng, payments.amount_eur)
    amount = np.where(rng.random(n) < CREDIT_NOTE_SHARE, -np.abs(amount), amount)
    is_priced = (amount == payments.amount_eur) & ~np.isnan(payments.unit_price_eur)
    uncoded = rng.random(n)
    trade = needs["trade"].to_numpy()[need]
    return {
        "Code CPV": coded(needs["cpv_code"], need, uncoded < 3 * NO_CATEGORY_SHARE),
        "Groupe de marchandises": coded(needs["segment_label"], need, uncoded < NO_CATEGORY_SHARE),
        "Désignation": coded(needs["object"], need),
        "Montant HT": pa.array(amount),
        "Date de paiement": pa.array(payments.day),
        "Véhicule d'achat": coded(world.trades["vehicle"], trade, ~payments.is_pooled),
        "Article": coded(needs["article"], need, ~is_priced),
        "Quantité": pa.array(payments.quantity, mask=~is_priced),
        "Unité": coded(needs["unit"], need, ~is_priced),
        "Prix unitaire HT": pa.array(payments.unit_price_eur, mask=~is_priced),
    }


def _buyer_columns(
    rng: np.random.Generator, world: World, drawn: np.ndarray, source: np.ndarray
) -> dict[str, pa.Array]:
    """One contract says no buyer, some names are in capitals."""
    frame, n = world.buyers, len(drawn)
    buyer = drawn[source]
    nobody = _one_of(n)[source]
    names = [*frame["buyer_name"], *frame["buyer_name"].str.upper()]
    shouted = buyer + len(frame) * (rng.random(n) < CAPITALS_SHARE)[source]
    is_state = ~frame["buyer_type"].isin(["Établissement public", "Université"])
    return {
        "acheteur_id": coded(frame["siret"], buyer, nobody),
        "acheteur_nom": coded(names, shouted, nobody),
        "acheteur_categorie": coded(np.where(is_state, "État", "Établissement public").tolist(), buyer),
        "acheteur_commune_code": coded(frame["commune"], buyer),
        "acheteur_departement_code": coded(frame["department"], buyer),
        "acheteur_region_code": coded(frame["region"], buyer),
        "lieuExecution_code": coded(frame["department"], buyer),
        "lieuExecution_typeCode": coded(["Code département"], np.zeros(len(buyer), dtype=np.int64)),
    }


def _supplier_columns(rng: np.random.Generator, world: World, supplier: np.ndarray) -> dict[str, pa.Array]:
    frame = world.suppliers
    numbers = [*frame["siret"], *map(wrong_key, frame["siret"])]
    is_wrong = np.random.default_rng(0).random(len(frame)) < WRONG_KEY_SHARE
    return {
        "titulaire_id": coded(numbers, supplier + len(frame) * is_wrong[supplier]),
        "titulaire_typeIdentifiant": coded(["SIRET"], np.zeros(len(supplier), dtype=np.int64)),
        "titulaire_nom": coded(frame["supplier_name"], supplier),
        "titulaire_categorie": coded(frame["size"], supplier),
        "titulaire_departement_code": coded(frame["department"], supplier),
    }


def _terms(
    rng: np.random.Generator, world: World, contracts: Contracts, source: np.ndarray, first: int
) -> dict[str, pa.Array]:
    """What a contract says of itself, the same on each of its rows."""
    n, needs = len(contracts.buyer), world.needs
    need, called = contracts.need, contracts.framework >= 0
    objects = [text + lot for text in needs["object"] for lot in LOTS]
    ids = _contract_ids(contracts, first)
    social = (rng.random(n) < world.trades["social_share"].to_numpy()[needs["trade"].to_numpy()[need]]).astype(int)
    social *= rng.choice([1, 1, 1, 2, 3], n)
    # green clauses spread with the years
    year = contracts.day.astype("datetime64[Y]").astype(int) - 51
    green = np.where(rng.random(n) < 0.2 + 0.1 * year, rng.integers(1, len(GREEN), n), 0)
    columns = {
        "codeCPV": coded(needs["cpv_code"], need, rng.random(n) < NO_CPV_SHARE),
        "type": coded(needs["kind"], need),
        "objet": coded(objects, need * len(LOTS) + rng.integers(0, len(LOTS), n)),
        "nature": coded(["Marché", "Marché subséquent"], called.astype(int)),
        "techniques": coded(["Sans objet", "Accord-cadre"], contracts.is_ceiling.astype(int)),
        "idAccordCadre": ids.take(pa.array(contracts.framework, mask=~called)),
        "procedure": _procedures(rng, contracts),
        "dureeMois": pa.array(contracts.months.astype(np.int16), mask=rng.random(n) < NO_TERM_SHARE),
        "offresRecues": pa.array((1 + rng.poisson(2.6, n)).astype(np.int16), mask=rng.random(n) < NO_OFFERS_SHARE),
        "considerationsSociales": coded(SOCIAL, social),
        "considerationsEnvironnementales": coded(GREEN, green),
    }
    return {name: values.take(pa.array(source)) for name, values in columns.items()}


def _procedures(rng: np.random.Generator, contracts: Contracts) -> pa.Array:
    names = (
        "Marché passé sans publicité ni mise en concurrence préalable",
        "Procédure adaptée",
        "Appel d'offres ouvert",
        "Procédure avec négociation",
    )
    # below 40 k€ no publicity, below the State's European threshold an adapted procedure
    by_amount = np.searchsorted([40_000, 143_000], contracts.amount_eur, side="right")
    return coded(names, by_amount + ((by_amount == 2) & (rng.random(len(by_amount)) < 0.12)))


def _spoiled(rng: np.random.Generator, amount: np.ndarray) -> np.ndarray:
    """Set some amounts to zero, and two per chunk beyond belief."""
    spoiled = np.where(rng.random(len(amount)) < ZERO_SHARE, 0.0, amount)
    if len(amount) > FEW_ROWS:
        spoiled[rng.permutation(len(amount))[: len(ABSURD_EUR)]] = ABSURD_EUR
    return spoiled


def _one_of(n: int) -> np.ndarray:
    """Mark one row; none where rows are few and each counts."""
    marked: np.ndarray = (np.arange(n) == n // 2) & (n > FEW_ROWS)
    return marked


def _contract_ids(contracts: Contracts, first: int) -> pa.Array:
    years = pa.array(contracts.day.astype("datetime64[Y]").astype(int) + 1970).cast(pa.string())
    return pc.binary_join_element_wise(years, numbered("M", np.arange(first, first + len(contracts.day))), "-")
