"""Readers: told by content, whatever the name, encoding and shape; rows come out as they went in."""

import csv
import gzip
import http.server
import io
import json
import threading
import zipfile
from pathlib import Path

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mutualis import sources
from mutualis.errors import SourceError
from mutualis.sources import Mapping

# Shapes copied from real deliveries; names of firms changed.
TABULAR_17 = (
    "uid,id,type,codeCPV,acheteur_id,acheteur_nom,titulaire_id,titulaire_nom,montant,dateNotification,procedure,dureeMois,offresRecues,"
    "acheteur_departement_code,titulaire_departement_code,acheteur_region_code,titulaire_region_code\n"
    "2000625860015720241300104,20241300104,Travaux,45214200,20006258600157,COMMUNE DE FILLIERE (MAIRIE),42199758600035,ALU HABITAT,61100,"
    "2025-01-01,Procédure adaptée,12,1,74,73,84,84\n"
)
TABULAR_6 = "acheteur_id,acheteur_nom,montant,dateNotification,titulaire_id,id\n21130055300016,Marseille,5000,2025-01-01,80268496900016,1\n"
EXPORT = (
    "\ufefftitulaire_id_1;titulaire_typeIdentifiant_1;titulaire_id_2;titulaire_typeIdentifiant_2;id;nature;objet;codeCPV;procedure;dureeMois;"
    "dateNotification;montant;acheteur.id;considerationsSociales;typesPrix;TypesPrix;idModification;montantModification\n"
    "35043845300028;SIRET;CDL;CDL;202404;Marché;RESTAURATION TABLEAU;92311000-4;Procédure adaptée;13;2024-12-05;45155.0;20006810400013;"
    "['Pas de considération sociale'];['Définitif ferme'];;CDL;CDL\n"
    "35043845300028;SIRET;42399908500057;SIRET;202405;Marché;TOITURE;45261000;Procédure adaptée;5;2024-12-05;100;20006810400013;MQ;MQ;;1;120\n"
)
JSON_2019 = {
    "marches": [
        {"id": "202117F00", "acheteur": {"id": "21590163800019", "nom": "Ville de Croix"}, "nature": "Accord-cadre", "montant": "30000.00",
         "lieuExecution": {"code": "59170", "typeCode": "Code Postal", "nom ": "Croix"}, "dureeMois": "36", "dateNotification": "2021-12-11",
         "titulaires": [{"id": "81809944200019", "typeIdentifiant": "", "denominationSociale": "DECO"}, {"id": "1", "denominationSociale": "B"}],
         "modifications": [{"objetModification": "avenant", "dureeMois": None, "montant": 32000, "titulaires": [], "dateSignatureModification": "2022-09-30"}]},
        {"id": "2", "autoriteConcedante": {"id": "21590163800019"}, "nature": "CONCESSION DE TRAVAUX", "concessionnaires": [{"id": "3"}]},
    ]
}  # fmt: skip
JSON_2022 = {
    "marches": {"marche": [
        {"id": "2022VI", "acheteur": {"id": "21974022200019"}, "montant": 137614.0, "dureeMois": "NC", "techniques": {"technique": ["Accord-cadre", "Concours"]},
         "titulaires": [{"titulaire": {"typeIdentifiant": "SIRET", "id": "12345678900023"}}, {"titulaire": "typeIdentifiant"}],
         "modifications": [{"modification": {"id": 1, "dateNotificationModification": "2023-04-24"}}]},
    ]}
}  # fmt: skip
XML_2022 = """<marches><marche><id>T1</id><acheteur><id>21750001630040</id></acheteur><nature>Marché</nature><montant>575000</montant>
<titulaires><titulaire><id>55204599900869</id><typeIdentifiant>SIRET</typeIdentifiant></titulaire><titulaire><id>2</id></titulaire></titulaires>
<considerationsSociales><considerationSociale>Clause sociale</considerationSociale></considerationsSociales></marche></marches>"""


