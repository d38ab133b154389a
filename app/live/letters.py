"""A digest as a mail: plain text, in the words of the room. Nothing of a draft that is not before the room is in it."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final
from zoneinfo import ZoneInfo

from app.rules.digest import Needs, WaitingAmendment, WaitingSilence
from app.rules.standing import Standing
from app.said import listed, moment
from app.views.digest import Digest
from app.views.mails import Addressee

_MOST_LINES: Final = 60  # of what changed; the rest is counted


def letter(to: Addressee, digest: Digest, standing: Standing, *, sender: str, public_url: str) -> EmailMessage:
    """The mail that brings `digest`. Its Message-ID is that of the person and the record entry, so that one sent twice
    can be told. Raises ValueError for an address that is none: a header never gets a second line.
    """
    mail = EmailMessage(policy=SMTP)
    mail["From"] = _address("Chapeau", sender)
    mail["To"] = _address(to.seat.name, to.address)
    mail["Subject"] = _subject(digest)
    mail["Date"] = format_datetime(digest.at)
    domain = sender.rpartition("@")[2]
    mail["Message-ID"] = f"<digest.{digest.negotiation}.{to.seat.person_id}.{digest.seq}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    if public_url:
        mail["List-Unsubscribe"] = f"<{_setting(public_url)}>"
    text = "\n".join(_lines(to, digest, standing, public_url)) + "\n"
    mail.set_content(text, charset="utf-8", cte="quoted-printable")
    return mail


def _address(name: str, address: str) -> Address:
    """Raises ValueError where it is no address, or would be more than one."""
    if not address.isprintable() or any(sign in address for sign in ' ,;<>"()'):
        raise ValueError("not a mail address")
    try:
        return Address(display_name=" ".join(name.split()), addr_spec=address)
    except HeaderParseError as error:
        raise ValueError("not a mail address") from error


def _setting(public_url: str) -> str:
    return f"{public_url.rstrip('/')}/api/v1/me/mail"


def _subject(digest: Digest) -> str:
    new = digest.earlier + sum(len(group.changes) for group in digest.changes)
    waiting = _count(digest.needs)
    waits = f", {waiting} {'matter waits' if waiting == 1 else 'matters wait'} for you" if waiting else ""
    return f"[{digest.negotiation}] {new} {'entry' if new == 1 else 'entries'} on the record{waits}"


def _count(needs: Needs) -> int:
    return sum(len(getattr(needs, name)) for name in needs.__slots__)


def _lines(to: Addressee, digest: Digest, standing: Standing, public_url: str) -> Iterator[str]:
    names = {participant.code: participant.name for participant in standing.participants}
    title = standing.draft().title or digest.negotiation
    yield f"{title} ({digest.negotiation})"
    yield f"What others did since you last looked, up to entry {digest.seq} of the record."
    yield from _waiting(to, digest, standing.negotiation.time_zone, names)
    yield from _changes(digest)
    yield ""
    if public_url:
        yield f"The text: {public_url.rstrip('/')}/n/{digest.negotiation}"
        yield f"When you are mailed, and whether: {_setting(public_url)}"
    else:
        yield "When you are mailed, and whether, you choose in your account (/api/v1/me/mail)."


def _changes(digest: Digest) -> Iterator[str]:
    shown = 0
    for group in digest.changes:
        if shown >= _MOST_LINES:
            break
        yield ""
        yield group.label or "Beside the paragraphs"
        for change in group.changes[: _MOST_LINES - shown]:
            yield f"- {change.sentence}"
            shown += 1
    left = digest.earlier + sum(len(group.changes) for group in digest.changes) - shown
    if left:
        yield ""
        yield f"And {left} more; the record has them all."


def _waiting(to: Addressee, digest: Digest, time_zone: str, names: Mapping[str, str]) -> Iterator[str]:
    needs = digest.needs
    if needs.are_none:
        return
    ours = names.get(to.seat.delegation, to.seat.delegation)
    yield ""
    yield "What waits for you"
    for silence in needs.silences:
        yield f"- {_silence(silence, time_zone)} {ours} has said nothing on it."
    for amendment in needs.positions:
        yield f"- {_amendment(amendment, names)}: {ours} has taken no position."
    for amendment in needs.conflicts:
        yield f"- {amendment.amendment} on {amendment.label}, your own, conflicts with the present text: state it anew."
    for sub in needs.sub_amendments:
        yield f"- {names.get(sub.proposer, sub.proposer)} proposes {sub.amendment} as a change to your {sub.amends}."
    for amendment in needs.decisions:
        yield f"- {_amendment(amendment, names)}: awaits a decision."
    for clause in needs.rulings:
        yield f"- {clause.label}: everybody is in favour; it is ready for a ruling."
    for tie in needs.ties:
        yield f"- {tie.label}: {listed(tie.amendments)} touch the same words."


def _amendment(amendment: WaitingAmendment, names: Mapping[str, str]) -> str:
    return f"{amendment.amendment} on {amendment.label} by {names.get(amendment.proposer, amendment.proposer)}"


def _silence(silence: WaitingSilence, time_zone: str) -> str:
    ends = moment(silence.deadline)
    if time_zone != "UTC":
        ends += f" ({silence.deadline.astimezone(ZoneInfo(time_zone)):%d %B, %H:%M} {time_zone})"
    left = timedelta(seconds=silence.seconds_left)
    hours = int(left / timedelta(hours=1))
    time_left = f"{hours // 24} days" if hours >= 48 else f"{hours} hours"
    labels = listed(silence.labels) if len(silence.labels) <= 12 else f"{len(silence.labels)} paragraphs"
    return f"The silence {silence.silence} on {labels} ends at {ends}, in {time_left}."
