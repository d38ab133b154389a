"""Word files: accepting every tracked change gives the text after, rejecting every one the text before."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents.building import changes_document
from app.documents.word import as_word
from app.text.clauses import Clause, Draft, FrontMatter, Kind
from app.text.pasted import read_pasted
from app.text.printed import printed_numbers
from tests.corpus import families, needs_corpus, pasted
from tests.documents.word import Word

Read = tuple[list[tuple[str, str]], list[str]]


def expected(draft: Draft) -> Read:
    numbers = printed_numbers(draft.clauses)
    clauses = [
        (number, clause.text)
        for number, clause in zip(numbers, draft.clauses, strict=True)
        if clause.kind is not Kind.FOOTNOTE
    ]
    return clauses, [clause.text for clause in draft.clauses if clause.kind is Kind.FOOTNOTE]


def both(old: Draft, new: Draft) -> tuple[Read, Read]:
    word = Word(as_word(changes_document(old, new)))
    return word.read(accepting=False), word.read(accepting=True)


_WORDS = st.lists(
    st.sampled_from(["Urges", "states", "to", "act", "now", "and", "once", "more;", "[^1]", "<&>"]),
    min_size=1,
    max_size=9,
)
_KINDS = st.sampled_from([(Kind.OPERATIVE, 1), (Kind.OPERATIVE, 2), (Kind.PREAMBULAR, 1), (Kind.HEADING, 1)])


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Paragraphs of several kinds and levels; some refer to the one footnote that there is."""
    clauses = []
    for at, words in enumerate(draw(st.lists(_WORDS, max_size=7)), 1):
        kind, level = draw(_KINDS)
        label = f"OP{at}(a)" if level > 1 else f"OP{at}"
        clauses.append(Clause(kind, label, " ".join(words), level))
    note = draw(st.sampled_from(["Resolution 70/1.", "Resolution 70/1, annex.", "A/79/12."]))
    return Draft(FrontMatter(), (*clauses, Clause(Kind.FOOTNOTE, "N1", note)))


@settings(max_examples=60)
@given(drafts(), drafts())
def test_changes_of_every_kind_are_given_back(old: Draft, new: Draft) -> None:
    assert both(old, new) == (expected(old), expected(new))


@needs_corpus
def test_resolutions_of_two_sessions_are_given_back() -> None:
    pairs = [pair for symbols in families().values() for pair in pairwise(symbols)][::6]
    for earlier, later in pairs:
        old, new = read_pasted(pasted(earlier)), read_pasted(pasted(later))
        assert both(old, new) == (expected(old), expected(new)), f"{earlier} -> {later}"
