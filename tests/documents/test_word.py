"""Word files: accepting every tracked change gives the text after, rejecting every one the text before."""

import io
import random
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from time import process_time
from xml.etree import ElementTree

import docx
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cli.sample import load_sample
from app.documents.building import changes_document, document_of, text_document
from app.documents.document import Content, Document, Mark, Paragraph, Piece, Tracked
from app.documents.word import as_word
from app.documents.word_styles import style_of
from app.record.database import Database
from app.rules.amendments import ChangeKind
from app.text.clauses import Clause, Draft, FrontMatter, Kind
from app.text.pasted import read_pasted
from app.text.printed import printed_numbers
from app.views.access import operator_seat
from app.views.exports import OpenProposal, Wanted, export
from app.views.standings import Standings
from tests.builders import on_sqlite
from tests.corpus import families, needs_corpus, pasted
from tests.documents.office import Act, done, needs_office
from tests.documents.word import W, Word

Read = tuple[list[tuple[str, str]], list[str]]


def expected(draft: Draft) -> Read:
    """The clauses of a draft as `Word.read` gives them, and its footnotes."""
    numbers = printed_numbers(draft.clauses)
    clauses = [
        (number, clause.text)
        for number, clause in zip(numbers, draft.clauses, strict=True)
        if clause.kind is not Kind.FOOTNOTE
    ]
    return clauses, [clause.text for clause in draft.clauses if clause.kind is Kind.FOOTNOTE]


def both(old: Draft, new: Draft) -> tuple[Read, Read]:
    """What is read without and with the changes, each paragraph in the style of what it is there."""
    word = Word(as_word(changes_document(old, new)))
    before = word.read(accepting=False)
    assert word.found == styles(old)
    after = word.read(accepting=True)
    assert word.found == styles(new)
    return before, after


def styles(draft: Draft) -> list[str]:
    paragraphs = text_document(draft).paragraphs
    return [style_of(one) for one in paragraphs if one.kind is not Kind.FOOTNOTE]


_WORDS = ["Urges", "states", "to", "act", "now", "and", "once", "more;", "of", "the", "<report>", "&"]
_TEXTS = st.lists(st.sampled_from([*_WORDS, "[^1]"]), min_size=1, max_size=9).map(" ".join)
_KINDS = [(Kind.OPERATIVE, 1), (Kind.OPERATIVE, 2), (Kind.PREAMBULAR, 1), (Kind.HEADING, 1)]
_NOTES = ["Resolution 70/1.", "Resolution 70/1, annex.", "A/79/12."]
Paragraphs = list[tuple[tuple[Kind, int], str]]


def laid(paragraphs: Paragraphs, note: str) -> Draft:
    clauses = (
        Clause(kind, f"OP{at}(a)" if level > 1 else f"OP{at}", text, level)
        for at, ((kind, level), text) in enumerate(paragraphs, 1)
    )
    return Draft(FrontMatter(), (*clauses, Clause(Kind.FOOTNOTE, "N1", note)))


_DRAFTS = st.builds(laid, st.lists(st.tuples(st.sampled_from(_KINDS), _TEXTS), max_size=7), st.sampled_from(_NOTES))


@settings(max_examples=60)
@given(_DRAFTS, _DRAFTS)
def test_changes_of_every_kind_are_given_back(old: Draft, new: Draft) -> None:
    assert both(old, new) == (expected(old), expected(new))


@needs_corpus
def test_resolutions_of_two_sessions_are_given_back_with_their_footnotes() -> None:
    pairs = [pair for symbols in families().values() for pair in pairwise(symbols)][::6]
    for earlier, later in pairs:
        old, new = read_pasted(pasted(earlier)), read_pasted(pasted(later))
        assert both(old, new) == (expected(old), expected(new)), f"{earlier} -> {later}"


