from simulator.model.checks.names import allowed, listed, nearest, unknown


def test_the_nearest_name_is_the_most_alike():
    assert nearest("jagan", ["n_pyongan", "jagang", "rason"]) == "jagang"


def test_no_name_is_near_when_none_is_alike():
    assert nearest("steel", ["north", "port"]) is None


def test_a_list_of_more_than_twelve_names_is_cut():
    names = [f"n{number}" for number in range(14)]
    assert listed(names[:12]) == "n0, n1, n2, n3, n4, n5, n6, n7, n8, n9, n10, n11"
    assert listed(names) == "n0, n1, n2, n3, n4, n5, n6, n7, n8, n9, n10, n11 and 2 more"


def test_what_is_allowed_starts_with_the_nearest():
    assert allowed("prt", ["north", "port"]) == "nearest is port; give one of north, port"
    assert allowed("x", ["north", "port"]) == "give one of north, port"
    assert allowed("x", []) == "there is none"


def test_an_unknown_part_is_named_with_its_kind():
    message = "names the store dpot, which does not exist; nearest is depot; give one of depot"
    assert unknown("store", "dpot", ["depot"]) == message
