"""Headers found under titles, and cells as text."""

import pytest

from mutualis.sources import header


@pytest.mark.parametrize(
    ("rows", "line", "names"),
    [
        # merged cells: the group stands over its first column
        ([["Recensement 2023", None, None, None], ["Service", "Marché", None, "Titulaire"], ["Nom", "N°", "Montant HT", "SIRET"], ["DDT 25", "23-1", "1000", "80268496900016"]],
         2, ("Service Nom", "Marché N°", "Montant HT", "Titulaire SIRET")),
        # a name over an empty cell, and the groups above a header that is known without them
        ([["Montant HT", "Titulaire", None, None], [None, "Nom", "SIRET", "Date de notification"], ["1000", "X", "80268496900016", "2023"]],
         1, ("Montant HT", "Titulaire Nom", "Titulaire SIRET", "Date de notification")),
        # one row: what follows has figures, or is a row
        ([["Service", "Objet", "Montant HT"], ["DDT", "Papier", "12"]], 0, ("Service", "Objet", "Montant HT")),
        ([["Service", "Objet", "Montant HT"], ["DDT", "Papier", "NC"]], 0, ("Service", "Objet", "Montant HT")),
        ([["Service : DDT", None, "Bureau des achats"], ["Acheteur", "Objet", "Montant HT"], ["DDT", "Papier", "12"]], 1, ("Acheteur", "Objet", "Montant HT")),
    ],
)  # fmt: skip
def test_a_header_may_take_two_rows(rows, line: int, names: tuple[str, ...]):
    assert header.find([tuple(row) for row in rows]) == (line, names)


def test_a_number_of_a_workbook_is_no_thousands():
    assert header.as_text_row([980.125, 1200.0, 1234.5, "1.200", None]) == ("980.1250", "1200", "1234.5", "1.200", None)


def test_a_column_has_a_name_the_database_takes():
    assert header.unique(["Ach\0eteur", None, "\0", "acheteur"]) == (
        "Acheteur",
        "colonne 2",
        "colonne 3",
        "acheteur (2)",
    )
