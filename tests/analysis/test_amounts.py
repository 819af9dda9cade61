from datetime import date

from simulator.analysis.amounts import Claimed, amounts

EVEN = [1.0, 2.0]


def test_claims_about_one_amount_share_it_and_those_made_come_first(run_of):
    claims = {
        "sent": {},
        "more": {"at_least": 5000.0},
        "early": {"by": date(2023, 9, 30)},
        "made": {"quantity": "made"},
    }
    columns = {f"claims.{name}": EVEN for name in claims}
    found = amounts(run_of({"base": columns}, claims=claims))
    assert [(each.name, each.column) for each in found] == [
        ("made, 1 Aug to 31 Oct 2023", "claims.made"),
        ("delivered, 1 Aug to 31 Oct 2023", "claims.sent"),
        ("delivered, 1 Aug to 30 Sep 2023", "claims.early"),
    ]
    assert found[1].claims == (Claimed("sent", 1000.0), Claimed("more", 5000.0))


def test_a_claim_leaves_the_amounts_of_its_window(run_of):
    claims = {"sent": {}, "early": {"by": date(2023, 9, 30)}, "made": {"quantity": "made"}}
    run = run_of({"base": {f"claims.{name}": EVEN for name in claims}}, claims=claims)
    assert [each.column for each in amounts(run, "sent")] == ["claims.made", "claims.sent"]
    assert [each.column for each in amounts(run, "early")] == ["claims.early"]


def test_without_claims_they_are_all_that_was_made_and_delivered(run_of):
    found = amounts(run_of({"base": {"made": EVEN}}))
    assert [(each.name, each.claims) for each in found] == [("made", ())]
