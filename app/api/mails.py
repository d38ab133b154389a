"""When one's digests are mailed."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from app.actions import mailing
from app.api.context import may_here
from app.api.inputs import MailChoiceIn
from app.api.transactions import Transaction
from app.http.server import Db, server_of
from app.rules.permissions import Seat
from app.views import mails as views

router = APIRouter(prefix="/me/mail", tags=["digest"], route_class=Transaction)


@router.get("", operation_id="getMailChoice", summary="See when your digests are mailed")
async def get_mail_choice(
    request: Request, db: Db, seat: Annotated[Seat, Depends(may_here("account.read"))]
) -> views.MailSettings:
    """For all negotiations, and for each in which you have a seat. Who chose nothing is mailed once a day, at 7 in the
    negotiation's time zone, when something happened since they last looked. Mail goes to your sign-in name where that
    is an address."""
    return await views.mail_settings(db, seat, sends=bool(server_of(request).settings.smtp_host))


@router.put("", operation_id="chooseMail", summary="Choose when your digests are mailed")
async def choose_mail(
    request: Request, db: Db, seat: Annotated[Seat, Depends(may_here("account.choose_mail"))], choice: MailChoiceIn
) -> views.MailSettings:
    """Soon after something happened (`immediate`), once a day (`daily`) or not at all (`off`); for some negotiations
    otherwise than for the rest. The whole choice is replaced. It is on no record."""
    by_negotiation = {one.negotiation: one.to_choice() for one in choice.negotiations}
    await mailing.choose(db, seat, choice.to_choice(), by_negotiation)
    return await views.mail_settings(db, seat, sends=bool(server_of(request).settings.smtp_host))