@pytest.fixture
def read(tmp_path: Path):
    """Read what paths hold: ``read(path, mapping=None)`` gives rows as dicts, the rejects, and the number read."""
    con = duckdb.connect()

    def run(*paths: str | Path, mapping: Mapping | None = None):
        sources.create_raw_tables(con)
        workdir = tmp_path / f"work{len(list(tmp_path.iterdir()))}"
        workdir.mkdir()
        found = sources.discover(paths, workdir, mapping)
        total = sum(sources.read(con, file, number, mapping) for number, file in enumerate(found.files, start=1))
        rows = con.execute("from raw order by file_no, row_no, modification_id, supplier_id").df().astype(object)
        rejects = con.execute("select row_no, value, reason from reject order by row_no").fetchall()
        con.execute("drop table raw")
        con.execute("drop table reject")
        return rows.where(rows.notna(), None).to_dict("records"), rejects, total

    yield run
    con.close()


def write(folder: Path, content: str | bytes, name: str = "data") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("text", "amount", "buyer"), [(TABULAR_17, "61100", "20006258600157"), (TABULAR_6, "5000", "21130055300016")]
)
def test_consolidated_tables_of_any_width(read, tmp_path: Path, text: str, amount: str, buyer: str):
    (row,), rejects, total = read(write(tmp_path, text, "photo.jpg"))
    assert (row["amount"], row["buyer_id"], row["row_no"], row["grain"], rejects, total) == (
        amount,
        buyer,
        1,
        "contract",
        [],
        1,
    )
    assert row["object"] is None


def test_an_official_table_may_name_its_suppliers_in_another_way(read, tmp_path: Path):
    text = TABULAR_17.replace("titulaire_id", "titulaire.id").replace("titulaire_nom", "titulaire.denominationSociale")
    (row,), _, _ = read(write(tmp_path, text))
    assert (row["supplier_id"], row["supplier_name"]) == ("42199758600035", "ALU HABITAT")


def test_an_official_export_unfolds_suppliers_and_modification(read, tmp_path: Path):
    rows, _, total = read(write(tmp_path, EXPORT))
    assert total == 2
    assert [(row["row_no"], row["supplier_id"], row["amount"], row["modification_id"]) for row in rows] == [
        (1, "35043845300028", "45155.0", "0"),
        (2, "35043845300028", "100", "0"), (2, "42399908500057", "100", "0"),
        (2, "35043845300028", "120", "1"), (2, "42399908500057", "120", "1"),
    ]  # fmt: skip


def test_an_official_export_may_come_in_small_letters(read, tmp_path: Path):
    header, rows = EXPORT.split("\n", 1)
    text = (
        header.lower().replace("acheteur.id", "acheteur_id").replace("typesprix;typesprix", "typesprix;autre")
        + "\n"
        + rows
    )
    read_rows, _, total = read(write(tmp_path, text))
    assert (total, len(read_rows)) == (2, 5)
    assert {row["supplier_name"] for row in read_rows} == {None}
    assert (read_rows[0]["notified_on"], read_rows[0]["cpv_code"], read_rows[0]["duration_months"]) == (
        "2024-12-05",
        "92311000-4",
        "13",
    )


def test_json_2019_unfolds_suppliers_and_modifications(read, tmp_path: Path):
    rows, _, total = read(write(tmp_path, json.dumps(JSON_2019), "x.csv"))
    assert total == 2
    first = [row for row in rows if row["row_no"] == 1]
    assert {(row["modification_id"], row["amount"], row["supplier_name"]) for row in first} == {
        ("0", "30000.00", "DECO"), ("0", "30000.00", "B"), ("1", "32000", "DECO"), ("1", "32000", "B")
    }  # fmt: skip
    assert {row["notified_on"] for row in first} == {"2021-12-11", "2022-09-30"}
    assert "Concession" in rows[-1]["nature"] or "CONCESSION" in rows[-1]["nature"]


def test_json_2022_and_its_oddities(read, tmp_path: Path):
    rows, _, total = read(write(tmp_path, json.dumps(JSON_2022).replace("137614.0", "NaN")))
    assert (total, [row["modification_id"] for row in rows]) == (1, ["0", "1"])
    assert rows[0]["techniques"] == "Accord-cadre, Concours"
    assert rows[0]["amount"] is None and rows[0]["buyer_name"] is None


def test_xml_2022(read, tmp_path: Path):
    rows, _, total = read(write(tmp_path, XML_2022))
    assert total == 1
    assert [(row["supplier_id"], row["amount"], row["social_clause"]) for row in rows] == [
        ("2", "575000", "Clause sociale"),
        ("55204599900869", "575000", "Clause sociale"),
    ]


