"""What ships in ``data/``: small, complete, classified, and said where it comes from."""

import json
import re
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from mutualis import geography
from mutualis.config import DATA_DIR

MEGABYTE = 2**20
LIMITS_MB = {"france": 0.2, "regions": 0.1, "departements": 0.2, "epci": 0.5, "communes": 3.0}
COUNTS = {"france": 101, "regions": 18, "departements": 14, "epci": 168, "communes": 4_631}
PLACE = {"code", "nom", "departement", "region", "population"}
PROPERTIES = {
    "france": {"code", "nom", "departement", "region"},
    "regions": {"code", "nom", "region"},
    "departements": PLACE,
    "epci": PLACE,
    "communes": PLACE | {"epci"},
}
FAMILIES = {"FOU", "NUM", "ENE", "ENT", "INT", "VEH", "TRX", "ALI", "SAN", "COM", "SOC", "IMM"}


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(DATA_DIR / name, dtype=str, keep_default_na=False)


def outlines(stem: str) -> gpd.GeoDataFrame:
    """Read outlines as plain figures: degrees are good enough to compare them."""
    return gpd.read_file(geography.GEO_DIR / f"{stem}.geojson").set_crs(None, allow_override=True)


def segment_of(code: str) -> str | None:
    """Classify as the loader does: the longest prefix wins."""
    segments = read("cpv_segments.csv").set_index("cpv_prefix")["segment"]
    return next((segments[code[:n]] for n in range(8, 1, -1) if code[:n] in segments.index), None)


@pytest.mark.parametrize("stem", list(geography.LEVELS.values()))
def test_outlines_are_small_and_say_who_is_who(stem: str):
    path = geography.GEO_DIR / f"{stem}.geojson"
    assert path.stat().st_size < LIMITS_MB[stem] * MEGABYTE
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    assert len(features) == COUNTS[stem]
    assert {frozenset(feature["properties"]) for feature in features} == {frozenset(PROPERTIES[stem])}
    codes = [feature["properties"]["code"] for feature in features]
    assert codes == sorted(set(codes))
    assert max(len(figure) for figure in re.findall(r"\.(\d+)", path.read_text(encoding="utf-8"))) <= 3


@pytest.mark.parametrize("stem", list(geography.LEVELS.values()))
def test_outlines_turn_clockwise_and_hold_together(stem: str):
    frame = outlines(stem)
    assert frame.geometry.is_valid.all() and not frame.geometry.is_empty.any()
    rings = [part.exterior for shape in frame.geometry for part in getattr(shape, "geoms", [shape])]
    assert not any(ring.is_ccw for ring in rings)
    # borders are shared: places cover their union once, to a thousandth
    assert frame.geometry.area.sum() == pytest.approx(frame.geometry.union_all().area, rel=1e-3)


def test_the_point_of_each_commune_is_on_its_outline():
    drawn = outlines("communes").set_index("code").geometry
    table = geography.communes().set_index("commune_code").loc[drawn.index]
    points = gpd.GeoSeries(gpd.points_from_xy(table["longitude"], table["latitude"]), index=drawn.index)
    # simplified by 400 m: a point near a thin commune's border may fall beside it
    assert drawn.distance(points).max() < 0.01
    assert drawn.contains(points).mean() > 0.99


def test_segments_are_well_formed():
    frame = read("cpv_segments.csv")
    assert list(frame.columns) == ["cpv_prefix", "segment", "segment_label", "family", "family_label"]
    assert frame["cpv_prefix"].is_unique and frame["cpv_prefix"].str.fullmatch(r"\d{2,8}").all()
    assert set(frame["family"]) == FAMILIES
    assert (frame["segment"].str[:3] == frame["family"]).all()
    assert frame["segment"].nunique() >= 60
    for code, label in (("segment", "segment_label"), ("family", "family_label")):
        assert frame.groupby(code)[label].nunique().max() == 1
        assert frame.groupby(label)[code].nunique().max() == 1


def test_every_division_has_a_segment():
    labels = read("cpv_labels.csv")["cpv_prefix"]
    divisions = labels[labels.str.len() == 2]
    assert len(divisions) == 45
    assert set(divisions) <= set(read("cpv_segments.csv")["cpv_prefix"])


@pytest.mark.parametrize(
    ("code", "segment"),
    [
        ("30197643", "FOU-BUR"),  # photocopy paper
        ("30125110", "NUM-IMP"),  # toner
        ("30213100", "NUM-POS"),  # laptops
        ("09134200", "ENE-CAR"),  # diesel
        ("09135100", "ENE-CHA"),  # heating oil
        ("34113000", "VEH-ACH"),
        ("35113400", "FOU-EPI"),
        ("37400000", "FOU-SPO"),
        ("45233140", "TRX-ROU"),
        ("45262500", "TRX-NEU"),  # masonry is not roofing
        ("45261210", "TRX-TOI"),
        ("50750000", "ENT-ASC"),
        ("72267000", "NUM-MNT"),
        ("79713000", "ENT-GAR"),
        ("90910000", "ENT-NET"),
        ("90911300", "ENT-VIT"),
        ("98392000", "IMM-DEM"),
    ],
)
def test_the_longest_prefix_wins(code: str, segment: str):
    assert segment_of(code) == segment


def test_every_official_code_is_classified_and_labels_are_the_official_ones(shared_data: Path):
    official = pd.read_csv(shared_data / "ref" / "cpv_2008_ver_2013_FR.csv", dtype=str, encoding="utf-8-sig")
    codes = official["CODE"].str[:8]
    assert len(codes) == 9_454
    prefixes = set(read("cpv_segments.csv")["cpv_prefix"])
    assert not [code for code in codes if not any(code[:n] in prefixes for n in range(2, 9))]
    # no prefix is invented
    assert not [prefix for prefix in prefixes if prefix.ljust(8, "0") not in set(codes)]
    short = codes.str.rstrip("0").str.ljust(2, "0")
    expected = dict(zip(short, official["FR"].str.strip(), strict=True))
    labels = read("cpv_labels.csv")
    assert dict(zip(labels["cpv_prefix"], labels["label"], strict=True)) == {
        prefix: label for prefix, label in expected.items() if len(prefix) <= 5
    }


def test_the_readme_tells_of_every_file_and_carries_the_credit():
    text = (DATA_DIR / "README.md").read_text(encoding="utf-8")
    assert geography.GEO_CREDIT in text
    shipped = [
        path.relative_to(DATA_DIR).as_posix()
        for pattern in ("*.csv", "geo/*", "demo/*")
        for path in DATA_DIR.glob(pattern)
    ]
    assert not [name for name in shipped if f"`{name}`" not in text]
