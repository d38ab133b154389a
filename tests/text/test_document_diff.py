"""What changed between two texts: which paragraph became which, and what a reader is shown."""

from collections.abc import Iterable
from itertools import pairwise

import pytest

from app.text.clauses import Clause, Kind
from app.text.diff import Op
from app.text.document_diff import Change, ChangeOp, compare, inverted, rebuild
from app.text.tokens import tokens
from tests.bench.texts import clauses_of
from tests.corpus import families, needs_corpus
from tests.yardstick import least_marked, words

GROWTH = "Encourages Member States to promote sustainable growth, decent work and social inclusion;"
REPORT = "Requests the Secretary-General to submit a report to the General Assembly at its next session;"
PRACTICES = "Invites the regional commissions to support the exchange of good practices among their members;"
TASK_FORCE = "Welcomes the work of the task force on the social and solidarity economy;"
GROWTH_AND_REPORT = f"{GROWTH[:-1]}, and requests{REPORT.removeprefix('Requests')}"


def clauses(*texts: str) -> list[Clause]:
    return [Clause(Kind.OPERATIVE, f"OP{number}", text) for number, text in enumerate(texts, 1)]


def keyed(*texts: tuple[str, str]) -> list[Clause]:
    return [Clause(Kind.OPERATIVE, "", text, key=key) for key, text in texts]


def seen(changes: Iterable[Change]) -> list[str]:
    """Each change but the equal ones, as `changed 1>0`."""
    return [
        f"{change.op} {','.join(map(str, change.old))}>{','.join(map(str, change.new))}"
        for change in changes
        if change.op is not ChangeOp.EQUAL
    ]


def test_an_edited_paragraph_is_shown_with_its_words() -> None:
    (change,) = compare(clauses(GROWTH), clauses(GROWTH.replace("decent work", "full employment")))
    assert (change.op, change.old, change.new) == (ChangeOp.CHANGED, (0,), (0,))
    assert [(run.op, run.text) for run in change.runs if run.op is not Op.EQUAL] == [
        (Op.DELETE, "decent work"),
        (Op.INSERT, "full employment"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        pytest.param((GROWTH, REPORT), (GROWTH, REPORT), [], id="nothing changed"),
        pytest.param((), (), [], id="two empty texts"),
        pytest.param((), (GROWTH,), ["inserted >0"], id="a text from nothing"),
        pytest.param(
            (GROWTH, REPORT, PRACTICES, TASK_FORCE),
            (GROWTH, PRACTICES, REPORT, TASK_FORCE),
            ["moved 1>2"],
            id="neighbours that changed places: the shorter one moved",
        ),
        pytest.param(
            (GROWTH, REPORT, PRACTICES, TASK_FORCE),
            (REPORT, PRACTICES, TASK_FORCE, GROWTH.replace("decent", "productive")),
            ["moved 0>3"],
            id="a paragraph moved with one word changed",
        ),
        pytest.param(
            (GROWTH, REPORT, PRACTICES, TASK_FORCE),
            (GROWTH, PRACTICES.replace("good", "the best"), TASK_FORCE),
            ["deleted 1>", "changed 2>1"],
            id="an edit beside a deletion",
        ),
        pytest.param(
            ("Annex", GROWTH, "Annex", REPORT, "Annex"),
            ("Annex", GROWTH, REPORT, "Annex"),
            ["deleted 2>"],
            id="short paragraphs that are repeated",
        ),
        pytest.param(
            ("(1) The first item;", "(2) The second item;", "(3) The third item;"),
            ("(1) The zeroth item;", "(2) The first item;", "(3) The second item;", "(4) The third item;"),
            ["inserted >0", "changed 0>1", "changed 1>2", "changed 2>3"],
            id="list items renumbered",
        ),
        pytest.param((GROWTH_AND_REPORT, PRACTICES), (GROWTH, REPORT, PRACTICES), ["split 0>0,1"], id="one split"),
        pytest.param((GROWTH, REPORT, PRACTICES), (GROWTH_AND_REPORT, PRACTICES), ["merged 0,1>0"], id="two merged"),
        pytest.param((GROWTH,), (GROWTH.upper(),), ["changed 0>0"], id="capitals alone"),
        pytest.param(
            ("constructor __proto__ toString",), ("constructor __proto__ valueOf",), ["changed 0>0"], id="hostile words"
        ),
        pytest.param(
            ("大会欢迎秘书长的报告，", "又重申其各项决议，"),
            ("又重申其各项决议，", "大会欢迎秘书长的新报告，"),
            ["moved 1>0", "changed 0>1"],
            id="Chinese",
        ),
    ],
)
def test_each_paragraph_is_found_where_a_reader_would_find_it(
    old: tuple[str, ...], new: tuple[str, ...], changes: list[str]
) -> None:
    found = compare(clauses(*old), clauses(*new))
    assert seen(found) == changes
    assert rebuild(old, found) == new


