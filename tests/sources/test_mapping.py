"""Headers guessed, mappings saved and replayed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutualis.errors import SourceError
from mutualis.fields import FIELD_NAMES
from mutualis.sources import Mapping, guess_mapping, load_mapping, save_mapping

HOME_MADE = [
    (["Objet du marché", "Attributaire", "Montant HT", "Date de notification", "Code postal"], ["a", "b", "12 000,00", "01/02/2024", "13000"], "contract",
     {"object": "Objet du marché", "supplier_name": "Attributaire", "amount": "Montant HT", "notified_on": "Date de notification", "buyer_department_code": "Code postal"}),
    (["SERVICE", "FOURNISSEUR", "SIRET FOURNISSEUR", "MONTANT TTC", "MONTANT HT", "DATE PAIEMENT", "CPV"], ["DDT", "X", "80268496900016", "12", "10,00", "01/02/2024", "30192700-8"], "payment",
     {"buyer_name": "SERVICE", "supplier_id": "SIRET FOURNISSEUR", "amount": "MONTANT HT", "notified_on": "DATE PAIEMENT", "cpv_code": "CPV"}),
    (["Centre financier", "Nom du tiers", "N° EJ", "Montant payé", "Date comptable", "Groupe de marchandises"], ["DDT", "X", "1400", "12,5", "2024-02-01", "Papier"], "payment",
     {"buyer_name": "Centre financier", "supplier_name": "Nom du tiers", "amount": "Montant payé", "category_label": "Groupe de marchandises"}),
    (["N° marché", "Entreprise retenue", "Total notifié (HT)", "Date de notif."], ["2024-01", "MACONS", "14 700,00 €", "03/02/2024"], "contract",
     {"contract_id": "N° marché", "supplier_name": "Entreprise retenue", "amount": "Total notifié (HT)", "notified_on": "Date de notif."}),
    (["pouvoir_adjudicateur", "intitule", "nom_attributaire", "cp_attributaire", "montant_marche_ht", "duree_en_mois"], ["V", "t", "X", "13000", "1200", "12"], "contract",
     {"buyer_name": "pouvoir_adjudicateur", "object": "intitule", "supplier_department_code": "cp_attributaire", "amount": "montant_marche_ht", "duration_months": "duree_en_mois"}),
    (["acheteur", "siret_acheteur", "titulaire", "objet", "montant_k€", "annee"], ["V", "21130055300016", "X", "t", "12,5", "2024"], "contract",
     {"buyer_id": "siret_acheteur", "buyer_name": "acheteur", "amount": "montant_k€", "notified_on": "annee"}),
    # « liste des marchés conclus » of a town: the post code is the holder's
    (["OBJET", "DATE", "TITULAIRE", "CODE POSTAL", "MONTANT € HT"], ["Forains", "26/03/2010", "SEPUR", "78377", "14 237.50"], "contract",
     {"supplier_name": "TITULAIRE", "supplier_department_code": "CODE POSTAL", "amount": "MONTANT € HT"}),
    # a region's own export
    (["Année", "Id du marché ", "Nom acheteur", "Objet marché", "Date notification", "Montant initial (Ht)", "Titulaire/Mandataire",
      "Code Insee_Titulaire", "Commune_Titulaire", "Siret_Titulaire", "Code CPV"],
     ["2019", "90001", "Région", "Livres", "30/01/2019", "40 000,00", "LE FORUM", "35238", "RENNES", "79878508500035", "22113000-5 Livres"], "contract",
     {"notified_on": "Date notification", "supplier_commune_code": "Code Insee_Titulaire", "supplier_name": "Titulaire/Mandataire", "cpv_code": "Code CPV"}),
    # a city's open list: minimum and maximum, a length in days, no buyer
    (["Année de notification", "Num marché", "Fournisseur - Nom", "Montant min", "Montant max", "Date de notification", "Durée du marché (en jours)", "Périmètre financier"],
     ["2019", "2019172", "ENTREPRISE A", "0.0", "400000.0", "2019-02-11", "90", "Ville"], "contract",
     {"amount": "Montant max", "notified_on": "Date de notification", "buyer_name": None, "duration_months": None}),
    # the State's platform, 2015
    (["Entité Publique", "Année Notification", "Objet du Marché", "Montant", "Nom Attributaire", "Date Notification", "Code Postal Attributaire"],
     ["Ministère", "2015", "Nettoyage", "30000", "ONET", "2015-03-01", "13008"], "contract",
     {"buyer_name": "Entité Publique", "supplier_name": "Nom Attributaire", "notified_on": "Date Notification"}),
    # the words of the decree
    (["Le numéro de marché", "La date de notification", "nom de l'acheteur ou du mandataire en cas de groupement", "numéro SIRET de l'acheteur", "L'objet du marché",
      "Le montant HT forfaitaire ou estimé maximum en €", "Le nom du ou des titulaires du marché public ", "Etablissements du ou des titulaire "],
     ["2019-003", "lundi 4 février 2019", "DGST", None, "Peinture", "48076.63", "LAMOS, ", "1 rue Y"], "contract",
     {"contract_id": "Le numéro de marché", "notified_on": "La date de notification", "buyer_name": "nom de l'acheteur ou du mandataire en cas de groupement",
      "amount": "Le montant HT forfaitaire ou estimé maximum en €", "supplier_name": "Le nom du ou des titulaires du marché public "}),
    # SCDL: a modification's columns beside the contract's
    (["MARCHE_ID", "ACHETEURS_ID", "DUREE_MOIS", "NOTIFICATION_DATE", "MONTANT", "TITULAIRES_DENOMINATION", "MODIF_DUREE_MOIS", "MODIF_MARCHE_MONTANT"],
     ["12347", "12345678901234", "12", "2017-07-26", "120380.12", "Cidre", "9", "51000.13"], "contract",
     {"duration_months": "DUREE_MOIS", "amount": "MONTANT", "supplier_name": "TITULAIRES_DENOMINATION", "buyer_id": "ACHETEURS_ID"}),
    # the State's accounts: codes beside the names they stand for
    (["Exercice", "Centre financier", "Service exécutant", "Groupe de marchandises", "Libellé groupe de marchandises", "Fournisseur", "Nom du fournisseur", "Date comptable", "Montant HT"],
     ["2023", "0354-DR21-DP21", "Préfecture de la Côte-d'Or", "41.02.01", "Papier d'impression", "1000234567", "PAPETERIE", "15/03/2023", "1 200,00"], "payment",
     {"buyer_name": "Service exécutant", "supplier_name": "Nom du fournisseur", "supplier_department_code": None, "category_label": "Libellé groupe de marchandises", "notified_on": "Date comptable"}),
    (["Centre financier", "Services", "Numéro de pièce", "Montant en devise de transaction", "Fournisseur", "Nom 1", "Date comptable"],
     ["0203-DIR1-T001", "STT / DETT", "1512345678", "12 345,60", "1100045678", "AGILIS", "05.02.2024"], "payment",
     {"buyer_name": "Services", "supplier_id": "Fournisseur", "supplier_name": "Nom 1"}),
    # codes alone are better than nothing
    (["Centre financier", "Montant payé"], ["0354-DR21-DP21", "12"], "payment", {"buyer_name": "Centre financier"}),
    # a town's accounts
    (["Collectivité", "Exercice", "N° mandat", "Date mandat", "Tiers", "Objet", "Montant HT", "Montant TTC"],
     ["Dole", "2023", "1023", "05/01/2023", "BRICO", "Vis", "83,33", "100,00"], "payment",
     {"contract_id": "N° mandat", "notified_on": "Date mandat", "amount": "Montant HT"}),
    # a city's list: an agreed amount beside a maximum
    (["numero_de_marche", "titulaire", "montant_minimum_ht", "montant_maximum_ht", "montant_ht", "collectivite"], ["2020S01", "VEOLIA", None, None, "54000.5", "Lille"], "contract",
     {"amount": "montant_ht"}),
    # the State's platform: the ministry beside its service
    (["Référence", "Organisme", "Entité d'achat", "Objet du contrat", "Montant notifié"], ["P21", "Ministère de l'Intérieur", "Préfecture 21", "Nettoyage", "45 000,00"], "contract",
     {"buyer_name": "Entité d'achat", "object": "Objet du contrat"}),
    # the enriched national file
    (["id", "type", "montantOriginal", "dateNotification", "idAcheteur", "nomAcheteur", "siretEtablissement", "denominationSocialeEtablissement", "codeDepartementEtablissement"],
     ["1", "Marché", "250000.0", "2019-01-15", "13000548100010", "DREAL", "80268496900016", "NET", "13"], "contract",
     {"supplier_id": "siretEtablissement", "supplier_name": "denominationSocialeEtablissement", "supplier_department_code": "codeDepartementEtablissement"}),
    # identifiers that a spreadsheet rounded, or that were kept from it
    (["Acheteur", "SIRET titulaire", "Montant HT"], ["Gap", '="80268496900016"', "12"], "contract", {"supplier_id": "SIRET titulaire"}),
    (["Acheteur", "SIRET titulaire", "Montant HT"], ["Gap", "1,23457E+13", "12"], "contract", {"supplier_id": "SIRET titulaire"}),
]  # fmt: skip


@pytest.mark.parametrize(("headers", "row", "grain", "expected"), HOME_MADE)
def test_home_made_headers_are_understood(headers, row, grain, expected):
    mapping = guess_mapping(headers, [row]).mapping
    assert {field: mapping.columns.get(field) for field in expected} == expected
    assert mapping.grain == grain
    assert mapping.amount_unit == ("kEUR" if "montant_k€" in headers else "EUR")


@pytest.mark.parametrize(
    ("header", "cells", "unit"),
    [("Montant (M€)", ["1,2"], "MEUR"), ("Montant HT", ["12 345,67 € HT", "N.C.", "45 k€", "1,2 M€"], "EUR"), ("Montant en milliers d'euros", ["12"], "kEUR")],
)  # fmt: skip
def test_an_amount_may_have_its_unit_beside_it(header: str, cells: list[str], unit: str):
    mapping = guess_mapping([header], [[cell] for cell in cells]).mapping
    assert (mapping.columns.get("amount"), mapping.amount_unit) == (header, unit)


@pytest.mark.parametrize(
    ("headers", "constants"),
    [
        (["Acheteur", "Montant max"], {"techniques": "Accord-cadre"}),
        (["Acheteur", "Montant maximum HT"], {"techniques": "Accord-cadre"}),
        (["Acheteur", "Montant HT"], {}),
        # the decree's own words are of both; a row that says what it is says it better
        (["Acheteur", "Le montant HT forfaitaire ou estimé maximum en €"], {}),
        (["Acheteur", "Nature", "Montant max"], {}),
    ],
)  # fmt: skip
def test_a_maximum_alone_is_read_as_a_ceiling(headers: list[str], constants: dict[str, str]):
    row = ["Ville"] + ["Marché"] * (len(headers) - 2) + ["400000"]
    mapping = guess_mapping(headers, [row]).mapping
    assert mapping.columns["amount"] == headers[-1] and mapping.constants == constants


def test_an_amount_by_name_may_hold_notes():
    cells = ["250 000 € HT", "Mini : 10 000 € - Maxi : 40 000 €", "sans mini ni maxi"]
    assert guess_mapping(["Montant € HT"], [[cell] for cell in cells]).mapping.columns == {"amount": "Montant € HT"}


def test_what_is_bought_does_not_say_that_a_maximum_is_spent():
    mapping = guess_mapping(["Acheteur", "Nature du marché", "Montant max"], [["Ville", "Travaux", "400000"]]).mapping
    assert "nature" in mapping.columns and mapping.constants == {"techniques": "Accord-cadre"}


def test_a_column_of_words_is_not_an_amount():
    assert "amount" not in guess_mapping(["Montant"], [["beaucoup"], ["peu"]]).mapping.columns


@given(
    st.dictionaries(st.sampled_from(FIELD_NAMES), st.text(min_size=1, max_size=20)), st.sampled_from(["contract", "payment"]),
    st.sampled_from(["EUR", "kEUR", "MEUR"]), st.dictionaries(st.sampled_from(FIELD_NAMES), st.text(max_size=9), max_size=2),
)  # fmt: skip
def test_a_saved_mapping_is_read_back(tmp_path_factory, columns, grain, unit, constants):
    mapping = Mapping(columns, grain, unit, constants)
    path: Path = tmp_path_factory.mktemp("m") / "m.toml"
    path.write_text(save_mapping(mapping), encoding="utf-8")
    assert load_mapping(path) == mapping


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x = ", "TOML"),
        ("colour = 1", "colour"),
        ("columns = 3", "associent"),
        ("[columns]\nprice = 'x'", "price"),
        ("grain = 'gold'", "grain"),
        ("amount_unit = 'USD'", "amount_unit"),
    ],
)
def test_a_wrong_mapping_says_what_is_wrong(tmp_path: Path, text: str, sentence: str):
    path = tmp_path / "m.toml"
    path.write_text(text)
    with pytest.raises(SourceError, match=sentence):
        load_mapping(path)


def test_a_missing_header_names_the_nearest():
    assert "« Montant HT »" in str(
        Mapping({"amount": "Montant H.T.", "buyer_name": "Service"}).problem(["Service", "Montant HT"], "x.csv")
    )
