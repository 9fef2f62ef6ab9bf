"""The model in words, for those who must trust it: what each formula says, and what none of them says."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Formula:
    """One formula of the design model: its number, what it is for, how it is computed."""

    number: str
    title: str
    words: str
    expression: str = ""


FORMULAS: Sequence[Formula] = (
    Formula("F1", "Dépense de référence", "Ce que chaque entité achète par an dans un segment, à prix constants, avoirs déduits ; zéro pour ce qui passe déjà "
            "par l'UGAP, la DAE ou une PFRA. Seule une part (α) est mutualisable. "
            "Sans période choisie, la période commence à la première année qui porte au moins 1 % des achats : une date aberrante ne l'allonge pas.", "A = Σ α · montants × 365,25 / jours de la période"),
    Formula("F2", "Dépense déplacée", "La part que les membres confient (ρ), réellement passée par l'accord-cadre (κ).", "u = ρ · κ · A"),
    Formula("F3", "Remise de volume", "Chaque doublement de volume donne une remise δ, de plus en plus petite, jusqu'à un plafond λ ; le plafond baisse quand "
            "l'offre est concentrée.", "remise(k) = λ' · [1 − (1 − δ/λ)^k], λ' = λ · (1 − β · HHI)"),
    Formula("F4", "Volume du lot", "La somme de ce qui peut entrer avant la fin de l'accord-cadre ; en mode prudent, pesée par la durée qui reste.",
            "V = Σ u"),
    Formula("F5", "Effet de volume", "Pour chaque entité, le nombre de doublements entre son propre volume et celui du lot. Une entité seule ne gagne rien ; "
            "la dixième apporte moins que la deuxième.", "k = log₂(V / A), gain = u · remise(k)"),
    Formula("F5b", "Perte sur le volume laissé", "Ce que l'entité n'a pas confié est acheté en plus petite quantité, donc plus cher, par la même loi ; une part ψ "
            "de cette perte se réalise.", "ψ · (A − U) · λ' · [(1 − δ/λ)^log₂(1 − U/A) − 1]"),
    Formula("F7", "Alignement des prix", "Là où des prix unitaires existent : tout le monde paie le prix auquel un quart des quantités est déjà acheté. "
            "À la place de l'effet de volume, jamais en plus.", "Σ r · φ · q · max(0, p − p*)"),
    Formula("F8", "Gain de gestion", "Procédures qu'il n'y a plus à passer, en jours d'agents : du temps redéployable, jamais de l'argent.",
            "Σ u / y / durée du marché"),
    Formula("F9", "Entrée dans l'accord-cadre", "Un marché entre quand il finit ; une fin inconnue est étalée sur la durée du marché. Ce qui finit trop tard "
            "n'entre pas."),
    Formula("F10", "Montée en charge et actualisation", "L'effet grandit sur quelques trimestres ; un euro de demain vaut moins qu'un euro d'aujourd'hui.",
            "d = (1 + r)^(−(t + ½)/4)"),
    Formula("F11", "Coûts et malus", "Préparer, passer, renouveler, suivre ; et un malus de concurrence, de logistique et de distance."),
    Formula("F12", "Résultat économique et seuil", "Effet budgétaire et temps de procédure, moins les coûts, actualisés. Le seuil de rentabilité est la plus "
            "petite remise qui le rend positif : il ne demande pas de croire à une remise, seulement de la comparer à un seuil."),
    Formula("F13", "Fragmentation", "Combien d'entités de même taille auraient la même dispersion ; c'est elle, et non le montant, qui borne l'effet de volume.",
            "N₁ = exp(−Σ w · ln w)"),
    Formula("F14", "Garde-fou PME", "La part des PME baisse quand le lot grandit ; on en déduit le plus grand lot admis et le plus petit nombre de lots.",
            "logit σ(V) = logit σ₀ − b · ln(V / v₀)"),
    Formula("F15", "Fourchettes", "1 024 tirages des hypothèses (loi triangulaire entre prudent, central et ambitieux), les mêmes à chaque réglage. Les erreurs sur "
            "les remises sont en partie communes : les croire indépendantes resserrerait la fourchette à tort."),
    Formula("F16", "Partage", "Ce que chacun économise au prix commun ; ce qu'on perdrait sans lui ; sa part de Shapley, moyenne de ce qu'il apporte dans tous les "
            "ordres d'arrivée."),
    Formula("F19", "Clause de sortie", "Les volontaires que l'accord-cadre ferait perdre le quittent, jusqu'à ce que plus aucun ne perde."),
)  # fmt: skip

LIMITS: Sequence[str] = (
    "Les effets de prix sont des hypothèses : aucun coefficient français public ne les mesure. Un essai contrôlé danois n'a trouvé aucune économie.",
    "La dépense tient lieu de quantité : un prix plus haut se lit comme un volume plus grand.",
    "Une seule loi par famille d'achats ; la correspondance entre CPV et segments est indicative.",
    "Le volume annoncé suppose que les entités tiennent parole.",
    "La qualité, les délais, la sécurité d'approvisionnement et le carbone ne sont pas dans le résultat en euros.",
    "La réaction des fournisseurs n'est modélisée que par la concentration et le malus ; ce que gagneraient les entités restées dehors n'est pas compté.",
    "Avec les seuls marchés publiés, les petits achats manquent : le gain de gestion est sous-estimé.",
    "Un marché déjà terminé est supposé libre ; une durée inconnue vaut quatre ans pour un marché, un an pour un paiement.",
)
