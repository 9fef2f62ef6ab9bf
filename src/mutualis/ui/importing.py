"""The import form: files, column mapping, progress, report."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from mutualis import formats, labels, sources
from mutualis.errors import MutualisError
from mutualis.fields import FIELDS
from mutualis.sources import Mapping, SourceFile
from mutualis.ui import import_job
from mutualis.ui.blocks import grid
from mutualis.warehouse import Dataset

POLL_SECONDS = 0.5
EMPTY = "—"
UNITS = {"EUR": "€", "kEUR": "k€", "MEUR": "M€"}


def form(dataset: Dataset | None) -> None:
    """Draw the form, then the import it started.

    Args:
        dataset: the version in use, or None when there is none.
    """
    if "import" in st.session_state:
        _follow()
        return
    uploads = st.file_uploader("Fichiers (CSV, classeur, Parquet, JSON, XML ou zip)", accept_multiple_files=True, key="fichiers",
                               help="Le format est reconnu au contenu, pas au nom.")  # fmt: skip
    address = st.text_input(
        "… ou un dossier du serveur, ou une adresse http(s)",
        key="adresse",
        placeholder="https://… ou /dossier/des/fichiers",
    )
    paths = [*_saved(uploads), *([address.strip()] if address.strip() else [])]
    if not paths:
        st.caption(
            "Formats reconnus\u202f: DECP consolidées (CSV, Parquet), exports officiels, JSON 2019 et 2022, XML 2022, tout tableau dont vous indiquez les colonnes."
        )
        return
    try:
        with st.spinner("Lecture des en-têtes…"), tempfile.TemporaryDirectory() as workdir:
            found = sources.discover(paths, Path(workdir))
    except MutualisError as error:
        unmapped = _unmapped(paths)
        if unmapped is None:
            st.error(str(error))
            return
        found = unmapped
    _show_found(found)
    tables = [file for file in found.files if file.kind == "generic"]
    mapping = _mapping_editor(tables[0]) if tables else None
    can_append = dataset is not None and not dataset.is_demo
    append = (
        can_append
        and st.radio("Données actuelles", ["Remplacer", "Compléter"], horizontal=True, key="mode") == "Compléter"
    )
    problem = mapping.problem(tables[0].headers, tables[0].name) if mapping else None
    if problem:
        st.warning(problem)
    if st.button("Importer", type="primary", disabled=bool(problem) or not found.files, key="importer"):
        st.session_state["import"] = import_job.start(paths, _saved_mapping(mapping), append)
        st.rerun()


def _saved(uploads: list[Any]) -> list[str]:
    """Keep the uploads on disk for the importing process, in a folder of this session."""
    if not uploads:
        return []
    folder = st.session_state.setdefault("dossier", tempfile.TemporaryDirectory(prefix="mutualis-"))
    paths = []
    for upload in uploads:
        path = Path(folder.name) / Path(upload.name).name
        if not path.exists() or path.stat().st_size != upload.size:
            path.write_bytes(upload.getbuffer())
        paths.append(str(path))
    return paths


def _unmapped(paths: list[str]) -> sources.Discovery | None:
    """Describe tables whose columns could not be guessed: the mapping below will say them."""
    try:
        with tempfile.TemporaryDirectory() as workdir:
            return sources.discover(paths, Path(workdir), guess=False)
    except MutualisError:
        return None


def _show_found(found: sources.Discovery) -> None:
    rows = [{"Fichier": file.name, "Format": labels.KINDS[file.kind], "Colonnes": len(file.headers) or None,
             "Lettres perdues (U+FFFD)": file.replacement_characters} for file in found.files]  # fmt: skip
    if rows:
        grid(pd.DataFrame(rows).astype({"Colonnes": "Int64"}), min(38 * len(rows) + 40, 260))
    for skip in found.skipped[:5]:
        st.caption(f"Laissé de côté\u202f: {skip.name} ({skip.why})")


def _mapping_editor(file: SourceFile) -> Mapping:
    st.subheader("Correspondance des colonnes")
    st.caption(
        f"« {file.name} » est un tableau libre\u202f: vérifiez ce que Mutualis a deviné, corrigez, puis enregistrez la correspondance pour la rejouer."
    )
    loaded = st.file_uploader("Reprendre une correspondance enregistrée (TOML)", type=["toml"], key="toml")
    guess = sources.guess_mapping(file.headers, file.sample)
    start = guess.mapping
    if loaded is not None:
        path = Path(_saved([loaded])[0])
        try:
            start = sources.load_mapping(path)
        except MutualisError as error:
            st.error(str(error))
    grid(pd.DataFrame(file.sample[:5], columns=list(file.headers)))
    left, right = st.columns(2)
    grain = left.radio("Nature des lignes", list(labels.GRAINS), format_func=labels.GRAINS.__getitem__, horizontal=True,
                       index=list(labels.GRAINS).index(start.grain), key=f"nature_{file.digest}")  # fmt: skip
    unit = right.radio("Unité des montants", list(UNITS), format_func=UNITS.__getitem__, horizontal=True,
                       index=list(UNITS).index(start.amount_unit), key=f"unite_{file.digest}")  # fmt: skip
    edited = st.data_editor(
        _editor_rows(file, start, guess.confidence), hide_index=True, width="stretch", height=420, key=f"correspondance_{file.digest}_{loaded is not None}",
        disabled=["champ", "Champ", "Exemple", "Certitude"], column_order=["Champ", "Colonne du fichier", "Valeur fixe", "Exemple", "Certitude"],
        column_config={"Colonne du fichier": st.column_config.SelectboxColumn(options=[EMPTY, *file.headers])},
    )  # fmt: skip
    columns = {
        row["champ"]: row["Colonne du fichier"]
        for row in edited.to_dict("records")
        if row["Colonne du fichier"] != EMPTY
    }
    constants = {row["champ"]: row["Valeur fixe"] for row in edited.to_dict("records") if row["Valeur fixe"]}
    if constants.items() >= sources.CEILING.items():
        st.caption(
            f"« {columns.get('amount', '')} » est lu comme un plafond d'accord-cadre, qui ne compte dans aucun total. Si ce sont des dépenses, videz la valeur "
            f"fixe « {sources.CEILING['techniques']} »."
        )
    mapping = replace(start, columns=columns, constants=constants, grain=grain, amount_unit=unit)
    st.download_button(
        "Enregistrer la correspondance (TOML)",
        sources.save_mapping(mapping),
        "correspondance.toml",
        on_click="ignore",
        type="tertiary",
    )
    return mapping


def _editor_rows(file: SourceFile, mapping: Mapping, confidence: dict[str, int]) -> pd.DataFrame:
    rows: list[dict[str, str]] = []
    for known in FIELDS:
        column = mapping.columns.get(known.name, EMPTY)
        place = file.headers.index(column) if column in file.headers else None
        example = next(
            (str(row[place]) for row in file.sample if place is not None and place < len(row) and row[place]), ""
        )
        sure = confidence.get(known.name) if column else None
        rows.append({"champ": known.name, "Champ": known.label + (" *" if known.required else ""), "Colonne du fichier": column,
                     "Valeur fixe": mapping.constants.get(known.name, ""), "Exemple": example,
                     "Certitude": f"{sure} %" if sure else ""})  # fmt: skip
    # what is read or must be comes first
    rows.sort(
        key=lambda row: row["Colonne du fichier"] == EMPTY and not row["Valeur fixe"] and not row["Champ"].endswith("*")
    )
    return pd.DataFrame(rows)


def _saved_mapping(mapping: Mapping | None) -> Path | None:
    if mapping is None:
        return None
    folder = st.session_state.setdefault("dossier", tempfile.TemporaryDirectory(prefix="mutualis-"))
    path = Path(folder.name) / "correspondance-courante.toml"
    path.write_text(sources.save_mapping(mapping), encoding="utf-8")
    return path


@st.fragment(run_every=POLL_SECONDS)
def _follow() -> None:
    job: import_job.ImportJob = st.session_state["import"]
    if job.is_running:
        st.progress(job.share, text=f"{job.step} ({formats.percent(job.share, 0)})")
        if st.button("Annuler l'import", key="annuler"):
            job.cancel()
        return
    if not st.session_state.get("import_fini"):
        st.session_state["import_fini"] = True
        st.rerun()  # the whole page: a new version may be in use
    if job.is_cancelled:
        st.warning("Import annulé\u202f: les données en service n'ont pas changé.")
    elif (report := job.report()) is not None:
        _show_report(report)
    else:
        st.error(f"{job.error()} Les données en service n'ont pas changé.")
    if st.button("Faire un autre import", key="autre_import"):
        del st.session_state["import"], st.session_state["import_fini"]
        st.rerun()


def _show_report(report: dict[str, Any]) -> None:
    total = report["total"]
    st.success(
        f"Version {report['dataset_version']} en service. {formats.count(total['rows_read'])} lignes lues = {formats.count(total['rows_kept'])} retenues "
        f"+ {formats.count(total['rows_quarantined'])} en quarantaine + {formats.count(total['rows_merged'])} fusionnées."
    )
    for skip in report["skipped"][:5]:
        st.caption(f"{skip['file']} : laissé de côté, {skip['why']}")
