"""The text in the other official languages: translated, stale when the authentic text has moved, and on the record."""

import asyncio
import unicodedata
from typing import Any

import pytest

from tests.actions.test_record import by_hand_past_the_triggers
from tests.api.room import ADMINISTRATOR, READER, SECRETARIAT, SLUG, Room, done, refused

OP1 = "Encourages Member States to measure the quality of water every year;"
TWICE = "Encourages Member States to measure the quality of water twice a year;"
FRENCH = "Encourage les États Membres à mesurer chaque année la qualité de l’eau ;"
FRENCH_TWICE = "Encourage les États Membres à mesurer deux fois par an la qualité de l’eau ;"
SPANISH = "Alienta a los Estados Miembros a que midan cada año la calidad del agua;"
ARABIC = "تشجّع الدول الأعضاء على قياس جودة المياه كل سنة؛"


async def in_french(room: Room, clause: str = "OP1", language: str = "fr") -> dict[str, Any]:
    """How a clause reads in French now."""
    return dict(done(await room.as_("NOR").get(f"/clauses/{clause}/translations/{language}"))["current"])


async def amended(room: Room, clause: str, wording: str, kind: str = "replace", **more: Any) -> None:
    """A change of substance: proposed by Norway, accepted by France."""
    name = done(await room.as_("NOR").propose(clause, wording, kind, **more))["amendment"]
    done(await room.as_("FRA").accept(name))


async def progress(room: Room, language: str) -> tuple[int, int, int]:
    """How many paragraphs are translated, stale and missing."""
    found = {one["language"]: one for one in done(await room.as_("NOR").get("/languages"))}[language]
    return found["translated"], found["stale"], found["missing"]


# --- one paragraph ----------------------------------------------------------------------------------------------------


async def test_a_translation_says_whose_it_is_and_which_version_it_translates(room: Room) -> None:
    done(await room.as_("FRA").edit("OP1", TWICE))
    answer = await room.as_("FRA").translate("OP1", "fr", f"  {FRENCH_TWICE} ")
    made = done(answer)
    assert made == {
        "label": "OP1",
        "key": "c6",
        "language": "fr",
        "number": 1,
        "of_version": 2,
        "text": FRENCH_TWICE,
        "is_confirmed": False,
        "seq": made["seq"],
    }
    assert answer.headers["ETag"] == f'"c6.v2.fr1@{made["seq"]}"'
    found = await in_french(room)
    assert (found["state"], found["is_stale"], found["difference"]) == ("translated", False, None)
    assert (found["text"], found["text_language"], found["direction"]) == (FRENCH_TWICE, "fr", "ltr")
    assert (found["number"], found["of_version"], found["version"]) == (1, 2, 2)
    assert (found["translator"], found["delegation"]) == ("Delegate of FRA", "FRA")


async def test_a_paragraph_without_a_translation_shows_the_authentic_text_and_says_so(room: Room) -> None:
    found = {one["language"]: one for one in done(await room.as_("NOR").get("/clauses/op1/translations"))}
    assert list(found) == ["ar", "zh", "fr", "ru", "es"]  # all but the language of the negotiation
    assert {one["state"] for one in found.values()} == {"missing"}
    arabic = found["ar"]
    assert (arabic["text"], arabic["text_language"], arabic["direction"]) == (OP1, "en", "ltr")
    assert (arabic["number"], arabic["of_version"], arabic["etag"]) == (0, 0, "c6.v1.ar0")
    done(await room.as_(SECRETARIAT).translate("OP1", "ar", ARABIC))
    arabic = await in_french(room, language="ar")
    assert (arabic["text"], arabic["text_language"], arabic["direction"]) == (ARABIC, "ar", "rtl")
    assert (arabic["translator"], arabic["delegation"]) == ("Delegate of secretariat", "")


