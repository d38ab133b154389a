"""The pages are in six languages: every message is in every catalogue, and what a catalogue says can be shown."""

import re
from string import Formatter

import pytest
from babel.messages.plurals import get_plural

from app.web.catalogue import HERE, LANGUAGES, catalogue
from tests.web.catalogues import TRANSLATED, messages, translations, written

COMPLETE = ("fr",)  # a message without a translation fails here; in the other languages it is said in English


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_holds_every_message_of_the_pages_and_no_other(language: str) -> None:
    wanted = written(language, messages(), translations(language))
    assert (HERE / f"{language}.po").read_text(encoding="utf-8") == wanted, "run 'make catalogues'"


@pytest.mark.parametrize("language", COMPLETE)
def test_a_complete_language_leaves_nothing_in_english(language: str) -> None:
    said = translations(language)
    assert [key for key in messages() if not all(said.get(key) or ("",))] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_facts_of_the_english_sentence(language: str) -> None:
    said = translations(language)
    wrong = []
    for key, message in messages().items():
        facts = [_facts(key)]
        if isinstance(message, tuple):  # Arabic has a form for two things, which says so without a number
            facts += [_facts(message[1]), _facts(message[1]) - {"number"}]
        wrong += [form for form in said[key] if form and _facts(form) not in facts]
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_keeps_the_spaces_at_both_ends(language: str) -> None:
    said = translations(language)
    assert [
        form for key in messages() for form in said[key] if form and (form[0] + form[-1]).isspace() != _spaced(key)
    ] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_depends_on_a_number_has_every_form_of_the_language_or_none(language: str) -> None:
    plural, said = get_plural(language), translations(language)
    for key, message in messages().items():
        if isinstance(message, tuple):
            assert len(said[key]) == plural.num_plurals
            assert all(said[key]) or not any(said[key]), key


@pytest.mark.parametrize(
    ("language", "numbers"),
    [("en", "1 2"), ("fr", "0 2"), ("es", "1 2"), ("ru", "1 3 5"), ("ar", "0 1 2 5 11"), ("zh", "1")],
)
def test_numbers_take_the_form_that_the_language_has_for_them(language: str, numbers: str) -> None:
    words = catalogue(language)
    said = [words.ngettext("{number} proposal", "{number} proposals", int(number)) for number in numbers.split()]
    forms = {re.sub(r"\d+", "", form) for form in said}
    assert len(forms) == len(said)


def test_what_has_no_translation_is_said_in_english() -> None:
    for language in LANGUAGES:
        assert catalogue(language).gettext("{thing} that nobody translated", thing="12") == "12 that nobody translated"


def _facts(words: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(words) if name is not None}


def _spaced(key: str) -> bool:
    return (key[0] + key[-1]).isspace()