def test_xml_entities_are_not_expanded(read, tmp_path: Path):
    secret = write(tmp_path, "secret")
    evil = f'<!DOCTYPE a [<!ENTITY e SYSTEM "{secret.as_uri()}">]>' + XML_2022.replace("Marché", "&e;")
    rows, _, _ = read(write(tmp_path, evil, "x.xml"))
    assert "secret" not in str(rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_encodings_and_separators(read, tmp_path: Path, encoding: str, delimiter: str):
    lines = [
        ["Objet du marché", "Acheteur", "Montant HT"],
        ["Réfection d'été", "Ville de Gap", "12"],
        ["Œuvre", "Ville de Gap", "14"],
    ]
    text = "\r\n".join(delimiter.join(line) for line in lines) + "\r\n"
    rows, _, total = read(write(tmp_path, text.encode(encoding)))
    assert (total, [row["object"] for row in rows]) == (2, ["Réfection d'été", "Œuvre"])


def test_titles_totals_blank_lines_and_repeated_headers(read, tmp_path: Path):
    text = (
        "Mairie de Gap;;\nExtraction du 12/03/2024;;\n\nObjet;Acheteur;Montant HT\nPapier;Gap;12\n;;\nObjet;Acheteur;Montant HT\n"
        'Stylos;Gap;13\n"Deux\nlignes";Gap;14\nTOTAL;;39\n'
    )
    rows, rejects, total = read(write(tmp_path, text))
    assert [(row["object"], row["amount"]) for row in rows] == [
        ("Papier", "12"),
        ("Stylos", "13"),
        ("Deux\nlignes", "14"),
    ]
    assert sorted(reason for _, _, reason in rejects) == ["repeated_header", "total_line"]
    assert total == 5


def test_a_list_of_a_town_with_sections_and_subtotals(read, tmp_path: Path):
    text = (
        ";;;;;\n;LISTE DES MARCHES CONCLUS EN 2010;;;;\n;OBJET;DATE;TITULAIRE;CODE POSTAL;MONTANT € HT\n;SERVICES;;;;\n"
        ";Collecte;28/05/2010;SEPUR;78377;10 782.43\n;;;;;\n;Espaces verts de voirie;;;;TOTAL : 117 372,56\n"
    )
    mapping = Mapping(
        {"object": "OBJET", "notified_on": "DATE", "supplier_name": "TITULAIRE", "amount": "MONTANT € HT"},
        constants={"buyer_name": "Villemomble"},
    )
    rows, rejects, total = read(write(tmp_path, text), mapping=mapping)
    assert [(row["object"], row["amount"], row["buyer_name"]) for row in rows] == [
        ("SERVICES", None, "Villemomble"), ("Collecte", "10 782.43", "Villemomble")
    ]  # fmt: skip
    assert ([reason for _, _, reason in rejects], total) == (["total_line"], 3)


def test_a_header_within_quotes_may_take_two_lines(read, tmp_path: Path):
    rows, _, total = read(
        write(tmp_path, 'Titre\n\n"Pouvoir\nadjudicateur"\tObjet\tMontant HT\nDREAL\t"Mission ""A"""\t12\nDREAL\tB\t13')
    )
    assert (total, [row["object"] for row in rows]) == (2, ['Mission "A"', "B"])


def test_ragged_rows_are_mended_or_rejected_never_lost(read, tmp_path: Path):
    text = 'Objet;Acheteur;Montant HT\nPapier;Gap\nStylos;Gap;13;surplus\nGomme;Gap;14;;\nTable 12" ronde;Gap;15\n"Chaise;Gap;16\nLampe;Gap;17\n'
    rows, rejects, total = read(write(tmp_path, text))
    assert {row["object"] for row in rows} == {"Papier", "Gomme", 'Table 12" ronde', '"Chaise', "Lampe"}
    assert [(value, reason) for _, value, reason in rejects] == [("Stylos;Gap;13;surplus", "malformed_row")]
    assert total == 6


def test_workbooks(read, tmp_path: Path):
    book = openpyxl.Workbook()
    book.active.append(["Ne pas diffuser"])
    sheet = book.create_sheet("Dépenses")
    sheet.append(["Liste 2024"])
    sheet.append(["SIRET acheteur", "Objet", "Montant HT", "Date de notification"])
    import datetime

    sheet.append([21130055300016, "Papier", 12.5, datetime.datetime(2024, 3, 1)])
    book.save(tmp_path / "x.bin")
    (row,), _, _ = read(tmp_path / "x.bin")
    assert (row["buyer_id"], row["amount"], row["notified_on"]) == ("21130055300016", "12.5", "2024-03-01")


def test_parquet_with_types_and_thousands_of_euros(read, tmp_path: Path):
    path = tmp_path / "x"
    pq.write_table(
        pa.table({"Service": ["DDT 13"], "Montant (k€)": [12.5], "Date de paiement": [pa.scalar(19000, pa.date32())]}),
        path,
    )
    (row,), _, _ = read(path)
    assert (row["amount"], row["notified_on"], row["grain"]) == ("12.5 k€", "2022-01-08", "payment")


def test_sheets_are_read_together_when_they_have_the_columns_read(read, tmp_path: Path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, extra in (("2022", []), ("2023", ["Observations"]), ("Synthèse", None)):
        sheet = book.create_sheet(name)
        sheet.append(["Service", "Total"] if extra is None else ["Service", "Fournisseur", "Montant HT", *extra])
        sheet.append(["DDT", 3000] if extra is None else ["DDT", "ONET", 1500, *extra])
    book.save(tmp_path / "x.xlsx")
    rows, _, total = read(tmp_path / "x.xlsx")
    assert (total, [row["amount"] for row in rows]) == (2, ["1500", "1500"])
    (tmp_path / "w").mkdir()
    assert [skip.name for skip in sources.discover([tmp_path / "x.xlsx"], tmp_path / "w").skipped] == [
        "x.xlsx/Synthèse"
    ]


def test_words_merged_over_rows_are_those_of_each(read, tmp_path: Path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([None, "Marchés 2023"])
    sheet.append([None, "Acheteur", "Objet", "Montant HT", "Date"])
    for line in (
        ["Préfecture du Jura", "Papier", 1000, "05/01/2023"],
        [None, "Lot 1", 2000, None],
        [None, "Lot 2", None, None],
    ):
        sheet.append([None, *line])
    for cells in ("B3:B5", "E3:E5", "D4:D5", "B1:E1"):
        sheet.merge_cells(cells)
    book.save(tmp_path / "x.xlsx")
    rows, _, _ = read(tmp_path / "x.xlsx")
    assert [(row["buyer_name"], row["object"], row["amount"], row["notified_on"]) for row in rows] == [
        ("Préfecture du Jura", "Papier", "1000", "05/01/2023"), ("Préfecture du Jura", "Lot 1", "2000", "05/01/2023"),
        ("Préfecture du Jura", "Lot 2", None, "05/01/2023"),
    ]  # fmt: skip


def test_a_hidden_sheet_does_not_count_beside_those_shown(read, tmp_path: Path):
    book = openpyxl.Workbook()
    for sheet, state in ((book.active, "visible"), (book.create_sheet("2023 (2)"), "hidden")):
        sheet.append(["Service", "Fournisseur", "Montant HT"])
        sheet.append(["DDT", "ONET", 1500])
        sheet.sheet_state = state
    book.save(tmp_path / "x.xlsx")
    assert read(tmp_path / "x.xlsx")[2] == 1
    (tmp_path / "w").mkdir()
    (skip,) = sources.discover([tmp_path / "x.xlsx"], tmp_path / "w").skipped
    assert (skip.name, skip.why) == ("x.xlsx/2023 (2)", "feuille masquée")


def test_a_sheet_of_notes_beside_the_table(read, tmp_path: Path):
    book = openpyxl.Workbook()
    for line in ("Notice", "Montants en euros", "Direction des achats"):
        book.active.append([None, line])
    book.save(tmp_path / "notes.xlsx")
    sheet = book.create_sheet("Marchés")
    sheet.append(["Service", "Fournisseur", "Montant HT"])
    sheet.append(["DDT", "ONET", 1500])
    book.save(tmp_path / "both.xlsx")
    (row,), _, _ = read(tmp_path / "both.xlsx")
    assert row["amount"] == "1500"
    with pytest.raises(SourceError, match="aucune colonne de montant"):
        read(tmp_path / "notes.xlsx")


def test_a_parquet_may_hold_days_with_a_time_zone(read, tmp_path: Path):
    path = tmp_path / "x"
    day = pa.scalar(1_700_000_000, pa.timestamp("s", "Europe/Paris"))
    pq.write_table(pa.table({"Date de paiement": [day], "Service": ["DDT 13"], "Montant": [12.5]}), path)
    (row,), _, _ = read(path)
    assert (row["notified_on"][:10], row["amount"]) == ("2023-11-14", "12.5")


SUPPLIERS = [
    {"typeIdentifiant": "SIRET", "id": "80268496900016", "denominationSociale": "L'ÉTÉ, SARL"},
    {"id": "55204599900869"},
]


@pytest.mark.parametrize("written", [json.dumps, str], ids=["json", "python"])
def test_a_cell_may_list_suppliers(read, tmp_path: Path, written):
    out = io.StringIO()
    csv.writer(out).writerows([
        ("id", "acheteur", "montant", "titulaires", "lieuexecution"),
        ("1", written({"id": "22250001000013", "nom": "Doubs"}), "1000", written(SUPPLIERS), written({"code": "25", "typeCode": "Code département"})),
        ("2", "Doubs", "2000", "", ""),
    ])  # fmt: skip
    rows, _, total = read(write(tmp_path, out.getvalue()))
    assert total == 2
    assert [(row["row_no"], row["buyer_id"], row["buyer_name"], row["supplier_id"]) for row in rows] == [
        (1, "22250001000013", "Doubs", "55204599900869"), (1, "22250001000013", "Doubs", "80268496900016"), (2, None, "Doubs", None)
    ]  # fmt: skip
    assert rows[1]["supplier_name"] == "L'ÉTÉ, SARL"
    assert (rows[0]["place_code"], rows[0]["place_type"]) == ("25", "Code département")


def test_a_parquet_may_list_suppliers(read, tmp_path: Path):
    path = tmp_path / "x"
    suppliers = [SUPPLIERS[0] | {"denominationSociale": 'BAR "LE PRÉ"'}, *SUPPLIERS[1:]]
    pq.write_table(pa.table({"acheteur_id": ["21130055300016"], "montant": [1000.5], "titulaires": [suppliers]}), path)
    rows, _, total = read(path)
    assert (total, [row["supplier_name"] for row in rows]) == (1, [None, 'BAR "LE PRÉ"'])


FLAT = [
    {"id": str(number), "acheteur_id": "21130055300016", "objet": "Papier", "montant": 1000.5 + number, "datenotification": "2024-01-02T00:00:00+00:00"}
    for number in range(2)
]  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(FLAT), json.dumps({"total_count": 2, "results": FLAT}), "\n".join(map(json.dumps, FLAT)),
        json.dumps([{"datasetid": "decp", "recordid": "a", "fields": record} for record in FLAT]),
        json.dumps({"nhits": 2, "records": [{"recordid": "a", "fields": record} for record in FLAT]}),
        json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": None, "properties": record} for record in FLAT]}),
    ],
)  # fmt: skip
def test_a_flat_json_is_a_table(read, tmp_path: Path, content: str):
    rows, rejects, total = read(write(tmp_path, content))
    assert (total, rejects) == (2, [])
    assert [(row["row_no"], row["amount"], row["buyer_id"], row["notified_on"][:10]) for row in rows] == [
        (1, "1000.5", "21130055300016", "2024-01-02"), (2, "1001.5", "21130055300016", "2024-01-02")
    ]  # fmt: skip


def test_contracts_may_come_one_per_line_or_alone(read, tmp_path: Path):
    lines = [json.dumps(record) for record in JSON_2019["marches"]]
    assert read(write(tmp_path, "\n".join(lines)))[2] == 2
    assert read(write(tmp_path, lines[0]))[2] == 1


def test_zips_of_zips_and_their_traps(read, tmp_path: Path):
    inner, outer = io.BytesIO(), tmp_path / "lot.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a/2019.txt", json.dumps(JSON_2019))
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("dedans.zip", inner.getvalue())
        archive.writestr("../../evil.csv", TABULAR_6)
        archive.writestr("LISEZMOI.txt", "bonjour")
    _rows, _, total = read(outer)
    assert total == 3
    assert not (tmp_path.parent / "evil.csv").exists() and not (tmp_path / "evil.csv").exists()