async def test_when_the_text_changes_its_translation_is_stale_and_shows_what_changed(room: Room) -> None:
    done(await room.as_("FRA").translate("OP1", "fr", FRENCH))
    done(await room.as_("FRA").translate("OP1", "es", SPANISH))
    await amended(room, "OP1", TWICE)
    found = await in_french(room)
    assert (found["state"], found["is_stale"], found["is_editorial_only"]) == ("stale", True, False)
    assert (found["text"], found["of_version"], found["version"]) == (FRENCH, 1, 2)
    difference = found["difference"]
    assert (difference["old"], difference["new"]) == ("OP1 v1", "OP1 v2")
    assert difference["marked"] == OP1.replace("every", "[-every-]{+twice a+}")
    done(await room.as_("FRA").translate("OP1", "fr", FRENCH_TWICE))
    assert (await in_french(room))["state"] == "translated"
    assert (await in_french(room, language="es"))["is_stale"]
    history = done(await room.as_(READER).get("/clauses/OP1/translations/fr"))["history"]
    assert [(one["number"], one["of_version"], one["text"]) for one in history] == [
        (1, 1, FRENCH),
        (2, 2, FRENCH_TWICE),
    ]


async def test_an_editorial_change_leaves_a_translation_stale_and_says_that_it_is_no_more(room: Room) -> None:
    done(await room.as_("FRA").translate("OP1", "fr", FRENCH))
    done(await room.as_("FRA").edit("OP1", OP1.replace("every year", "each year")))
    found = await in_french(room)
    assert (found["state"], found["is_editorial_only"]) == ("stale", True)
    (french,) = (one for one in done(await room.as_("NOR").get("/languages")) if one["language"] == "fr")
    assert (french["stale"], french["editorial_only"]) == (1, 1)


async def test_a_change_that_was_undone_to_the_same_words_leaves_the_translation_standing(room: Room) -> None:
    done(await room.as_("FRA").translate("OP1", "fr", FRENCH))
    await amended(room, "OP1", TWICE)
    done(await room.as_("FRA").translate("OP1", "fr", FRENCH_TWICE))
    await amended(room, "OP1", OP1)
    found = await in_french(room)
    assert (found["state"], found["text"], found["number"]) == ("translated", FRENCH, 1)
    assert (found["of_version"], found["version"]) == (1, 3)


async def test_a_translation_that_holds_for_the_new_words_is_confirmed_without_new_words(room: Room) -> None:
    done(await room.as_("FRA").translate("OP1", "fr", FRENCH))
    done(await room.as_("FRA").edit("OP1", OP1.replace("every year", "each year")))
    made = done(await room.as_(SECRETARIAT).confirm("OP1", "fr"))
    assert (made["number"], made["of_version"], made["text"], made["is_confirmed"]) == (2, 2, FRENCH, True)
    found = await in_french(room)
    assert (found["state"], found["of_version"], found["is_confirmed"]) == ("translated", 2, True)
    problem = refused(await room.as_("FRA").confirm("OP1", "fr"), 409, "translation-holds")
    assert problem["detail"].startswith("The French text of OP1 translates its present words already;")
    problem = refused(await room.as_("FRA").confirm("OP1", "ru"), 409, "translation-missing")
    assert "OP1 has no Russian text" in problem["detail"]


async def test_the_same_words_again_are_no_new_translation(room: Room) -> None:
    done(await room.as_("FRA").translate("OP1", "fr", FRENCH))
    problem = refused(await room.as_("FRA").translate("OP1", "fr", FRENCH), 409, "translation-unchanged")
    assert problem["detail"].endswith("Change the wording.")
    await amended(room, "OP1", TWICE)
    problem = refused(await room.as_("FRA").translate("OP1", "fr", FRENCH), 409, "translation-unchanged")
    assert problem["detail"].endswith("Confirm it if it holds for the new words too.")


async def test_nobody_translates_a_text_that_has_moved_unseen(room: Room) -> None:
    read = await room.as_("FRA").tag("/clauses/OP1/translations/fr")
    await amended(room, "OP1", TWICE)
    current = refused(await room.as_("FRA").translate("OP1", "fr", FRENCH, if_match=read), 412, "stale-version")[
        "current"
    ]
    assert (current["etag"], current["version"], current["number"]) == ('"c6.v2.fr0"', 2, 0)
    done(await room.as_("FRA").translate("OP1", "fr", FRENCH_TWICE, if_match=current["etag"]))


