"""Warnings: what should make one doubt a scenario, in French sentences."""

from collections.abc import Sequence

import numpy as np

from mutualis.scenario.pooling import Pooling
from mutualis.scenario.results import PurchaseSaving, SmallFirms, Workload

DAE_RATIO = 0.0075  # State, 2024: 360 M€ on 47.9 Md€, all levers; DAE, quoted by Le Moniteur
PLAUSIBLE_RATE = 0.10  # of moved spend; design model, "Plausibility"


def warnings(pooling: Pooling, purchase: PurchaseSaving, firms: SmallFirms, load: Workload) -> Sequence[str]:
    """Say what is implausible or missing in a scenario.

    Args:
        pooling: the pools.
        purchase: the économie achat.
        firms: the guard-rail.
        load: the PFRA's workload.

    Returns:
        French sentences, the gravest first.

    Source: design model §2, "Plausibility"; product, "Rules".
    """
    cells, moved = pooling.cells, float(pooling.stakes.moved.sum())
    found = []
    if not cells.spend.any():
        found.append("La dépense du périmètre est nulle\u202f: il n'y a rien à mutualiser.")
    elif not moved:
        found.append(
            "Aucune dépense n'entre dans l'accord-cadre\u202f: vérifiez l'adhésion, les taux et le calendrier."
        )
    elif not pooling.pools.is_open.any():
        found.append("Chaque segment n'a qu'une entité membre\u202f: sans deux membres, il n'y a pas de mutualisation.")
    if moved and purchase.gross > PLAUSIBLE_RATE * moved:
        found.append(
            "Le scénario annonce plus de 10\u202f% de la dépense mutualisée\u202f: la DAE mesure 0,75\u202f% de la dépense, "
            "tous leviers confondus."
        )
    if cells.spend.any() and np.isnan(cells.end_quarter[cells.spend > 0]).all():
        found.append(
            "Aucune date de fin n'est connue\u202f: les entrées sont supposées étalées sur la durée des marchés."
        )
    if firms.is_broken.any():
        count = int(firms.is_broken.sum())
        found.append(f"Garde-fou PME franchi dans {count} segment{'s' if count > 1 else ''}\u202f: augmentez les lots.")
    if load.is_over.size:
        found.append("La charge de la PFRA dépasse sa capacité\u202f: échelonnez les lancements.")
    return found