def test_a_gzip_is_opened(read, tmp_path: Path):
    path = write(tmp_path, gzip.compress(TABULAR_6.encode()), "decp.csv.gz")
    assert read(path)[2] == 1
    with zipfile.ZipFile(tmp_path / "lot.zip", "w") as archive:
        archive.write(path, "decp.csv.gz")
    assert read(tmp_path / "lot.zip")[2] == 1
    with pytest.raises(SourceError, match="abîmé"):
        read(write(tmp_path, path.read_bytes()[:-12], "cut.gz"))


def test_a_cell_may_be_a_whole_notice(read, tmp_path: Path):
    rows, rejects, _ = read(write(tmp_path, f'Objet;Acheteur;Montant HT\n"{"mot " * 80_000}";Gap;12\nPapier;Gap;13\n'))
    assert ([row["amount"] for row in rows], rejects) == (["12", "13"], [])


def test_a_folder_reads_what_it_can_and_says_the_rest(tmp_path: Path):
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    write(folder, TABULAR_6, "a.csv")
    write(folder / "sub", "", "empty.csv")
    write(folder, "# Bonjour", "README.md")
    (tmp_path / "w").mkdir()
    found = sources.discover([folder], tmp_path / "w")
    assert [file.name for file in found.files] == ["a.csv"]
    assert {skip.name for skip in found.skipped} == {"README.md", "sub/empty.csv"}


