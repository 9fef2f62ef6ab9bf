"""The fields a source may bring: the vocabulary shared by readers, mappings and the loader.

Every reader turns its file into one table of these columns, **all text and nullable, as found**; cleaning is
the loader's. A mapping file pairs a source's headers with these names.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """One column of the raw table.

    Attributes:
        name: the column's name in code, in mapping files and in the ``raw`` table.
        label: its French name on screen.
        aliases: headers under which real files carry it, used to guess a mapping.
        required: a generic file without it cannot be loaded.
    """

    name: str
    label: str
    aliases: tuple[str, ...] = ()
    required: bool = False


# fmt: off
FIELDS: tuple[Field, ...] = (
    Field("contract_id", "Numéro de marché ou de pièce", (
        "id", "uid", "numero marche", "n° marche", "num marche", "reference", "ref marche", "numero contrat",
        "identifiant marche", "id marche", "numero piece", "n° piece", "numero facture", "n° facture", "n° de demande de paiement", "n° dp",
        "numero engagement juridique", "ej", "n° ej", "numero de consultation", "identifiant", "numero mandat", "n° mandat", "numero identification",
    )),
    Field("modification_id", "Numéro de modification", ("modification_id", "idModification", "numero avenant")),
    Field("buyer_id", "SIRET de l'acheteur", (
        "acheteur_id", "acheteur.id", "siret acheteur", "id acheteur", "siret service", "siret pouvoir adjudicateur",
        "identifiant acheteur", "siren acheteur", "siret entite",
    )),
    Field("buyer_name", "Nom de l'acheteur", (
        "acheteur_nom", "acheteur.nom", "acheteur", "nom acheteur", "service acheteur", "service", "entite",
        "entite acheteuse", "pouvoir adjudicateur", "organisme", "service executant", "service prescripteur",
        "collectivite", "centre financier", "structure", "entite d'achat", "entite publique", "nom du service", "denomination acheteur",
    )),
    Field("buyer_type", "Type d'entité", ("acheteur_categorie", "categorie acheteur", "type entite", "type acheteur")),
    Field("ministry", "Ministère", ("ministere", "ministere de rattachement")),
    Field("buyer_commune_code", "Commune de l'acheteur", (
        "acheteur_commune_code", "commune acheteur", "code commune acheteur", "code insee acheteur",
    )),
    Field("buyer_department_code", "Département de l'acheteur", (
        "acheteur_departement_code", "departement acheteur", "departement", "code departement", "dept", "dpt",
        "code postal acheteur", "cp acheteur", "code postal",
    )),
    Field("buyer_region_code", "Région de l'acheteur", ("acheteur_region_code", "region acheteur", "region")),
    Field("supplier_id", "SIRET du titulaire", (
        "titulaire_id", "titulaire_id_1", "siret titulaire", "siret fournisseur", "siren fournisseur",
        "id titulaire", "siret entreprise", "siret attributaire", "identifiant fournisseur", "siret tiers", "siret prestataire",
        "titulaire.id", "identifiant titulaire", "siret etablissement",
    )),
    Field("supplier_id_type", "Type d'identifiant du titulaire", (
        "titulaire_typeIdentifiant", "titulaire_typeIdentifiant_1", "titulaire.typeIdentifiant", "type identifiant",
    )),
    Field("supplier_name", "Nom du titulaire", (
        "titulaire_nom", "titulaire_denominationSociale_1", "titulaire.denominationSociale", "titulaire", "fournisseur", "nom fournisseur",
        "attributaire", "nom titulaire", "raison sociale", "tiers", "prestataire", "nom attributaire",
        "denomination sociale", "entreprise", "creancier", "nom du tiers", "denomination titulaire", "societe", "denomination sociale etablissement",
    )),
    Field("supplier_size", "Taille du titulaire", ("titulaire_categorie", "taille entreprise", "categorie entreprise", "categorie etablissement")),
    Field("supplier_commune_code", "Commune du titulaire", (
        "titulaire_commune_code", "commune titulaire", "code commune titulaire", "code insee titulaire", "code commune etablissement",
    )),
    Field("supplier_department_code", "Département du titulaire", (
        "titulaire_departement_code", "departement titulaire", "code postal titulaire", "cp titulaire",
        "code postal fournisseur", "cp fournisseur", "code postal attributaire", "cp attributaire", "departement fournisseur",
        "code postal etablissement", "code departement etablissement",
    )),
    Field("cpv_code", "Code CPV", ("codeCPV", "cpv", "code cpv", "cpv principal")),
    Field("category_label", "Catégorie d'achat", (
        "categorie", "famille", "segment", "domaine d'achat", "groupe de marchandises", "libelle groupe marchandises",
        "nature depense", "compte budgetaire", "type",
    )),
    Field("object", "Objet", (
        "objet", "intitule", "libelle", "designation", "objet du marche", "description", "libelle marche",
        "intitule du marche", "objet depense", "objet principal", "objet du contrat",
    )),
    Field("amount", "Montant HT (€)", (
        "total", "total ht",
        "montant", "montant ht", "montant notifie", "montant attribue", "montant paye", "montant marche ht",
        "montant euros", "montant en euros ht", "total ht", "mt ht", "montant facture", "montant de la depense",
        "valeur", "prix", "montant annuel ht", "montant maximum ht", "montant max", "montant initial", "montant total",
    ), required=True),
    Field("current_amount", "Montant après modification (€)", ("montantModification",)),
    Field("notified_on", "Date de notification ou de paiement", (
        "dateNotification", "date de notification", "date notification", "date paiement", "date de paiement",
        "date facture", "date", "date attribution", "date du marche", "date d'attribution", "date piece", "date comptable",
        "date de signature", "notifie le", "date debut", "annee", "exercice", "annee de notification", "date mandat",
    )),
    Field("published_on", "Date de publication", ("datePublicationDonnees", "date publication")),
    Field("duration_months", "Durée (mois)", ("dureeMois", "duree", "duree mois", "duree en mois", "duree du marche")),
    Field("ends_on", "Date de fin", ("date fin", "date de fin", "fin de marche", "echeance", "date echeance")),
    Field("nature", "Nature", ("nature", "nature du marche", "type de contrat", "forme du marche")),
    Field("procedure", "Procédure", ("procedure", "type de procedure", "procedure passation", "mode de passation", "procedure marche")),
    Field("techniques", "Techniques d'achat", ("techniques", "technique")),
    Field("framework_id", "Accord-cadre de rattachement", ("idAccordCadre", "accord-cadre", "id accord cadre")),
    Field("vehicle", "Véhicule d'achat", ("vehicule", "centrale d'achat", "porteur", "support achat", "mutualisation")),
    Field("offers_received", "Offres reçues", ("offresRecues", "nb offres", "nombre d'offres", "nb offres recues")),
    Field("lot", "Lot", ("lot", "numero lot", "n° lot", "num lot")),
    Field("place_code", "Lieu d'exécution", ("lieuExecution_code", "lieuExecution.code", "lieu execution", "code lieu execution")),
    Field("place_type", "Type de lieu d'exécution", ("lieuExecution_typeCode", "lieuExecution.typeCode")),
    Field("social_clause", "Considérations sociales", ("considerationsSociales", "clause sociale", "consideration sociale")),
    Field("green_clause", "Considérations environnementales", (
        "considerationsEnvironnementales", "clause environnementale", "consideration environnementale",
    )),
    Field("quantity", "Quantité", ("quantite", "qte", "nombre d'unites")),
    Field("unit", "Unité", ("unite", "unite de mesure")),
    Field("unit_price", "Prix unitaire HT (€)", ("prix unitaire", "pu", "pu ht", "prix unitaire ht")),
    Field("item", "Article", ("article", "reference article", "designation article", "code article")),
)
# fmt: on

FIELD_NAMES: tuple[str, ...] = tuple(field.name for field in FIELDS)
