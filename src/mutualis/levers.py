"""Each lever once: key, label, help, unit, presets, range, step, source. No default stands anywhere else.

Sliders, addresses, command line, method page and exports all read ``LEVERS`` and ``FAMILIES``; a scenario's
values are a ``Levers``, built from a preset and checked by ``build``. A preset is one column of the table.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from mutualis.errors import ScenarioError
from mutualis.lever import Family, Lever, Value

Preset = Literal["prudent", "central", "ambitieux"]
PRESETS: tuple[Preset, Preset, Preset] = ("prudent", "central", "ambitieux")
REFERENCE: Preset = "central"

JUDGED = "Jugement d'expert, à recaler sur les données de la DAE"
_GOODS = Family(0.5, (0.01, 0.025, 0.05), (0.06, 0.15, 0.25))
_BRAINS = Family(0.3, (0.0, 0.008, 0.02), (0.01, 0.05, 0.10))
FAMILIES: Mapping[str, Family] = {
    "FOU": _GOODS,
    "NUM": Family(0.3, (0.008, 0.02, 0.04), (0.05, 0.12, 0.20)),
    "ENE": Family(0.5, (0.0, 0.005, 0.01), (0.01, 0.03, 0.05)),
    "ENT": Family(0.5, (0.003, 0.01, 0.02), (0.02, 0.06, 0.10)),
    "INT": _BRAINS,
    "VEH": Family(0.4, (0.003, 0.015, 0.03), (0.03, 0.08, 0.15)),
    "TRX": Family(0.2, (0.0, 0.005, 0.015), (0.01, 0.03, 0.08)),
    "ALI": _GOODS, "SAN": _GOODS, "COM": _BRAINS, "SOC": _BRAINS, "IMM": _BRAINS,
}  # fmt: skip

_SHARE, _EUR, _ANY = (0.0, 1.0, 0.05), (0.0, 50_000.0, 250.0), (0.0, 0.0, 0.0)
# fmt: off
LEVERS: tuple[Lever, ...] = (
    Lever("taux", "pooling_rate", "percent", "Taux de mutualisation", "%", (0.6, 0.8, 1.0), _SHARE,
          "Part de la dépense mutualisable que les entités membres confient à l'accord-cadre (ρ).", JUDGED),
    Lever("adhesion", "utilisation", "percent", "Taux d'adhésion", "%", (0.5, 0.65, 0.85), _SHARE,
          "Part de cette dépense réellement passée par l'accord-cadre (κ).",
          "Hansel (Finlande) : 33 % en 2006, 59 à 68 % en 2009-2013"),
    Lever("rigidite", "obligation", "percent", "Souple ↔ rigide", "%", (0.5, 1.0, 1.0), (0.0, 1.0, 0.1),
          "Part des services de l'État tenus d'adhérer ; les autres sont volontaires, comme les établissements "
          "publics.", "Expérimentation PFRA de 2019 : adhésion de principe des services de l'État"),
    Lever("volontaires", "volunteers", "percent", "Volontaires qui adhèrent", "%", (0.33, 0.6, 0.68), (0.0, 1.0, 0.01),
          "Chance qu'une entité libre de son choix adhère.", "Hansel : 33 % (2006), 59 à 68 % (2009-2013)"),
    Lever("partenaires", "partners", "choice", "Partenaires invités", "", ("none", "none", "none"), _ANY,
          "Hôpitaux et collectivités : invités comme volontaires, ou hors du périmètre.", "Choix du projet",
          (("none", "Aucun"), ("hospital", "Hôpitaux"), ("local_authority", "Collectivités"), ("all", "Tous"))),
    Lever("sortie", "exit_clause", "bool", "Clause de sortie", "", (False, False, False), _ANY,
          "Les volontaires que l'accord-cadre ferait perdre le quittent, jusqu'à ce que plus aucun ne perde.",
          "Modèle F19"),
    Lever("effet", "price_effect", "choice", "Effet prix", "", PRESETS, _ANY,
          "Jeu de remises par doublement (δ) et de plafonds (λ) par famille.", JUDGED,
          (("prudent", "Prudent"), ("central", "Central"), ("ambitieux", "Ambitieux"))),
    Lever("concentration", "supply_concentration", "number", "Poids de la concentration de l'offre", "",
          (1.0, 0.5, 0.0), _SHARE, "Combien le plafond de remise baisse quand l'offre est concentrée (β).",
          "Dubois, Lefouili, Straub ; " + JUDGED),
    Lever("residuel", "residual_loss", "percent", "Perte sur le volume laissé", "%", (1.0, 0.5, 0.0), _SHARE,
          "Part de la perte d'échelle, sur ce qui n'est pas mutualisé, qui se réalise (ψ).", JUDGED),
    Lever("malus", "malus", "percent", "Malus", "%", (0.02, 0.0, 0.0), (0.0, 0.1, 0.005),
          "Surcoût de concurrence, de logistique et de distance, en part de la dépense mutualisée (χ).",
          "Petersen, Jensen, Bhatti : essai danois sans économie ; " + JUDGED),
    Lever("volume", "volume_mode", "choice", "Volume pris en compte par l'offre", "",
          ("prudent", "announced", "announced"), _ANY, "Annoncé en entier, ou pondéré par la durée d'achat restante.",
          "Modèle F4 et F4b", (("announced", "Annoncé"), ("prudent", "Prudent"))),
    Lever("trimestre", "launch_quarter", "int", "Début de l'accord-cadre", "trimestres", (4, 4, 4), (0, 16, 1),
          "Trimestres entre la date des données et le début de l'accord-cadre (t_c).", "Choix du projet"),
    Lever("preparation", "lead_quarters", "int", "Préparation", "trimestres", (3, 2, 2), (0, 8, 1),
          "Trimestres entre le lancement de la procédure et le début de l'accord-cadre.", JUDGED),
    Lever("montee", "ramp_quarters", "int", "Montée en charge", "trimestres", (8, 4, 2), (1, 16, 1),
          "Trimestres pour atteindre le plein effet après l'entrée d'un marché (R).", JUDGED),
    Lever("duree", "framework_years", "int", "Durée de l'accord-cadre", "ans", (4, 4, 4), (1, 8, 1),
          "Au-delà de 4 ans, il faut le justifier.", "Code de la commande publique, L2125-1"),
    Lever("decoupage", "territory", "choice", "Découpage", "", ("region", "region", "region"), _ANY,
          "Territoire d'un lot ; chaque région a ses procédures, sauf pour un accord-cadre interrégional.",
          "Choix du projet",
          (("perimeter", "Interrégional"), ("region", "Par région"), ("department", "Par département"))),
    Lever("lots", "lots", "int", "Lots par territoire", "lots", (1, 1, 1), (1, 20, 1),
          "Chaque territoire est divisé en ce nombre de lots, de volumes voisins (L).",
          "Allotissement : L2113-10 du code de la commande publique"),
    Lever("procedure", "procedure_eur", "eur", "Coût d'une procédure évitée", "€", (3_000.0, 6_000.0, 12_000.0), _EUR,
          "Temps d'agents que coûte une procédure à une entité (c_own).", "Sénat 2015 : environ 6 k€ complets"),
    Lever("jours", "procedure_days", "number", "Jours d'une procédure évitée", "jours", (22.0, 22.0, 22.0),
          (0.0, 100.0, 1.0), "Jours d'agents que demande une procédure à une entité (d_own).",
          "Sénat 2015 : 19 à 22 jours"),
    Lever("offre", "bid_eur", "eur", "Coût d'une offre", "€", (4_000.0, 4_000.0, 4_000.0), _EUR,
          "Ce qu'une offre coûte à une entreprise (c_bid) ; montré à part.", "Sénat 2015 : 4 k€ par offre"),
    Lever("offres", "bids", "number", "Offres par procédure", "offres", (3.2, 3.2, 3.2), (1.0, 20.0, 0.1),
          "Nombre moyen d'offres reçues.", "Cour des comptes européenne, rapport 28/2023"),
    Lever("cout_lancement", "launch_eur", "eur", "Coût d'un accord-cadre", "€", (12_000.0, 8_000.0, 6_000.0), _EUR,
          "Temps d'agents d'une procédure mutualisée (k_fix).", "À remplacer par les relevés de temps des PFRA"),
    Lever("cout_lot", "lot_eur", "eur", "Coût par lot", "€", (3_000.0, 2_000.0, 1_000.0), _EUR,
          "Par lot, à chaque passation (k_lot).", "À remplacer par les relevés de temps des PFRA"),
    Lever("cout_membre", "member_eur", "eur", "Coût par membre", "€", (1_000.0, 500.0, 250.0), _EUR,
          "Recueil du besoin et conduite du changement, par entité (k_mem).",
          "À remplacer par les relevés de temps des PFRA"),
    Lever("cout_suivi", "running_eur", "eur", "Suivi d'un lot", "€/an", (3_000.0, 1_500.0, 750.0), _EUR,
          "Suivi de l'exécution, par lot et par an (k_run).", "À remplacer par les relevés de temps des PFRA"),
    Lever("acheteurs", "platform_agents", "number", "Acheteurs de la PFRA", "agents", (10.0, 10.0, 10.0),
          (0.0, 100.0, 1.0), "Acheteurs à plein temps, toutes régions du périmètre.", "À remplacer par l'effectif réel"),
    Lever("jours_accord", "framework_days", "number", "Jours d'un accord-cadre", "jours", (60.0, 40.0, 30.0),
          (0.0, 200.0, 5.0), "Jours d'acheteur d'une procédure mutualisée.", JUDGED),
    Lever("procedures_an", "platform_procedures", "number", "Procédures de la PFRA par an", "procédures",
          (100.0, 100.0, 100.0), (1.0, 400.0, 1.0), "Capacité annuelle de la plateforme.",
          "Pilotes PACA et BFC 2019 : de 20 à environ 400 marchés par an"),
    Lever("pme", "sme_sensitivity", "number", "Sensibilité des PME à la taille", "", (0.5, 0.3, 0.15),
          (0.0, 2.0, 0.05), "Combien la part PME baisse quand le lot grandit (b).", JUDGED),
    Lever("baisse_pme", "sme_drop", "percent", "Garde-fou PME", "%", (0.05, 0.1, 0.15), (0.01, 0.5, 0.01),
          "Baisse admise de la part PME d'un lot, en points.", "Choix du projet"),
    Lever("quantile", "target_quantile", "percent", "Prix cible", "%", (0.25, 0.25, 0.25), (0.05, 0.5, 0.05),
          "Part des quantités achetées au prix cible ou moins (τ) ; jamais le minimum.", "Modèle F7"),
    Lever("comparabilite", "comparability", "percent", "Comparabilité des prix", "%", (0.5, 0.5, 0.5), _SHARE,
          "Part de l'écart de prix tenue pour réelle (r).", JUDGED),
    Lever("correlation", "error_correlation", "percent", "Corrélation des erreurs", "%", (0.5, 0.5, 0.5), _SHARE,
          "Part commune de l'incertitude sur l'effet prix des familles (ρ_e).", "Modèle F15"),
    Lever("horizon", "horizon_quarters", "int", "Horizon", "trimestres", (20, 20, 20), (4, 40, 1),
          "Trimestres comptés depuis la date des données (T).", "Choix du projet"),
    Lever("actualisation", "discount_rate", "percent", "Taux d'actualisation", "%", (0.032, 0.032, 0.032),
          (0.0, 0.1, 0.001), "Taux réel annuel (r).", "Taux public français, à vérifier"),
)
# fmt: on
BY_KEY: Mapping[str, Lever] = {lever.key: lever for lever in LEVERS}


@dataclass(frozen=True)
class Levers:
    """The values of all levers, by attribute name; ``LEVERS`` says what each means and its unit."""

    pooling_rate: float
    utilisation: float
    obligation: float
    volunteers: float
    partners: str
    exit_clause: bool
    price_effect: str
    supply_concentration: float
    residual_loss: float
    malus: float
    volume_mode: str
    launch_quarter: int
    lead_quarters: int
    ramp_quarters: int
    framework_years: int
    territory: str
    lots: int
    procedure_eur: float
    procedure_days: float
    bid_eur: float
    bids: float
    launch_eur: float
    lot_eur: float
    member_eur: float
    running_eur: float
    platform_agents: float
    framework_days: float
    platform_procedures: float
    sme_sensitivity: float
    sme_drop: float
    target_quantile: float
    comparability: float
    error_correlation: float
    horizon_quarters: int
    discount_rate: float

    def with_values(self, values: Mapping[str, object]) -> "Levers":
        """Change some levers.

        Args:
            values: new value by French key (``taux``, ``adhesion``…).

        Returns:
            New levers.

        Raises:
            ScenarioError: an unknown key or a value out of range.

        Example:
            >>> preset("central").with_values({"taux": 0.5}).pooling_rate
            0.5
        """
        changed: dict[str, Any] = {_lever(key).name: _lever(key).checked(value) for key, value in values.items()}
        return replace(self, **changed)

    def by_key(self) -> dict[str, Value]:
        """Give the values by French key, in the order of ``LEVERS``."""
        return {lever.key: getattr(self, lever.name) for lever in LEVERS}

    def changes(self, since: "Levers") -> dict[str, Value]:
        """Give by French key the values that differ from other levers: what an address needs to hold."""
        other = since.by_key()
        return {key: value for key, value in self.by_key().items() if value != other[key]}


def preset(name: str) -> Levers:
    """Build the levers of a preset.

    Args:
        name: "prudent", "central" or "ambitieux".

    Returns:
        The levers.

    Raises:
        ScenarioError: no such preset.

    Example:
        >>> preset("central").utilisation
        0.65
    """
    if name not in PRESETS:
        raise ScenarioError(
            f"Le préréglage «\u202f{name}\u202f» n'existe pas\u202f: choisissez prudent, central ou ambitieux."
        )
    side = PRESETS.index(name)
    values: dict[str, Any] = {lever.name: lever.presets[side] for lever in LEVERS}
    return Levers(**values)


def build(values: Mapping[str, object], base: str) -> Levers:
    """Build levers from a preset and the values that differ from it.

    Args:
        values: value by French key.
        base: the preset's name.

    Returns:
        The levers.

    Raises:
        ScenarioError: an unknown preset or key, or a value out of range.

    Example:
        >>> build({"montee": 6}, "prudent").ramp_quarters
        6
    """
    return preset(base).with_values(values)


def _lever(key: str) -> Lever:
    if key not in BY_KEY:
        raise ScenarioError(
            f"Le levier «\u202f{key}\u202f» n'existe pas\u202f: les leviers connus sont {', '.join(BY_KEY)}."
        )
    return BY_KEY[key]
