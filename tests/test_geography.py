"""Places: the tables agree with one another, and can be made again from the full outlines."""

from pathlib import Path

import geopandas as gpd
import pytest

from mutualis import geography

PILOT_DEPARTMENTS = {
    "93": {"04", "05", "06", "13", "83", "84"},
    "27": {"21", "25", "39", "58", "70", "71", "89", "90"},
}


def test_departments_cover_france_and_know_the_pilot_populations():
    frame = geography.departments().set_index("department_code")
    assert len(frame) == 101
    assert frame.loc["2A", "region_code"] == "94" and frame.loc["974", "region_name"] == "La Réunion"
    for region, codes in PILOT_DEPARTMENTS.items():
        assert set(frame.index[frame["region_code"] == region]) == codes
        assert frame.loc[sorted(codes), "population"].gt(100_000).all()
    assert frame["population"].notna().sum() == 14


def test_populations_add_up_from_communes_to_regions():
    total = geography.population("commune").sum()
    assert total == geography.population("department").sum() == geography.population("region").sum()
    assert 5_000_000 < geography.population("region")["93"] < 5_400_000
    assert 2_700_000 < geography.population("region")["27"] < 2_900_000
    by_epci = geography.communes().groupby("epci_code")["population"].sum()
    assert set(by_epci.index) == set(geography.epcis()["epci_code"])


def test_communes_belong_where_they_say():
    frame = geography.communes()
    assert len(frame) == 4_631 and frame["commune_code"].is_unique
    assert (frame["commune_code"].str[:2] == frame["department_code"]).all()
    regions = frame.drop_duplicates("department_code").set_index("department_code")["region_code"]
    assert regions.to_dict() == {code: region for region, codes in PILOT_DEPARTMENTS.items() for code in codes}
    marseille = frame.set_index("commune_code").loc["13055"]
    assert marseille["commune_name"] == "Marseille" and marseille["department_code"] == "13"
    assert marseille["longitude"] == pytest.approx(5.4, abs=0.1)
    assert marseille["latitude"] == pytest.approx(43.3, abs=0.1)


def test_names_by_code():
    assert geography.names("region")["93"] == "Provence-Alpes-Côte d'Azur"
    assert geography.names("department")["90"] == "Territoire de Belfort"
    assert geography.names("epci")["200054807"] == "Métropole d'Aix-Marseille-Provence"
    assert geography.names("commune")["21231"] == "Dijon"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("13201", "13055"),  # Marseille 1er arrondissement
        ("25533", "25223"),  # absorbed in 2025
        ("71131", "71566"),
        ("04198", "04033"),  # Saint-Vincent-les-Forts, in Ubaye-Serre-Ponçon since 2017
    ],
)
def test_former_commune_codes_lead_to_todays(old: str, new: str):
    recoded = geography.recoded_communes().set_index("old_code")["new_code"]
    assert recoded[old] == new


def test_recoding_is_one_step_and_touches_no_living_code():
    recoded = geography.recoded_communes()
    living = set(geography.communes()["commune_code"])
    assert recoded["old_code"].is_unique
    assert not set(recoded["old_code"]) & living
    assert set(recoded["new_code"]) <= living


def test_the_shipped_files_are_what_the_builder_makes(shared_data: Path, tmp_path: Path):
    geography.build(shared_data / "geo", tmp_path)
    for name in ("departements.csv", "communes.csv", "epci.csv"):
        assert (tmp_path / name).read_bytes() == (geography.DATA_DIR / name).read_bytes(), name
    for stem in geography.LEVELS.values():
        made, shipped = (gpd.read_file(folder / f"{stem}.geojson") for folder in (tmp_path / "geo", geography.GEO_DIR))
        assert made.drop(columns="geometry").equals(shipped.drop(columns="geometry")), stem
        assert made.geometry.geom_equals_exact(shipped.geometry, 1e-9).all(), stem
