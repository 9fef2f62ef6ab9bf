"""What the Données screen shows of a version: files, quality, quarantine, coverage, former versions."""

import pandas as pd
import streamlit as st

from mutualis import formats, geography, labels, warehouse
from mutualis.config import PILOT_REGIONS, settings
from mutualis.exports.table_file import as_csv
from mutualis.fields import FIELDS
from mutualis.ui import store
from mutualis.ui.blocks import grid
from mutualis.warehouse import Dataset

# field of coverage.sql → what it serves
SERVES = {
    "placed_share": ("Lieu de l'acheteur", "Territoires"),
    "classified_share": ("Code CPV ou catégorie", "Familles, segments"),
    "dated_share": ("Date", "Période, tendances"),
    "ends_on_share": ("Échéance", "Échéancier, fenêtres de convergence"),
    "supplier_share": ("Titulaire", "Fournisseurs"),
    "size_share": ("Taille du titulaire", "Part des PME"),
    "supplier_place_share": ("Lieu du titulaire", "Flux, part achetée dans la région"),
    "unit_price_share": ("Quantité et prix unitaire", "Comparaison de prix"),
    "object_share": ("Objet", "Recherche, doublons"),
}
MISSING = 0.001
# rows that need no scroll bar
SHORT = 10


def summary(dataset: Dataset) -> None:
    """Draw the version's files with the identity of each, and what each screen can use."""
    st.markdown(
        f"Version **{dataset.version}**, construite le {formats.day(dataset.created_at)}, données au **{formats.day(dataset.as_of)}**. "
        f"**{formats.count(dataset.n_spend)}** lignes de dépenses."
    )
    files = store.ask(dataset, "file_reports")
    st.subheader("Lignes lues = retenues + quarantaine + fusionnées")
    grid(pd.DataFrame({
        "Fichier": files["file_name"], "Format": files["kind"].map(labels.KINDS), "Lues": files["rows_read"], "Retenues": files["rows_kept"],
        "Quarantaine": files["rows_quarantined"], "Fusionnées": files["rows_merged"], "Lettres perdues": files["replacement_characters"],
    }))  # fmt: skip
    total = files[["rows_read", "rows_kept", "rows_quarantined", "rows_merged"]].sum()
    st.markdown(" ".join(f"{formats.count(total[name])} {text}" for name, text in
                (("rows_read", "lues ="), ("rows_kept", "retenues +"), ("rows_quarantined", "en quarantaine +"), ("rows_merged", "fusionnées."))))  # fmt: skip
    st.subheader("Ce que les données permettent")
    grid(_coverage(dataset), "content")


def quality(dataset: Dataset) -> None:
    """Draw the flagged amounts and the unknowns, then totals by place."""
    flags = store.ask(dataset, "quality_flags")
    rows = {
        "Montants absurdes": "absurd", "Montants bouchons (999 999 999…)": "sentinel", "Montants nuls": "zero", "Montants absents ou illisibles": "missing",
        "Montants ambigus (1.200 parmi des 980.25)": "ambiguous",
        "Somme écartée": "flagged_eur", "Lieu inconnu": "unknown_places", "Catégorie inconnue": "unknown_categories",
        "Échéance inconnue": "unknown_ends", "Date inconnue": "unknown_dates", "Datés par la publication": "dated_by_publication",
    }  # fmt: skip
    st.caption("Un montant écarté reste dans les données, signalé\u202f; il n'entre dans aucun total.")
    grid(pd.DataFrame({"Défaut": list(rows)} | {
        labels.GRAINS[row["grain"]]: [
            formats.euros(row[field]) if field == "flagged_eur" else formats.count(row[field]) for field in rows.values()
        ]
        for row in flags.to_dict("records")
    }), "content")  # fmt: skip
    st.subheader("Par région et département")
    places = store.ask(dataset, "quality_by_place")
    # the pilot regions first
    places = places.sort_values("buyer_region_code", key=lambda codes: ~codes.isin(list(PILOT_REGIONS)), kind="stable")
    grid(pd.DataFrame({
        "Nature": places["grain"].map(labels.GRAINS), "Région": places["buyer_region_code"].map(geography.names("region")).fillna(labels.UNPLACED),
        "Département": places["buyer_department_code"].map(geography.names("department")).fillna(labels.UNPLACED), "Lignes": places["n_rows"],
        "Comptées": places["n_counted"], "Dépenses (k€ HT)": (places["spend_eur"] / 1e3).round(1), "Plafonds": places["n_ceilings"],
        "Plafonds (k€)": (places["ceilings_eur"] / 1e3).round(1), "Écartées": places["n_flagged"],
    }), 420)  # fmt: skip


def quarantine(dataset: Dataset) -> None:
    """Draw why rows were set aside or merged, then the quarantine itself."""
    found = store.ask(dataset, "reasons")
    if found.empty:
        st.markdown("Aucune ligne en quarantaine ni fusionnée.")
        return
    words = {"quarantined": "Quarantaine", "merged": "Fusion"}
    grid(pd.DataFrame({"Ce qu'elles deviennent": found["status"].map(words), "Motif": found["label"], "Lignes": found["n_records"], "Que faire": found["remedy"]}))  # fmt: skip
    rows = store.ask(dataset, "quarantine_rows")
    st.subheader(f"{formats.plural(len(rows), 'ligne en quarantaine', 'lignes en quarantaine')}")
    shown = rows.rename(
        columns={
            "file_name": "Fichier",
            "row_no": "Ligne",
            "column_name": "Colonne",
            "value": "Valeur",
            "label": "Motif",
            "remedy": "Que faire",
        }
    )
    shown = shown.drop(columns="reason")
    shown["Colonne"] = shown["Colonne"].map({field.name: field.label for field in FIELDS}).fillna(shown["Colonne"])
    grid(shown.head(1000), "auto" if len(shown) < SHORT else 360)
    st.download_button("Télécharger la quarantaine (CSV)", lambda: as_csv([shown], f"Quarantaine de la version {dataset.version}"),
                       "quarantaine.csv", "text/csv", on_click="ignore", key="export_quarantaine")  # fmt: skip


def versions(dataset: Dataset) -> None:
    """Draw the versions kept; put a former one back in use."""
    home = settings().home
    kept = warehouse.list_versions(home)
    grid(pd.DataFrame([
        {"Version": found.version, "En service": "●" if found.version == dataset.version else "", "Construite le": formats.day(found.created_at),
         "Lignes": found.n_spend, "Reclassements": found.n_moves, "Fichiers": ", ".join(found.sources[:4]) + ("…" if len(found.sources) > 4 else ""), "Démonstration": "oui" if found.is_demo else "non"}
        for found in kept
    ]))  # fmt: skip
    others = [found.version for found in kept if found.version != dataset.version]
    if others:
        chosen = st.selectbox("Remettre en service", others, key="autre_version", width=320)
        if st.button("Remettre cette version en service", key="remettre"):
            warehouse.use_version(home, chosen)
            st.rerun()


def _coverage(dataset: Dataset) -> pd.DataFrame:
    found = store.ask(dataset, "coverage").set_index("grain")
    rows = []
    for field, (label, screens) in SERVES.items():
        row = {"Information": label, "Sert à": screens}
        for grain in found.index:
            share = found.loc[grain, field]
            row[labels.GRAINS[grain]] = (
                formats.percent(share, 0) if share > MISSING else "absente\u202f: écran indisponible"
            )
        rows.append(row)
    return pd.DataFrame(rows)
