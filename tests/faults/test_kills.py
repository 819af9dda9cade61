"""Runs that are killed lose nothing, and end as if nobody had disturbed them."""

from tests.faults import harness


def spread(steps, count):
    """Numbers of steps, as many as asked for, from the first to the last."""
    return [number * (len(steps) - 1) // (count - 1) for number in range(count)]


def test_every_kind_of_file_is_written_in_steps_at_which_a_run_can_be_killed(reference):
    for kind in ("manifest.json", "experiment.yaml", "summary.json", "runs", "weekly", "plan"):
        told = {step.partition(": ")[2] for step in reference.steps if step.startswith(kind)}
        assert len(told) == 6, (kind, told)


def test_a_run_that_is_killed_at_a_step_goes_on_and_ends_the_same(warm, reference, tmp_path):
    half = reference.steps.index("runs: half written")
    for number in (*spread(reference.steps, 4), half):
        case = harness.killed(warm, tmp_path / str(number), reference, at=(number,))
        assert case.kills == 1
        assert case.sound, (reference.steps[number], case)


def test_a_run_that_is_killed_again_while_it_is_resumed_ends_the_same(warm, reference, tmp_path):
    case = harness.killed(warm, tmp_path / "twice", reference, at=(70, 30, 11))
    assert case.kills == 3
    assert case.sound, case


def killed_in_other_blocks(warm, reference, place):
    """A run that is killed before the manifest has a block, and cuts that block otherwise when it is resumed."""
    renamed = [number for number, step in enumerate(reference.steps) if step == "runs: after it is renamed"]
    return harness.killed(warm, place, reference, at=(renamed[4],), rows=3)


def test_a_run_that_is_resumed_in_other_blocks_leaves_no_rows_that_are_not_its_own(warm, reference, tmp_path):
    case = killed_in_other_blocks(warm, reference, tmp_path / "cut")
    assert case.kills == 1
    assert case.sound, case


def test_workers_of_a_run_that_is_killed_end_and_the_run_goes_on(warm, reference, tmp_path):
    case = harness.killed(warm, tmp_path / "processes", reference, at=(50,), command=harness.PROCESSES)
    assert case.kills == 1
    assert case.sound, case


def test_a_writer_that_writes_in_place_is_caught(warm, reference, tmp_path):
    cases = [
        harness.killed(warm, tmp_path / str(number), reference, at=(number,), in_place=True)
        for number in (1, 4)
    ]
    assert not all(case.sound for case in cases)