async def test_of_two_translators_at_once_one_succeeds_and_the_other_reads_what_was_written(room: Room) -> None:
    read = await room.as_("FRA").tag("/clauses/OP1/translations/fr")
    answers = await asyncio.gather(
        room.as_("FRA").translate("OP1", "fr", FRENCH, if_match=read),
        room.as_(SECRETARIAT).translate("OP1", "fr", FRENCH_TWICE, if_match=read),
    )
    made, late = sorted(answers, key=lambda answer: answer.status_code)
    current = refused(late, 412, "stale-version")["current"]
    assert (current["etag"], current["text"]) == ('"c6.v1.fr1"', done(made)["text"])
    done(
        await room.as_("FRA").translate("OP1", "es", SPANISH, if_match='"c6.v1.es0"')
    )  # another language is not in the way


async def test_a_closed_paragraph_is_translated_and_stays_closed(room: Room) -> None:
    done(await room.as_("FRA").rule("PP1"))
    done(await room.as_("FRA").translate("PP1", "fr", "Rappelant sa résolution 64/292 du 28 juillet 2010,"))
    assert await room.status("PP1") == "agreed"


async def test_translations_are_written_by_those_who_hold_the_pen_and_read_by_all(room: Room) -> None:
    done(await room.as_("FRA").translate("OP1", "fr", FRENCH))
    before = await room.head()
    for who in ("NOR", "EU", "ILO", READER):
        refused(await room.as_(who).translate("OP1", "fr", FRENCH_TWICE), 403, "not-permitted")
        refused(await room.as_(who).confirm("OP1", "fr"), 403, "not-permitted")
        refused(await room.as_(who).translate_text("fr", DELIVERED), 403, "not-permitted")
        refused(await room.as_(who).translate_text("fr", DELIVERED, act="/rehearsal"), 403, "not-permitted")
        assert done(await room.as_(who).get("/clauses/OP1/translations/fr"))["current"]["text"] == FRENCH
        assert done(await room.as_(who).get("/languages/fr"))["translated"] == 1
    assert await room.head() == before


async def test_the_language_of_the_negotiation_is_no_translation(room: Room) -> None:
    for answer in (
        await room.as_("FRA").get("/clauses/OP1/translations/en"),
        await room.as_("FRA").get("/languages/en"),
        await room.as_("FRA").translate("OP1", "en", TWICE, if_match='"c6.v1.en0"'),
        await room.as_("FRA").confirm("OP1", "en", if_match='"c6.v1.en0"'),
        await room.as_("FRA").translate_text("en", DELIVERED, if_match='"water.en.v0"'),
    ):
        problem = refused(answer, 409, "authentic-language")
        assert problem["detail"].startswith("water is negotiated in English:")
    refused(await room.as_("FRA").get("/clauses/OP1/translations/de"), 422, "invalid-input")
    refused(await room.as_("FRA").get("/languages/FR"), 422, "invalid-input")


@pytest.mark.parametrize(
    ("language", "wording"),
    [
        ("ar", "إِنَّ الجَمْعِيَّةَ العامَّةَ تُشَجِّعُ الدُّوَلَ الأَعْضاءَ؛"),
        ("zh", "鼓励会员国每年测量水质；"),
        ("ru", "рекомендует государствам-членам ежегодно измерять качество воды, в том числе её жёсткость;"),
        ("es", "Alienta a los Estados Miembros a que midan cada año la calidad del agua;"),
        ("fr", "Encourage les E\u0301tats Membres à mesurer la qualité de l’eau\u00a0;"),
    ],
)
async def test_a_translation_in_any_script_reads_as_it_was_written(room: Room, language: str, wording: str) -> None:
    done(await room.as_("FRA").translate("OP1", language, wording))
    assert (await in_french(room, language=language))["text"] == unicodedata.normalize("NFC", wording)


async def test_a_translation_that_would_not_read_as_it_is_stored_is_refused(room: Room) -> None:
    for hidden in ("\u202e", "\u200f", "\u200b", "\n"):
        problem = refused(await room.as_("FRA").translate("OP1", "ar", f"تشجّع{hidden} الدول"), 422, "text-refused")
        assert problem["detail"].startswith("text: ")
    refused(await room.as_("FRA").translate("OP1", "ar", "  "), 422, "text-empty")


