"""The demo's buyers and suppliers."""

from dataclasses import dataclass

import numpy as np

from mutualis.demo.market import MARKETS

PREFECTURES = {
    "93": {"04": ("04070", "Alpes-de-Haute-Provence"), "05": ("05061", "Hautes-Alpes"), "06": ("06088", "Alpes-Maritimes"),
           "13": ("13055", "Bouches-du-Rhône"), "83": ("83137", "Var"), "84": ("84007", "Vaucluse")},
    "27": {"21": ("21231", "Côte-d'Or"), "25": ("25056", "Doubs"), "39": ("39300", "Jura"), "58": ("58194", "Nièvre"),
           "70": ("70550", "Haute-Saône"), "71": ("71270", "Saône-et-Loire"), "89": ("89024", "Yonne"), "90": ("90010", "Territoire de Belfort")},
}  # fmt: skip
REGION_NAMES = {"93": "Provence-Alpes-Côte d'Azur", "27": "Bourgogne-Franche-Comté"}
# name, type as a source would word it, ministry, relative size
IN_EACH_DEPARTMENT = (
    ("Préfecture – {}", "Préfecture", "Intérieur", 1.4),
    ("Direction départementale des territoires – {}", "Service déconcentré", "Écologie", 1.0),
    ("Direction départementale de l'emploi, du travail et des solidarités – {}", "Service déconcentré", "Travail", 0.5),
    ("Direction départementale de la police nationale – {}", "Service déconcentré", "Intérieur", 1.6),
    ("Tribunal judiciaire – {}", "Justice", "Justice", 0.9),
    ("Maison d'arrêt – {}", "Justice", "Justice", 1.1),
)
IN_EACH_REGION = (
    ("DREAL {}", "Service déconcentré", "Écologie", 2.2), ("DRAC {}", "Service déconcentré", "Culture", 1.2),
    ("DREETS {}", "Service déconcentré", "Travail", 0.8), ("DRAAF {}", "Service déconcentré", "Agriculture", 0.8),
    ("Direction régionale des finances publiques {}", "Service déconcentré", "Économie", 2.4),
    ("Direction interdépartementale des routes – {}", "Service déconcentré", "Écologie", 4.5),
    ("Direction interrégionale des services pénitentiaires – {}", "Justice", "Justice", 2.5),
    ("Cour d'appel – {}", "Justice", "Justice", 1.0), ("SGAMI – {}", "Préfecture", "Intérieur", 3.0),
    ("Direction interrégionale de la protection judiciaire de la jeunesse – {}", "Justice", "Justice", 0.9),
)  # fmt: skip
# commune, name, type, ministry, size
RECTORATS = {
    "93": (("13001", "Rectorat d'Aix-Marseille", 4.0), ("06088", "Rectorat de Nice", 3.2)),
    "27": (("25056", "Rectorat de Besançon", 2.6), ("21231", "Rectorat de Dijon", 2.8)),
}
BODIES = {
    "93": (
        ("13055", "Université de la Méditerranée", 6), ("06088", "Université des Alpes-Maritimes", 4), ("83137", "Université de Toulon et du Var", 2),
        ("84007", "Université d'Avignon et du Vaucluse", 2), ("13055", "CROUS de Provence", 2), ("06088", "CROUS de la Côte d'Azur", 1.5),
        ("13055", "Agence régionale de santé de Provence", 1.5), ("13055", "Parc national des calanques et des îles", 0.6), ("06088", "Parc national des Alpes du Sud", 0.6),
        ("05061", "Parc national des hauts sommets", 0.6), ("83069", "Parc national des îles d'Or", 0.5), ("13055", "Musée national des rivages", 1.8),
        ("13004", "École nationale de l'image d'Arles", 0.5), ("06029", "Centre national des arts du littoral", 0.5), ("13055", "Agence de l'eau – délégation de Marseille", 0.9),
        ("13055", "Établissement public d'aménagement du littoral", 2.2), ("13001", "Institut d'études du Sud", 0.6), ("04070", "Lycée agricole public de Digne", 0.4),
    ),
    "27": (
        ("21231", "Université de Dijon et de Bourgogne", 4), ("25056", "Université de Besançon et du Doubs", 3.5), ("90010", "Université de technologie de Belfort", 1.2),
        ("21231", "CROUS de Bourgogne", 1.5), ("21231", "Agence régionale de santé de Bourgogne", 1.2), ("21231", "Musée national des ducs", 0.7),
        ("25056", "École nationale d'horlogerie et de mécanique", 0.6), ("71270", "École nationale d'arts et techniques de Mâcon", 0.6), ("21231", "Parc national des forêts de Bourgogne", 0.5),
        ("71076", "Lycée agricole public de Saône-et-Loire", 0.4), ("58194", "Institut des sports de la Nièvre", 0.5), ("25056", "Observatoire national du temps", 0.4),
    ),
}  # fmt: skip
CITIES = {
    "93": ("13001", "13055", "06088", "83137", "84007", "05061", "04112", "06029", "13005", "83061"),
    "27": ("21231", "25056", "71076", "90010", "89024", "39198", "58194", "70550", "25388", "71153"),
}
N_BODIES, N_SUPPLIERS = 40, 70
NAME_PLACES = {
    "93": ("DU LUBERON", "DE LA DURANCE", "PHOCÉENS", "DES ALPILLES", "DU VERDON", "AZURÉENS", "DES MAURES", "DU COMTAT", "DE L'ESTÉREL", "PROVENÇAUX"),
    "27": ("DU MORVAN", "DE LA SAÔNE", "COMTOIS", "DU HAUT-DOUBS", "DES DUCS", "DU JURA", "DE LA LOUE", "BOURGUIGNONS", "DU BALLON", "DE LA PUISAYE"),
    "": ("DE FRANCE", "DU RHÔNE", "D'ÎLE-DE-FRANCE", "DU NORD", "DE L'OUEST", "GÉNÉRAUX", "EUROPÉENS", "RÉUNIS", "NATIONAUX", "ASSOCIÉS"),
}  # fmt: skip
ELSEWHERE = ("69", "75", "92", "31", "59", "44")


