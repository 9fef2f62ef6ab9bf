"""The command line: the same layers as the screens, for analysts and nightly jobs.

Exit codes: 0 done, 1 bad input (one French sentence on stderr), 2 wrong usage.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from mutualis import cli_query, cli_scenarios, cli_segments, demo, formats, load, quality, queries, sources, warehouse
from mutualis.config import settings
from mutualis.errors import MutualisError
from mutualis.segment_moves import MoveJournal, Rule, in_force

TABLE_ROWS = 40


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: the words after ``mutualis``; those of the process by default.

    Returns:
        The exit code.
    """
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except MutualisError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # « | head » closed the pipe
        sys.stderr.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mutualis", description="Tester la mutualisation territoriale des achats.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMANDE")

    command = _command(commands, "demo", _demo, "génère et charge les données de démonstration")
    command.add_argument(
        "--rows", type=_positive, default=demo.DEFAULT_ROWS, help="nombre de lignes (défaut : %(default)s)"
    )
    command.add_argument("--seed", type=int, default=demo.DEFAULT_SEED, help="graine (défaut : %(default)s)")
    command.add_argument("--json", action="store_true", help="rapport en JSON")

    command = _command(commands, "import", _import, "charge des fichiers de dépenses")
    command.add_argument("paths", nargs="+", metavar="CHEMIN", help="fichier, dossier, zip ou adresse http(s)")
    command.add_argument("--mapping", type=Path, metavar="FICHIER", help="correspondance des colonnes (TOML)")
    mode = command.add_mutually_exclusive_group()
    mode.add_argument("--replace", action="store_true", help="remplace le jeu en service (défaut)")
    mode.add_argument("--append", action="store_true", help="ajoute au jeu en service")
    command.add_argument("--json", action="store_true", help="rapport en JSON")
    command.add_argument(
        "--progress", action="store_true", help="avancement sur la sortie d'erreur, une ligne JSON par étape"
    )

    command = _command(commands, "quality", _quality, "qualité du jeu en service, par région et département")
    command.add_argument("--json", action="store_true", help="en JSON")

    command = _command(commands, "datasets", _datasets, "versions conservées")
    command.add_argument("--use", metavar="VERSION", help="remet cette version en service")
    command.add_argument("--json", action="store_true", help="en JSON")

    command = _command(commands, "query", _query, "exécute une requête de sql/queries")
    command.add_argument("name", metavar="NOM", help=", ".join(queries.query_names()))
    command.add_argument(
        "--param", nargs="+", action="extend", default=[], metavar="k=v", help="liste : a,b,c ; date : AAAA-MM-JJ"
    )
    command.add_argument("--format", choices=["table", "csv", "json"], default="table")
    cli_scenarios.add_commands(commands, _command)
    cli_segments.add_commands(commands, _command)
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], None],
    text: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text, description=text.capitalize() + ".")
    command.set_defaults(run=run)
    return command


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("un nombre d'au moins 1 est attendu")
    return number


def _demo(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = demo.generate(Path(folder), rows=options.rows, seed=options.seed)
        tables = [file for file in files if file.suffix == ".parquet"]
        report = load.import_files(settings().home, tables, as_of=demo.AS_OF, is_demo=True, rules=_rules)
    _print_report(report, options.json)


def _import(options: argparse.Namespace) -> None:
    mapping = sources.load_mapping(options.mapping) if options.mapping else None
    report = load.import_files(
        settings().home,
        options.paths,
        mapping=mapping,
        append=options.append,
        rules=_rules,
        progress=_print_progress if options.progress else lambda share, step: None,
    )
    _print_report(report, options.json)


def _rules() -> list[Rule]:
    return in_force(MoveJournal(settings().scenarios_url).entries())


def _print_progress(share: float, step: str) -> None:
    print(json.dumps({"share": round(share, 4), "step": step}, ensure_ascii=False), file=sys.stderr, flush=True)


def _print_report(report: load.ImportReport, as_json: bool) -> None:
    if as_json:
        return _print_json(report.as_dict())
    for file in report.files:
        print(
            f"{file.file} : {formats.count(file.rows_read)} lignes lues = {formats.count(file.rows_kept)} retenues"
            f" + {formats.count(file.rows_quarantined)} en quarantaine + {formats.count(file.rows_merged)} fusionnées"
        )
        if file.replacement_characters:
            print(
                f"  {formats.count(file.replacement_characters)} lettres déjà perdues dans le fichier (U+FFFD), laissées telles quelles"
            )
    for name, why in report.skipped:
        print(f"{name} : laissé de côté, {why}")
    print(f"Jeu en service : {report.dataset_version}")
    return None


def _quality(options: argparse.Namespace) -> None:
    with warehouse.open_version(settings().home) as con:
        if options.json:
            return _print_json(quality.report(con))
        _print_frame(queries.quality_by_place(con.cursor()), "table")
        return _print_frame(queries.quality_flags(con.cursor()), "table")


def _datasets(options: argparse.Namespace) -> None:
    home = settings().home
    if options.use:
        warehouse.use_version(home, options.use)
    current = warehouse.current_version(home)
    rows: list[dict[str, Any]] = [
        {
            "version": found.version,
            "current": found.version == current,
            "created_at": found.created_at.isoformat(),
            "as_of": found.as_of.isoformat(),
            "is_demo": found.is_demo,
            "rows": found.n_spend,
            "sources": list(found.sources),
        }
        for found in warehouse.list_versions(home)
    ]
    if options.json:
        return _print_json(rows)
    if not rows:
        print("Aucun jeu de données : lancez « mutualis demo » ou « mutualis import FICHIER ».")
    for row in rows:
        mark = "*" if row["current"] else " "
        sources_text = ", ".join(row["sources"])
        print(f"{mark} {row['version']}  {row['created_at']}  {formats.count(row['rows'])} lignes  {sources_text}")
    return None


def _query(options: argparse.Namespace) -> None:
    given = cli_query.parameters(options.name, options.param)
    with warehouse.open_version(settings().home) as con:
        if given.get("as_of", con) is None:
            given["as_of"] = warehouse.describe(con).as_of
        _print_frame(queries.run_typed(con.cursor(), options.name, **given), options.format)


def _print_frame(frame: pd.DataFrame, form: str) -> None:
    if form == "json":
        _print_json(quality.records(frame))
    elif form == "csv":
        print(frame.to_csv(index=False), end="")
    else:
        with pd.option_context("display.max_rows", TABLE_ROWS, "display.max_columns", None, "display.width", 200):
            print(frame.to_string(index=False, max_rows=TABLE_ROWS) if len(frame) else "Aucune ligne.")


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


if __name__ == "__main__":
    sys.exit(main())
