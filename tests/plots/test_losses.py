from simulator import plots
from simulator.analysis.account import Account, Loss


def loss(by, name, state, mean):
    return Loss(by, name, state, mean, mean, mean, mean / 100.0)


FOUND = Account(
    "base",
    "items",
    50,
    (
        loss("state", "off_shift", "off_shift", 30.0),
        loss("state", "awaiting_power", "awaiting_power", 70.0),
        loss("state", "blocked", "blocked", 0.0),
        loss("month", "2023-01", "off_shift", 30.0),
        loss("month", "2023-01", "awaiting_power", 50.0),
        loss("month", "2023-02", "awaiting_power", 20.0),
        loss("month", "2023-02", "all", 20.0),
    ),
)


def test_losses_are_drawn_by_month_and_state_and_never_twice(records):
    drawn = [(each["month"], each["state"], each["lost"]) for each in records(plots.lost_output(FOUND))]
    assert drawn == [
        ("2023-01", "off_shift", 30.0),
        ("2023-01", "awaiting_power", 50.0),
        ("2023-02", "awaiting_power", 20.0),
    ]


def test_the_title_says_what_took_most():
    told = " ".join(plots.lost_output(FOUND).to_dict()["title"]["subtitle"])
    assert "awaiting power 70.0 %, off shift 30.0 %." in told


def test_a_narrow_picture_has_months_without_their_year(records):
    axis = plots.lost_output(FOUND, 340).to_dict()["encoding"]["x"]["axis"]
    assert axis["title"] == "2023"
    assert plots.lost_output(FOUND).to_dict()["encoding"]["x"]["axis"]["title"] == ""


def test_nothing_lost_is_drawn_as_nothing(records, rendered):
    none = Account("base", "items", 50, (loss("month", "2023-01", "off_shift", 0.0),))
    assert rendered(plots.lost_output(none)).startswith(b"\x89PNG")
    assert "Nothing was lost." in " ".join(plots.lost_output(none).to_dict()["title"]["subtitle"])
