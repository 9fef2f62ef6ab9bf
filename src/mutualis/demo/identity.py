"""Identities that can be nobody's: SIRET numbers and firms' names."""

from collections.abc import Sequence

import numpy as np

# Public bodies are numbered from 1 and 2, firms from 3 to 9: no unit has a SIREN in 000.
FICTITIOUS_ROOT = "000"
HEADS = (
    "Azu", "Bra", "Cor", "Dor", "Elv", "Fal", "Gri", "Hel",
    "Ird", "Jov", "Kel", "Lum", "Mer", "Nov", "Orv", "Pra",
    "Quer", "Ros", "Sov", "Tram", "Urb", "Ver", "Yss", "Zel",
)  # fmt: skip
TAILS = (
    "alane", "andrel", "astel", "avone", "ebrac", "elune", "érade", "evale",
    "ibaud", "ilande", "imarc", "inolle", "olane", "ombel", "ondal", "oriac",
    "osel", "ovane", "ulac", "umède", "urande", "yrane", "estrou", "oumel",
)  # fmt: skip
FORMS = {"PME": "SARL", "ETI": "SAS", "GE": "SA", None: "SAS"}


def siret(number: int) -> str:
    """Make a SIRET whose keys are right and whose SIREN, in 000, is given to no one.

    Args:
        number: 1 to 99 999.

    Examples:
        >>> siret(1)
        '00000001800002'
    """
    return _with_key(_with_key(f"{FICTITIOUS_ROOT}{number:05d}") + "0000")


def wrong_key(code: str) -> str:
    """Change the last figure of a SIRET, so that its Luhn key is wrong.

    Examples:
        >>> wrong_key("00000001800002")
        '00000001800003'
    """
    return code[:-1] + str((int(code[-1]) + 1) % 10)


def firm_names(rng: np.random.Generator, words: Sequence[str], sizes: Sequence[str | None]) -> list[str]:
    """Coin the names of a trade's firms.

    Args:
        rng: the source of chance.
        words: what firms of the trade call themselves.
        sizes: PME, ETI, GE or None, one per firm.

    Returns:
        « Propreté Zelombel SARL » and the like, all different; about one SME in fifty is a sole trader, named
        as such and by no one's name.
    """
    stems = [head + tail for head in HEADS for tail in TAILS]
    pairs = rng.permutation(len(stems) * len(words))[: len(sizes)]
    alone = rng.random(len(sizes)) < 0.02
    return [
        f"Entreprise individuelle {stems[pair % len(stems)]} – {words[pair // len(stems)]}"
        if size == "PME" and alone[place]
        else f"{words[pair // len(stems)]} {stems[pair % len(stems)]} {FORMS[size]}"
        for place, (pair, size) in enumerate(zip(pairs, sizes, strict=True))
    ]


def _with_key(digits: str) -> str:
    # Luhn: every other figure doubled, from the right
    total = sum(
        sum(divmod(2 * int(figure), 10)) if place % 2 == 0 else int(figure)
        for place, figure in enumerate(reversed(digits))
    )
    return digits + str(-total % 10)
