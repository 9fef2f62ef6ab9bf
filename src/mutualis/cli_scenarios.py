"""The command line's part about scenarios: ``simulate`` and ``scenarios list|show|export|import``."""

import argparse
import json
from pathlib import Path
from typing import Any

from mutualis import formats, queries, scenario_file, simulation, simulation_report, warehouse
from mutualis.cli_common import Command, write_file
from mutualis.config import settings
from mutualis.exports import scenario_book
from mutualis.scenario_file import Scenario
from mutualis.scenario_store import Saved, ScenarioStore
from mutualis.simulation_report import Outcome


def add_commands(commands: Any, command: Command) -> None:
    """Add the commands to the parser."""
    one = command(commands, "simulate", _simulate, "simule un scénario sur le jeu en service")
    one.add_argument("path", type=Path, metavar="SCENARIO", help="fichier TOML ou JSON")
    one.add_argument("--json", action="store_true", help="en JSON")
    one.add_argument("--xlsx", type=Path, metavar="FICHIER", help="écrit aussi le classeur du scénario")
    many = command(commands, "scenarios", _list, "scénarios enregistrés")
    actions = many.add_subparsers(dest="action", required=True, metavar="ACTION")
    shown = command(actions, "list", _list, "les liste")
    shown.add_argument("--json", action="store_true", help="en JSON")
    command(actions, "show", _show, "montre un scénario").add_argument("key", metavar="NOM", help="nom ou identifiant")
    export = command(actions, "export", _export, "écrit un scénario dans un fichier (TOML, ou JSON selon le suffixe)")
    export.add_argument("key", metavar="NOM", help="nom ou identifiant")
    export.add_argument("path", type=Path, metavar="FICHIER")
    command(actions, "import", _import, "enregistre le scénario d'un fichier").add_argument(
        "path", type=Path, metavar="FICHIER"
    )


def simulate_in_use(scenario: Scenario) -> tuple[Outcome, warehouse.Dataset]:
    """Simulate a scenario on the version in use.

    Raises:
        WarehouseError: no data.
        ScenarioError: as ``simulation.run``.
    """
    perimeter = scenario.perimeter
    with warehouse.open_version(settings().home) as con:
        dataset = warehouse.describe(con)
        found = queries.scenario_spend(con.cursor(), perimeter.grain, perimeter.regions, perimeter.start, perimeter.end)
    return simulation_report.outcome(simulation.build_base(found, dataset.as_of), scenario), dataset


def _simulate(options: argparse.Namespace) -> None:
    out, dataset = simulate_in_use(scenario_file.read_file(options.path))
    if options.xlsx:
        write_file(options.xlsx, scenario_book.write(out, dataset))
    if options.json:
        print(json.dumps(simulation_report.as_dict(out, dataset.version), ensure_ascii=False, indent=2))
        return
    result, spans = out.found.result, out.spans
    delta, kappa = out.thresholds.delta, out.thresholds.utilisation
    lines = [
        ("Scénario", f"{out.scenario.name}, sur la version {dataset.version}{' (démonstration)' if dataset.is_demo else ''}"),
        ("Seuil, remise par doublement", "jamais atteint" if delta is None else formats.percent(delta, 2)),
        ("Seuil, taux d'adhésion", "jamais atteint" if kappa is None else formats.percent(kappa, 0)),
        ("Économie achat, 12 mois", f"{formats.full_euros(result.purchase.twelve_months)} ({formats.span(spans.purchase.p10, spans.purchase.p90)})"),
        ("Économie achat, durée totale", formats.full_euros(result.purchase.full_term)),
        ("Effet budgétaire, par an", f"{formats.full_euros(result.budget.yearly)} ({formats.span(spans.budget.p10, spans.budget.p90)})"),
        ("Gain de gestion, par an", f"{formats.decimal(result.process.fte)} ETP, {formats.count(result.process.hours)} h redéployables"),
        ("Résultat économique, actualisé", f"{formats.full_euros(result.npv)} ({formats.span(spans.npv.p10, spans.npv.p90)})"),
        *(("Attention", warning) for warning in result.warnings),
    ]  # fmt: skip
    for label, text in lines:
        print(f"{label} : {text}")


def _list(options: argparse.Namespace) -> None:
    saved = _store().all()
    if options.json:
        print(json.dumps([_summary(one) for one in saved], ensure_ascii=False, indent=2))
        return
    for one in saved:
        print(f"{one.id}  {one.scenario.name}  {one.scenario.author}  {one.updated_at:%d/%m/%Y %H:%M}")
    if not saved:
        print("Aucun scénario enregistré : écran Simulateur, ou « mutualis scenarios import FICHIER ».")


def _show(options: argparse.Namespace) -> None:
    print(scenario_file.as_toml(_store().get(options.key).scenario), end="")


def _export(options: argparse.Namespace) -> None:
    scenario = _store().get(options.key).scenario
    as_json = options.path.suffix.lower() == ".json"
    text = json.dumps(scenario.as_dict(), ensure_ascii=False, indent=2) if as_json else scenario_file.as_toml(scenario)
    write_file(options.path, text.encode())
    print(f"{options.path} : {scenario.name}")


def _import(options: argparse.Namespace) -> None:
    saved = _store().save(scenario_file.read_file(options.path))
    print(f"{saved.id}  {saved.scenario.name}")


def _store() -> ScenarioStore:
    return ScenarioStore(settings().scenarios_url)


def _summary(one: Saved) -> dict[str, Any]:
    return {
        "id": one.id, "nom": one.scenario.name, "auteur": one.scenario.author, "donnees": one.scenario.dataset_version,
        "cree_le": one.created_at.isoformat(), "modifie_le": one.updated_at.isoformat(), "revision": one.revision,
    }  # fmt: skip
