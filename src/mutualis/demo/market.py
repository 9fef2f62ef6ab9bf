"""What the demo buys: families, their weight, their firms, some articles with a unit price. Figures of ours."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Market:
    """A family of the demo.

    Attributes:
        weight: relative number of purchases.
        sme_share: share of its firms that are SMEs.
        sectors: first words of its firms' names.
        purchases: CPV code → object.
    """

    weight: float
    sme_share: float
    sectors: tuple[str, ...]
    purchases: dict[str, str]


MARKETS = {
    "FOU": Market(16, 0.65, ("PAPETERIES", "MOBILIERS", "COMPTOIRS", "ÉQUIPEMENTS", "FOURNITURES"), {
        "30192700": "Fournitures de bureau", "30197630": "Papier pour reprographie", "39130000": "Mobilier de bureau",
        "18100000": "Vêtements de travail et EPI", "39830000": "Produits d'entretien", "44500000": "Outillage et quincaillerie",
        "31500000": "Luminaires et lampes"}),
    "NUM": Market(13, 0.25, ("SYSTÈMES", "RÉSEAUX", "LOGICIELS", "SERVICES NUMÉRIQUES", "TÉLÉCOMS"), {
        "30213100": "Ordinateurs portables", "48000000": "Licences logicielles", "72000000": "Prestations informatiques",
        "64200000": "Services de télécommunications", "32300000": "Équipement de visioconférence", "30232100": "Imprimantes et copieurs"}),
    "ENE": Market(6, 0.15, ("ÉNERGIES", "CARBURANTS", "CHALEURS"), {
        "09310000": "Fourniture d'électricité", "09123000": "Fourniture de gaz naturel", "09134000": "Gazole et carburants"}),
    "ENT": Market(19, 0.45, ("NETTOYAGES", "ATELIERS", "MAINTENANCES", "JARDINS", "SÉCURITÉS"), {
        "90911200": "Nettoyage des locaux", "79713000": "Gardiennage et sûreté", "50700000": "Maintenance des bâtiments",
        "50720000": "Maintenance chauffage et climatisation", "50750000": "Maintenance des ascenseurs",
        "77310000": "Entretien des espaces verts", "90500000": "Collecte et traitement des déchets"}),
    "INT": Market(10, 0.7, ("CABINETS", "ÉTUDES", "CONSEILS", "INGÉNIERIES", "FORMATIONS"), {
        "79410000": "Conseil en organisation", "71240000": "Maîtrise d'œuvre", "71630000": "Contrôle technique et diagnostics",
        "80500000": "Formation des agents", "79620000": "Intérim et renfort"}),
    "VEH": Market(9, 0.5, ("GARAGES", "TRANSPORTS", "AUTOMOBILES", "VOYAGES"), {
        "34110000": "Véhicules légers", "50112000": "Entretien de véhicules", "34350000": "Pneumatiques",
        "63510000": "Agence de voyages", "60170000": "Transport de personnes"}),
    "TRX": Market(9, 0.75, ("CONSTRUCTIONS", "TRAVAUX", "ÉLECTRICITÉS", "COUVERTURES", "MAÇONNERIES"), {
        "45210000": "Travaux de bâtiment", "45310000": "Travaux d'électricité", "45330000": "Plomberie et chauffage",
        "45260000": "Couverture et étanchéité", "45233000": "Travaux de voirie"}),
    "ALI": Market(5, 0.6, ("TRAITEURS", "DENRÉES", "SAVEURS"), {
        "15000000": "Denrées alimentaires", "55520000": "Traiteur et restauration", "55110000": "Hébergement"}),
    "SAN": Market(4, 0.4, ("LABORATOIRES", "SOINS", "MATÉRIELS MÉDICAUX"), {
        "33140000": "Consommables médicaux", "38000000": "Équipement de laboratoire", "85140000": "Médecine de prévention"}),
    "COM": Market(5, 0.8, ("IMPRIMERIES", "AGENCES", "ÉVÉNEMENTS"), {
        "79800000": "Impression de documents", "79950000": "Organisation d'événements", "79530000": "Traduction et interprétariat"}),
    "SOC": Market(3, 0.5, ("SERVICES", "MÉDIATIONS", "COURRIERS"), {
        "79110000": "Conseil juridique", "66510000": "Assurances", "64110000": "Services postaux", "85300000": "Accompagnement social"}),
    "IMM": Market(2, 0.5, ("LOGISTIQUES", "ENTREPÔTS"), {"63120000": "Entreposage et archivage", "70300000": "Gestion immobilière"}),
}  # fmt: skip

# CPV code → article, unit, usual unit price excl. VAT (€), share of it bought through UGAP
ARTICLES = {
    "30197630": ("Ramette A4 80 g", "ramette", 4.10, 0.25), "30213100": ("Ordinateur portable 14 pouces", "unité", 890.0, 0.5),
    "09310000": ("Électricité, tarif de pointe exclu", "MWh", 142.0, 0.3), "09134000": ("Gazole", "litre", 1.38, 0.1),
    "90911200": ("Heure de nettoyage", "heure", 23.5, 0.05), "79713000": ("Heure d'agent de sûreté", "heure", 25.8, 0.05),
    "34110000": ("Berline compacte", "unité", 19800.0, 0.7), "48000000": ("Licence bureautique, par an", "licence", 118.0, 0.4),
}  # fmt: skip