# --- identity, not labels ---------------------------------------------------------------------------------------------


async def test_publishing_renumbers_the_paragraphs_and_a_translation_stays_with_its_own(room: Room) -> None:
    done(await room.as_("FRA").translate("OP1", "fr", FRENCH))
    await amended(room, "PP3", "Encourages everybody to save water;", "insert", paragraph_kind="operative")
    done(await room.as_("FRA").post("/revisions", {"name": "Rev.1"}))
    assert (await room.clause("OP2"))["text"] == OP1
    found = await in_french(room, "OP2")
    assert (found["key"], found["state"], found["text"]) == ("c6", "translated", FRENCH)
    assert (await in_french(room, "OP1"))["state"] == "missing"


async def test_a_paragraph_that_is_removed_drops_out_of_every_language(room: Room) -> None:
    done(await room.as_("FRA").translate("OP3", "fr", "Invite les banques à financer l’eau potable ;"))
    assert await progress(room, "fr") == (1, 0, 10)
    read = await room.as_("FRA").tag("/clauses/OP3/translations/fr")
    name = done(await room.as_("NOR").propose("OP3", kind="delete"))["amendment"]
    done(await room.as_("FRA").accept(name))
    assert await progress(room, "fr") == (0, 0, 10)
    refused(await room.as_("FRA").translate("c10", "fr", "Autre chose ;"), 409, "clause-removed")
    refused(await room.as_("FRA").confirm("c10", "fr"), 409, "clause-removed")
    assert read.startswith('"c10.v1.fr1')
    assert len(done(await room.as_("FRA").get("/clauses/c10/translations/fr"))["history"]) == 1


async def test_what_a_split_makes_anew_starts_without_a_translation(room: Room) -> None:
    done(await room.as_("FRA").translate("OP1", "fr", FRENCH))
    parts = ["Encourages Member States to measure the quality of water;", "Also encourages them to do so every year;"]
    name = done(await room.as_("NOR").propose("OP1", kind="split", texts=parts))["amendment"]
    done(await room.as_("FRA").accept(name))
    found = done(await room.as_("NOR").get("/languages/fr"))["clauses"]
    states = {one["text"]: one["state"] for one in found if one["kind"] == "operative"}
    assert states[FRENCH] == "stale"
    assert states[parts[1]] == "missing"
    assert await room.is_intact()


# --- the whole text ---------------------------------------------------------------------------------------------------

DELIVERED = f"""---
title: De l’eau potable pour tous
language: fr
---

*L’Assemblée générale*,

PP1. Rappelant sa résolution 64/292 du 28 juillet 2010,

OP1. {FRENCH}

OP2. Encourage également les États Membres à envisager, entre autres mesures :

OP2(a). Des tarifs abordables pour tous ;
"""


async def test_a_text_is_delivered_at_once_and_matched_by_label_in_one_entry_of_the_record(room: Room) -> None:
    before = await room.head()
    answer = await room.as_("FRA").translate_text("fr", DELIVERED)
    made = done(answer)
    assert [(one["label"], one["number"]) for one in made["written"]] == [
        (label, 1) for label in ("Title", "Opening", "PP1", "OP1", "OP2", "OP2(a)")
    ]
    assert made["still_missing"] == ["PP2", "PP3", "OP2(b)", "OP3", "OP4"]
    assert (made["of"], await room.head()) == (1, before + 1)
    assert answer.headers["ETag"] == f'"water.fr.v{made["seq"]}@{made["seq"]}"'
    entry = (await room.record())[-1]
    assert (entry["verb"], entry["payload"]["of"]) == ("translation.write", 1)
    assert entry["payload"]["translations"][3] == {
        "clause": "c6",
        "label": "OP1",
        "language": "fr",
        "number": 1,
        "of_version": 1,
        "text": FRENCH,
        "confirmed": False,
    }
    text = done(await room.as_("NOR").get("/languages/fr"))
    assert (text["title"], text["direction"]) == ("De l’eau potable pour tous", "ltr")
    assert (text["translated"], text["stale"], text["missing"], text["is_complete"]) == (6, 0, 5, False)
    assert await room.is_intact()


