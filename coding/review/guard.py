"""What every request passes: only for this host and from this site; what every page carries: nothing from outside."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'"
SEAL = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with no-referrer a browser sends a form with Origin: null
}


class Guard:
    """Refuses requests for another host or from another site, and forbids the page to load anything from outside."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or say why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(SEAL)
            await send(message)

        refused = self._refused(scope["method"], Headers(scope=scope))
        if refused:
            await refused(scope, receive, send)
        else:
            await self._app(scope, receive, sealed)

    def _refused(self, method: str, headers: Headers) -> Response | None:
        host, origin = headers.get("host", ""), headers.get("origin")
        if urlsplit(f"//{host}").hostname not in self._hosts:
            return Response("Dit adres hoort niet bij deze pagina.", 400)
        if origin and method == "POST" and urlsplit(origin).netloc != host:
            return Response("Dit verzoek komt van een andere site.", 403)
        return None
