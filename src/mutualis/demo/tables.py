"""The drawn purchases as a source would deliver them, defects included."""

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

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


def contract_table(
    rng: np.random.Generator, world: World, contracts: Contracts, n_rows: int, first: int
) -> pa.Table:
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
    n = len(contracts.buyer)
    again = rng.permutation(n)[: n_rows - n]
    n_co, n_changed = round(0.45 * len(again)), round(0.45 * len(again))
    source = np.concatenate([np.arange(n), again])
    is_co = np.zeros(len(source), dtype=bool)
    is_co[n : n + n_co] = True
    is_changed = np.zeros(len(source), dtype=bool)
    is_changed[n + n_co : n + n_co + n_changed] = True
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
            "dateNotification": pa.array(day, mask=(rng.random(n) < UNDATED_SHARE)[source]),
            "datePublicationDonnees": pa.array(day + np.timedelta64(12, "D")),
            "modification_id": pa.array(is_changed.astype(np.int16)),
        }
    )
    return pa.table(columns)


def payment_table(
    rng: np.random.Generator, world: World, payments: Payments, n_rows: int, first: int
) -> pa.Table:
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
    needs, trades = world.needs, world.trades
    amount = _spoiled(rng, payments.amount_eur)
    amount = np.where(rng.random(n) < CREDIT_NOTE_SHARE, -np.abs(amount), amount)
    is_priced = (amount == payments.amount_eur) & ~np.isnan(payments.unit_price_eur)
    uncoded = rng.random(n)
    trade = needs["trade"].to_numpy()[payments.need]
    buyer, supplier = world.buyers, world.suppliers
    nobody = np.arange(n) == n // 2 if n > 1_000 else np.zeros(n, dtype=bool)
    table = pa.table(
        {
            "N° de demande de paiement": _numbers("DP", np.arange(first, first + n)),
            "SIRET service": _coded(buyer["siret"], payments.buyer, nobody),
            "Service": _coded(buyer["buyer_name"], payments.buyer, nobody),
            "Type d'entité": _coded(buyer["buyer_type"], payments.buyer),
            "Ministère": _coded(buyer["ministry"], payments.buyer),
            "Code commune acheteur": _coded(buyer["commune"], payments.buyer),
            "Département": _coded(buyer["department"], payments.buyer),
            "SIRET fournisseur": _coded(supplier["siret"], payments.supplier),
            "Fournisseur": _coded(supplier["supplier_name"], payments.supplier),
            "Taille entreprise": _coded(supplier["size"], payments.supplier),
            "Département fournisseur": _coded(supplier["department"], payments.supplier),
            "Code CPV": _coded(needs["cpv_code"], payments.need, uncoded < 3 * NO_CATEGORY_SHARE),
            "Groupe de marchandises": _coded(
                needs["segment_label"], payments.need, uncoded < NO_CATEGORY_SHARE
            ),
            "Désignation": _coded(needs["object"], payments.need),
            "Montant HT": pa.array(amount),
            "Date de paiement": pa.array(payments.day),
            "Véhicule d'achat": _coded(trades["vehicle"], trade, ~payments.is_pooled),
            "Article": _coded(needs["article"], payments.need, ~is_priced),
            "Quantité": pa.array(payments.quantity, mask=~is_priced),
            "Unité": _coded(needs["unit"], payments.need, ~is_priced),
            "Prix unitaire HT": pa.array(payments.unit_price_eur, mask=~is_priced),
        }
    )
    again = np.concatenate([np.arange(n), rng.permutation(n)[: n_rows - n]])
    return table.take(pa.array(again))


def _buyer_columns(
    rng: np.random.Generator, world: World, drawn: np.ndarray, source: np.ndarray
) -> dict[str, pa.Array]:
    """One contract says no buyer, some names are in capitals."""
    frame, n = world.buyers, len(drawn)
    buyer = drawn[source]
    nobody = source == n // 2 if n > 1_000 else np.zeros(len(source), dtype=bool)
    names = [*frame["buyer_name"], *frame["buyer_name"].str.upper()]
    shouted = buyer + len(frame) * (rng.random(n) < CAPITALS_SHARE)[source]
    is_state = ~frame["buyer_type"].isin(["Établissement public", "Université"])
    return {
        "acheteur_id": _coded(frame["siret"], buyer, nobody),
        "acheteur_nom": _coded(names, shouted, nobody),
        "acheteur_categorie": _coded(np.where(is_state, "État", "Établissement public").tolist(), buyer),
        "acheteur_commune_code": _coded(frame["commune"], buyer),
        "acheteur_departement_code": _coded(frame["department"], buyer),
        "acheteur_region_code": _coded(frame["region"], buyer),
        "lieuExecution_code": _coded(frame["department"], buyer),
        "lieuExecution_typeCode": _coded(["Code département"], np.zeros(len(buyer), dtype=np.int64)),
    }


