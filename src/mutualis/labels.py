"""French names of the codes of the spend table; ``docs/glossary.md`` explains the terms."""

GRAINS = {"contract": "Marchés", "payment": "Dépenses payées"}
BUYER_TYPES = {
    "prefecture": "Préfecture",
    "state_service": "Service déconcentré",
    "education": "Rectorat",
    "justice": "Justice",
    "public_body": "Établissement public",
    "university": "Université",
    "hospital": "Hôpital",
    "local_authority": "Collectivité",
    "other": "Autre",
}
# State services and their bodies: the people the experiment is about; the others are partners.
STATE_TYPES = ("prefecture", "state_service", "education", "justice", "public_body", "university")
KINDS = {
    "decp_tabular": "DECP consolidées",
    "decp_export": "Export officiel",
    "decp_json": "DECP JSON",
    "decp_xml": "DECP XML",
    "generic": "Tableau",
}
UNPLACED, UNCLASSIFIED = "Non localisé", "Non classé"
PERSON = "Personne physique (nom masqué)"
