"""What is asked for twice is done once: its answer is kept in the transaction of the act and given again."""

from dataclasses import replace
from datetime import timedelta

from fastapi import Request, Response

from app.actions.repeating import Answer, forget, keep, reserve
from app.http import transactions as http
from app.http.server import Db

_KEPT_HEADERS = ("etag", "location", "content-type")


class Keeping(http.Transaction):
    """A route whose handler runs in one database transaction, with the answer kept where `act_once` asked for that."""

    async def carry_out(self, handle: http.Handler, request: Request) -> Response:
        try:
            response = await handle(request)
        except Repeated as repeated:
            return self.again(request, repeated.answer)
        reserved: tuple[int, str] | None = getattr(request.state, "reserved", None)
        if reserved is not None:
            answer = self.to_keep(request, response)
            if answer is None:
                await forget(request.state.db, *reserved)
            else:
                await keep(request.state.db, *reserved, answer)
        return response

    def to_keep(self, request: Request, response: Response) -> Answer | None:
        """What is kept of an answer; None where nothing was done that could be done twice."""
        headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
        body = getattr(request.state, "kept_body", None) or bytes(response.body)
        return Answer(response.status_code, headers, body)

    def again(self, _request: Request, answer: Answer) -> Response:
        """The answer that was kept, for whoever asks the second time."""
        answer = replace(answer, headers={**answer.headers, "Idempotency-Replayed": "true"})
        return Response(answer.body, answer.status, answer.headers)


class Repeated(Exception):
    """This request was carried out before; its answer is to be given again."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer


async def act_once(
    request: Request, db: Db, person_id: int, key: str, request_hash: str, within: timedelta | None = None
) -> None:
    """Have this request carried out once for each `key` of a person: the second time, raises Repeated.

    With `within`, only so soon after the first; later it is a new act. Asked for behind the seat: who may not act any
    more is refused, and is not given the answer again.
    """
    answer = await reserve(db, person_id, key, request_hash, within)
    if answer is not None:
        raise Repeated(answer)
    request.state.reserved = (person_id, key)
