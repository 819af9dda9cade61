"""How whole plants are dealt, one after the other, to roles, calibres, regions."""

import math
from collections.abc import Sequence
from itertools import count, repeat
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.errors import ModelError
from simulator.jit import njit
from simulator.model.plants import Plants, Role

Wholes = npt.NDArray[np.int64]

PARTS = 1_000_000_000_000
"""Shares are compared in whole parts of this, so that 0.3 / 3 ties with 0.1."""
TOLERANCE = 1e-6
"""How far the shares of one mix may be from adding up to 1."""


def deal(shares: Sequence[float], count: int, *, at_least: Sequence[int] = ()) -> list[int]:
    """Return the child that each of `count` plants goes to, in order (clause 7).

    Each child first gets its `at_least`, the first child first, as far as the plants go. Then each next plant
    goes to the child with the largest share / (2 x its plants + 1), the first on a tie: the divisor method of
    Sainte-Laguë; see Balinski and Young, *Fair Representation* (1982). A larger `count` only lengthens
    the list.
    """
    weights = np.array([math.floor(share * PARTS + 0.5) for share in shares], dtype=np.int64)
    dealt = _dealt(weights, np.array(at_least or [0] * len(shares), dtype=np.int64), count)
    found: list[int] = dealt.tolist()
    return found


@njit
def _dealt(weights: Wholes, at_least: Wholes, count: int) -> Wholes:
    """Return `deal` of shares in whole parts; products stay below 2^63 for shares of 1 and 10^6 plants."""
    odd = np.ones(weights.size, np.int64)
    dealt = np.empty(count, np.int64)
    reached = 0
    for child in range(weights.size):
        given = min(at_least[child], count - reached)
        dealt[reached : reached + given] = child
        reached += given
        odd[child] += 2 * given
    for place in range(reached, count):
        best = 0
        for child in range(1, weights.size):
            if weights[child] * odd[best] > weights[best] * odd[child]:
                best = child
        dealt[place] = best
        odd[best] += 2
    return dealt


class Dealt(NamedTuple):
    """What one plant was dealt."""

    role: int
    """Position of the role in the file."""
    number: int
    """Index of the plant in its role: the k of its name `role/k`."""
    calibre: str | None
    """None in a role without calibres."""
    region: str
    nth_in_region: int
    """Index of the plant among its role's plants of its region."""


def deal_plants(plants: Plants) -> list[Dealt]:
    """Return what each plant of a total was dealt: a role, within it a calibre, within that a region.

    The order is that in which plants are dealt to roles; a larger total only lengthens the list. Raises
    ModelError when shares do not add up to 1 or the roles' `at_least` ask for more plants than there are.
    """
    roles = list(plants.roles.values())
    check_shares([role.share for role in roles], "plants.roles.*.share")
    wanted = sum(role.at_least for role in roles)
    if wanted > plants.total:
        raise ModelError(
            f"plants.total is {plants.total}, fewer than the {wanted} that at_least of the roles asks for; "
            "give a larger total or a smaller at_least"
        )
    order = deal([role.share for role in roles], plants.total, at_least=[role.at_least for role in roles])
    shelves = [
        iter(_within(role, order.count(position), position, name))
        for position, (name, role) in enumerate(plants.roles.items())
    ]
    return [next(shelves[position]) for position in order]


def _within(role: Role, plants: int, position: int, name: str) -> list[Dealt]:
    """Return what each plant of a role was dealt, in the order of their names."""
    where = f"plants.roles.{name}"
    check_shares(list(role.regions.values()), f"{where}.regions.*")
    calibres: list[str | None] = list(role.calibres) or [None]
    mixes = list(role.calibres.values())
    if mixes:
        check_shares([mix.share for mix in mixes], f"{where}.calibres.*.share")
        chosen = deal([mix.share for mix in mixes], plants, at_least=[mix.at_least for mix in mixes])
    else:
        chosen = [0] * plants
    names, shares = list(role.regions), list(role.regions.values())
    regions = [iter(deal(shares, chosen.count(child))) for child in range(len(calibres))]
    sites = [next(regions[child]) for child in chosen]
    seen = [count() for _ in names]
    columns = (
        repeat(position),
        count(),
        [calibres[child] for child in chosen],
        [names[site] for site in sites],
        [next(seen[site]) for site in sites],
    )
    return [*map(Dealt._make, zip(*columns, strict=False))]  # two of them have no end


def check_shares(shares: Sequence[float], where: str) -> None:
    """Raise ModelError when the shares of one mix do not add up to 1, give or take `TOLERANCE`."""
    total = math.fsum(shares)
    if abs(total - 1.0) > TOLERANCE:
        raise ModelError(f"{where} add up to {total:.7g}; make them add up to 1")
