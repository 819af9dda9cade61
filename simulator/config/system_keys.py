"""What every key of a system means, with an example in YAML."""

Meanings = dict[str, tuple[str, str]]
"""By key: its meaning, to which its unit is added, and an example."""

GROUNDS: Meanings = {
    "evidence": ("Ids of the rows of evidence that it rests on; one alone needs no list", "[S01, S02]"),
    "assumption": ("The reason for it where there is no evidence, or beside it", "as drawn"),
}
_MONTHLY = "Twelve factors, January to December"

SYSTEM_KEYS: dict[str, Meanings] = {
    "SystemDescription": {
        "materials": ("What is stored, made and moved, by name", "{billet: {unit: kg}, shell: {unit: item}}"),
        "regions": ("Parts of the country, by name", "{north: {grid: {allotment: 40 MW}, crews: 4}}"),
        "stores": (
            "Places that keep materials, by name",
            "{yard: {region: north, holds: {billet: {initial: 20 t}, shell: {}}}}",
        ),
        "recipes": ("What is made of what, by name", "{forge: {inputs: {billet: 50 kg}, output: shell}}"),
        "calendars": (
            "When plants are open, by name",
            "{day: {changes: [{from: 2024-01-01, shifts: 1, days: 6}]}}",
        ),
        "plants": (
            "All plants",
            "{total: 1, roles: {works: {share: 1, recipe: fuze, regions: {north: 1}, rate: 16/h, to: yard}}}",
        ),
        "suppliers": (
            "What brings materials in, by name",
            "{mill: {material: billet, to: yard, quantity: 25 t, every: 7 d}}",
        ),
        "links": (
            "What carries materials to another store or away, by name",
            "{road: {from: yard, to: delivered, materials: [shell], load: 500, every: 1 d, transit: 4 h}}",
        ),
    },
    "Material": {
        "unit": ("Counted in whole items, or weighed in whole kilograms", "item"),
        "counts_as": ("The material whose claims also count this one", "shell"),
    },
    "Region": {
        "grid": ("Its electric supply; no limit on power when absent", "{allotment: 40 MW, policy: slow}"),
        "crews": ("Lines that can be under repair at once; no limit when absent", "4"),
    },
    "Grid": {
        "allotment": ("What it supplies", "40 MW"),
        "monthly": (f"{_MONTHLY}, on the allotment", "[0.8, 0.8, 0.9, 1, 1, 1, 1.1, 1.1, 1, 1, 0.9, 0.8]"),
        "policy": (
            "When it is short: shed disconnects lines by rank, slow slows all, rotate darkens feeders, then sheds",
            "shed",
        ),
        "rotation": (
            "How feeders are darkened, with policy rotate",
            "{feeders: 8, period: 4 h, powered: 18 h}",
        ),
        "curtailment": (
            "Times at which it gives less",
            "{every: {exponential: {mean: 5 d}}, lasting: 8 h, depth: {uniform: {low: 0.2, high: 0.6}}}",
        ),
        **GROUNDS,
    },
    "Rotation": {
        "feeders": ("Feeders that the lines of the region hang on", "8"),
        "period": ("How long a feeder is dark or lit before lots are drawn again", "4 h"),
        "powered": ("Hours of a day that a feeder is lit on average, 0 h to 24 h", "18 h"),
    },
    "Curtailment": {
        "every": ("Normal supply between two curtailments", "{exponential: {mean: 5 d}}"),
        "lasting": ("How long one lasts", "{uniform: {low: 4 h, high: 12 h}}"),
        "depth": ("The share of the supply that is lost", "{triangular: {low: 0.2, mode: 0.5, high: 0.9}}"),
    },
    "Store": {
        "region": ("The region that it lies in", "north"),
        "holds": ("What it keeps, by material", "{billet: {initial: 20 t}, shell: {}}"),
    },
    "Holding": {
        "capacity": ("The most that fits; no limit when absent", "400 t"),
        "initial": ("The stock at the start", "20 t"),
        "added": (
            "Dated additions; what does not fit is lost, and counted",
            "[{at: 2024-01-20, amount: 300}]",
        ),
        "floor": ("The stock that links leave in place", "200"),
        "releasable": ("The share of the initial stock that links may take, instead of a floor", "0.4"),
        **GROUNDS,
    },
    "Addition": {
        "at": ("The date at whose 00:00 it comes", "2024-01-20"),
        "amount": ("How much comes", "300"),
    },
    "Recipe": {
        "inputs": ("The amount of each material for one item", "{billet: 50 kg}"),
        "output": ("The material that is made", "shell"),
        "energy": ("Electricity for one item", "60 kWh"),
        **GROUNDS,
    },
    "Calendar": {
        "changes": (
            "The working week, from each date on; the first also holds before its date",
            "[{from: 2024-01-01, shifts: 2, days: 6}]",
        ),
        "closed": ("Days on which all is closed", "[2024-05-01]"),
        **GROUNDS,
    },
    "Change": {
        "from": ("The date from whose 00:00 it holds", "2024-01-01"),
        "shifts": ("Shifts of eight hours: 0 closed, 1 from 08:00, 2 from 08:00, 3 from 00:00", "2"),
        "days": ("The first so many days of the week, from Monday", "6"),
    },
    "Plants": {
        "total": ("How many plants there are", "12"),
        "new": ("Plants that start during the run", "{count: 2, from: 2024-03-01, commissioned_after: 30 d}"),
        "roles": (
            "Kinds of plants, by name; their shares add up to 1",
            "{works: {share: 1, recipe: forge, regions: {north: 1}, rate: 16/h, from: yard, to: yard}}",
        ),
    },
    "NewPlants": {
        "count": ("The first so many plants, in the order in which plants are dealt to roles", "2"),
        "from": ("The date from which the time to their commissioning counts", "2024-03-01"),
        "commissioned_after": ("Time until one is commissioned", "{weibull: {scale: 20 d, shape: 2}}"),
        "ramp": ("Speeds of a new plant, by age", "[{until: 10 d, speed: 0.4}, {until: 30 d, speed: 0.8}]"),
        **GROUNDS,
    },
    "RampStep": {
        "until": ("The age until which it holds", "10 d"),
        "speed": ("The share of full speed", "0.4"),
    },
    "Role": {
        "share": ("The share of the plants that have this role", "0.4"),
        "at_least": ("Plants that have it whatever its share comes to", "1"),
        "calibres": (
            "What its plants split into, by name, when their recipes differ",
            "{heavy: {share: 0.5, recipe: forge_heavy}, light: {share: 0.5, recipe: forge_light}}",
        ),
        "regions": ("The share of its plants in each region", "{north: 0.75, east: 0.25}"),
        "recipe": ("The recipe, or none for plants that only draw power", "forge"),
        "recipes": (
            "Several recipes instead: a line loads the first whose inputs are there",
            "[fill, refit]",
        ),
        "lines": ("Lines of one plant", "2"),
        "lot": ("Items that a line works on together", "20"),
        "rate": (
            "Items, good or scrapped, an hour of running of a whole plant; drawn once a plant",
            "{lognormal: {mean: 16/h, gsd: 1.4}}",
        ),
        "work": (
            "Hours of one lot, drawn for every lot, instead of a rate",
            "{triangular: {low: 2 h, mode: 3 h, high: 6 h}}",
        ),
        "power": ("Load of one line, instead of the energy of its recipes", "150 kW"),
        "from": ("The store that inputs come from", "yard"),
        "to": ("The store that output goes to", "yard"),
        "breakdown": (
            "How lines fail; never when absent",
            "{availability: 0.85, repair: {exponential: {mean: 6 h}}}",
        ),
        "reject": ("The share of items that are scrapped", "0.05"),
        "flow": ("Time from the line to the store; none when absent", "{uniform: {low: 1 d, high: 3 d}}"),
        "calendar": ("The calendar that it is open by; always open when absent", "day"),
        "priority": ("Who comes first where something is scarce: 1 before 2", "1"),
        **GROUNDS,
    },
    "Mix": {
        "share": ("The share of the role's plants", "0.5"),
        "recipe": ("Their recipe", "forge"),
        "recipes": (
            "Several recipes instead: a line loads the first whose inputs are there",
            "[fill, refit]",
        ),
        "at_least": ("Plants that have it whatever its share comes to", "1"),
    },
    "Breakdown": {
        "availability": ("Running time over running and repair time, in the long run", "0.85"),
        "repair": ("How long a repair takes, once a crew is there", "{erlang: {mean: 8 h, phases: 2}}"),
    },
    "Supplier": {
        "material": ("What it delivers", "billet"),
        "to": ("The store that it delivers to", "yard"),
        "quantity": ("What one delivery brings", "25 t"),
        "share_of_use": ("What one delivery brings, as a share of what is used until the next", "0.8"),
        "table": ("Dated deliveries, instead of a quantity at intervals", "[{at: 2024-01-10, amount: 500}]"),
        "every": ("The time between deliveries", "7 d"),
        "first": ("The date of the first delivery; one interval after the start when absent", "2024-01-03"),
        "monthly": (f"{_MONTHLY}, on the quantity", "[0.7, 0.8, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.7]"),
        "disruption": (
            "Times at which deliveries are lost",
            "{every: {exponential: {mean: 30 d}}, lasting: 3 d}",
        ),
        **GROUNDS,
    },
    "Disruption": {
        "every": ("From the end of a disruption to the start of the next", "{exponential: {mean: 30 d}}"),
        "lasting": ("How long one lasts", "{uniform: {low: 1 d, high: 4 d}}"),
    },
    "Link": {
        "from": ("The store that it loads at", "yard"),
        "to": ("The store that it carries to, or delivered, which leaves the system", "delivered"),
        "materials": ("What it carries, in order of preference", "[shell]"),
        "load": ("The most that a vehicle takes", "500"),
        "loads_of": ("What one container holds; departures then count containers as loads", "150"),
        "minimum": ("The least that a vehicle leaves with", "50"),
        "first": (
            "The date on which the first vehicle is due; one interval after the start when absent",
            "2024-01-15",
        ),
        "every": (
            "The time between due vehicles: one, or a list by date, whose first entry also holds before its date",
            "[{from: 2024-01-01, is: 10 d}, {from: 2024-02-15, is: 6 d}]",
        ),
        "transit": ("The time on the way", "{lognormal: {median: 6 h, gsd: 1.3}}"),
        **GROUNDS,
    },
    "IntervalChange": {
        "from": ("The date from whose 00:00 it holds", "2024-02-15"),
        "is": ("The time between due vehicles", "{uniform: {low: 5 d, high: 7 d}}"),
    },
}
"""By the name of a part of the schema, the meanings of its keys."""
