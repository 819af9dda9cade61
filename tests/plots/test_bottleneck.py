from simulator import plots
from simulator.analysis.account import Account, Loss
from simulator.analysis.bottleneck import Bottleneck, Case, Gain, Lifted, Pair

CASE = Case(n=100, failed=0, mean=500.0, median=400.0, probability=0.0, low=0.0, high=0.03, hits=0)
SOME = Gain(400.0, 300.0, 500.0)


def test_losses_by_month_and_what_lifting_adds_are_drawn(rendered):
    found = Bottleneck(
        title="What held it back?",
        scenario="as_is",
        claim="c",
        quantity="made of shell",
        at_least=1000.0,
        unit="items",
        base=CASE,
        lifted=(
            Lifted("steel", "ample", (), CASE, SOME, SOME),
            Lifted("hours", "open", (), CASE, SOME, SOME),
        ),
        pairs=(Pair("steel", "hours", CASE, SOME, SOME, SOME, SOME),),
        account=Account(
            "as_is",
            "items",
            100,
            (
                Loss("state", "off_shift", "off_shift", 300.0, 200.0, 400.0, 1.0),
                Loss("state", "blocked", "blocked", 0.0, 0.0, 0.0, 0.0),
                Loss("month", "2023-01", "off_shift", 300.0, 200.0, 400.0, 1.0),
                Loss("month", "2023-01", "blocked", 0.0, 0.0, 0.0, 0.0),
                Loss("month", "2023-01", "all", 300.0, 200.0, 400.0, 1.0),
            ),
        ),
    )
    chart = plots.bottleneck(found)
    spec = chart.to_dict()
    legend = spec["vconcat"][0]["encoding"]["color"]["legend"]
    assert legend["labelExpr"] == "replace(datum.label, /_/g, ' ')"
    months, lifted = spec["datasets"].values()
    assert [(each["month"], each["state"], each["lost"]) for each in months] == [
        ("2023-01", "off_shift", 300.0)
    ]
    assert [each["lifted"] for each in lifted] == ["steel", "hours", "steel + hours"]
    assert rendered(chart).startswith(b"\x89PNG")
