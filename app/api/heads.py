"""HEAD wherever GET works: the same answer, with the same headers and without its body."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class HeadLikeGet:
    """Carries a HEAD request out as the GET that it stands for, and leaves the body out of the answer.

    An answer that streams without end is over once its headers are sent: whoever makes it is told that nobody listens.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return
        is_over = False

        async def receive_as_get() -> Message:
            return {"type": "http.disconnect"} if is_over else await receive()

        async def send_headers(message: Message) -> None:
            nonlocal is_over
            if message["type"] == "http.response.start":
                await send(message)
                await send({"type": "http.response.body", "body": b"", "more_body": False})
                is_over = True

        await self.app({**scope, "method": "GET"}, receive_as_get, send_headers)
