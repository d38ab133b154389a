"""From a Word file that somebody sends in to proposals: what pages, API and command line do alike."""

import asyncio
from dataclasses import dataclass
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.actions.proposals import Proposal
from app.actions.proposing_together import (
    NotProposed,
    ProposedOne,
    Written,
    propose_together,
    rehearse_proposals,
)
from app.documents.word_changes import NotPlaced, WordChange, WordChanges, changes_in, context_of, has_keys
from app.documents.word_clauses import keys_in
from app.documents.word_lines import Line
from app.documents.word_package import opened
from app.documents.word_paragraphs import WordFile, word_file
from app.problems import InvalidInput, NotFound, WordOfAnother, WordSaysNothing, WordUnreadable
from app.rules.amendments import Audience
from app.rules.permissions import Seat
from app.rules.standing import Standing
from app.said import Said
from app.text.clauses import Draft
from app.views.drafts import consolidated
from app.views.exports import Content, proposed_when

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXPORT: Final = Said("Export the text again, make the changes in that file, and send it.")


@dataclass(frozen=True, slots=True)
class FromWord:
    """What a Word file proposes: each proposal, and everything in it that could not become one, with the reason."""

    proposed: tuple[ProposedOne, ...]
    not_placed: tuple[NotPlaced, ...]


async def read_word(db: AsyncSession, standing: Standing, data: bytes) -> WordChanges:
    """What a Word file changes in the text that it was exported from. A file without identity is compared with the
    present text. Raises what reading it raises, and WordOfAnother."""
    file = await asyncio.to_thread(lambda: word_file(opened(data)))
    base = await _base(db, standing, file)
    times = await proposed_when(db, standing.negotiation.id)
    return await asyncio.to_thread(changes_in, file, base, context_of(times))


async def proposed_from(
    db: AsyncSession,
    seat: Seat,
    found: WordChanges,
    *,
    audience: Audience = Audience.ROOM,
    group: str = "",
    is_preview: bool = False,
) -> FromWord:
    """Propose what was found, or (`is_preview`) only show what that would do: nothing is written then.

    Raises WordSaysNothing where nothing is left to be proposed, and what `propose_together` raises.
    """
    written = [_written(change, audience, group) for change in found.changes]
    act = rehearse_proposals if is_preview else propose_together
    made = await act(db, seat, written)
    if not made.proposed and not is_preview:
        reasons = (*(one.why for one in made.refused), *(one.why for one in found.not_placed))
        raise WordSaysNothing(why=next(iter(reasons), "it reads as the text does").rstrip("."))
    return FromWord(made.proposed, (*(_told(one) for one in made.refused), *found.not_placed))


def _written(change: WordChange, audience: Audience, group: str) -> Written:
    proposal = Proposal(
        kind=change.kind,
        clause=change.clause,
        text=change.text,
        rationale=change.rationale,
        paragraph_kind=change.paragraph_kind,
        level=change.level,
        after=change.after,
        texts=change.texts,
        merges=change.merges,
        audience=audience,
        group=group,
    )
    return Written(proposal, change.base, change.note)


def _told(one: NotProposed) -> NotPlaced:
    return NotPlaced(one.words, one.why, one.label)


async def _base(db: AsyncSession, standing: Standing, file: WordFile) -> Draft:
    """The text that a file was exported from."""
    told = file.properties
    slug, content = told.get("ChapeauNegotiation", ""), told.get("ChapeauContent", "")
    if slug and slug != standing.negotiation.slug:
        why = Said("and this is {negotiation}", negotiation=standing.negotiation.slug)
        raise WordOfAnother(found=slug, why=why, remedy=Said("Send it to the negotiation that it belongs to."))
    if content == Content.CHANGES:
        why = Said("but it shows the changes between two texts, which are not yours")
        raise WordOfAnother(found=standing.negotiation.slug, why=why, remedy=_EXPORT)
    language = told.get("ChapeauLanguage", "") or standing.negotiation.front.language
    if language != standing.negotiation.front.language:
        why = Said(
            "in a translation ({language}), and amendments are proposed to the authentic text", language=language
        )
        raise WordOfAnother(found=standing.negotiation.slug, why=why, remedy=_EXPORT)
    entry = told.get("ChapeauEntry", "")
    if entry:
        return await _at(db, standing, entry, told.get("ChapeauHash", ""))
    present = standing.draft()
    _must_be_of(file, present)
    return present


async def _at(db: AsyncSession, standing: Standing, entry: str, hash: str) -> Draft:
    found = f"{standing.negotiation.slug} at record entry {entry[:20]}"
    if not (entry.isascii() and entry.isdigit() and len(entry) <= 9):
        raise WordOfAnother(found=found, why=Said("which is none"), remedy=_EXPORT)
    try:
        text = await consolidated(db, standing, entry)
    except (NotFound, InvalidInput):
        raise WordOfAnother(found=found, why=Said("which the record does not have"), remedy=_EXPORT) from None
    if text.hash != hash:
        why = Said("but the record has another entry there: it is a copy of this negotiation, or the file was changed")
        raise WordOfAnother(found=found, why=why, remedy=_EXPORT)
    return text.draft


def _must_be_of(file: WordFile, present: Draft) -> None:
    """A file that lost where it was exported from must be of the present text, or have something of it."""
    if not has_keys(file):
        words = {word for clause in present.clauses for word in clause.text.lower().split() if len(word) > 4}
        mine = {word for one in file.paragraphs for run in one.runs for word in run.text.lower().split()}
        if len(words & mine) * 4 < len(words):
            raise WordUnreadable(why=Said("it has hardly a word of this text"), remedy=_EXPORT)
        return
    versions = {clause.key: clause.version for clause in present.clauses}
    for paragraph in file.paragraphs:
        for key, version in keys_in(Line("", bookmarks=tuple(paragraph.bookmarks))).items():
            if version and versions.get(key) != version:
                why = Said("but not any more at which record entry, and the text has changed since")
                raise WordOfAnother(found=Said("this negotiation"), why=why, remedy=_EXPORT)