async def test_a_text_is_rehearsed_first_and_nothing_is_left_of_it(room: Room) -> None:
    before = await room.head()
    found = done(await room.as_("FRA").translate_text("fr", DELIVERED, act="/rehearsal"))
    assert [one["label"] for one in found["written"]] == ["Title", "Opening", "PP1", "OP1", "OP2", "OP2(a)"]
    assert (found["seq"], await room.head(), await progress(room, "fr")) == (0, before, (0, 0, 11))


async def test_paragraphs_that_the_text_does_not_have_are_named_and_nothing_is_taken(room: Room) -> None:
    strange = f"{DELIVERED}\nOP9. Décide de rester saisie de la question.\n\n[^1]: Voir A/77/1.\n"
    for act in ("", "/rehearsal"):
        problem = refused(await room.as_("FRA").translate_text("fr", strange, act=act), 422, "translation-does-not-fit")
        assert problem["labels"] == ["OP9", "N1"]
        assert problem["detail"].startswith("The text at record entry 1 has no OP9, N1.")
    assert await progress(room, "fr") == (0, 0, 11)


async def test_a_text_in_another_language_than_it_is_sent_as_is_refused(room: Room) -> None:
    problem = refused(await room.as_("FRA").translate_text("es", DELIVERED), 422, "invalid-input")
    assert problem["errors"][0]["field"] == "draft"
    assert "a Spanish text says 'language: es'" in problem["detail"]
    refused(await room.as_("FRA").translate_text("fr", "---\nlanguage: fr\n---\n"), 422, "invalid-input")
    refused(await room.as_("FRA").translate_text("fr", "n’importe quoi"), 422, "draft-unreadable")


async def test_what_moved_while_a_document_was_translated_is_stale_at_once(room: Room) -> None:
    done(await room.as_("FRA").post("/revisions", {"name": "Rev.1"}))
    await amended(room, "OP1", TWICE)
    made = done(await room.as_("FRA").translate_text("fr", DELIVERED, of="Rev.1"))
    assert {one["label"]: one["of_version"] for one in made["written"]}["OP1"] == 1
    found = await in_french(room)
    assert (found["state"], found["of_version"], found["version"]) == ("stale", 1, 2)
    problem = refused(await room.as_("FRA").translate_text("fr", DELIVERED, of="Rev.7"), 422, "invalid-input")
    assert problem["errors"][0]["field"] == "of"
    refused(await room.as_("FRA").translate_text("fr", DELIVERED, of="4711"), 404, "not-found")


async def test_a_document_is_matched_by_the_labels_of_the_text_that_it_translates(room: Room) -> None:
    await amended(room, "PP3", "Encourages everybody to save water;", "insert", paragraph_kind="operative")
    name = done(await room.as_("NOR").propose("PP1", kind="delete"))["amendment"]
    done(await room.as_("FRA").accept(name))
    done(await room.as_("FRA").post("/revisions", {"name": "Rev.1"}))
    made = done(await room.as_("FRA").translate_text("fr", DELIVERED, of="zero draft"))
    assert made["out_of_the_text"] == ["PP1"]
    assert {one["key"]: one["label"] for one in made["written"]}["c6"] == "OP2"  # as it is called now
    assert (await in_french(room, "OP2"))["text"] == FRENCH


async def test_a_text_delivered_again_changes_what_is_new_and_confirms_the_rest_only_when_told(room: Room) -> None:
    done(await room.as_("FRA").translate_text("fr", DELIVERED))
    refused(await room.as_("FRA").translate_text("fr", DELIVERED), 409, "translation-unchanged")
    done(await room.as_("FRA").edit("OP1", OP1.replace("every year", "each year")))
    head = str(await room.head())
    again = DELIVERED.replace("abordables pour tous", "que chacun peut payer")
    found = done(await room.as_("FRA").translate_text("fr", again, head, "/rehearsal"))
    assert ([one["label"] for one in found["written"]], found["left_stale"]) == (["OP2(a)"], ["OP1"])
    assert found["unchanged"] == ["Title", "Opening", "PP1", "OP2"]
    made = done(await room.as_("FRA").translate_text("fr", again, head, unchanged_holds=True))
    assert [(one["label"], one["is_confirmed"]) for one in made["written"]] == [("OP1", True), ("OP2(a)", False)]
    assert await progress(room, "fr") == (6, 0, 5)
    assert await room.is_intact()


