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
]  # fmt: skip


@pytest.mark.parametrize(("headers", "row", "grain", "expected"), HOME_MADE)
def test_home_made_headers_are_understood(headers, row, grain, expected):
    mapping = guess_mapping(headers, [row]).mapping
    assert expected.items() <= mapping.columns.items()
    assert mapping.grain == grain
    assert mapping.amount_unit == ("kEUR" if "montant_k€" in headers else "EUR")


def test_a_column_of_words_is_not_an_amount():
    assert "amount" not in guess_mapping(["Montant"], [["beaucoup"], ["peu"]]).mapping.columns


@given(
    st.dictionaries(st.sampled_from(FIELD_NAMES), st.text(min_size=1, max_size=20)), st.sampled_from(["contract", "payment"]),
    st.sampled_from(["EUR", "kEUR"]), st.dictionaries(st.sampled_from(FIELD_NAMES), st.text(max_size=9), max_size=2),
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