def test_nine_paragraphs_replaced_by_nine_others_are_not_forced_into_pairs() -> None:
    subjects = ["oceans", "trade", "debt", "youth", "ageing", "water", "cities", "forests", "deserts"]
    burdens = ["war", "fire", "flood", "drought", "fraud", "loss", "harm", "heat", "cold"]
    old = clauses(*(f"Welcomes the report of the committee on {subject} and its outcome;" for subject in subjects))
    new = clauses(
        *(f"Urges donors, banks and farms to avert {burden} by {n} years from now;" for n, burden in enumerate(burdens))
    )
    assert [change.op for change in compare(old, new)] == [ChangeOp.DELETED] * 9 + [ChangeOp.INSERTED] * 9


def test_between_versions_of_one_negotiation_the_keys_say_which_clause_is_which() -> None:
    old = keyed(("c1", GROWTH), ("c2", REPORT), ("c3", PRACTICES))
    new = keyed(("c3", PRACTICES), ("c1", "Nothing of what was said before;"), ("c4", REPORT))
    assert seen(compare(old, new)) == ["deleted 1>", "moved 0>1", "inserted >2"]


def test_short_paragraphs_of_common_words_alone_are_found_again_where_they_went() -> None:
    bodies = ("Council", "States", "Assembly", "Office", "Board")
    texts = [
        f"{verb} the {one} to {what} to the {other} in 2014;"
        for verb in ("Requests", "Invites")
        for one, other in pairwise(bodies)
        for what in ("report", "support", "act")
    ]
    later = [text.replace("2014", "2024") for text in (*texts[4:], *texts[:4])]
    moved = [f"moved {place}>{len(texts) - 4 + place}" for place in range(4)]
    stayed = [f"changed {place + 4}>{place}" for place in range(len(texts) - 4)]
    assert seen(compare(clauses(*texts), clauses(*later))) == stayed + moved


def test_a_report_of_another_year_is_the_same_paragraph_although_others_came_between() -> None:
    common = [f"Notes the report of the Committee on its work and on the conferences of {year};" for year in range(12)]
    welcome = "Welcomes the report of the Committee on Conferences for 2014;"
    old = [*common, PRACTICES, GROWTH, TASK_FORCE, welcome]
    new = [*common, welcome.replace("2014", "2024"), REPORT, PRACTICES, GROWTH, TASK_FORCE]
    assert seen(compare(clauses(*old), clauses(*new))) == ["moved 15>12", "inserted >13"]


def test_what_was_decided_is_found_again_where_the_next_text_recalls_it() -> None:
    decided = (
        "Decides to convene, before its next session, a meeting of one day to mark the anniversary of the Convention "
        "and to discuss the role of social media;"
    )
    recalled = (
        "Welcoming the meeting of the Council held in Geneva to mark the anniversary of the Convention and to discuss "
        "the role of social media,"
    )
    texts = (GROWTH, REPORT, PRACTICES)
    old, new = clauses(*texts, decided, TASK_FORCE), clauses(*texts, TASK_FORCE)
    assert seen(compare(old, [Clause(Kind.PREAMBULAR, "PP1", recalled), *new])) == ["moved 3>0"]


def test_a_clause_that_keeps_its_key_may_be_split_all_the_same() -> None:
    old = keyed(("c1", GROWTH_AND_REPORT), ("c2", PRACTICES))
    new = keyed(("c1", GROWTH), ("c9", REPORT), ("c2", PRACTICES))
    assert seen(compare(old, new)) == ["split 0>0,1"]


def test_a_text_without_keys_is_compared_with_a_version_by_its_words() -> None:
    assert seen(compare(keyed(("c1", GROWTH), ("c2", REPORT)), clauses(REPORT, GROWTH))) == ["moved 0>1"]


def test_changes_made_from_another_text_are_refused() -> None:
    changes = compare(clauses(GROWTH), clauses(REPORT, GROWTH))
    with pytest.raises(ValueError, match="made for another text"):
        rebuild([PRACTICES], changes)


@needs_corpus
def test_every_later_resolution_of_a_family_is_rebuilt_exactly_and_shown_with_whole_words_and_few() -> None:
    """All 109 successive pairs: rebuilt both ways, no word cut, and no paragraph marked beyond 1.15 times the least."""
    successive = [pair for symbols in families().values() for pair in pairwise(symbols)]
    assert len(successive) == 109
    for earlier, later in successive:
        old, new = clauses_of(earlier), clauses_of(later)
        changes = compare(old, new)
        old_texts, new_texts = tuple(c.text for c in old), tuple(c.text for c in new)
        assert rebuild(old_texts, changes) == new_texts
        assert rebuild(new_texts, inverted(changes)) == old_texts
        assert sorted(i for change in changes for i in change.old) == list(range(len(old)))
        assert sorted(j for change in changes for j in change.new) == list(range(len(new)))
        for change in changes:
            if change.op in (ChangeOp.CHANGED, ChangeOp.MOVED):
                _shows_whole_words_and_few(change, old[change.old[0]].text, new[change.new[0]].text)


def _shows_whole_words_and_few(change: Change, before: str, after: str) -> None:
    was = [token for run in change.runs if run.op is not Op.INSERT for token in tokens(run.text)]
    became = [token for run in change.runs if run.op is not Op.DELETE for token in tokens(run.text)]
    assert (tuple(was), tuple(became)) == (tokens(before), tokens(after))
    shown = sum(len(words(run.text)) for run in change.runs if run.op is not Op.EQUAL)
    assert shown <= 1.15 * least_marked(words(before), words(after))
