"""Texts laid out for print: the changes between two of them give back both."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.documents.building import changes_document, text_document
from app.documents.document import Mark
from app.text.clauses import Clause, Draft, FrontMatter, Kind
from app.text.pasted import read_pasted
from app.text.printed import printed_numbers
from tests.corpus import families, needs_corpus, pasted
from tests.documents.reading import read


def operative(*texts: str, keys: tuple[str, ...] = ()) -> Draft:
    named = keys or ("",) * len(texts)
    clauses = (
        Clause(Kind.OPERATIVE, f"OP{at}", text, key=key, version=int(bool(key)))
        for at, (text, key) in enumerate(zip(texts, named, strict=True), 1)
    )
    return Draft(FrontMatter(), tuple(clauses))


def printed(draft: Draft) -> list[tuple[str, str]]:
    return list(zip(printed_numbers(draft.clauses), (one.text for one in draft.clauses), strict=True))


def both(old: Draft, new: Draft) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    paragraphs = changes_document(old, new).paragraphs
    return read(paragraphs, Mark.ADDED), read(paragraphs, Mark.DELETED)


_WORDS = st.lists(
    st.sampled_from(["Urges", "states", "to", "act", "now", "and", "once", "more;"]), min_size=1, max_size=9
)
_DRAFTS = st.lists(_WORDS.map(" ".join), max_size=7).map(lambda texts: operative(*texts))


@given(_DRAFTS, _DRAFTS)
def test_changes_give_back_the_text_before_and_the_text_after(old: Draft, new: Draft) -> None:
    assert both(old, new) == (printed(old), printed(new))


@given(_DRAFTS, st.randoms(use_true_random=False))
def test_texts_whose_paragraphs_only_moved_are_given_back(old: Draft, random: object) -> None:
    shuffled = list(range(len(old.clauses)))
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    texts = [clause.text for clause in old.clauses]
    keyed = operative(*texts, keys=tuple(f"c{at}" for at in range(len(texts))))
    new = operative(*(texts[at] for at in shuffled), keys=tuple(f"c{at}" for at in shuffled))
    assert both(keyed, new) == (printed(keyed), printed(new))


@needs_corpus
def test_resolutions_of_two_sessions_are_given_back_from_the_changes() -> None:
    pairs = [pair for symbols in families().values() for pair in pairwise(symbols)][::6]
    for earlier, later in pairs:
        old, new = read_pasted(pasted(earlier)), read_pasted(pasted(later))
        assert both(old, new) == (printed(old), printed(new)), f"{earlier} -> {later}"


def test_a_split_is_one_added_end_and_not_a_new_paragraph() -> None:
    first, second = "Urges all states to protect cooperatives", "Invites the Secretary-General to report on it;"
    document = changes_document(operative(f"{first} {second}"), operative(first, second))
    assert [(one.end, [piece.mark for piece in one.pieces]) for one in document.paragraphs] == [
        (Mark.ADDED, [Mark.KEPT, Mark.KEPT, Mark.DELETED]),
        (Mark.KEPT, [Mark.KEPT, Mark.KEPT]),
    ]


def test_what_moved_is_named_where_it_was_and_where_it_is() -> None:
    texts = ("Urges all states to act;", "Invites the agencies to help;", "Requests a report on all this;")
    old = operative(*texts, keys=("c1", "c2", "c3"))
    new = operative(texts[1], texts[2], texts[0], keys=("c2", "c3", "c1"))
    moved = [(one.key, one.end, one.moved) for one in changes_document(old, new).paragraphs if one.moved]
    assert moved == [("c1", Mark.DELETED, "move1"), ("c1", Mark.ADDED, "move1")]


def test_openers_are_set_in_italics_and_references_to_notes_are_pieces_of_their_own() -> None:
    clause = Clause(Kind.PREAMBULAR, "PP1", "Recalling its resolution 70/1,[^1]")
    (paragraph,) = text_document(Draft(FrontMatter(), (clause,))).paragraphs
    assert [(piece.text, piece.is_italic, piece.note) for piece in paragraph.pieces] == [
        ("Recalling", True, ""),
        (" its resolution 70/1,", False, ""),
        ("", False, "1"),
    ]
    assert paragraph.text() == clause.text
