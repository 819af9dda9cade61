import random
from contextlib import suppress

import pytest

from simulator.config import loads, resolved
from simulator.config.files import text_of
from simulator.errors import ConfigError

SYNTAX = [
    b"[",
    b"]",
    b"{",
    b"}",
    b":",
    b": ",
    b",",
    b"-",
    b"- ",
    b"&a ",
    b"*a",
    b"!",
    b"|",
    b">",
    b"'",
    b'"',
    b"#",
    b"%",
]
SCALARS = [
    b"\n",
    b"  ",
    b"\t",
    b"\x00",
    b"\xff",
    b".nan",
    b"1e999",
    b"null",
    b"true",
    b"-1",
    b"2",
    b" MW",
    b"2023-13-01",
]


def mutated(content, luck):
    for _ in range(luck.randint(1, 4)):
        start = luck.randrange(len(content))
        end = start + luck.choice([0, 0, 1, 3, 30])
        put = luck.choice([*SYNTAX, *SCALARS, bytes([luck.randrange(256)]), content[end : end + 20]])
        content = content[:start] + put + content[end:]
    return content


@pytest.mark.parametrize("part", range(10))
def test_mutated_bytes_are_read_or_refused_with_faults(part, cases):
    luck = random.Random(part)
    folder = cases / "valid"
    whole = (folder / "short_forms.yaml").read_bytes()
    for _ in range(20):
        content = mutated(whole, luck)
        with suppress(ConfigError):
            experiment = loads(text_of(content, name="mutated"), name="mutated", folder=folder)
            assert loads(resolved(experiment)) == experiment
