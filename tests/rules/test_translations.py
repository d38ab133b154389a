"""Whether a translation still says what the authentic text says."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.problems import AuthenticLanguage
from app.rules.translations import Fit, Translated, TranslationState, Wording, fit, must_be_a_translation
from app.text.clauses import FrontMatter
from app.text.languages import Direction, Language, direction_of, front_in, is_language_of

TRANSLATED, STALE, MISSING = TranslationState


def history(*changes: str) -> list[Wording]:
    """The versions of a clause, from what was said in turn; `+comma` keeps the substance of the words before it."""
    made: list[Wording] = []
    for number, words in enumerate(changes, start=1):
        keeps = words.startswith("+") and made
        made.append(Wording(number, words.removeprefix("+"), made[-1].substance if keeps else number))
    return made


def translations(versions: list[Wording], *of: int) -> list[Translated]:
    """Translations in turn, each of the version with this number."""
    return [Translated(number, versions[version - 1]) for number, version in enumerate(of, start=1)]


def test_a_translation_of_the_present_words_holds() -> None:
    versions = history("water")
    assert fit(versions[0], translations(versions, 1)) == Fit(TRANSLATED, 1)


def test_without_a_translation_there_is_none() -> None:
    assert fit(history("water")[0], []) == Fit(MISSING)


def test_a_change_of_substance_makes_it_stale() -> None:
    versions = history("water", "clean water")
    assert fit(versions[1], translations(versions, 1)) == Fit(STALE, 1, is_editorial_only=False)


def test_an_editorial_change_makes_it_stale_too_and_says_that_it_is_editorial() -> None:
    versions = history("water", "clean water", "+clean water,")
    assert fit(versions[2], translations(versions, 2)) == Fit(STALE, 1, is_editorial_only=True)
    assert fit(versions[2], translations(versions, 1)) == Fit(STALE, 1, is_editorial_only=False)


def test_a_change_that_was_undone_brings_the_translation_of_those_words_back() -> None:
    versions = history("water", "clean water", "water")
    assert fit(versions[2], translations(versions, 1, 2)) == Fit(TRANSLATED, 1)


def test_a_text_of_the_past_is_not_shown_in_the_translation_of_later_words() -> None:
    versions = history("water", "clean water", "safe water")
    assert fit(versions[0], translations(versions, 2)) == Fit(MISSING)
    assert fit(versions[1], translations(versions, 1, 3)) == Fit(STALE, 1)


def test_the_language_of_the_negotiation_is_no_translation() -> None:
    for said in ("en", "EN", "en-GB", "en_US"):
        with pytest.raises(AuthenticLanguage, match="sse is negotiated in English"):
            must_be_a_translation(Language.ENGLISH, FrontMatter(slug="sse", language=said))
        must_be_a_translation(Language.FRENCH, FrontMatter(slug="sse", language=said))
    assert not is_language_of(Language.SPANISH, FrontMatter(language="est"))


def test_arabic_is_written_from_right_to_left() -> None:
    assert [language for language in Language if direction_of(language) is Direction.RTL] == [Language.ARABIC]
    assert direction_of("he-IL") is Direction.RTL
    assert direction_of("pt") is Direction.LTR


def test_an_organ_has_its_name_in_each_language() -> None:
    french = front_in(Language.FRENCH, FrontMatter(organ="General Assembly", symbol="A/77/L.60"))
    assert (french.organ, french.language, french.symbol) == ("Assemblée générale", "fr", "A/77/L.60")
    assert front_in(Language.ENGLISH, french).organ == "General Assembly"
    assert front_in(Language.CHINESE, FrontMatter(organ="Plenary")).organ == "Plenary"


# --- laws -------------------------------------------------------------------------------------------------------------


@st.composite
def clauses(draw: st.DrawFn) -> tuple[list[Wording], list[Translated]]:
    """A clause that changed and changed back, and translations of some of its versions, in any order."""
    words = draw(st.lists(st.sampled_from(["a", "b", "c", "+a", "+b", "+c"]), min_size=1, max_size=6))
    versions = history(*words)
    of = draw(st.lists(st.integers(1, len(versions)), max_size=6))
    return versions, translations(versions, *of)


@given(clauses())
def test_what_holds_translates_these_very_words_and_what_is_stale_translates_others(
    clause: tuple[list[Wording], list[Translated]],
) -> None:
    versions, known = clause
    for wording in versions:
        found = fit(wording, known)
        shown = next((one for one in known if one.number == found.number), None)
        same = [one for one in known if one.of.text_hash == wording.text_hash]
        assert (found.state is TRANSLATED) == bool(same)
        match found.state:
            case TranslationState.TRANSLATED:
                assert shown == same[-1]
            case TranslationState.STALE:
                assert shown is not None
                assert shown.of.version < wording.version
                assert found.is_editorial_only == (shown.of.substance == wording.substance)
            case TranslationState.MISSING:
                assert shown is None
                assert all(one.of.version > wording.version for one in known)


@given(clauses())
def test_translating_the_present_words_always_makes_the_text_up_to_date(
    clause: tuple[list[Wording], list[Translated]],
) -> None:
    versions, known = clause
    new = Translated(len(known) + 1, versions[-1])
    assert fit(versions[-1], [*known, new]) == Fit(TRANSLATED, new.number)


@given(clauses(), st.randoms())
def test_the_order_in_which_translations_are_read_does_not_matter(
    clause: tuple[list[Wording], list[Translated]], random: Random
) -> None:
    versions, known = clause
    shuffled = list(known)
    random.shuffle(shuffled)
    assert [fit(one, shuffled) for one in versions] == [fit(one, known) for one in versions]


@given(clauses(), st.sampled_from(["a", "b", "d"]))
def test_a_new_version_never_makes_a_text_missing_that_was_there(
    clause: tuple[list[Wording], list[Translated]], words: str
) -> None:
    versions, known = clause
    before = fit(versions[-1], known)
    after = fit(Wording(len(versions) + 1, words, len(versions) + 1), known)
    assert (after.state is MISSING) == (before.state is MISSING)
