"""A sentence of the rules is English to everybody, and keeps its facts for those who say it in another language."""

import copy
import json
from datetime import UTC, date, datetime

from app.rules.said import Said, all_said
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
