import json

from simulator.plots.look import (
    COLOURS,
    DASHES,
    LETTER,
    colours,
    dashes,
    in_lines,
    legend,
    name_room,
    named,
    title,
    with_unit,
)


def test_a_long_subtitle_is_folded_and_a_number_stays_with_its_sign():
    length = int(500 / LETTER)
    long = "x" * (length - len(" 95"))
    found = title("how likely", f"{long} 95 % and more", "", width=500)
    assert found.text == ["How likely"]
    assert found.subtitle == [long, "95 % and more"]
    assert max(map(len, found.subtitle)) <= length


def test_a_bare_number_has_no_unit_on_its_axis():
    assert with_unit("made", "items") == "made (items)"
    assert with_unit("share", "1") == "share"


def test_names_beyond_the_palette_take_its_colours_again():
    names = [f"s{number}" for number in range(len(COLOURS) + 2)]
    scale = colours(names)
    assert scale.domain == names
    assert scale.range[-2:] == list(COLOURS[:2])


def test_names_are_folded_after_a_mark_and_never_cut():
    assert in_lines("without_unfinished_bodies", 120) == ["without_", "unfinished_bodies"]
    assert in_lines("x" * 40, 72) == ["x" * 10] * 4
    assert in_lines("made", 120) == ["made"]
    assert "".join(in_lines("a.long-name_of/something else", 60)) == "a.long-name_of/somethingelse"


def test_names_take_two_fifths_of_a_picture_at_the_most():
    assert name_room(["x" * 100], 340) == 136
    assert name_room(["made"], 340) == 38
    assert name_room([], 340) == 14


def test_a_folded_name_is_data_of_its_axis_and_no_code():
    name = 'a_"] || alert(1)_which_is_long_and_longer'
    label = named([name, "made"], 200).labelExpr
    table = json.loads(label.removeprefix("(").partition(")[datum.label]")[0].rpartition("]}")[0] + "]}")
    assert list(table) == [name]
    assert label.endswith(")[datum.label] || datum.label")


def test_no_two_of_56_scenarios_have_both_colour_and_dash_in_common():
    names = [f"s{number}" for number in range(56)]
    looks = zip(colours(names).range, dashes(names, legend(names))["scale"].range, strict=True)
    assert len({(colour, *dash) for colour, dash in looks}) == 56


def test_a_line_in_a_legend_shows_every_dash_twice_and_takes_no_more_height():
    shown = legend(["a", "b"])
    assert shown.symbolSize**0.5 >= 2 * max(map(sum, DASHES))
    assert shown.clipHeight <= 14


def test_names_of_states_stand_as_words_in_a_legend():
    assert legend(["awaiting_material"], words=True).labelExpr == "replace(datum.label, /_/g, ' ')"
