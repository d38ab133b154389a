"""Mails digests, where the installation names a mail server.

Each digest goes out at most once for a person and a position in the record, whatever processes run: whoever mails it
claims it before and says how far the person was told after. A process that dies between the two leaves a claim that
ends after two minutes; then it is mailed again, with the same Message-ID: at least once is what mail can promise.
"""

import asyncio
import logging
import random
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from typing import Final

from app.actions import mailing
from app.live.letters import letter
from app.record.database import Database
from app.settings import Settings
from app.views.digest import digest
from app.views.mails import Addressee, addressees
from app.views.standings import Standings

NAP: Final = timedelta(seconds=20)
_log = logging.getLogger("chapeau.mail")
_TIMEOUT_SECONDS: Final = 20  # of each step of talking to the server


class RefusedForGood(Exception):
    """The mail cannot be delivered, now or later."""


class NotNow(Exception):
    """The mail could not be delivered; later it may be. `by_the_server`: that is about the server, not this mail."""

    def __init__(self, told: str, *, by_the_server: bool = False) -> None:
        super().__init__(told)
        self.by_the_server = by_the_server


@dataclass(slots=True)
class Postman:
    """What it takes to mail digests; `stopping` ends a round between two mails."""

    database: Database
    standings: Standings
    settings: Settings
    stopping: asyncio.Event
    chance: Callable[[], float] = random.random

    async def once(self) -> timedelta:
        """One round: mail everybody who is to be mailed now. After how long to look again.

        An address that fails holds up nobody else; a server that is away ends the round.
        """
        async with self.database.reading() as db:
            due = await addressees(db)
        for to in due:
            if self.stopping.is_set() or not await self._mailed(to):
                break
        return NAP

    async def _mailed(self, to: Addressee) -> bool:
        """Mail one person, whatever goes wrong; a fault of ours leaves the claim to end by itself. False when the
        server is away."""
        try:
            return await self._mail(to)
        except Exception as error:  # the next person's mail may be possible
            _log.warning("a digest could not be mailed", exc_info=error, extra={"person_id": to.seat.person_id})
            return True

    async def _mail(self, to: Addressee) -> bool:
        """Mail one person. False when the server is away."""
        async with self.database.writing() as db:
            claimed = await mailing.claim(db, to.seat.negotiation_id, to.seat.person_id or 0, to.told)
        if claimed is None:
            return True
        async with self.database.reading() as db:
            standing = await self.standings.of(db, to.seat.negotiation_id)
            found = await digest(db, to.seat, standing, max(to.told, to.seen), for_the_room=True)
        problem: NotNow | None = None
        error = ""
        if found.changes:
            try:
                mail = letter(to, found, standing, sender=self.settings.mail_from, public_url=self.settings.public_url)
                await asyncio.to_thread(send, self.settings, mail, to.address)
            except (RefusedForGood, ValueError) as refusal:
                error = str(refusal)
            except NotNow as refusal:
                problem = refusal
        async with self.database.writing() as db:
            if problem is not None:
                await mailing.failed(db, claimed, str(problem), self.chance())
            else:
                await mailing.told(db, claimed, found.seq, mailed=bool(found.changes) and not error, error=error)
        return problem is None or not problem.by_the_server


def send(settings: Settings, mail: EmailMessage, to: str) -> None:
    """Hand a mail to the server, within a bounded time. Raises RefusedForGood, NotNow."""
    try:
        with _connected(settings) as server:
            _handed_over(server, settings, mail, to)
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise NotNow(f"the mail server: {_told(error)}", by_the_server=True) from error


def _connected(settings: Settings) -> smtplib.SMTP:
    host, port, context = settings.smtp_host, settings.smtp_port, ssl.create_default_context()
    if settings.smtp_tls == "tls":
        return smtplib.SMTP_SSL(host, port, timeout=_TIMEOUT_SECONDS, context=context)
    server = smtplib.SMTP(host, port, timeout=_TIMEOUT_SECONDS)
    if settings.smtp_tls == "starttls":
        server.starttls(context=context)
    return server


def _handed_over(server: smtplib.SMTP, settings: Settings, mail: EmailMessage, to: str) -> None:
    if settings.smtp_user:
        server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
    try:
        server.send_message(mail, from_addr=settings.mail_from, to_addrs=[to])
    except smtplib.SMTPRecipientsRefused as refusal:
        code, said = next(iter(refusal.recipients.values()))
        raise _refusal(code, said) from refusal
    except smtplib.SMTPDataError as refusal:
        raise _refusal(refusal.smtp_code, refusal.smtp_error) from refusal
    except smtplib.SMTPNotSupportedError as refusal:  # letters in the address that the server does not know
        raise RefusedForGood("the mail server does not take such an address") from refusal


def _refusal(code: int, said: bytes | str) -> RefusedForGood | NotNow:
    told = f"the mail server answered {code} {_words(said)}"
    return RefusedForGood(told) if code >= 500 else NotNow(told)


def _told(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_words(error.smtp_error)}"
    return _words(str(error)) or type(error).__name__


def _words(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return "".join(sign if sign.isprintable() else " " for sign in text)[:200]
