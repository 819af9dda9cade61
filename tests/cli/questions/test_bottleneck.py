from simulator.analysis.account import Account, Loss
from simulator.analysis.bottleneck import Bottleneck, Case, Gain, Lifted, Pair
from simulator.cli.questions.bottleneck import show

CASE = Case(n=100, failed=0, mean=500.0, median=400.0, probability=0.0, low=0.0, high=0.03, hits=0)
LIKELY = Case(n=100, failed=0, mean=900.0, median=700.0, probability=0.6, low=0.5, high=0.7, hits=60)
NOTHING = Gain(0.0, 0.0, 0.0)


def answer(**changes):
    parts = {
        "title": "What held it back?",
        "scenario": "as_is",
        "claim": "c",
        "quantity": "made of shell",
        "at_least": 1000.0,
        "unit": "items",
        "base": CASE,
        "lifted": (
            Lifted(
                "steel",
                "steel is ample",
                ("stock = 1e+12",),
                LIKELY,
                Gain(400.0, 300.0, 500.0),
                Gain(0.6, 0.5, 0.7),
            ),
            Lifted("hours", "always open", ("shifts = 3",), CASE, NOTHING, NOTHING),
        ),
        "pairs": (
            Pair(
                "steel", "hours", LIKELY, Gain(450.0, 350.0, 550.0), Gain(50.0, 10.0, 90.0), NOTHING, NOTHING
            ),
        ),
        "account": Account(
            "as_is",
            "items",
            100,
            (
                Loss("state", "off_shift", "off_shift", 300.0, 200.0, 400.0, 0.75),
                Loss("state", "blocked", "blocked", 0.0, 0.0, 0.0, 0.0),
                Loss("state", "awaiting_material", "awaiting_material", 100.0, 50.0, 150.0, 0.25),
                Loss("month", "2023-01", "off_shift", 300.0, 200.0, 400.0, 0.75),
                Loss("month", "2023-02", "awaiting_material", 100.0, 50.0, 150.0, 0.25),
            ),
        ),
    }
    return Bottleneck(**(parts | changes))


def said(found, capsys):
    show(found)
    return " ".join(capsys.readouterr().out.split())


def test_the_answer_begins_with_what_adds_most(capsys):
    told = said(answer(), capsys)
    assert told.startswith(
        "In as_is the quantity of c is 400 items in the median and 500 in the mean, and P(claim) is under 3.0 %."
    )
    assert "adds most to the mean is steel (+400 [300 to 500]);" in told
    assert "the highest P(claim) that any one gives is 60.0 % [50.0 to 70.0 %] (steel)." in told
    assert "add more than the sum of the two: steel and hours (+50 [10 to 90])." in told
    assert "lost most while off shift (75.0 %) and awaiting material (25.0 %)." in told


def test_how_each_is_lifted_and_when_most_was_lost_is_printed(capsys):
    told = said(answer(), capsys)
    assert "steel steel is ample stock = 1e+12" in told
    assert "hours nothing in any 400 under 3.0 %" in told
    assert "off shift 300 [200 to 400] 75.0 % 2023-01" in told
    assert "blocked" not in told


def test_a_system_that_nothing_holds_back_is_told_as_such(capsys):
    found = answer(lifted=(answer().lifted[1],), pairs=())
    told = said(found, capsys)
    assert "No constraint lifted alone surely adds anything." in told
    assert "more than the sum" not in told
