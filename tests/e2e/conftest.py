"""A real server on a free port and a real Chromium that may only talk to it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Page, expect

ROOT = Path(__file__).parents[2]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
Serve = Callable[[Path], str]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert path, "Chromium manque : « make test » l'installe"
    return {"executable_path": path, "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, object]:
    return {"locale": "fr-FR", "viewport": {"width": 1440, "height": 900}, "color_scheme": "light"}


@contextmanager
def start_server(home: Path) -> Iterator[str]:
    """Start the app on a dataset's folder; give its address once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
        cwd=ROOT,
        env=os.environ | {"MUTUALIS_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://localhost:{port}"
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{address}/sante", timeout=2).close()
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start the app: ``serve(home)`` gives its address."""
    with ExitStack() as running:
        yield lambda home: running.enter_context(start_server(home))


@pytest.fixture
def offline(page: Page) -> Iterator[Page]:
    """A page whose every request that leaves this machine is refused, and fails the test."""
    strays: list[str] = []

    def guard(route, request):
        if urlparse(request.url).hostname in ("localhost", None):
            return route.continue_()
        strays.append(request.url)
        return route.abort()

    page.context.route("**/*", guard)
    page.on(
        "websocket", lambda socket: strays.append(socket.url) if urlparse(socket.url).hostname != "localhost" else None
    )
    yield page
    assert strays == []


def goto(page: Page, address: str) -> None:
    """Open a screen and wait until it is drawn, on a cold server too."""
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=20_000)
    await_rest(page)


def await_rest(page: Page) -> None:
    """Wait until the screen's run has ended."""
    expect(page.locator("[data-test-script-state='notRunning']")).to_have_count(1, timeout=20_000)
