from simulator.plots.look import COLOURS, LINE_LENGTH, colours, title, with_unit


def test_a_long_subtitle_is_folded_and_a_number_stays_with_its_sign():
    long = "x" * (LINE_LENGTH - len(" 95"))
    found = title("how likely", f"{long} 95 % and more", "")
    assert found.text == ["How likely"]
    assert found.subtitle == [long, "95 % and more"]
    assert max(map(len, found.subtitle)) <= LINE_LENGTH


def test_a_bare_number_has_no_unit_on_its_axis():
    assert with_unit("made", "items") == "made (items)"
    assert with_unit("share", "1") == "share"


def test_names_beyond_the_palette_take_its_colours_again():
    names = [f"s{number}" for number in range(len(COLOURS) + 2)]
    scale = colours(names)
    assert scale.domain == names
    assert scale.range[-2:] == list(COLOURS[:2])
