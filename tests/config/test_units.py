from datetime import date

import pytest

from simulator.config.units import Units, is_quantity
from simulator.model.quantities import Quantity

KINDS = "give a duration, mass, power, energy or rate such as 8.2/h"
LISTED = "give one of h, d, week, min, s, kg, t, g, kW, MW, GW, kWh, MWh, GWh, or a rate such as 8.2/h; "


@pytest.mark.parametrize(
    ("written", "number", "unit"),
    [
        ("14 h", 14.0, "h"),
        ("3 d", 72.0, "h"),
        ("2 weeks", 336.0, "h"),
        ("90 min", 1.5, "h"),
        ("3 min", 0.05, "h"),
        ("0.1 d", 2.4, "h"),
        ("54 kg", 54.0, "kg"),
        ("0.5 t", 500.0, "kg"),
        ("2.5 kt", 2_500_000.0, "kg"),
        ("40 MW", 40_000.0, "kW"),
        ("1 GW", 1_000_000.0, "kW"),
        ("12 kWh/d", 0.5, "kW"),
        ("108 kWh", 108.0, "kWh"),
        ("3.6 GJ", 1000.0, "kWh"),
        ("8.22/h", 8.22, "1/h"),
        ("8.22 / h", 8.22, "1/h"),
        ("5_000/d", 5000 / 24, "1/h"),
        ("-2 MW", -2000.0, "kW"),
        ("1e3 kg", 1000.0, "kg"),
        (".5 h", 0.5, "h"),
        (5, 5.0, "1"),
        (0.25, 0.25, "1"),
        (date(2023, 8, 1), 738733.0, "date"),
        (Quantity(3.0, "kg"), 3.0, "kg"),
    ],
)
def test_a_quantity_is_read_to_the_nearest_number_in_its_canonical_unit(written, number, unit):
    assert Units().quantity(written) == Quantity(number, unit)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (True, "is true"),
        (None, "is empty"),
        ([], "is no quantity"),
        ({}, "is no quantity"),
        ("ten hours", "is 'ten hours'"),
        ("nan", "is 'nan'; give a finite number"),
        ("", "is ''"),
        ("5 %", "is '5 %'"),
        ("27_632/7 d", "is '27_632/7 d'"),
        ("1 h**9", "is '1 h**9'"),
        ("2**10000 h", "is '2**10000 h'"),
        ("1e99999 h", "is '1e99999 h'"),
        ("1 " + "h" * 100, "is '1 " + "h" * 62 + "'"),
        ("5", "is '5'; leave out the quotes"),
        ("54kg", "is '54kg'; put a space between number and unit: 54 kg"),
        ("1e999 kW", "is 1e999 kW, too large a number; give a finite number"),
        ("3 months", "is 3 months; months and years differ in length; give days, such as 30 d or 5_000/d"),
        (
            "5_000/year",
            "is 5_000/year; months and years differ in length; give days, such as 30 d or 5_000/d",
        ),
        (
            "5 kg/h",
            f"is 5 kg/h; nothing is measured in kg/h; {KINDS}",
        ),
        (
            "3 mw",
            f"is 3 mw; there is no unit mw; nearest is MW; {LISTED}a bare number counts items",
        ),
        ("3 items", f"is 3 items; there is no unit items; {LISTED}a bare number counts items"),
    ],
)
def test_what_is_no_quantity_is_refused_in_these_words(written, message):
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - compared in full below
        Units().quantity(written)
    assert str(refused.value) == message


def test_an_expression_never_reaches_the_unit_parser(monkeypatch):
    monkeypatch.setattr("simulator.config.units._registry", None)
    for text in ("__import__('os').system('ls')", "9**9**9", "1 h*1e9", "(1) h", "1 h h", "1 °C", "1 h\n"):
        with pytest.raises(ValueError, match=r"^is ['\"]"):
            Units().quantity(text)


def test_canonical_quantities_need_no_unit_library():
    import subprocess
    import sys

    script = (
        "import sys; from simulator.config.units import Units\n"
        "for text in ('1 h', '2 kg', '3 kW', '4 kWh', '5/h'): Units().quantity(text)\n"
        "print('pint' in sys.modules); Units().quantity('1 d'); print('pint' in sys.modules)"
    )
    output = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert output.split() == ["False", "True"]


@pytest.mark.parametrize(
    ("text", "expected"), [("3 h", True), ("3/h", True), ("3h", False), ("3", False), ("north", False)]
)
def test_only_a_number_with_a_unit_is_a_quantity_among_texts(text, expected):
    assert is_quantity(text) is expected