def edited(paragraphs: Paragraphs, chance: random.Random) -> Paragraphs:
    """One to three edits: words, paragraphs that come, go, move, are split or merged."""
    paragraphs = list(paragraphs)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(paragraphs))
        kind, text = paragraphs[at]
        words = text.split()
        match chance.choice(["words", "words", "insert", "delete", "move", "split", "merge"]):
            case "words":
                place = chance.randrange(len(words))
                words[place : place + chance.randint(0, 2)] = ["also", *chance.sample(_WORDS, 2)]
                paragraphs[at] = (kind, " ".join(words))
            case "insert":
                paragraphs.insert(at, (kind, " ".join(chance.choices(_WORDS, k=8))))
            case "delete" if len(paragraphs) > 1:
                del paragraphs[at]
            case "move":
                paragraphs.insert(chance.randrange(len(paragraphs)), paragraphs.pop(at))
            case "split" if len(words) > 5:
                paragraphs[at : at + 1] = [(kind, " ".join(words[:3])), (kind, " ".join(words[3:]))]
            case "merge" if at + 1 < len(paragraphs):
                paragraphs[at : at + 2] = [(kind, f"{text} {paragraphs[at + 1][1]}")]
    return paragraphs


def edits(seed: int) -> tuple[Draft, Draft]:
    """A text and what became of it; its last paragraph, which stays, has the footnote."""
    chance = random.Random(seed)
    before: Paragraphs = [
        (chance.choice(_KINDS), " ".join(chance.choices(_WORDS, k=chance.randint(2, 14))))
        for _ in range(chance.randint(1, 7))
    ]
    last: Paragraphs = [((Kind.PARAGRAPH, 1), "Adopted by consensus[^1] in this city")]
    old, new = (laid(paragraphs + last, chance.choice(_NOTES)) for paragraphs in (before, edited(before, chance)))
    return old, new


@needs_corpus
@needs_office
def test_libreoffice_accepts_to_the_text_after_and_rejects_to_the_text_before() -> None:
    pairs = [edits(seed) for seed in range(25)]
    listed = [pair for symbols in families().values() for pair in pairwise(symbols)][::20]
    pairs += [(read_pasted(pasted(earlier)), read_pasted(pasted(later))) for earlier, later in listed[:5]]
    files = [as_word(changes_document(old, new, "Norway")) for old, new in pairs]
    results = iter(done([(act, file) for file in files for act in (Act.REJECT, Act.ACCEPT)]))
    for old, new in pairs:
        for draft in (old, new):
            clauses, notes = Word(next(results)).read(accepting=True)
            assert ([one for one in clauses if one[1]], notes) == expected(draft)


async def sample(database: Database, content: Content) -> Document:
    async with database.reading() as db:
        seat = await operator_seat(db, "sse")
        standing = await Standings(1).of(db, seat.negotiation_id)
        return document_of(await export(db, standing, Wanted(content)))


