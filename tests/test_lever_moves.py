"""Moves of the lever panel: drags undone at once, nothing lost, nonsense refused."""

from hypothesis import given
from hypothesis import strategies as st

from mutualis.levers import BY_KEY, LEVERS, PRESETS, preset
from mutualis.ui.lever_moves import MOST_UNDO, ONE_DRAG, LeverState

CENTRAL = LeverState(preset("central"))
rates = st.integers(0, 20).map(lambda step: {"taux": 5 * step})


def test_a_drag_is_undone_at_once():
    state = CENTRAL
    for turn, rate in enumerate((75, 70, 65), 1):
        state = state.moved({"turn": turn, "values": {"taux": rate}}, 0.1 * turn)
    assert state.levers.pooling_rate == 0.65 and state.turn == 3
    back = state.moved({"turn": 4}, 10)
    assert back.levers == CENTRAL.levers and not back.past
    assert back.moved({"turn": 5}, 11).levers == CENTRAL.levers


def test_a_preset_after_a_drag_is_undone_alone():
    slid = CENTRAL.moved({"turn": 1, "values": {"taux": 50}}, 0)
    pressed = slid.moved({"turn": 2, "preset": "prudent"}, 0.1)
    assert pressed.levers == preset("prudent")
    assert pressed.moved({"turn": 3}, 0.2).levers == slid.levers


def test_nonsense_is_refused_and_changes_nothing():
    state = CENTRAL.moved({"turn": 1, "values": {"taux": 180}}, 0)
    assert state.levers == CENTRAL.levers and "hors de l'intervalle" in state.refused
    assert not state.moved({"turn": 2, "values": {"taux": 70}}, 5).refused


@given(st.lists(rates | st.sampled_from([{"preset": name} for name in PRESETS]), max_size=12))
def test_undo_goes_back_step_by_step(moves: list[dict[str, object]]):
    state, seen = CENTRAL, [CENTRAL.levers]
    for turn, said in enumerate(moves, 1):
        move = {"turn": turn} | (said if "preset" in said else {"values": said})
        state = state.moved(move, turn * 2 * ONE_DRAG)  # type: ignore[arg-type]
        if state.levers != seen[-1]:
            seen.append(state.levers)
    for before in reversed(seen[:-1]):
        state = state.moved({"turn": 0}, 0)
        assert state.levers == before
    assert not state.past


def test_what_can_be_undone_is_bounded():
    state = CENTRAL
    for turn in range(2 * MOST_UNDO):
        state = state.put(preset(PRESETS[turn % 2]))
    assert len(state.past) == MOST_UNDO


def test_screen_and_back_gives_the_same_value():
    for name in PRESETS:
        for key, value in preset(name).by_key().items():
            lever = BY_KEY[key]
            assert lever.from_screen(lever.on_screen(value)) == value
            assert lever.from_screen(str(lever.on_screen(value))) == value
    assert len(LEVERS) == len(BY_KEY)
