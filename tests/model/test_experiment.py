"""What an experiment tells of itself."""

from simulator.config import load


def test_an_experiment_shows_its_question_in_a_notebook_and_escapes_it() -> None:
    experiment = load("configs/examples/network.yaml")
    shown = experiment.model_copy(update={"title": "How <many>?"})._repr_html_()
    assert ">How &lt;many&gt;?</td>" in shown
    for words in ("network", "as_is, more_power, ten_plants", "shells, on_hand, delivered, trips, boxes"):
        assert f">{words}</td>" in shown
