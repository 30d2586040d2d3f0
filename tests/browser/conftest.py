"""The product, a browser, and people in it. Nothing here waits without an end.

The fixtures last as long as this folder's tests: the browser's driver keeps an event loop running in this
process, and other tests want to run their own.
"""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable, Iterator
from types import FrameType

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.people import Person
from tests.browser.product import ROOT, Product
from tests.browser.windows import WAIT_MS, Windows

ARGUMENTS = (
    "--no-sandbox", "--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic",
    "--no-first-run", "--no-proxy-server",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
PICTURES = ROOT / ".build" / "browser"
TEST_S = 300
Visit = Callable[..., Person]


@pytest.fixture(autouse=True)
def _hard_limit() -> Iterator[None]:
    """No test runs for ever, whatever hangs."""

    def give_up(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"this test ran for more than {TEST_S} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(TEST_S)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="package")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A server over a scratch SQLite file, with the assemblies of `tests.browser.house`."""
    running = Product(tmp_path_factory.mktemp("browser"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    program = shutil.which("chromium")
    assert program, "Chromium is missing: apt-get install chromium"
    with sync_playwright() as driver:
        expect.set_options(timeout=WAIT_MS)
        running = driver.chromium.launch(executable_path=program, args=list(ARGUMENTS), timeout=WAIT_MS)
        yield running
        running.close()


@pytest.fixture(scope="package")
def all_windows(product: Product, browser: Browser) -> Iterator[Windows]:
    """Every window that the tests opened."""
    windows = Windows(browser, product)
    yield windows
    windows.close()


@pytest.fixture
def windows(all_windows: Windows, request: pytest.FixtureRequest) -> Iterator[Windows]:
    """Windows that watch for complaints: a test fails on any error, warning or foreign request of its pages.

    Pictures of a failed test's windows are kept in `.build/browser/`.
    """
    all_windows.complaints.clear()
    failures = request.session.testsfailed
    yield all_windows
    if request.session.testsfailed > failures:
        all_windows.picture(PICTURES, request.node.name)
    assert all_windows.unforgiven() == []
