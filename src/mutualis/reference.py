"""The small tables the loader joins: places, categories, procedures, reasons. All ship in ``data/``."""

from pathlib import Path

import duckdb
import pandas as pd

from mutualis import geography
from mutualis.config import DATA_DIR
from mutualis.sources.words import plain

REGION_ALIASES = {"PACA": "93", "PROVENCE ALPES COTE D AZUR REGION SUD": "93", "REGION SUD": "93", "BFC": "27"}
# Regions of before 2016, whose names outlived them.
REGION_ALIASES |= {
    "ALSACE": "44", "LORRAINE": "44", "CHAMPAGNE ARDENNE": "44", "AQUITAINE": "75", "LIMOUSIN": "75", "POITOU CHARENTES": "75",
    "AUVERGNE": "84", "RHONE ALPES": "84", "BOURGOGNE": "27", "FRANCHE COMTE": "27", "LANGUEDOC ROUSSILLON": "76",
    "MIDI PYRENEES": "76", "NORD PAS DE CALAIS": "32", "PICARDIE": "32", "BASSE NORMANDIE": "28", "HAUTE NORMANDIE": "28",
    "CENTRE": "24",
}  # fmt: skip


def load_reference(con: duckdb.DuckDBPyConnection) -> None:
    """Create the ``ref_*`` tables of a dataset being built.

    Args:
        con: the connection to the new version's file.
    """
    departments = geography.departments()
    communes = geography.communes()
    tables = {
        "ref_department": departments[["department_code", "department_name", "region_code", "region_name"]],
        "ref_commune": communes[["commune_code", "commune_name", "department_code", "epci_code"]],
        "ref_recoded_commune": geography.recoded_communes(),
        "ref_place": _place_aliases(departments),
        "ref_region": _region_aliases(departments),
        "ref_cpv_segment": _csv("cpv_segments.csv"),
        "ref_procedure": _csv("procedures.csv"),
        "ref_reason": _csv("reasons.csv"),
        "ref_first_name": _csv("first_names.csv"),
        "ref_label": _label_aliases(_csv("cpv_segments.csv")),
    }
    for name, frame in tables.items():
        con.from_df(frame).create(name)


def _csv(name: str) -> pd.DataFrame:
    return pd.read_csv(Path(DATA_DIR) / name, dtype=str, keep_default_na=False)


def _place_aliases(departments: pd.DataFrame) -> pd.DataFrame:
    codes = departments["department_code"]
    nuts = _csv("nuts3.csv").rename(columns={"nuts3": "alias"})
    by_code = pd.DataFrame({"alias": codes, "department_code": codes})
    by_name = pd.DataFrame({"alias": departments["department_name"].map(plain), "department_code": codes})
    return pd.concat([by_code, by_name, nuts[["alias", "department_code"]]]).drop_duplicates("alias")


def _region_aliases(departments: pd.DataFrame) -> pd.DataFrame:
    regions = departments[["region_code", "region_name"]].drop_duplicates()
    aliases = dict(zip(regions["region_code"], regions["region_code"], strict=True))
    aliases |= dict(zip(regions["region_name"].map(plain), regions["region_code"], strict=True))
    aliases |= REGION_ALIASES
    return pd.DataFrame(aliases.items(), columns=["alias", "region_code"])


def _label_aliases(segments: pd.DataFrame) -> pd.DataFrame:
    """A source without CPV may name our segments or families, by code or by label."""
    family = segments[["family", "family_label"]].drop_duplicates()
    named = pd.concat(
        [
            pd.DataFrame(
                {"label": segments["segment"].map(plain), "segment": segments["segment"], "family": segments["family"]}
            ),
            pd.DataFrame(
                {
                    "label": segments["segment_label"].map(plain),
                    "segment": segments["segment"],
                    "family": segments["family"],
                }
            ),
            pd.DataFrame({"label": family["family"].map(plain), "segment": None, "family": family["family"]}),
            pd.DataFrame({"label": family["family_label"].map(plain), "segment": None, "family": family["family"]}),
        ]
    )
    return named.drop_duplicates("label")
