"""The Méthode screen: formulas, levers, sources, limits and words, from the tables that the app itself uses."""

from html import escape

import pandas as pd
import streamlit as st

from mutualis import formats
from mutualis.config import PROJECT_ROOT
from mutualis.errors import MutualisError
from mutualis.geography import GEO_CREDIT
from mutualis.lever_groups import GROUPS
from mutualis.levers import BY_KEY, FAMILIES, PRESETS
from mutualis.method import FORMULAS, LIMITS
from mutualis.scenario.plausibility import DAE_RATIO, PLAUSIBLE_RATE
from mutualis.ui import blocks, store

OTHER = "Petits achats"


def formulas() -> None:
    """Draw what the model computes, formula by formula."""
    st.markdown(
        "Mutualis part des dépenses réelles, entité par entité, et répond à une question\u202f: **que se passe-t-il si plusieurs entités confient une part "
        "de leurs achats à un même accord-cadre ?** Il ne multiplie jamais une dépense par un pourcentage\u202f: une entité seule n'économise rien, les premiers "
        "volumes comptent plus que les derniers, et ce qui n'est pas confié peut coûter plus cher."
    )
    st.html("<div class='formulas'>" + "".join(
        f"<section><h3>{one.number} · {escape(one.title)}</h3><p>{escape(one.words)}</p>{f'<code>{escape(one.expression)}</code>' if one.expression else ''}</section>"
        for one in FORMULAS
    ) + "</div>")  # fmt: skip


def levers() -> None:
    """Draw each lever with its presets, its range and its source."""
    st.caption("Les curseurs, l'adresse des pages, la ligne de commande et les exports lisent cette même table.")
    blocks.grid(levers_table(), height=620)
    st.subheader("Hypothèses de prix par famille")
    st.caption("Part mutualisable (α), remise par doublement de volume (δ) et plafond de remise (λ)\u202f: prudent, central, ambitieux.")  # fmt: skip
    blocks.grid(families_table(_family_names()))


def levers_table() -> pd.DataFrame:
    """Give every lever with French headers, by theme."""
    themes = {key: theme for theme, keys in GROUPS.items() for key in keys}
    return pd.DataFrame([
        {
            "Thème": themes.get(key, OTHER), "Levier": lever.label, **{name.capitalize(): lever.show(value) for name, value in zip(PRESETS, lever.presets, strict=True)},
            "De": "" if lever.kind in ("choice", "bool") else lever.show(lever.bounds[0]), "À": "" if lever.kind in ("choice", "bool") else lever.show(lever.bounds[1]),
            "Ce que c'est": lever.help, "Source": lever.source, "Dans l'adresse": key,
        }
        for key, lever in BY_KEY.items()
    ])  # fmt: skip


def families_table(names: dict[str, str]) -> pd.DataFrame:
    """Give each family's price hypotheses with French headers.

    Args:
        names: label by family code.
    """
    return pd.DataFrame([
        {"Famille": names.get(code, code), "α": formats.percent(own.alpha, 0), "δ": " / ".join(formats.percent(x) for x in own.delta),
         "λ": " / ".join(formats.percent(x, 0) for x in own.lam)}
        for code, own in FAMILIES.items()
    ])  # fmt: skip


def sources() -> None:
    """Draw what the data is, whose it is, and what the model does not say."""
    st.subheader("Ce qui est réel, ce qui ne l'est pas")
    try:
        dataset = store.current_dataset()
    except MutualisError as error:
        st.markdown(str(error))
    else:
        nature = (
            "**synthétiques**\u202f: fournisseurs, marchés et montants sont inventés"
            if dataset.is_demo
            else "celles des fichiers importés"
        )
        st.markdown(
            f"Données en service\u202f: {nature}. {formats.count(dataset.n_spend)} lignes, au {formats.day(dataset.as_of)}, version {dataset.version}, "
            f"tirées de\u202f: {', '.join(dataset.sources)}."
        )  # fmt: skip
        if dataset.n_moves:
            st.markdown(
                f"{formats.plural(dataset.n_moves, 'reclassement', 'reclassements')} à la main (Familles, vue Rattachements)."
            )
    st.markdown(
        f"Contours et lieux\u202f: {GEO_CREDIT}. Vocabulaire CPV\u202f: règlement (CE) 213/2008. Correspondance entre CPV et segments\u202f: indicative, la liste "
        "de la DAE n'est pas publique."
    )
    st.subheader("Ce que le modèle ne dit pas")
    st.markdown("\n".join(f"- {limit}" for limit in LIMITS))
    st.markdown(
        f"**Garde-fou**\u202f: la DAE mesure {formats.percent(DAE_RATIO, 2)} de la dépense de l'État, tous leviers confondus (2024). Au-delà de "
        f"{formats.percent(PLAUSIBLE_RATE, 0)} de la dépense déplacée, l'écran avertit."
    )


def glossary() -> None:
    """Draw the words of the screens, and those of the code that they stand for."""
    text = (PROJECT_ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    st.markdown(text.partition("\n")[2])


def _family_names() -> dict[str, str]:
    try:
        known = store.ask(store.current_dataset(), "options_segments")
    except MutualisError:
        return {}
    return dict(zip(known["family"], known["family_label"], strict=True))
