"""Every check must fail on a planted fault: a check that cannot fail protects nothing."""

import pytest

from mutualis import warehouse
from mutualis.errors import WarehouseError
from tests.conftest import Build

FAULTS = {
    "records_are_accounted_for": "update file_report set rows_kept = rows_kept + 1",
    "records_count_once": "delete from spend_fact where spend_id = (select max(spend_id) from spend_fact)",
    "money_reconciles": "update spend_fact set amount_eur = amount_eur + 0.01",
    "contracts_count_once": "update status set status = 'merged'",
    "sums_reconcile": "update spend_sum_fact set amount_eur = amount_eur + 0.01",
    "ceilings_are_not_spend": "update spend_fact set is_ceiling = true",
    "segments_follow_moves": "update spend_fact set segment = 'ENT-GAR'",
    "spend_rows_are_unique": "insert into spend_fact select * from spend_fact",
}


def test_every_check_has_its_fault():
    assert {name for name, _ in warehouse.statements("checks")} == set(FAULTS)


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_seen(build: Build, name: str):
    con = build({}, {"contract_id": "2", "amount": "300"})
    warehouse.run_checks(con)
    con.execute(FAULTS[name])
    broken = dict(warehouse.statements("checks"))[name]
    assert con.execute(broken).fetchall()
    with pytest.raises(WarehouseError, match="Contrôle"):
        warehouse.run_checks(con)
