"""The loader against the 15 families of defects: each input is the shape of a row met in a real file."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutualis import load
from tests.conftest import AS_OF, Build, only


def statuses(con):
    return dict(
        con.execute("select coalesce(reason, status), sum(n_records)::bigint from outcome group by all").fetchall()
    )


def spend(con):
    return only(con, "from spend")


def test_a_sound_row_is_kept_whole(build: Build):
    row = spend(build({}))
    assert row["amount_eur"] == Decimal("12000.50")
    assert row["annual_amount_eur"] == Decimal("6000.25")
    assert (row["buyer_siren"], row["buyer_type"], row["buyer_department_code"]) == (
        "211300553",
        "local_authority",
        "13",
    )
    assert (row["buyer_commune_code"], row["buyer_region_code"], row["buyer_place_source"]) == ("13055", "93", "siren")
    assert (str(row["ends_on"]), row["ends_on_is_known"]) == ("2027-03-01", True)
    assert row["is_counted"] is True


# Family 2: numbers as text.
@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("14 700,00", "14700.00"), ("14\u00a0700,00 €", "14700.00"), ("14\u202f700,5", "14700.50"), ("30000.00", "30000.00"),
        ("1,234.56", "1234.56"), ("1.234,56", "1234.56"), ("1.234.567", "1234567.00"), ("1,234,567", "1234567.00"),
        ("0012", "12.00"), ("1.0e5", "100000.00"), ("12 €", "12.00"), ("45155.0", "45155.00"), ("12 345,67 € HT", "12345.67"),
        ("45 k€", "45000.00"), ("150 keuros", "150000.00"), ("1,2 M€", "1200000.00"), ("2,5 millions d'euros", "2500000.00"),
        ("12'345.67", "12345.67"), ("5 000,00 ¤", "5000.00"),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_its_writer_meant_it(build: Build, text: str, amount: str):
    assert spend(build({"amount": text}))["amount_eur"] == Decimal(amount)


@settings(max_examples=60, deadline=None)
@given(cents=st.integers(min_value=200, max_value=10**11), separator=st.sampled_from(["", " ", "\u00a0", "\u202f"]))
def test_any_french_amount_survives(cents: int, separator: str):
    import duckdb

    from mutualis import warehouse

    with duckdb.connect(config=warehouse.CONNECTION) as con:
        for name in ("05_number_part", "05_number_text", "06_amount_scale", "06_parse_amount"):
            con.execute(dict(warehouse.statements("macros"))[name])
        text = f"{cents // 100:,}".replace(",", separator) + f",{cents % 100:02d} €"
        assert con.execute("select parse_amount($t)", {"t": text}).fetchall() == [(Decimal(cents) / 100,)]


# Family 3: identifiers.
@pytest.mark.parametrize(
    ("text", "siret", "siren"),
    [
        ("80268496900016", "80268496900016", "802684969"),
        ("802 684 969 000 16", "80268496900016", "802684969"),
        ("\t32359288100060", "32359288100060", "323592881"),
        ("80268496900016.0", "80268496900016", "802684969"),
        ("802684969", None, "802684969"),
        ("FR21802684969", None, "802684969"),
        ("6520033900029", "06520033900029", "065200339"),
        ("12345678901234567890", None, None),
        ("1234567890", None, None),
        ("00000000000000", None, None),
        ("8.0268496900016E+13", "80268496900016", "802684969"),
        ("8,02685E+13", None, None),
    ],
)
def test_a_supplier_identifier_is_text(build: Build, text: str, siret: str | None, siren: str | None):
    row = spend(build({"supplier_id": text}))
    assert (row["supplier_siret"], row["supplier_siren"]) == (siret, siren)
    assert row["supplier_key"] is not None


def test_la_poste_is_outside_the_luhn_rule(build: Build):
    con = build({"supplier_id": "35600000049837"})
    assert con.execute("select is_valid from party where siren = '356000000'").fetchall() == [(True,)]


@pytest.mark.parametrize("text", ["8,02685E+13", "Non disponible", "Hors UE"])
def test_what_identifies_nobody_does_not_make_one_firm_of_many(build: Build, text: str):
    con = build(
        {"supplier_id": text, "supplier_name": "MACONS"},
        {"contract_id": "2", "supplier_id": text, "supplier_name": "ROUTES"},
    )
    assert con.execute("select distinct supplier_key from spend order by all").fetchall() == [
        ("nom:MACONS",), ("nom:ROUTES",)
    ]  # fmt: skip


def test_the_name_of_a_commune_is_no_department(build: Build):
    row = spend(build({"supplier_department_code": None, "supplier_commune_code": "RENNES"}))
    assert row["supplier_department_code"] is None


# Family 4: absurd amounts are kept, flagged, and never summed.
@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("99999999999999", "sentinel"), ("999999999", "sentinel"), ("99999999", "sentinel"), ("99999999999.99", "sentinel"),
        ("12311111111", "absurd"), ("1.0e17", "absurd"), ("0", "zero"), ("0.10", "absurd"), ("1", "absurd"), ("-500", "absurd"),
        ("CDL", "missing"), (None, "missing"), ("à définir", "missing"), ("1500 1600", "missing"), ("12 000 € (TVA 20 %)", "missing"),
        ("Lot 2 : 10869,56\nLot 4 : 13377,13", "missing"), ("03/02/2023", "missing"), ("999999.99", "sentinel"), ("1000000", "ok"),
    ],
)  # fmt: skip
def test_an_absurd_amount_is_flagged_and_not_counted(build: Build, text: str | None, flag: str):
    row = spend(build({"amount": text}))
    assert (row["amount_flag"], row["is_counted"]) == (flag, flag == "ok")


@pytest.mark.parametrize(("text", "amount"), [("-35,20", "-35.20"), ("1.200,50-", "-1200.50"), ("(200,00)", "-200.00")])
def test_a_credit_note_is_a_payment_that_counts(build: Build, text: str, amount: str):
    row = spend(build({"grain": "payment", "amount": text, "contract_id": None}))
    assert (row["amount_eur"], row["is_counted"]) == (Decimal(amount), True)


# « 1.200 »: what the mark means is seen in its whole column.
@pytest.mark.parametrize(
    ("column", "amounts", "flags"),
    [
        (["1.200"], [1200], {"ok"}), (["12.345", "980", "1.200 €"], [12345, 980, 1200], {"ok"}), (["12,345", "1,200"], [12345, 1200], {"ok"}),
        (["1.200", "980,50"], [1200, 980.5], {"ok"}), (["1.200", "1.234.500"], [1200, 1234500], {"ok"}),
        (["1.200", "12345.50"], [1200, 12345.5], {"ok", "ambiguous"}), (["1,200", "12345,5"], [1200, 12345.5], {"ok", "ambiguous"}),
        (["12.125", "980.25", "1234.567"], [12.13, 980.25, 1234.57], {"ok"}), (["1.200", "0.500"], [1.2, 0.5], {"ok", "absurd"}), (["980.125", "45155.0"], [980.13, 45155], {"ok"}),
        (["12.345 k€", "45 k€"], [12345, 45000], {"ok"}), (["999.999", "1.200"], [999999, 1200], {"ok", "sentinel"}),
    ],
)  # fmt: skip
def test_a_mark_before_three_figures_is_read_by_its_column(build: Build, column, amounts, flags):
    con = build(*({"contract_id": str(number), "amount": text} for number, text in enumerate(column)))
    rows = con.execute("select amount_eur::double, amount_flag, is_counted from spend order by source_row").fetchall()
    assert [amount for amount, _, _ in rows] == amounts
    assert {flag for _, flag, _ in rows} == flags
    assert all(is_counted == (flag == "ok") for _, flag, is_counted in rows)


def test_an_official_file_writes_a_decimal_point(build: Build):
    con = build({"amount": "1.200"}, check=False)
    con.execute("update file set kind = 'decp_json'")
    load.build(con, AS_OF)
    assert spend(con)["amount_eur"] == Decimal("1.20")


def test_a_ceiling_is_never_spend(build: Build):
    con = build(
        {"nature": "Accord-cadre"},
        {"contract_id": "2", "techniques": "Accord-cadre, Enchère électronique"},
        {"contract_id": "3", "nature": "Marché subséquent", "techniques": "Accord-cadre"},
    )
    assert con.execute("select is_ceiling, is_counted from spend order by source_row").fetchall() == [
        (True, False), (True, False), (False, True)
    ]  # fmt: skip


@pytest.mark.parametrize("number", ["2025-001", "PES-77"])
@pytest.mark.parametrize(("first", "second"), [("Marché", "Accord-cadre"), ("Accord-cadre", "Marché")])
def test_a_ceiling_that_another_source_calls_a_contract_is_a_ceiling(
    build: Build, number: str, first: str, second: str
):
    row = spend(build({"nature": first}, {"_file": 2, "contract_id": number, "nature": second}))
    assert (row["is_ceiling"], row["is_counted"]) == (True, False)


# Family 5: one contract counts once, in its current version, dated by its first notification.
def test_co_contractors_repeat_the_total(build: Build):
    con = build({}, {"supplier_id": "42399908500057", "supplier_name": "OVIVE"})
    assert statuses(con) == {"kept": 1, "co_contractor": 1}
    assert spend(con)["n_suppliers"] == 2


def test_a_modification_replaces_the_amount_and_keeps_the_first_date(build: Build):
    con = build(
        {"modification_id": "0"},
        {"modification_id": "1", "amount": "15000", "notified_on": "2025-09-01", "duration_months": None},
        {"modification_id": "2", "amount": None, "notified_on": "2025-10-01"},
    )
    row = spend(con)
    assert (row["amount_eur"], str(row["notified_on"]), row["duration_months"]) == (
        Decimal("15000.00"),
        "2025-03-01",
        24,
    )
    assert statuses(con) == {"kept": 1, "superseded_version": 2}


def test_dated_versions_without_a_number_keep_the_last(build: Build):
    con = build(
        {"object": None, "amount": "117651.11", "notified_on": "2024-09-20"},
        {"object": None, "amount": "106590.32", "notified_on": "2024-12-30"},
        {
            "object": None,
            "amount": "72101.5",
            "notified_on": "2024-09-20",
            "supplier_name": "SOMUP",
            "supplier_id": "42399908500057",
        },
        {
            "object": None,
            "amount": "79517.58",
            "notified_on": "2024-12-30",
            "supplier_name": "SOMUP",
            "supplier_id": "42399908500057",
        },
    )
    rows = con.execute("select amount_eur, notified_on::varchar from spend order by all").fetchall()
    assert rows == [(Decimal("79517.58"), "2024-09-20"), (Decimal("106590.32"), "2024-09-20")]


def test_lots_under_one_number_are_not_merged(build: Build):
    con = build({"object": "Panneaux occultants"}, {"object": "Bacs hors-sol", "amount": "30000"})
    assert statuses(con) == {"kept": 2}


def test_two_suppliers_at_two_prices_under_one_number_are_two_lots(build: Build):
    con = build(
        {"amount": "600000"}, {"amount": "666666.67", "supplier_id": "42399908500057", "notified_on": "2025-03-02"}
    )
    assert statuses(con) == {"kept": 2}


def test_a_reworded_object_is_a_version_not_a_lot(build: Build):
    con = build(
        {"modification_id": "0", "object": "Papier"},
        {"modification_id": "1", "object": "Papier et enveloppes", "amount": "13000"},
    )
    assert spend(con)["amount_eur"] == Decimal("13000.00")


# Lines of one record share its number in the file (_row): co-contractors, modifications.
def test_a_record_without_a_number_counts_once(build: Build):
    record = {"contract_id": "", "_row": 1, "object": "Marché public de fourniture et d'acheminement d'électricité"}
    con = build(
        record | {"modification_id": "0", "amount": "296045", "notified_on": "2020-06-10"},
        record | {"modification_id": "0", "amount": "296045", "notified_on": "2020-06-10", "supplier_id": "42399908500057"},
        record | {"modification_id": "1", "amount": "299902", "notified_on": "2021-02-01"},
        record | {"modification_id": "2", "amount": "315456", "notified_on": "2022-01-06"},
        {"contract_id": None, "_row": 2, "object": "Autre chose"},
    )  # fmt: skip
    row = only(con, "from spend where source_row = 1")
    assert (row["amount_eur"], str(row["notified_on"])) == (Decimal("315456.00"), "2020-06-10")
    assert con.execute("select count(*) from spend").fetchall() == [(2,)]
    assert statuses(con) == {"kept": 2}


def test_a_record_without_a_number_delivered_twice_counts_once(build: Build):
    record = {"contract_id": None, "_row": 1, "modification_id": "0"}
    others = {"supplier_id": "42399908500057", "supplier_name": "OVIVE"}
    con = build(record, record | others, record | others | {"_file": 2}, record | {"_file": 2})
    assert statuses(con) == {"kept": 1, "co_contractor": 1}
    assert spend(con)["n_suppliers"] == 2


def test_a_payment_to_the_suppliers_of_one_cell_counts_once(build: Build):
    paid = {"grain": "payment", "contract_id": None, "_row": 1}
    assert statuses(build(paid, paid | {"supplier_id": "42399908500057"})) == {"kept": 1}


def test_the_versions_of_a_record_are_not_parted_by_another_of_its_number(build: Build):
    con = build(
        {"_row": 1, "modification_id": "0", "amount": "100000"},
        {"_row": 1, "modification_id": "1", "amount": "120000", "supplier_id": "42399908500057", "notified_on": "2025-09-01"},
        {"_row": 2, "modification_id": "0", "amount": "200000", "supplier_id": "32359288100060"},
    )  # fmt: skip
    assert con.execute("select amount_eur from spend order by all").fetchall() == [
        (Decimal("120000.00"),), (Decimal("200000.00"),)
    ]  # fmt: skip


# Two establishments of one firm, two files, one number.
CLEANING = {"buyer_id": "18004401800010", "contract_id": "2024-01", "object": "Nettoyage des locaux", "amount": "50000"}
BUILDING = CLEANING | {
    "_file": 2, "buyer_id": "18004401800028", "object": "Construction du laboratoire", "amount": "900000",
    "supplier_id": "42399908500057", "notified_on": "2025-06-05",
}  # fmt: skip


def test_a_number_two_establishments_use_is_two_contracts(build: Build):
    con = build(CLEANING, BUILDING)
    assert con.execute("select amount_eur, notified_on::varchar from spend order by all").fetchall() == [
        (Decimal("50000.00"), "2025-03-01"), (Decimal("900000.00"), "2025-06-05")
    ]  # fmt: skip


@pytest.mark.parametrize("agreeing", ["buyer_id", "object", "supplier_id", "amount"])
def test_a_redelivery_that_agrees_on_something_is_one_contract(build: Build, agreeing: str):
    said = {"supplier_id": "55204599900869"} | CLEANING
    assert statuses(build(said, BUILDING | {agreeing: said[agreeing]})) == {"kept": 1, "superseded_version": 1}


# The national file has no object: rows of one number, of one price to the cent.
@pytest.mark.parametrize(
    "change",
    [
        {"offers_received": "6", "supplier_id": "42399908500057"},
        {"notified_on": "2025-07-01", "supplier_id": "42399908500057"},
    ],
)
def test_a_price_repeated_under_one_number_counts_once(build: Build, change: dict[str, object]):
    row = {"object": None, "amount": "241016.90", "offers_received": "1"}
    con = build(row, row | change)
    assert spend(con)["amount_eur"] == Decimal("241016.90")
    assert str(spend(con)["notified_on"]) == "2025-03-01"


@pytest.mark.parametrize(
    "change",
    [
        {"lot": "2"},
        {"object": "Lot 2 : peinture"},
        {"cpv_code": "45442100"},
        {"amount": "241016.91", "offers_received": "6"},
    ],
)
def test_what_a_row_says_of_its_lot_comes_before_its_price(build: Build, change: dict[str, object]):
    row = {"object": None, "lot": "1", "amount": "241016.90", "offers_received": "1"}
    assert statuses(build(row, row | {"supplier_id": "42399908500057"} | change)) == {"kept": 2}


def test_a_later_version_without_a_number_follows_those_before_it(build: Build):
    con = build(
        {"_row": 1, "modification_id": "0", "amount": "100000"},
        {"_row": 1, "modification_id": "1", "amount": "120000", "notified_on": "2025-06-01"},
        {"_row": 1, "modification_id": "2", "amount": "110000", "notified_on": "2026-01-01"},
        {"_file": 2, "amount": "150000", "notified_on": "2025-09-01"},
    )
    assert spend(con)["amount_eur"] == Decimal("110000.00")
    con = build(
        {"modification_id": "0", "amount": "100000"}, {"_file": 2, "amount": "150000", "notified_on": "2025-09-01"}
    )
    assert (spend(con)["amount_eur"], str(spend(con)["notified_on"])) == (Decimal("150000.00"), "2025-03-01")


def test_a_later_delivery_corrects_an_earlier_one(build: Build):
    con = build(
        {},
        {"_file": 2, "amount": "12500", "published_on": "2025-06-01"},
        {"_file": 3, "amount": "12500", "published_on": "2025-06-01"},
    )
    assert spend(con)["amount_eur"] == Decimal("12500.00")
    assert statuses(con) == {"kept": 1, "superseded_version": 1, "redelivery": 1}


def test_an_exact_duplicate_is_merged(build: Build):
    assert statuses(build({}, {})) == {"kept": 1, "exact_duplicate": 1}


def test_the_same_contract_from_two_sources_counts_once(build: Build):
    con = build({}, {"_file": 2, "contract_id": "PES-77", "object": "FOURNITURE DE PAPIER A4"})
    assert statuses(con) == {"kept": 1, "other_source": 1}


def test_two_like_contracts_in_one_file_are_two(build: Build):
    assert statuses(build({}, {"contract_id": "2025-002"})) == {"kept": 2}


def test_payment_lines_of_one_invoice_all_count(build: Build):
    line = {"grain": "payment", "contract_id": "F-1", "amount": "10"}
    con = build(line, line | {"amount": "12"}, line | {"contract_id": None}, line | {"contract_id": None}, line)
    assert statuses(con) == {"kept": 4, "exact_duplicate": 1}


# Family 6: dates and durations.
@pytest.mark.parametrize(
    ("text", "day", "flag"),
    [
        ("2018-12-17+01:00", "2018-12-17", "ok"), ("17/12/2018", "2018-12-17", "ok"), ("2018-12-17T00:00:00Z", "2018-12-17", "ok"),
        ("7/2/2019", "2019-02-07", "ok"), ("20190207", "2019-02-07", "ok"), ("2019", "2019-01-01", "ok"), ("45000", "2023-03-15", "ok"),
        ("45000.0", "2023-03-15", "ok"), ("3/2/23", "2023-02-03", "ok"), ("03/02/23 14:05", "2023-02-03", "ok"), ("2019.0", "2019-01-01", "ok"), ("03.02.23", "2023-02-03", "ok"), ("02/2023", "2023-02-01", "ok"),
        ("févr. 2023", "2023-02-01", "ok"), ("août-23", "2023-08-01", "ok"), ("lundi 4 février 2019", "2019-02-04", "ok"),
        ("1er mars 2020", "2020-03-01", "ok"), ("Lot 2 mars", None, "invalid"),
        ("0218-03-01", None, "invalid"), ("3018-03-01", None, "invalid"), ("bientôt", None, "invalid"), (None, None, "missing"),
    ],
)  # fmt: skip
def test_a_date_is_read_or_said_unknown(build: Build, text: str | None, day: str | None, flag: str):
    row = spend(build({"notified_on": text}))
    assert (row["notified_on"] and str(row["notified_on"]), row["date_flag"]) == (day, flag)


def test_publication_dates_a_contract_without_notification(build: Build):
    row = spend(build({"notified_on": None, "published_on": "2018-10-02"}))
    assert (str(row["notified_on"]), row["date_flag"]) == ("2018-10-02", "from_publication")


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("0", None),
        ("999", None),
        ("36", 36.0),
        ("36.0", 36.0),
        ("NC", None),
        ("-12", 12.0),
        ("24 mois", 24.0),
        ("4 ans", 48.0),
        ("90 jours", 3.0),
    ],
)
def test_a_duration_is_plausible_or_unknown(build: Build, text: str, months: float | None):
    row = spend(build({"duration_months": text}))
    assert (row["duration_months"], row["ends_on_is_known"]) == (months, months is not None)


# Family 7: places.
@pytest.mark.parametrize(
    ("text", "kind", "department"),
    [
        ("13", None, "13"), ("4", None, "04"), ("13000", "Code postal", "13"), ("6000", "Code postal", "06"),
        ("13284 MARSEILLE CEDEX 07", None, "13"), ("2A", None, "2A"), ("20200", "Code postal", "2B"), ("20000", "Code postal", "2A"),
        ("97400", "Code postal", "974"), ("974", None, "974"), ("FRL04", None, "13"), ("Bouches-du-Rhône", None, "13"),
        ("BOUCHES DU RHONE", None, "13"), ("13 - Bouches-du-Rhône", None, "13"), ("Bouches-du-Rhône (13)", None, "13"), ("Corse-du-Sud (2a)", None, "2A"), ("93", "Code région", None), ("INO", "Code commune", None),
        ("FR", "Code pays", None), ("2A004", "Code commune", "2A"),
    ],
)  # fmt: skip
def test_a_place_is_a_department(build: Build, text: str, kind: str | None, department: str | None):
    row = spend(build({"buyer_id": "13000548100010", "buyer_name": "DREAL", "place_code": text, "place_type": kind}))
    assert (row["buyer_department_code"], row["buyer_place_source"]) == (department, department and "exécution")


def test_the_buyer_s_own_place_comes_before_the_place_of_execution(build: Build):
    row = spend(
        build({"buyer_id": "13000548100010", "buyer_name": "DREAL", "buyer_department_code": "21", "place_code": "75"})
    )
    assert (row["buyer_department_code"], row["buyer_region_code"], row["buyer_place_source"]) == (
        "21",
        "27",
        "acheteur",
    )


# An extract of the State's accounts has the names of services, without SIRET nor place.
@pytest.mark.parametrize(
    ("name", "department", "region"),
    [
        ("DDT de la Nièvre", "58", "27"), ("Préfecture de Seine-et-Marne", "77", "11"), ("DDPP 25", "25", "27"), ("DREAL PACA", None, "93"),
        ("Préfecture de la région Pays de la Loire", None, "52"), ("Direction départementale des territoires de la Loire", "42", "84"),
        ("DRAC Franche-Comté", None, "27"), ("Commune de Sully-sur-Loire", None, None), ("Lycée du Nord", None, None),
    ],
)  # fmt: skip
def test_a_service_is_where_its_name_says(build: Build, name: str, department: str | None, region: str | None):
    row = spend(build({"buyer_id": None, "buyer_name": name}))
    assert (row["buyer_department_code"], row["buyer_region_code"]) == (department, region)
    assert row["buyer_place_source"] == ("nom" if department else None)


def test_a_unit_price_keeps_its_decimals(build: Build):
    row = spend(build({"unit_price": "0,19345", "quantity": "1 200"}))
    assert (row["unit_price_eur"], row["quantity"]) == (0.19345, 1200)


# Family 8: CPV.
@pytest.mark.parametrize(
    ("text", "cpv"),
    [
        ("45261420-4", "45261420"),
        ("9132100", "09132100"),
        ("4", None),
        ("CPV 45000000-7 Travaux", "45000000"),
        ("4521", "45210000"),
        (None, None),
    ],
)
def test_a_cpv_code_has_eight_digits(build: Build, text: str | None, cpv: str | None):
    row = spend(build({"cpv_code": text}))
    assert row["cpv_code"] == cpv
    assert (row["family"] is None) == (cpv is None)


# Family 9: names.
def test_a_buyer_takes_its_most_frequent_real_name(build: Build):
    names = ["BUDGET PRINCIPAL", "BUDGET PRINCIPAL", "Ville de Marseille", "Ville de Marseille", "DGA Finances"]
    con = build(*({"contract_id": str(i), "buyer_name": name} for i, name in enumerate(names)))
    assert con.execute("select distinct buyer_name from spend").fetchall() == [("Ville de Marseille",)]


def test_a_buyer_without_a_name_keeps_its_siren(build: Build):
    assert spend(build({"buyer_name": None}))["buyer_name"] == "SIREN 211300553"


def test_a_buyer_without_a_siret_is_its_name(build: Build):
    con = build(
        {"buyer_id": None, "buyer_name": "Rectorat d'Aix"},
        {"buyer_id": "CDL", "buyer_name": "RECTORAT D’AIX", "contract_id": "2"},
    )
    assert con.execute("select distinct buyer_key, buyer_type from spend").fetchall() == [
        ("nom:RECTORAT D AIX", "education")
    ]


# Families 9 and 10: what cannot enter is set aside with its reason and its remedy.
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"buyer_id": None, "buyer_name": " "}, "no_buyer"),
        ({"buyer_id": "12345678901234", "buyer_name": "Essentiel"}, "test_buyer"),
        ({"buyer_id": "44090956200033", "buyer_name": "ATEXO"}, "test_buyer"),
        ({"nature": "CONCESSION DE TRAVAUX"}, "concession"),
        ({"nature": "Délégation de service public"}, "concession"),
        (
            {"buyer_id": None, "buyer_name": None, "supplier_id": None, "supplier_name": None, "notified_on": None},
            "total_line",
        ),
        ({"amount": None, "supplier_id": None, "supplier_name": None, "object": None}, "empty_row"),
        (
            {
                "amount": None,
                "supplier_id": None,
                "supplier_name": None,
                "contract_id": None,
                "notified_on": None,
                "object": "SERVICES",
            },
            "empty_row",
        ),
    ],
)
def test_a_row_that_cannot_enter_says_why(build: Build, change: dict[str, object], reason: str):
    con = build({"contract_id": "sound"}, change)
    row = only(con, "from quarantine")
    assert (row["row_no"], row["reason"]) == (2, reason)
    assert row["label"] and row["remedy"]
    assert statuses(con) == {"kept": 1, reason: 1}


# Family 11: text.
def test_text_is_one_line_without_entities(build: Build):
    assert (
        spend(build({"object": "Travaux d&#8217;entretien\r\n  du   toit &amp; murs "}))["object"]
        == "Travaux d’entretien du toit & murs"
    )


def test_a_lost_letter_stays_lost(build: Build):
    assert spend(build({"object": "Soci�t�"}))["object"] == "Soci�t�"


# Family 12: vocabulary.
@pytest.mark.parametrize(
    ("text", "procedure"),
    [
        ("Appel d offres ouvert", "Appel d'offres ouvert"), ("MAPA", "Procédure adaptée"), ("Sur devis", "Autre"), (None, None),
        ("Procédure concurrentielle avec négociation", "Procédure avec négociation"),
    ],
)  # fmt: skip
def test_procedures_are_a_closed_list(build: Build, text: str | None, procedure: str | None):
    assert spend(build({"procedure": text}))["procedure"] == procedure


# Family 13: communes of another year.
def test_an_absorbed_commune_is_on_the_map(build: Build):
    row = spend(build({"buyer_id": "13000548100010", "buyer_name": "DREAL", "buyer_commune_code": "25297"}))
    assert (row["buyer_commune_code"], row["buyer_department_code"]) == ("25364", "25")


# Family 15: persons.
@pytest.mark.parametrize(
    ("name", "is_person"),
    [
        ("MME DUPONT CLAIRE", True),
        ("MARTIN SOPHIE", True),
        ("DURAND JEAN EI", True),
        ("SARL MARTIN", False),
        ("COLAS FRANCE", False),
        ("HERVE THERMIQUE", False),
        ("ALBERT ET RATTIN", False),
        ("M G B", False),
    ],
)
def test_natural_persons_are_told_from_firms(build: Build, name: str, is_person: bool):
    assert spend(build({"supplier_name": name}))["is_sole_trader"] is is_person


def test_buyer_types(build: Build):
    names = {
        "Préfecture de la région Bourgogne-Franche-Comté": "prefecture", "DDTM des Bouches-du-Rhône": "state_service",
        "Rectorat de Besançon": "education", "Tribunal judiciaire de Dijon": "justice", "Université de Bourgogne": "university",
        "CHU de Besançon": "hospital", "Parc national du Mercantour": "public_body", "Commune d'Aix": "local_authority", "SEM Habitat": "other",
    }  # fmt: skip
    sirens = {"Parc national du Mercantour": "18060001000013"}
    con = build(
        *({"contract_id": str(i), "buyer_name": name, "buyer_id": sirens.get(name)} for i, name in enumerate(names))
    )
    assert dict(con.execute("select distinct buyer_name, buyer_type from spend").fetchall()) == names


@settings(max_examples=25, deadline=None)
@given(st.lists(st.fixed_dictionaries({
    "contract_id": st.sampled_from(["1", "2", None]), "amount": st.sampled_from(["10", "20,5", "999999999", None]),
    "supplier_id": st.sampled_from(["80268496900016", "42399908500057", None]), "notified_on": st.sampled_from(["2025-01-01", "02/02/2025", "x"]),
    "modification_id": st.sampled_from([None, "0", "1"]), "_file": st.integers(1, 3), "object": st.sampled_from(["a", "b", None]),
    "grain": st.sampled_from(["contract", "payment"]), "buyer_id": st.sampled_from(["21130055300016", None]), "buyer_name": st.sampled_from(["V", None]),
}), min_size=1, max_size=12))  # fmt: skip
def test_every_row_is_accounted_for_once(rows: list[dict[str, object]]):
    """The identity and the checks hold whatever the rows: ``build`` raises otherwise."""
    from tests.conftest import build as fixture

    maker = fixture.__wrapped__() if hasattr(fixture, "__wrapped__") else fixture._fixture_function()
    con = next(maker)(*rows)
    report = con.execute(
        "select sum(rows_read), sum(rows_kept + rows_quarantined + rows_merged) from file_report"
    ).fetchall()[0]
    assert report == (len(rows), len(rows))
    assert con.execute("select count(*) from spend").fetchall()[0][0] == statuses(con).get("kept", 0)
    maker.close()
