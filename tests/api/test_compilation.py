"""The text with every open proposal in place, what changed between two moments, and what an editor would say."""

from tests.api.room import Room, done, refused

OP1 = "Encourages Member States to measure the quality of water every year;"
TWICE = OP1.replace("every year", "twice a year")


async def test_proposals_stand_in_place_with_the_names_of_those_behind_them(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    done(await room.as_("ITA").propose("OP1", TWICE))
    done(await room.as_("BRA").cosponsor("A1"))
    done(await room.as_("ARG").propose("OP1", OP1.replace("water", "drinking water")))
    compiled = done(await room.as_("ILO").get("/clauses/OP1/compilation"))
    assert compiled["notation"] == (
        "Encourages Member States to measure the quality of [ARG: **drinking**] water "
        "[NOR, ITA, BRA: ~~every~~ **twice a**] year;"
    )
    kept = "".join(run["text"] for run in compiled["runs"] if run["mark"] != "added")
    assert kept == OP1


async def test_rivals_are_named_with_the_words_at_stake(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE))
    done(await room.as_("ARG").propose("OP1", OP1.replace("every", "each")))
    done(await room.as_("BRA").propose("OP1", OP1.replace("Encourages", "Invites")))
    (group,) = done(await room.as_("FRA").get("/clauses/OP1/compilation"))["rivals"]
    assert sorted(name for side in group["sides"] for name in side) == ["A1", "A2"]
    assert "every" in group["stakes"][0]["words"]


async def test_the_whole_draft_shows_insertions_deletions_and_alternatives_where_they_would_stand(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", "Also encourages them to publish the results;", kind="insert"))
    done(await room.as_("ARG").propose("OP3", kind="delete"))
    done(await room.as_("BRA").propose("OP4", "Decides to return to the matter.", kind="alternative"))
    done(await room.as_("ITA").propose("OP2", kind="move", after="OP4"))
    compiled = done(await room.as_("FRA").get("/compilation"))
    shown = [(paragraph["label"], paragraph["is_proposed"]) for paragraph in compiled]
    assert shown[shown.index(("OP1", False)) + 1] == ("OP1 bis", True)
    assert shown[-1] == ("OP4 alt", True)
    by_label = {paragraph["label"]: paragraph for paragraph in compiled}
    assert by_label["OP3"]["notation"].startswith("[ARG: ~~Invites")
    assert by_label["OP4 alt"]["notation"] == "[BRA: **Decides to return to the matter.**]"
    assert by_label["OP2"]["beside"] == ["A4"]


async def test_the_draft_of_another_delegation_is_in_no_compilation(room: Room) -> None:
    done(await room.as_("NOR").propose("OP1", TWICE, audience="delegation"))
    assert done(await room.as_("FRA").get("/clauses/OP1/compilation"))["notation"] == OP1


async def test_what_changed_between_two_moments_is_shown_by_paragraph_and_word(room: Room) -> None:
    before = await room.head()
    done(await room.as_("NOR").propose("OP1", TWICE))
    done(await room.as_("FRA").accept("A1"))
    done(await room.as_("NOR").propose("OP2", kind="move", after="OP3"))
    done(await room.as_("FRA").accept("A2"))
    changes = done(await room.as_("ILO").get(f"/changes?from={before}"))
    changed = {change["op"]: change for change in changes if change["op"] != "equal"}
    assert changed["changed"]["marked"].endswith("of water [-every-]{+twice a+} year;")
    assert set(changed) == {"changed", "moved"}
    refused(await room.as_("ILO").get("/changes?from=999"), 404, "not-found")


async def test_editorial_findings_name_rule_place_and_fix(room: Room) -> None:
    assert [f for f in done(await room.as_("NOR").get("/editorial-findings")) if f["severity"] == "error"] == []
    done(await room.as_("FRA").edit("OP1", OP1.replace(";", ",")))
    (found,) = [f for f in done(await room.as_("NOR").get("/editorial-findings")) if f["severity"] == "error"]
    assert (found["label"], found["fix"]) == ("OP1", OP1)