def test_a_mapping_reads_home_made_tables_and_leaves_official_ones_alone(read, tmp_path: Path):
    home_made = write(tmp_path, "Qui;Combien\nGap;12\n", "a.csv")
    official = write(tmp_path, TABULAR_6, "b.csv")
    mapping = Mapping({"buyer_name": "Qui", "amount": "Combien"})
    rows, _, total = read(home_made, official, mapping=mapping)
    assert (total, [row["amount"] for row in rows]) == (2, ["12", "5000"])
    (row,), _, _ = read(official, mapping=Mapping({"buyer_name": "titulaire_id", "amount": "montant"}))
    assert row["buyer_name"] == "80268496900016"


def test_an_address_is_downloaded(read, tmp_path: Path):
    folder = tmp_path / "www"
    folder.mkdir()
    write(folder, TABULAR_17, "decp.csv")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, directory=str(folder), **kwargs)

        def log_message(self, *args):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        (row,), _, _ = read(f"http://127.0.0.1:{server.server_port}/decp.csv")
        assert row["amount"] == "61100"
        with pytest.raises(SourceError, match="téléchargement impossible"):
            read(f"http://127.0.0.1:{server.server_port}/absent.csv")
        server.shutdown()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "vide"), (b"   \n", "vide"), ("\ufeff\n".encode(), "vide"), (b"Service;Montant TTC\nDDT;12\n", "« Montant TTC » est toutes taxes"), (b"%PDF-1.4 x", "non pris en charge"), (b"PAR1 rotten", "Parquet illisible"),
        (b'{"a": 1}', "ne contient pas de march"), (b"<html></html>", "page web"), (b"bonjour", "ni tableau"),
        (b"a;b\n1;2\n", "aucune colonne de montant"), (b"Objet;Montant HT\nx;12\n", "ni SIRET ni nom d'acheteur"),
        (json.dumps(JSON_2019).encode()[:-40], "tronqu"), (b"PK\x03\x04rotten", "zip tronqué"), (b"Objet;Montant HT\n", "aucune ligne"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_in_one_sentence(read, tmp_path: Path, content: bytes, sentence: str):
    with pytest.raises(SourceError, match=sentence) as error:
        read(write(tmp_path, content))
    assert "\n" not in str(error.value).strip()


def test_a_zip_with_a_password_says_so(read, tmp_path: Path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", TABULAR_6)
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    path.write_bytes(data)
    with pytest.raises(SourceError, match="mot de passe"):
        read(path)


CELL = st.text(
    st.characters(codec="cp1252", exclude_characters="\r\x00", exclude_categories=("Cc",)), max_size=12
).filter(lambda text: text == text.strip() and not text.upper().startswith(("TOTAL", "SOUS", "GRAND")))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(CELL, st.integers(1, 10**9)), min_size=1, max_size=8),
    st.sampled_from(["utf-8", "utf-16", "cp1252"]),
    st.sampled_from(";,\t|"),
)
def test_any_table_is_read_back_as_written(
    read, tmp_path: Path, cells: list[tuple[str, int]], encoding: str, delimiter: str
):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows(
        [("Objet du marché", "Acheteur", "Montant HT"), *((text, "Ville de Gap", number) for text, number in cells)]
    )
    rows, rejects, total = read(write(tmp_path, out.getvalue().encode(encoding)))
    assert rejects == [] and total == len(cells)
    assert [(row["object"] or "", row["amount"]) for row in rows] == [(text, str(number)) for text, number in cells]