@on_sqlite
async def test_the_compilation_tracks_every_open_proposal_by_the_delegation_that_makes_it(database: Database) -> None:
    await load_sample(database)
    document = await sample(database, Content.COMPILATION)
    file = as_word(document)
    word = Word(file)
    text = [(number, words) for number, words in word.read(accepting=False)[0] if words]
    async with database.reading() as db:
        standing = await Standings(1).of(db, (await operator_seat(db, "sse")).negotiation_id)
    assert text == expected(standing.draft())[0]
    marks = [one for one in word.body.iter() if one.tag in (W + "ins", W + "del")]
    known = {document.author(one.delegations) for one in document.proposals}
    authors = {str(one.get(W + "author")) for one in marks}
    assert authors & known
    assert all(part in document.names.values() for one in authors for part in one.split(", "))
    times = {one.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") for one in document.proposals}
    assert {one.get(W + "date") for one in marks} <= times
    comments = docx.Document(io.BytesIO(file)).comments
    told = {(one.author, one.text.partition(": ")[0]) for one in comments}
    assert told >= {(document.author(one.delegations), one.name) for one in document.proposals if one.rationale}
    await a_file_says_what_it_is_of_and_which_clause_each_paragraph_is(database)


async def a_file_says_what_it_is_of_and_which_clause_each_paragraph_is(database: Database) -> None:
    document = await sample(database, Content.TEXT)
    word = Word(as_word(document))
    origin = document.origin
    assert origin is not None
    custom = ElementTree.fromstring(word.parts["docProps/custom.xml"])
    told = {one.get("name"): one[0].text for one in custom}
    assert told == {
        "ChapeauNegotiation": "sse",
        "ChapeauEntry": str(origin.seq),
        "ChapeauHash": origin.hash,
        "ChapeauContent": "text",
        "ChapeauLanguage": "en",
    }
    assert origin.line in word.parts["word/footer.xml"].decode()
    named = [str(one.get(W + "name")) for one in word.body.iter(W + "bookmarkStart")]
    assert named == [f"chp_{one.key}_v{one.version}" for one in document.paragraphs]
    assert "trackRevisions" in word.parts["word/settings.xml"].decode()


def test_the_same_document_gives_the_same_bytes_and_one_that_programs_can_read() -> None:
    old, new = edits(3)
    at = datetime(2026, 3, 5, 14, tzinfo=UTC)
    first, second = (as_word(changes_document(old, new, "Norway", at)) for _ in range(2))
    assert first == second
    word = Word(first)
    numbers = [one.get(W + "id") for one in word.body.iter() if one.get(W + "author")]
    assert len(numbers) == len(set(numbers))
    assert {one.get(W + "author") for one in word.body.iter() if one.get(W + "author")} == {"Norway"}
    assert docx.Document(io.BytesIO(first)).core_properties.author == "Chapeau"
    assert {one.date_time[0] for one in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {1980}


def test_a_text_is_printed_as_a_resolution_with_masthead_number_and_annex() -> None:
    front = FrontMatter(symbol="A/RES/79/213", session="Seventy-ninth session", closing=("54th meeting",))
    clauses = (
        Clause(Kind.TITLE, "T", "Women in development"),
        Clause(Kind.OPENING, "O", "The General Assembly,"),
        Clause(Kind.OPERATIVE, "OP1", "Decides to meet."),
        Clause(Kind.ANNEX, "A1", "Declaration"),
    )
    paragraphs = docx.Document(io.BytesIO(as_word(text_document(Draft(front, clauses))))).paragraphs
    assert [(one.style.name if one.style else "", one.text) for one in paragraphs] == [
        ("Chapeau Masthead", "Seventy-ninth session"),
        ("Chapeau Title", "79/213.\tWomen in development"),
        ("Chapeau Opening", "The General Assembly,"),
        ("Chapeau OP 1", "1.\tDecides to meet."),
        ("Chapeau Closing", "54th meeting"),
        ("Chapeau Annex Number", "Annex"),
        ("Chapeau Annex", "Declaration"),
    ]
    assert [run.text for run in paragraphs[2].runs] == ["The General Assembly", ","]


MARCH = datetime(2026, 3, 5, 14, tzinfo=UTC)


def proposal(name: str, kind: ChangeKind, text: str | None, *delegations: str, rationale: str = "") -> OpenProposal:
    return OpenProposal(name, kind, "c1", "OP1", delegations, MARCH, rationale, text, False)


def compiled(paragraph: Paragraph, *proposals: OpenProposal) -> Word:
    names = {"FRA": "France", "NOR": "Norway", **{f"D{at}": f"The delegation of country {at}" for at in range(60)}}
    document = Document(Content.COMPILATION, FrontMatter(), (paragraph,), proposals=proposals, names=names)
    return Word(as_word(document))


def test_a_proposed_split_is_a_tracked_end_that_gives_two_paragraphs() -> None:
    split = Tracked(("FRA",), ("A1",), MARCH)
    pieces = (
        Piece("Urges states"),
        Piece(";"),
        Piece(" "),
        Piece("¶ ", Mark.ADDED, split),
        Piece("Requests a report."),
    )
    one = Paragraph(Kind.OPERATIVE, "OP1", 1, "c1", 1, (Piece("1."),), pieces)
    word = compiled(one, proposal("A1", ChangeKind.SPLIT, "Urges states; \ue000 Requests a report.", "FRA"))
    assert word.read(accepting=False)[0] == [("1.", "Urges states; Requests a report.")]
    assert word.read(accepting=True)[0] == [("1.", "Urges states;"), ("", "Requests a report.")]


def test_what_words_cannot_show_and_why_it_is_proposed_are_comments_of_the_delegations() -> None:
    one = Paragraph(Kind.OPERATIVE, "OP1", 1, "c1", 1, (Piece("1."),), (Piece("Urges states;"),), beside=("A1", "A2"))
    many = tuple(f"D{at}" for at in range(60))
    move = proposal("A1", ChangeKind.MOVE, None, "FRA", "NOR", rationale="It belongs to the end.\nWe said so.")
    late = proposal("A2", ChangeKind.REPLACE, "Calls upon states;", *many)
    comments = list(ElementTree.fromstring(compiled(one, move, late).parts["word/comments.xml"]))
    told = [["".join(line.itertext()) for line in comment.iter(W + "p")] for comment in comments]
    assert told == [
        ["A1: proposes to move this paragraph.", "It belongs to the end.", "We said so."],
        ["A2: would read, where it no longer fits the text: Calls upon states;"],
    ]
    assert comments[0].get(W + "author") == "France, Norway"
    assert comments[0].get(W + "initials") == "FRA"
    assert len(str(comments[1].get(W + "author"))) <= 255
    assert str(comments[1].get(W + "author")).endswith(" more")


def test_what_moved_is_marked_as_moved_where_it_was_and_where_it_is() -> None:
    texts = ("Urges all states to act;", "Invites the agencies to help;", "Requests a report on all this;")

    def of(*order: int) -> Draft:
        clauses = (Clause(Kind.OPERATIVE, f"OP{at}", texts[one], key=f"c{one}") for at, one in enumerate(order, 1))
        return Draft(FrontMatter(), tuple(clauses))

    word = Word(as_word(changes_document(of(0, 1, 2), of(1, 2, 0), "Norway", MARCH)))
    assert [one.get(W + "name") for one in word.body.iter(W + "moveFromRangeStart")] == ["move1"]
    assert [one.get(W + "name") for one in word.body.iter(W + "moveToRangeStart")] == ["move1"]
    assert word.read(accepting=True) == expected(of(1, 2, 0))
    assert word.read(accepting=False) == expected(of(0, 1, 2))


def test_a_compilation_of_a_thousand_proposals_is_written_in_about_a_second() -> None:
    def pieces(place: int) -> Iterator[Piece]:
        for at in range(10):
            tracked = Tracked((f"D{at}",), (f"A{place * 10 + at}",), MARCH)
            yield Piece("Urges all states to act on this matter, ")
            yield Piece("without delay", Mark.ADDED, tracked)
            yield Piece("as appropriate", Mark.DELETED, tracked)

    numbered = [(Piece(f"{at}."),) for at in range(100)]
    paragraphs = tuple(
        Paragraph(Kind.OPERATIVE, f"OP{at}", 1, f"c{at}", 1, number, tuple(pieces(at)))
        for at, number in enumerate(numbered)
    )
    proposals = tuple(proposal(f"A{at}", ChangeKind.REPLACE, "x", "FRA", rationale="Because.") for at in range(1000))
    document = Document(Content.COMPILATION, FrontMatter(), paragraphs, proposals=proposals)
    started = process_time()
    file = as_word(document)
    assert process_time() - started < 2
    assert len(ElementTree.fromstring(Word(file).parts["word/comments.xml"])) == 1000
