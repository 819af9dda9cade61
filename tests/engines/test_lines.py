"""Hand-worked paths of lines: clauses 1, 2, 8, 10 to 14."""

from dataclasses import replace

from simulator import streams
from simulator.model.distributions import Variate
from simulator.model.realising.draws import draw, key_word
from simulator.model.system import NEVER, TICKS_PER_HOUR, Breakdown, Holding, Region
from simulator.path import Kind
from tests.engines.build import (
    BODY,
    SHELL,
    STEEL,
    always,
    holdings,
    hours,
    line,
    log,
    recipe,
    shift,
    states,
    store,
    system,
)
from tests.engines.conftest import Unfold


def test_a_line_turns_steel_into_shells_lot_after_lot(unfold: Unfold) -> None:
    path = unfold(system(line(), end=5))
    assert log(path, Kind.USED, Kind.MADE) == [
        (0, "works/0/0", "steel", 10),
        (2, "works/0/0", "steel", 10),
        (2, "works/0/0", "shell", 10),
        (4, "works/0/0", "steel", 10),
        (4, "works/0/0", "shell", 10),
    ]
    assert states(path) == [(0, "running")]
    assert path.bound_events == 2


def test_what_is_due_at_the_end_is_not_carried_out(unfold: Unfold) -> None:
    path = unfold(system(line(), end=4))
    assert log(path, Kind.MADE) == [(2, "works/0/0", "shell", 10)]
    assert path.bound_events == 1


def test_a_line_waits_when_steel_is_short(unfold: Unfold) -> None:
    path = unfold(system(line(), end=9, stores=store(*holdings(steel=25))))
    assert [entry[0] for entry in log(path, Kind.MADE)] == [2, 4]
    assert states(path) == [(0, "running"), (4, "awaiting_material")]


def test_all_inputs_are_used_or_none(unfold: Unfold) -> None:
    needs_both = line(recipes=(recipe([(STEEL, 10), (BODY, 10)]),))
    path = unfold(system(needs_both, stores=store(*holdings(steel=100, body=9))))
    assert log(path, Kind.USED) == []
    assert states(path) == [(0, "awaiting_material")]


def test_a_line_with_several_recipes_loads_the_first_whose_inputs_are_there(unfold: Unfold) -> None:
    either = line(recipes=(recipe([(BODY, 10)]), recipe([(STEEL, 10)])))
    path = unfold(system(either, end=7, stores=store(*holdings(steel=100, body=20))))
    assert [(hour, material) for hour, _, material, _ in log(path, Kind.USED)] == [
        (0, "body"),
        (2, "body"),
        (4, "steel"),
        (6, "steel"),
    ]


def test_of_two_recipes_of_one_material_the_smaller_loads_as_soon_as_it_can(unfold: Unfold) -> None:
    either = line(recipes=(recipe([(STEEL, 10)]), recipe([(STEEL, 30)])))
    kept = (Holding(STEEL, 0, added=((hours(3), 10),)), Holding(SHELL))
    path = unfold(system(either, end=7, stores=store(*kept)))
    assert [(hour, amount) for hour, _, _, amount in log(path, Kind.USED)] == [(3, 10)]


def test_a_recipe_without_inputs_always_loads(unfold: Unfold) -> None:
    path = unfold(system(line(recipes=(recipe([]),)), end=5, stores=store(*holdings(steel=0))))
    assert [entry[3] for entry in log(path, Kind.MADE)] == [10, 10]


def test_a_full_store_blocks_the_line_until_there_is_room(unfold: Unfold) -> None:
    path = unfold(system(line(), end=9, stores=store(*holdings(capacity=15))))
    assert [entry[0] for entry in log(path, Kind.UNLOADED)] == [2]
    assert states(path) == [(0, "running"), (4, "blocked")]


def test_taking_from_a_full_store_frees_a_blocked_line_at_once(unfold: Unfold) -> None:
    makes = line(recipes=(recipe([(STEEL, 10)], output=BODY, lot_hours=1),))
    takes = line("works/1/0", recipes=(recipe([(BODY, 10)], lot_hours=3),))
    kept = (Holding(STEEL, 100), Holding(BODY, 0, 10), Holding(SHELL))
    path = unfold(system(makes, takes, end=8, stores=store(*kept)))
    assert [entry[0] for entry in log(path, Kind.UNLOADED) if entry[2] == "body"] == [1, 2, 4, 7]
    assert states(path) == [(0, "running"), (3, "blocked"), (4, "running"), (5, "blocked"), (7, "running")]


