"""How levers are arranged, on the screen, in exports and in the method page: by the question they answer."""

from collections.abc import Mapping

# The levers a steering committee moves come first and always show; the others open on demand.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "Principaux": ("rigidite", "taux", "adhesion", "trimestre", "montee", "decoupage", "lots", "effet"),
    "Souplesse": ("volontaires", "partenaires", "sortie"),
    "Prix et prudence": ("concentration", "residuel", "malus", "volume", "quantile", "comparabilite", "correlation"),
    "Calendrier": ("preparation", "duree", "horizon", "actualisation"),
    "Temps et coûts": ("procedure", "jours", "offre", "offres", "cout_lancement", "cout_lot", "cout_membre", "cout_suivi"),
    "PFRA et PME": ("acheteurs", "jours_accord", "procedures_an", "pme", "baisse_pme"),
}  # fmt: skip
MAIN = next(iter(GROUPS))
