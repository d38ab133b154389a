"""A sentence of the rules is English to everybody, and keeps its facts for those who say it in another language."""

import copy
import json
from datetime import UTC, date, datetime

from app.rules.outcomes import said_again
from app.rules.voting import Tally
from app.said import Said, all_said, dated
from app.web.catalogue import catalogue

DEADLINE = datetime(2026, 3, 5, 14, tzinfo=UTC)


def test_a_sentence_is_its_english_words_wherever_a_text_is_wanted() -> None:
    said = Said("The silence {silence} runs until {time}.", silence="S4", time=DEADLINE)
    assert said == "The silence S4 runs until 14:00 UTC on 5 March 2026."
    assert json.dumps([said, copy.deepcopy(said)]) == json.dumps([str(said)] * 2)


def test_codes_and_days_are_said_as_people_write_them() -> None:
    who = ("FRA", "ITA", "NOR")
    assert Said("{who} on {day}", who=who, day=date(2026, 3, 5)) == "FRA, ITA and NOR on 5 March 2026"


def test_a_page_says_it_in_its_own_language_with_the_facts_in_that_language_too() -> None:
    said = Said("Pending confirmation by {who}.", who=("FRA", "ITA"))
    assert catalogue("fr").say(said) == "Dans l’attente de la confirmation de FRA et ITA."
    assert catalogue("en").say(said) == said


def test_a_sentence_within_a_sentence_is_translated_with_it() -> None:
    inner = Said("delete it")
    said = Said("{amendment} by {by} to {what} is open.", amendment="A7", by=("ARG",), what=inner)
    assert catalogue("fr").say(said) == "A7, proposé par ARG pour le supprimer, est en instance."


def test_several_sentences_are_translated_one_by_one() -> None:
    both = all_said([Said("Delegations say where they stand."), Said("It is ready for a penholder's ruling.")])
    assert both == "Delegations say where they stand. It is ready for a penholder's ruling."
    assert str(catalogue("fr").say(both)).startswith("Les délégations font connaître leur position.")


def test_what_a_person_wrote_is_never_read_as_a_template() -> None:
    said = Said("{who} objects to v{version}: “{reason}”.", who="FRA", version=1, reason="{who} {0} {")
    assert "{who} {0} {" in said
    assert "{who} {0} {" in str(catalogue("fr").say(said))


def test_a_time_within_a_sentence_is_that_of_the_negotiation() -> None:
    said = Said("The silence {silence} runs until {time}.", silence="S4", time=DEADLINE)
    assert "5 mars 2026, 09:00 EST" in str(catalogue("fr").in_zone("America/New_York").say(said))
    assert "5 March 2026, 09:00 EST" in str(catalogue("en").in_zone("America/New_York").say(said))
    assert "14:00 UTC" in said


def test_programs_read_a_time_as_programs_write_it_and_people_as_people_do() -> None:
    said = Said("an extension ends after {moment}.", moment=dated(DEADLINE))
    assert said == "an extension ends after 2026-03-05T14:00:00+00:00."
    assert catalogue("fr").say(said) == "une prolongation s’achève après le 5 mars 2026, 14:00 UTC."


def test_a_name_that_runs_against_the_page_is_fenced_off() -> None:
    said = Said("Pending confirmation by {who}.", who=("France",))
    assert "\N{FIRST STRONG ISOLATE}France\N{POP DIRECTIONAL ISOLATE}" in str(catalogue("ar").say(said))
    assert "\N{FIRST STRONG ISOLATE}" not in str(catalogue("fr").say(said))
    arabic = Said("Pending confirmation by {who}.", who=("مصر",))
    assert "\N{FIRST STRONG ISOLATE}مصر\N{POP DIRECTIONAL ISOLATE}" in str(catalogue("fr").say(arabic))


def test_a_row_of_labels_is_separated_as_the_language_does_it() -> None:
    assert catalogue("fr").listed(["OP1", "OP2"]) == "OP1, OP2"
    assert catalogue("zh").listed(["OP1", "OP2"]) == "OP1、OP2"


def test_what_the_rules_once_wrote_into_the_record_is_said_again_in_another_language() -> None:
    said = said_again("The text says it since an editorial change.")
    assert catalogue("fr").say(said) == "Le texte le dit depuis une correction de forme."
    stands = said_again("3 of 12 paragraphs are agreed; nothing is agreed until everything is agreed.")
    assert str(catalogue("fr").say(stands)).startswith("3 ")
    assert not isinstance(said_again("With “as appropriate”, which two delegations asked for."), Said)


def test_a_recorded_vote_is_told_as_french_records_tell_it() -> None:
    assert Tally(130, 3, 12).sentence_part == "by a recorded vote of 130 in favour to 3 against, with 12 abstentions"
    assert catalogue("fr").say(Tally(130, 0, 0).sentence_part) == (
        "à l’issue d’un vote enregistré, par 130 voix contre zéro, sans abstention"
    )