def _supplier_columns(rng: np.random.Generator, world: World, supplier: np.ndarray) -> dict[str, pa.Array]:
    frame = world.suppliers
    numbers = [*frame["siret"], *map(wrong_key, frame["siret"])]
    is_wrong = np.random.default_rng(0).random(len(frame)) < WRONG_KEY_SHARE
    return {
        "titulaire_id": _coded(numbers, supplier + len(frame) * is_wrong[supplier]),
        "titulaire_typeIdentifiant": _coded(["SIRET"], np.zeros(len(supplier), dtype=np.int64)),
        "titulaire_nom": _coded(frame["supplier_name"], supplier),
        "titulaire_categorie": _coded(frame["size"], supplier),
        "titulaire_departement_code": _coded(frame["department"], supplier),
    }


def _terms(
    rng: np.random.Generator, world: World, contracts: Contracts, source: np.ndarray, first: int
) -> dict[str, pa.Array]:
    """What a contract says of itself, the same on each of its rows."""
    n, needs = len(contracts.buyer), world.needs
    need, called = contracts.need, contracts.framework >= 0
    objects = [text + lot for text in needs["object"] for lot in LOTS]
    ids = _contract_ids(contracts, first)
    social = (
        rng.random(n) < world.trades["social_share"].to_numpy()[needs["trade"].to_numpy()[need]]
    ).astype(int)
    social *= rng.choice([1, 1, 1, 2, 3], n)
    # green clauses spread with the years
    year = contracts.day.astype("datetime64[Y]").astype(int) - 51
    green = np.where(rng.random(n) < 0.2 + 0.1 * year, rng.integers(1, len(GREEN), n), 0)
    columns = {
        "codeCPV": _coded(needs["cpv_code"], need, rng.random(n) < NO_CPV_SHARE),
        "type": _coded(needs["kind"], need),
        "objet": _coded(objects, need * len(LOTS) + rng.integers(0, len(LOTS), n)),
        "nature": _coded(["Marché", "Marché subséquent"], called.astype(int)),
        "techniques": _coded(["Sans objet", "Accord-cadre"], contracts.is_ceiling.astype(int)),
        "idAccordCadre": ids.take(pa.array(contracts.framework, mask=~called)),
        "procedure": _procedures(rng, contracts),
        "dureeMois": pa.array(contracts.months.astype(np.int16), mask=rng.random(n) < NO_TERM_SHARE),
        "offresRecues": pa.array(
            (1 + rng.poisson(2.6, n)).astype(np.int16), mask=rng.random(n) < NO_OFFERS_SHARE
        ),
        "considerationsSociales": _coded(SOCIAL, social),
        "considerationsEnvironnementales": _coded(GREEN, green),
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
    return _coded(names, by_amount + ((by_amount == 2) & (rng.random(len(by_amount)) < 0.12)))


def _spoiled(rng: np.random.Generator, amount: np.ndarray) -> np.ndarray:
    """Set some amounts to zero, and two per chunk beyond belief."""
    spoiled = np.where(rng.random(len(amount)) < ZERO_SHARE, 0.0, amount)
    if len(amount) > 1_000:
        spoiled[rng.permutation(len(amount))[: len(ABSURD_EUR)]] = ABSURD_EUR
    return spoiled


def _contract_ids(contracts: Contracts, first: int) -> pa.Array:
    years = pa.array(contracts.day.astype("datetime64[Y]").astype(int) + 1970).cast(pa.string())
    return pc.binary_join_element_wise(
        years, _numbers("M", np.arange(first, first + len(contracts.day))), "-"
    )


def _numbers(prefix: str, numbers: np.ndarray) -> pa.Array:
    padded = pc.utf8_lpad(pa.array(numbers).cast(pa.string()), width=8, padding="0")
    return pc.binary_join_element_wise(pa.scalar(prefix), padded, "")


def _coded(values: Iterable[str | None], index: np.ndarray, missing: np.ndarray | None = None) -> pa.Array:
    """Give text by its place in a short list: written and read as text, held as numbers."""
    texts = pa.array(values, pa.string(), from_pandas=True)
    absent = np.asarray(texts.is_null())[index]
    places = pa.array(index.astype(np.int32), mask=absent if missing is None else absent | missing)
    return pa.DictionaryArray.from_arrays(places, texts.fill_null(""))
