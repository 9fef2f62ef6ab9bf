"""The command line's part about moves by hand: ``segments list|move|undo|apply|export``."""

import argparse
import json
from pathlib import Path
from typing import Any

from mutualis import formats, reclassification, segment_moves, warehouse
from mutualis.cli_common import Command, write_file
from mutualis.config import settings
from mutualis.errors import MoveError
from mutualis.segment_moves import Entry, MoveJournal


def add_commands(commands: Any, command: Command) -> None:
    """Add the commands to the parser."""
    many = command(commands, "segments", _list, "reclassements à la main, journalisés et réversibles")
    actions = many.add_subparsers(dest="action", required=True, metavar="ACTION")
    shown = command(actions, "list", _list, "montre le journal")
    shown.add_argument("--json", action="store_true", help="en JSON")
    put = command(actions, "move", _move, "met dans un autre segment les lignes d'un code CPV ou d'un fournisseur")
    what = put.add_mutually_exclusive_group(required=True)
    what.add_argument("--cpv", metavar="CODE", help="code CPV, à huit chiffres")
    what.add_argument("--supplier", metavar="CLE", help="SIREN ou clé du fournisseur")
    put.add_argument(
        "--within",
        default="",
        metavar="SEGMENT",
        help="seulement les lignes du fournisseur dans ce segment (« - » : non classées)",
    )
    put.add_argument("--to", required=True, metavar="SEGMENT", help="code du segment")
    _sign(put)
    back = command(actions, "undo", _undo, "annule un reclassement")
    back.add_argument("id", metavar="ID", help="identifiant, ou son début")
    _sign(back)
    command(actions, "apply", _apply, "met le jeu en service en accord avec le journal")
    command(actions, "export", _export, "écrit le journal en CSV").add_argument("path", type=Path, metavar="FICHIER")


def _sign(command: argparse.ArgumentParser) -> None:
    command.add_argument("--author", required=True, metavar="NOM", help="qui")
    command.add_argument("--reason", required=True, metavar="MOTIF", help="pourquoi")


def _list(options: argparse.Namespace) -> None:
    journal = _journal().entries()
    holds = {entry.id for entry in segment_moves.moves_in_force(journal)}
    if options.json:
        rows = [vars(entry) | {"at": entry.at.isoformat(), "in_force": entry.id in holds} for entry in journal]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for entry in journal:
        print(
            f"{entry.id[:8]}  {entry.at:%d/%m/%Y %H:%M}  {entry.author}  {entry.kind} {entry.code}"
            f"{f' ({entry.within})' if entry.within else ''}  "
            f"{entry.before or 'non classé'} → {entry.after or 'non classé'}  {segment_moves.state(entry, holds)}  {entry.reason}"
        )
    if not journal:
        print("Aucun reclassement à la main.")


def _move(options: argparse.Namespace) -> None:
    kind, code = ("cpv", options.cpv) if options.cpv else ("supplier", options.supplier)
    home = settings().home
    with warehouse.open_version(home) as con:
        found = reclassification.preview(con.cursor(), kind, code, options.to, options.within)
    if found.empty:
        raise MoveError(f"Aucune ligne n'a «\u202f{code}\u202f» dans le jeu en service.")
    moving = reclassification.changing(found)
    before = moving["segment"].fillna("")
    entry = segment_moves.move(kind, code, before, options.to, options.author, options.reason, options.within)
    version = reclassification.write_move(home, _journal(), entry)
    print(
        f"{formats.plural(int(moving['n_rows'].sum()), 'ligne passe', 'lignes passent')} dans {entry.after} "
        f"({formats.euros(moving['spend_eur'].sum())}). Jeu en service : {version}"
    )


def _undo(options: argparse.Namespace) -> None:
    journal = _journal()
    entry: Entry = segment_moves.undo(journal.get(options.id), options.author, options.reason)
    print(f"Annulé. Jeu en service : {reclassification.write_move(settings().home, journal, entry)}")


def _apply(options: argparse.Namespace) -> None:
    print(f"Jeu en service : {reclassification.catch_up(settings().home, _journal())}")


def _export(options: argparse.Namespace) -> None:
    write_file(options.path, segment_moves.as_csv(_journal().entries()))


def _journal() -> MoveJournal:
    return MoveJournal(settings().scenarios_url)
