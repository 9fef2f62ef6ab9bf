"""Nested deliveries (JSON 2019 and 2022, XML 2022) into ``raw``: streamed, one record at a time."""

from collections import deque
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import ijson
import pyarrow as pa
from lxml import etree

from mutualis.errors import SourceError
from mutualis.fields import FIELD_NAMES
from mutualis.sources.reading_progress import CountingFile, Tell
from mutualis.sources.source_file import SourceFile

BATCH = 20_000
# Where deliveries keep their records; concessions stand beside contracts.
JSON_RECORDS = (
    "marches.item", "marches.marche.item", "marches.marche", "item", "marche.item",
    "marches.contrat-concession.item", "contrat-concession.item", "concessions.item", "contrats-concessions.item",
)  # fmt: skip
XML_RECORDS = ("{*}marche", "{*}contrat-concession")
FIELD_OF = {
    "contract_id": "id", "cpv_code": "codeCPV", "object": "objet", "amount": "montant", "notified_on": "dateNotification",
    "published_on": "datePublicationDonnees", "duration_months": "dureeMois", "nature": "nature", "procedure": "procedure",
    "offers_received": "offresRecues", "framework_id": "idAccordCadre", "techniques": "techniques", "lot": "lot",
    "social_clause": "considerationsSociales", "green_clause": "considerationsEnvironnementales",
}  # fmt: skip
MODIFIED = {
    "amount": ("montant",), "duration_months": ("dureeMois",),
    "notified_on": ("dateNotificationModification", "dateSignatureModification", "dateNotification"),
    "published_on": ("datePublicationDonneesModification", "datePublicationDonnees"),
}  # fmt: skip

CONTRACT_KEYS = {"acheteur", "autoriteConcedante", "titulaires", "montant"}

Record = dict[str, Any]


def read(con: duckdb.DuckDBPyConnection, source: SourceFile, file_no: int, tell: Tell) -> None:
    """Read a JSON or XML delivery found by ``find_records``.

    Args:
        con: a connection where ``create_raw_tables`` was called.
        source: the delivery.
        file_no: its number in this dataset.
        tell: told the share read.
    """
    if source.form == "json":
        records = _json_records(source.path, source.record_paths, tell)
    else:
        records = _xml_records(source.path, tell)
    unfolded = (row for count, record in enumerate(records, start=1) for row in rows(record, file_no, count))
    while batch := list(islice(unfolded, BATCH)):
        _insert(con, batch)


def find_records(path: Path, form: str, name: str) -> tuple[str, ...]:
    """Find where a delivery keeps its records, reading it to its end so that a cut file is known before it is used.

    Args:
        path: a UTF-8 file.
        form: ``json`` or ``xml``.
        name: what people see.

    Returns:
        The places of the records in a JSON; the empty place for an XML.

    Raises:
        SourceError: the file breaks off, is not well formed, or holds no contract.
    """
    try:
        if form == "json":
            places = _places(path)
            first: Record = next(_json_records(path, places, lambda share: None), {})
        else:
            places = ("",)
            records = _xml_records(path, lambda share: None)
            first = next(records, {})
            deque(records, maxlen=0)
    except (ijson.JSONError, etree.XMLSyntaxError) as error:
        where = " ".join(str(error).split())[:120]
        raise SourceError(f"{name} : fichier tronqué ou mal formé ({where}). Téléchargez-le de nouveau.") from None
    if not CONTRACT_KEYS & set(_clean_keys(first)):
        raise SourceError(
            f"{name} : aucun marché dans ce fichier. Vérifiez qu'il contient bien des données essentielles."
        )
    return places


def rows(record: Record, file_no: int, row_no: int) -> Iterator[dict[str, str | None]]:
    """Unfold a record: one row per supplier, for its first version and for each modification.

    Args:
        record: a contract as delivered, keys possibly followed by spaces.
        file_no: number of the file.
        row_no: number of the record in it.
    """
    contract = _clean_keys(record)
    modifications = [
        _clean_keys(item) for item in _listed(contract.get("modifications"), "modification") if isinstance(item, dict)
    ]
    base = {name: _text(contract.get(key)) for name, key in FIELD_OF.items()} | _parties(contract)
    if (
        contract.get("_type") == "Contrat de concession"
        or contract.get("concessionnaires")
        or contract.get("autoriteConcedante")
    ):
        base["nature"] = f"Concession : {base['nature'] or 'contrat'}"
    suppliers = _suppliers(contract) or [{}]
    version: dict[str, str | None] = {"modification_id": "0"}
    for number, change in enumerate([{}, *modifications]):
        if change:
            # what a modification does not say stays as it was
            version = version | _changed(change) | {"modification_id": _text(change.get("id")) or str(number)}
            suppliers = _suppliers(change) or suppliers
        for supplier in suppliers:
            yield {"file_no": str(file_no), "row_no": str(row_no), "grain": "contract"} | base | version | supplier