async def test_a_text_does_not_go_over_what_another_translator_wrote_meanwhile(room: Room) -> None:
    read = await room.as_("FRA").tag("/languages/fr")
    assert read.startswith('"water.fr.v0@')
    made = done(await room.as_(SECRETARIAT).translate("OP1", "fr", FRENCH_TWICE))
    late = await room.as_("FRA").translate_text("fr", DELIVERED, if_match=read)
    assert refused(late, 412, "stale-version")["current"]["etag"] == f'"water.fr.v{made["seq"]}"'
    done(await room.as_("FRA").comment("OP1", "Nothing that a translator has to know."))
    done(await room.as_("FRA").translate_text("fr", DELIVERED, if_match=f'"water.fr.v{made["seq"]}"'))


async def test_an_incomplete_text_is_not_given_as_the_text(room: Room) -> None:
    done(await room.as_("FRA").translate_text("fr", DELIVERED))
    await amended(room, "OP1", TWICE)
    for address in ("/draft?language=fr", "/export?language=fr"):
        problem = refused(await room.as_("NOR").get(address), 409, "translation-incomplete")
        assert (problem["missing"], problem["stale"]) == (["PP2", "PP3", "OP2(b)", "OP3", "OP4"], ["OP1"])
        assert "In French, 5 of 11 paragraphs are missing (PP2, PP3, OP2(b), OP3, OP4) and 1 of 11" in problem["detail"]
    assert done(await room.as_("NOR").get("/draft?language=en"))["draft"]["clauses"][0]["text"] == "Safe water for all"
    refused(await room.as_("NOR").get("/export?language=de"), 422, "invalid-input")


async def test_reads_in_a_language_are_answered_anew_only_when_something_has_changed(room: Room) -> None:
    for address in ("/languages", "/languages/fr", "/clauses/OP1/translations", "/clauses/OP1/translations/fr"):
        tag = await room.as_("NOR").tag(address)
        assert (await room.as_("NOR").get(address, If_None_Match=tag)).status_code == 304
        done(await room.as_("FRA").comment("OP1", "Something else."))
        assert (await room.as_("NOR").get(address, If_None_Match=tag)).status_code == 200


# --- the record -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "altering",
    [
        "update translation set text = 'Interdit' where number = 1",
        "update translation set text_hash = 'f' where number = 1",
        "update translation set of_version = 1 where number = 1",
        "update translation set is_confirmed = true where number = 1",
        "delete from translation where number = 1",
        "insert into translation "
        "(clause_id, language, number, of_version, text, text_hash, is_confirmed, seq, written_at) "
        "select clause_id, 'es', 1, of_version, text, text_hash, is_confirmed, seq, written_at from translation",
    ],
)
async def test_a_translation_that_the_record_does_not_tell_of_is_found_and_named(room: Room, altering: str) -> None:
    done(await room.as_("FRA").edit("OP1", TWICE))
    done(await room.as_("FRA").translate("OP1", "fr", FRENCH_TWICE))
    assert await room.is_intact()
    await by_hand_past_the_triggers(room, altering)
    found = done(await room.as_("FRA").get("/record/verification"))
    language = "es" if "'es'" in altering else "fr"
    (fault,) = found["faults"]
    assert fault.startswith(f"translation 1 of clause c6 into {language} is ")


async def test_another_negotiation_has_translations_of_its_own(room: Room) -> None:
    done(await room.as_("FRA").translate("OP1", "fr", FRENCH))
    draft = "---\nslug: fire\ntitle: Fire\n---\n\nPP1. *Noting* fire,\n\nOP1. *Decides* to act.\n"
    done(await room.as_(ADMINISTRATOR).post("/api/v1/negotiations", {"draft": draft}))
    there = done(await room.as_(ADMINISTRATOR).get("/api/v1/negotiations/fire/languages/fr"))
    assert (there["translated"], there["missing"], there["etag"]) == (0, 3, "fire.fr.v0")
    assert (await room.as_(ADMINISTRATOR).get(f"/api/v1/negotiations/{SLUG}/languages/fr")).status_code == 404
