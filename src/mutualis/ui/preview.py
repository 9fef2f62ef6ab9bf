"""The point estimate while a lever moves: the browser asks for it at once, the page's own run follows.

A run of the page takes the browser some 100 ms to paint; this answer, 30. It is computed by the same functions, and
the run that follows says the same again, with the intervals.
"""

from dataclasses import replace
from typing import Any

from mutualis import simulation
from mutualis.errors import ScenarioError
from mutualis.levers import BY_KEY
from mutualis.scenario_file import from_dict
from mutualis.ui import result_cards, result_views, store


def preview(said: dict[str, Any]) -> dict[str, Any]:
    """Simulate a scenario under the levers as they stand on screen.

    Args:
        said: ``scenario`` (as its file says it), ``version`` of the data, ``view``, and ``values`` of the levers as on screen.

    Returns:
        ``cards`` (HTML), and by key what follows a move in ``charts`` and ``maps``.

    Raises:
        ScenarioError: the scenario makes no sense, is empty, or its data is no longer in use.
    """
    try:
        dataset, scenario = store.current_dataset(), from_dict(said["scenario"])
        values = {key: BY_KEY[key].from_screen(value) for key, value in said["values"].items()}
        version, view = said["version"], str(said["view"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ScenarioError("Demande illisible.") from error
    if version != dataset.version:
        raise ScenarioError("Les données ont changé.")
    scenario = replace(scenario, levers=scenario.levers.with_values(values))
    base = store.spend_base(dataset, scenario.perimeter)
    found = simulation.run(base, scenario)
    labels, scale = result_views.gains(found.result.by_department)
    followers = result_views.FOLLOWERS.get(view, ())
    return {
        "cards": result_cards.write(found, None, None),
        "charts": {
            key: result_views.CHARTS[key](base, found).as_data() for key in followers if key in result_views.CHARTS
        },
        "maps": {result_views.GAINS_MAP: {"labels": labels, **vars(scale)}}
        if result_views.GAINS_MAP in followers
        else {},
    }
