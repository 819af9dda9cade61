"""Changes that make one part of a system better: shorter work, more room, earlier input, one more line."""

from collections.abc import Callable
from dataclasses import replace

from simulator.model.distributions import Variate
from simulator.model.system import NO_LIMIT, Holding, Line, Store, System

_SCALED_PARAMETERS: dict[str, Callable[[tuple[float, ...], float], tuple[float, ...]]] = {
    "constant": lambda params, share: (params[0] * share,),
    "uniform": lambda params, share: tuple(each * share for each in params),
    "triangular": lambda params, share: tuple(each * share for each in params),
    "exponential": lambda params, share: (params[0] * share,),
    "lognormal": lambda params, share: (params[0] * share, params[1]),
    "weibull": lambda params, share: (params[0] * share, params[1]),
    "erlang": lambda params, share: (params[0], params[1] * share),
    "table": lambda params, share: tuple(each * share for each in params),
}
"""The parameters of each law by which its numbers scale, at equal probabilities."""


def with_shorter_work(system: System, share: float, *, role: int | None = None) -> System:
    """Return the system with the work of every lot `share` times as long, above 0 and at most 1.

    Of all lines, or of those of one role, by its number. Drawn work stays at the same probability, so that each
    lot takes less, or as long. Whole ticks are cut off, down to 1. Raises ValueError for a share outside
    (0, 1], or a law whose numbers do not scale by its parameters.
    """
    if not 0.0 < share <= 1.0:
        raise ValueError(f"share is {share}; give a number above 0, at most 1")

    def meant(number: int) -> bool:
        return role is None or number == role

    return replace(
        system,
        plants=tuple(
            replace(plant, rate=plant.rate / share) if meant(plant.role) else plant for plant in system.plants
        ),
        lines=tuple(_shorter(line, share) if meant(line.role) else line for line in system.lines),
    )


def with_larger_stores(system: System, by: int) -> System:
    """Return the system with room for `by` more of every material in every store that limits it.

    Raises ValueError for a negative number.
    """
    if by < 0:
        raise ValueError(f"by is {by}; give a whole number of at least 0")

    def larger(holding: Holding) -> Holding:
        return holding if holding.capacity == NO_LIMIT else replace(holding, capacity=holding.capacity + by)

    return _with_holdings(system, larger)


def with_earlier_input(system: System, ticks: int) -> System:
    """Return the system with its dated additions and deliveries `ticks` earlier, none before the first tick.

    Suppliers that go by an interval stay as they are. Raises ValueError for a negative number.
    """
    if ticks < 0:
        raise ValueError(f"ticks is {ticks}; give a whole number of at least 0")

    def earlier(dated: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
        return tuple((max(system.first_tick, tick - ticks), amount) for tick, amount in dated)

    moved = _with_holdings(system, lambda holding: replace(holding, added=earlier(holding.added)))
    suppliers = tuple(replace(supplier, table=earlier(supplier.table)) for supplier in system.suppliers)
    return replace(moved, suppliers=suppliers)


def with_one_more_line(system: System, line: int = -1) -> System:
    """Return the system with one more plant that has one line, a copy of the line of a number.

    The new line comes last, whatever clause 5 says of its name, so that no other line's number changes.
    Raises IndexError for a line that does not exist.
    """
    model = system.lines[line]
    plant = system.plants[model.plant]
    lines = sum(each.plant == model.plant for each in system.lines)
    role = system.roles[model.role].name
    name = f"{role}/{sum(each.role == model.role for each in system.plants)}"
    return replace(
        system,
        plants=(*system.plants, replace(plant, name=name, rate=plant.rate / lines)),
        lines=(*system.lines, replace(model, name=f"{name}/0", plant=len(system.plants))),
    )


def _shorter(line: Line, share: float) -> Line:
    recipes = tuple(
        replace(recipe, ticks=max(1, int(recipe.ticks * share)) if recipe.ticks else 0)
        for recipe in line.recipes
    )
    return replace(line, recipes=recipes, work=None if line.work is None else _shorter_law(line.work, share))


def _shorter_law(law: Variate, share: float) -> Variate:
    if law.law not in _SCALED_PARAMETERS:
        raise ValueError(f"work follows {law.law}; give one of {', '.join(_SCALED_PARAMETERS)}")
    return Variate(law.law, _SCALED_PARAMETERS[law.law](law.params, share))


def _with_holdings(system: System, changed: Callable[[Holding], Holding]) -> System:
    def store_of(store: Store) -> Store:
        return replace(store, holdings=tuple(changed(holding) for holding in store.holdings))

    return replace(system, stores=tuple(store_of(store) for store in system.stores))