def test_items_in_flow_are_made_later_and_keep_their_room(unfold: Unfold) -> None:
    path = unfold(system(line(flow=always(5)), end=12, stores=store(*holdings(capacity=15))))
    assert [entry[0] for entry in log(path, Kind.UNLOADED)] == [2]
    assert [entry[0] for entry in log(path, Kind.MADE)] == [7]
    assert states(path) == [(0, "running"), (4, "blocked")]
    assert path.bound_events == 3


def test_rejects_are_the_share_rounded_by_luck(unfold: Unfold) -> None:
    path = unfold(system(line(reject=0.25), end=41))
    word = key_word("reject", "works/0/0")
    expected = [int(10 * 0.25 + streams.uniform(1, word, 0, lot)) for lot in range(20)]
    assert [entry[3] for entry in log(path, Kind.REJECTED)] == expected
    assert [entry[3] for entry in log(path, Kind.MADE)] == [10 - rejects for rejects in expected]
    assert set(expected) == {2, 3}


def test_no_more_is_rejected_than_the_lot_however_large_it_is(unfold: Unfold) -> None:
    lot = 4 * 10**14  # beside which a number near 1 is rounded up to 1
    path = unfold(
        system(line(lot=lot, reject=1.0, recipes=(recipe([], lot_hours=0.1),), flow=always(1)), end=48)
    )
    assert {entry[3] for entry in log(path, Kind.REJECTED)} == {lot}
    assert not log(path, Kind.MADE)


def test_a_lot_of_rejects_alone_leaves_a_full_store(unfold: Unfold) -> None:
    path = unfold(system(line(reject=1.0), end=5, stores=store(*holdings(shell=5, capacity=5))))
    assert log(path, Kind.REJECTED) == [(2, "works/0/0", "shell", 10), (4, "works/0/0", "shell", 10)]
    assert log(path, Kind.UNLOADED, Kind.MADE) == []


def test_work_is_drawn_for_every_lot_by_its_number(unfold: Unfold) -> None:
    law = Variate("exponential", (3.0,))
    path = unfold(system(line(work=law), end=24))
    tick, expected = 0, []
    for lot in range(20):
        tick += streams.duration_ticks(draw(law, "work", "works/0/0", index=lot, seed=1, replication=0))
        expected.append(tick / TICKS_PER_HOUR)
    made = [entry[0] for entry in log(path, Kind.MADE)]
    assert made == [hour for hour in expected if hour < 24]
    assert len(made) > 3


def test_a_closed_line_keeps_its_lot_and_what_is_done_of_it(unfold: Unfold) -> None:
    path = unfold(system(line(calendar=0), end=40, calendars=shift((8, 11), (32, 36))))
    assert [entry[0] for entry in log(path, Kind.MADE)] == [10, 33, 35]
    assert states(path) == [
        (0, "off_shift"),
        (8, "running"),
        (11, "off_shift"),
        (32, "running"),
        (36, "off_shift"),
    ]


def test_a_lot_done_as_the_shift_ends_counts_and_nothing_is_loaded(unfold: Unfold) -> None:
    path = unfold(system(line(calendar=0), end=40, calendars=shift((8, 10), (32, 34))))
    assert [entry[0] for entry in log(path, Kind.MADE)] == [10, 34]
    assert [entry[0] for entry in log(path, Kind.USED)] == [8, 32]


def test_an_opening_counts_once_however_many_lines_follow_it(unfold: Unfold) -> None:
    idle = [line(f"works/{k}/0", calendar=0) for k in range(5)]
    path = unfold(system(*idle, end=40, calendars=shift((8, 11)), stores=store(*holdings(steel=0))))
    assert path.bound_events == 2


