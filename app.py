"""The entry: ``streamlit run app.py``. The screens are routed by ``src/mutualis/ui/router.py``.

Routes of our own: outlines and fonts (maps and text work with the network off), and a health check.
"""

import gc
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import App

import mutualis.queries
import mutualis.ui.blocks  # noqa: F401  (imported once here, then frozen)
from mutualis.config import DATA_DIR, settings
from mutualis.errors import MutualisError
from mutualis.ui import lever_panel, preview
from mutualis.warehouse import current_version

# Everything a page needs comes from this server: the browser refuses the rest.
SECURITY_HEADERS = (
    (
        b"content-security-policy",
        b"default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; connect-src 'self' ws: wss: data: blob:",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"SAMEORIGIN"),
)


class SecurityHeaders:
    """Adds the security headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an ASGI application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the wrapped application does, headers added."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *SECURITY_HEADERS]
            await send(message)

        await self.app(scope, receive, send_with_headers)


async def health(request: Request) -> JSONResponse:
    """Say that the server answers, and from which version of the data."""
    return JSONResponse({"ok": True, "dataset_version": current_version(settings().home)})


def answer(said: dict[str, Any]) -> JSONResponse:
    """Answer with the point estimate of a scenario whose levers move."""
    try:
        return JSONResponse(preview.preview(said))
    except MutualisError as error:
        return JSONResponse({"error": str(error)}, 422)


async def preview_route(request: Request) -> JSONResponse:
    """Read the question; compute aside, so that the server goes on answering others."""
    try:
        said = await request.json()
    except ValueError:
        return JSONResponse({"error": "Demande illisible."}, 422)
    return await run_in_threadpool(answer, said)


app = App(
    "src/mutualis/ui/router.py",
    routes=[
        Mount("/geo", GZipMiddleware(StaticFiles(directory=DATA_DIR / "geo"), minimum_size=1000)),
        Mount("/fonts", StaticFiles(directory=DATA_DIR / "fonts")),
        Route("/sante", health),
        Route(lever_panel.PREVIEW, preview_route, methods=["POST"]),
    ],
    middleware=[Middleware(SecurityHeaders)],
)

# What the imports allocated lives as long as the server: the collector need not walk it at each run.
gc.collect()
gc.freeze()