@dataclass(frozen=True)
class Buyers:
    """Parallel arrays, one entry per buyer (object arrays of text, float sizes)."""

    siret: np.ndarray
    name: np.ndarray
    category: np.ndarray
    ministry: np.ndarray
    commune: np.ndarray
    department: np.ndarray
    region: np.ndarray
    size: np.ndarray


@dataclass(frozen=True)
class Suppliers:
    """Parallel arrays, one entry per supplier; ``region`` is empty outside the pilot regions."""

    siret: np.ndarray
    name: np.ndarray
    size: np.ndarray
    department: np.ndarray
    region: np.ndarray
    family: np.ndarray


def siret(number: int) -> str:
    """Make a SIRET whose key is right and whose SIREN, in 000, is never given.

    Examples:
        >>> siret(1)
        '00000001800006'
    """
    siren = _with_key(f"000{number:05d}")
    return _with_key(f"{siren}0000")


def buyers() -> Buyers:
    """List the demo's State services and public bodies, some 55 and 40 in each region."""
    rows: list[tuple[str, str, str, str, str, float]] = []
    for region, departments in PREFECTURES.items():
        for commune, place in departments.values():
            rows += [(commune, name.format(place), kind, ministry, region, size) for name, kind, ministry, size in IN_EACH_DEPARTMENT]
        capital = departments["13" if region == "93" else "21"][0]
        rows += [(capital, name.format(REGION_NAMES[region]), kind, ministry, region, size) for name, kind, ministry, size in IN_EACH_REGION]
        rows += [(commune, name, "Rectorat", "Éducation nationale", region, size) for commune, name, size in RECTORATS[region]]
        bodies = [(commune, name, _body_kind(name), "", region, float(size)) for commune, name, size in BODIES[region]]
        kinds = ("Lycée agricole public n° {}", "Centre de formation public n° {}", "Cité scolaire n° {}")
        for number in range(N_BODIES - len(bodies)):
            city = CITIES[region][number % len(CITIES[region])]
            bodies.append((city, f"{kinds[number % 3].format(number + 1)} ({REGION_NAMES[region]})", "Établissement public", "", region, 0.35))
        rows += bodies
    columns = list(zip(*rows, strict=True))
    commune, name, category, ministry, region_codes = (np.array(column, dtype=object) for column in columns[:5])
    return Buyers(
        np.array([siret(i) for i in range(1, len(rows) + 1)], dtype=object), name, category, ministry, commune,
        np.array([code[:2] for code in commune], dtype=object), region_codes, np.array(columns[5], dtype=float),
    )  # fmt: skip


def suppliers(rng: np.random.Generator) -> Suppliers:
    """Draw the demo's firms: ``N_SUPPLIERS`` per family and place, sizes by family."""
    columns: dict[str, list[str]] = {name: [] for name in ("name", "size", "department", "region", "family")}
    for family, market in MARKETS.items():
        for region in ("93", "27", ""):
            departments = list(PREFECTURES[region]) if region else list(ELSEWHERE)
            for number in range(N_SUPPLIERS):
                sector = market.sectors[number % len(market.sectors)]
                place = NAME_PLACES[region][number // len(market.sectors) % len(NAME_PLACES[region])]
                columns["name"].append(f"{sector} {place}" + (f" {number // 50 + 1}" if number >= 50 else ""))
                is_sme = rng.random() < (market.sme_share if region else market.sme_share * 0.6)
                columns["size"].append("PME" if is_sme else ("ETI" if rng.random() < 0.6 else "GE"))
                columns["department"].append(departments[int(rng.integers(len(departments)))])
                columns["region"].append(region)
                columns["family"].append(family)
    first = 50_000
    numbers = np.array([siret(first + i) for i in range(len(columns["name"]))], dtype=object)
    return Suppliers(numbers, *(np.array(columns[name], dtype=object) for name in ("name", "size", "department", "region", "family")))


def _body_kind(name: str) -> str:
    return "Université" if name.startswith("Université") else "Établissement public"


def _with_key(digits: str) -> str:
    total = sum(2 * int(d) - 9 * (int(d) > 4) if i % 2 == 0 else int(d) for i, d in enumerate(reversed(digits)))
    return digits + str(-total % 10)
