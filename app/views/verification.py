"""The proof that nothing was altered: every hash of a record recomputed, and the tables compared with what it tells."""

from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from app.record.journal import GENESIS, Entry, entries, entry_hash
from app.record.past import told_by
from app.record.standing import standing
from app.record.texts import Negotiation
from app.rules.proceedings import Proceedings, differences
from app.rules.replay import NotReplayable
from app.rules.telling import hear
from app.said import Said
from app.views.proceedings import STORED
from app.views.proceedings_names import names_of


@dataclass(frozen=True, slots=True)
class Verification:
    """What recomputing a record found. `faults` is empty when every hash, and everything replayed from it, is right:
    the text, the amendments, positions, rulings, silences, revisions, comments, translations, who takes part,
    and invitations to seats."""

    negotiation: str
    entries: int
    head_hash: str
    is_intact: bool
    faults: tuple[str, ...]


@dataclass(slots=True)
class _Reading:
    """A record being read from its first entry to its last."""

    slug: str
    proceedings: Proceedings = field(default_factory=Proceedings)
    seen: int = 0
    head: str = GENESIS
    faults: list[str] = field(default_factory=list)
    is_lost: bool = False  # an entry could not be replayed: what follows cannot be either

    def read(self, entry: Entry) -> None:
        self.seen += 1
        self.faults += _chain_faults(entry, self.seen, self.head, self.slug)
        self.seen, self.head = entry.seq, entry.hash
        if self.is_lost:
            return
        try:
            hear(self.proceedings, told_by(entry))
        except (NotReplayable, ValueError) as error:
            self.faults.append(Said("entry {entry} cannot be replayed: {why}", entry=entry.seq, why=_why(error)))
            self.is_lost = True


async def verification(db: AsyncSession, negotiation_id: int) -> Verification:
    """Recompute every hash of a record, replay it, and compare both with the tables.

    Thirty-nine statements and one for every 500 entries.
    """
    negotiation = await db.get_one(Negotiation, negotiation_id)
    reading = _Reading(negotiation.slug)
    count = 0
    async for entry in entries(db, negotiation_id):
        count += 1
        reading.read(entry)
    faults = reading.faults
    if (negotiation.head_seq, negotiation.head_hash or GENESIS) != (reading.seen, reading.head):
        faults.append(
            Said("the head is entry {head}, but the record ends at {end}", head=negotiation.head_seq, end=reading.seen)
        )
    if reading.is_lost:
        faults.append(Said("the tables cannot be compared with a record that cannot be replayed"))
    else:
        faults += await _text_faults(db, negotiation, reading.proceedings)
        faults += await _table_faults(db, negotiation, reading.proceedings)
    return Verification(negotiation.slug, count, negotiation.head_hash, not faults, tuple(faults))


def _why(error: ValueError) -> str:
    """In a sentence of ours, or in the words of whatever could not read an entry."""
    said = error.args[0] if error.args else ""
    return said if isinstance(said, Said) else str(error)


def _chain_faults(entry: Entry, expected_seq: int, previous: str, slug: str) -> list[str]:
    faults: list[str] = []
    if entry.seq != expected_seq:
        faults.append(Said("entry {missing} is missing: entry {entry} follows", missing=expected_seq, entry=entry.seq))
    if entry.prev_hash != previous:
        faults.append(Said("entry {entry} does not follow the one before it", entry=entry.seq))
    try:
        hashed = entry_hash(entry.prev_hash, slug, entry)
    except ValueError:
        hashed = ""
    if hashed != entry.hash:
        faults.append(Said("entry {entry} was altered: its hash is not that of its content", entry=entry.seq))
    return faults


async def _text_faults(db: AsyncSession, negotiation: Negotiation, proceedings: Proceedings) -> list[str]:
    faults: list[str] = []
    now = (await standing(db, negotiation)).draft()
    then = proceedings.text.draft()
    if now.front != then.front:
        faults.append(Said("the front matter is not what the record makes of it"))
    if now.clauses != then.clauses:
        changed = {clause.key for clause in set(now.clauses) ^ set(then.clauses)}
        faults.append(
            Said(
                "the text is not what the record makes of it: {clauses}",
                clauses=", ".join(sorted(changed)) or Said("the order"),
            )
        )
    return faults


async def _table_faults(db: AsyncSession, negotiation: Negotiation, proceedings: Proceedings) -> list[str]:
    """What the tables have otherwise than the record, each thing named."""
    names = await names_of(db, negotiation)
    faults: list[str] = []
    for kind, rows in STORED.items():
        faults += differences(proceedings.of(kind), await rows(db, negotiation, names))
    return faults