def _changed(change: Record) -> dict[str, str | None]:
    said = {
        name: next((_text(change[key]) for key in keys if change.get(key) not in (None, "")), None)
        for name, keys in MODIFIED.items()
    }
    # its dates are its own, even when missing
    return {name: value for name, value in said.items() if value is not None or name in ("notified_on", "published_on")}


def _parties(contract: Record) -> dict[str, str | None]:
    buyer = _clean_keys(contract.get("acheteur") or contract.get("autoriteConcedante") or {})
    place = _clean_keys(contract.get("lieuExecution") or {})
    return {
        "buyer_id": _text(buyer.get("id")), "buyer_name": _text(buyer.get("nom")),
        "place_code": _text(place.get("code")), "place_type": _text(place.get("typeCode")),
    }  # fmt: skip


def _suppliers(contract: Record) -> list[dict[str, str | None]]:
    found = []
    for item in _listed(contract.get("titulaires") or contract.get("concessionnaires"), "titulaire", "concessionnaire"):
        if isinstance(item, dict):
            supplier = _clean_keys(item)
            found.append({
                "supplier_id": _text(supplier.get("id")), "supplier_id_type": _text(supplier.get("typeIdentifiant")),
                "supplier_name": _text(supplier.get("denominationSociale")),
            })  # fmt: skip
    return [supplier for supplier in found if any(supplier.values())]


def _listed(value: Any, *wrappers: str) -> list[Any]:
    """Flatten the ways a list is delivered: bare, wrapped, wrapped item by item, or alone."""
    if isinstance(value, dict):
        inner = next((value[name] for name in wrappers if name in value), value)
        return inner if isinstance(inner, list) else [inner]
    if not isinstance(value, list):
        return []
    return [
        next((item[name] for name in wrappers if name in item), item) if isinstance(item, dict) else item
        for item in value
    ]


def _clean_keys(record: Any) -> Record:
    return {str(key).strip(): value for key, value in record.items()} if isinstance(record, dict) else {}


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Decimal):
        return format(value, "f") if abs(value) < Decimal("1e15") else str(value)
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return ", ".join(filter(None, (_text(item) for item in value))) or None
    return str(value)


def _insert(con: duckdb.DuckDBPyConnection, batch: list[dict[str, str | None]]) -> None:
    schema = pa.schema([(name, pa.string()) for name in ("file_no", "row_no", "grain", *FIELD_NAMES)])
    con.register("batch", pa.Table.from_pylist(batch, schema=schema))
    con.execute("insert into raw by name from batch")
    con.unregister("batch")


def _json_records(path: Path, places: Sequence[str], tell: Tell) -> Iterator[Record]:
    for place in places:
        with CountingFile(path, tell) as file:
            yield from ijson.items(file, place, multiple_values=True)


def _places(path: Path) -> tuple[str, ...]:
    """Find where the records stand: a first pass over the structure alone."""
    wanted, found = set(JSON_RECORDS), []
    with path.open("rb") as file:
        for prefix, event, _ in ijson.parse(file, multiple_values=True):
            if event == "start_map" and prefix in wanted:
                wanted.discard(prefix)
                found.append(prefix)
    # neither list nor wrapper: a contract alone, or one per line
    return tuple(found) or ("",)


def _xml_records(path: Path, tell: Tell) -> Iterator[Record]:
    with CountingFile(path, tell) as file:
        # entities are not expanded: a delivery has no reason to hold any; the file is UTF-8 whatever it declares
        for _, element in etree.iterparse(
            file, tag=XML_RECORDS, encoding="utf-8", resolve_entities=False, no_network=True, huge_tree=True
        ):
            record = _as_record(element)
            if isinstance(record, dict):
                if etree.QName(element).localname == "contrat-concession":
                    record["_type"] = "Contrat de concession"
                yield record
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _as_record(element: etree._Element) -> Any:
    children = [child for child in element if isinstance(child.tag, str)]
    if not children:
        return (element.text or "").strip() or None
    record: Record = {}
    for child in children:
        value, name = _as_record(child), etree.QName(child).localname
        if name in record:
            former = record[name]
            record[name] = [*former, value] if isinstance(former, list) else [former, value]
        else:
            record[name] = value
    return record