def test_a_failure_counts_running_time_only_and_is_drawn_anew_after_repair(unfold: Unfold) -> None:
    breakdown = Breakdown(4.0, always(1.5))
    path = unfold(system(line(breakdown=breakdown, calendar=0), end=200, calendars=shift((8, 190))))
    word = key_word("failure", "works/0/0")
    running = [
        streams.duration_ticks(-4.0 * streams.log(1.0 - streams.uniform(1, word, 0, n))) for n in range(60)
    ]
    expected, tick = [], hours(8)
    for run in running:
        tick += run
        expected.append((tick / TICKS_PER_HOUR, "under_repair"))
        tick += hours(1.5)
    found = [entry for entry in states(path) if entry[1] == "under_repair"]
    assert found == [entry for entry in expected if entry[0] < 190]
    assert len(found) > 10


def test_a_repair_goes_on_outside_shifts(unfold: Unfold) -> None:
    breakdown = Breakdown(0.5, always(10))
    path = unfold(system(line(breakdown=breakdown, calendar=0), end=48, calendars=shift((8, 16), (32, 40))))
    failed = states(path)[2][0]
    assert states(path)[:4] == [
        (0, "off_shift"),
        (8, "running"),
        (failed, "under_repair"),
        (failed + 10, "off_shift"),
    ]


def test_a_line_done_and_failed_at_one_instant_unloads_and_is_under_repair(unfold: Unfold) -> None:
    word = key_word("failure", "works/0/0")
    to_failure = streams.duration_ticks(-4.0 * streams.log(1.0 - streams.uniform(1, word, 0, 0)))
    lot = replace(recipe(), ticks=to_failure)
    path = unfold(system(line(recipes=(lot,), breakdown=Breakdown(4.0, always(1.5))), end=300))
    failed = to_failure / TICKS_PER_HOUR
    assert log(path, Kind.MADE)[0] == (failed, "works/0/0", "shell", 10)
    assert states(path)[1] == (failed, "under_repair")
    assert log(path, Kind.USED)[1][0] == failed + 1.5


def test_failed_lines_wait_for_a_crew_by_priority(unfold: Unfold) -> None:
    both = Breakdown(1e-9, always(3))
    last = line("works/0/0", breakdown=both, priority=2)
    first = line("works/1/0", breakdown=both, priority=1)
    path = unfold(system(last, first, end=10, regions=(Region("here", crews=1),)))
    tick = 1 / TICKS_PER_HOUR
    assert states(path, 1)[:3] == [(0, "running"), (tick, "under_repair"), (3 + tick, "running")]
    assert states(path, 0)[:3] == [(0, "running"), (tick, "under_repair"), (6 + tick, "running")]


def test_without_a_limit_on_crews_all_repairs_start_at_once(unfold: Unfold) -> None:
    both = Breakdown(1e-9, always(3))
    path = unfold(system(line(breakdown=both), line("works/1/0", breakdown=both), end=4))
    assert states(path, 0) == states(path, 1)


def test_a_plant_starts_at_its_commissioning_and_ramps_up(unfold: Unfold) -> None:
    new = line(commissioned=hours(3), ramp=((hours(3), 50), (hours(8), 75)))
    path = unfold(system(new, end=16))
    slowed = -(-hours(2) * 100 // 75)
    ticks = [hours(7), hours(7) + slowed, hours(7) + 2 * slowed, hours(9) + 2 * slowed]
    assert path.of(Kind.MADE)["tick"].tolist() == ticks
    assert states(path) == [(0, "not_commissioned"), (3, "running")]


def test_a_plant_commissioned_after_the_end_makes_nothing(unfold: Unfold) -> None:
    path = unfold(system(line(commissioned=NEVER), end=16))
    assert states(path) == [(0, "not_commissioned")]
    assert path.bound_events == 0


def test_a_line_without_recipe_only_draws_power(unfold: Unfold) -> None:
    path = unfold(system(line(recipes=(), load_kw=50, from_store=-1, to_store=-1), end=16))
    assert states(path) == [(0, "running")]
    assert log(path, Kind.USED, Kind.UNLOADED) == []
    assert path.bound_events == 0


def test_the_luck_of_a_lot_does_not_depend_on_other_lines(unfold: Unfold) -> None:
    lucky = line(work=Variate("exponential", (3.0,)), reject=0.3)
    alone = unfold(system(lucky))
    beside = unfold(system(lucky, line("works/1/0", work=Variate("exponential", (1.0,)))))
    mine = beside.rows[(beside.rows["entity"] == 0) & (beside.rows["kind"] <= 5)]
    assert mine.tobytes() == alone.rows[alone.rows["kind"] <= 5].tobytes()
