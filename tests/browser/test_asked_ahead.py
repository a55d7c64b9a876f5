"""What a page asks for first sets out before its scripts have run, and is asked once."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 360, "height": 780}, "is_mobile": True, "has_touch": True, "device_scale_factor": 3}
DESK = {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page with nothing kept."""
    context = browser.new_context(**request.param)
    yield context.new_page()
    context.close()


@pytest.fixture
def asked(page: Page) -> list[str]:
    """The questions of a page, in order: what the answer fills, or the name of the address."""
    made: list[str] = []

    def note(request: Request) -> None:
        route = request.url.split("?")[0].rsplit("/", 1)[1]
        if route == "_dash-update-component":
            made.append(request.post_data_json["output"])
        elif route.startswith("_dash-"):
            made.append(route)

    page.on("request", note)
    return made


@pytest.mark.parametrize("address", ["/compare?metric=killed&place=SY02,SY07", "/figures?lang=ar&theme=dark&embed=1"])
def test_the_first_questions_are_asked_once_and_before_the_scripts_have_come(
    page: Page, asked: list[str], settle: Callable[[Page], None], site: str, address: str
) -> None:
    """Also in another language, in the dark, on a phone: a state that the page sees otherwise than its first script is asked twice."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/*dash_renderer*", hold)
    page.goto(site + address, wait_until="commit")
    expect(page.locator("#first h1")).to_be_visible()
    first = ["_dash-dependencies", "_dash-layout", "frame.children"]
    page.wait_for_function("window.crosscount")
    while not held:
        page.wait_for_timeout(50)
    assert sorted(asked) == first
    for script in held:
        script.continue_()
    settle(page)
    assert {one: Counter(asked)[one] for one in first} == dict.fromkeys(first, 1)


def test_a_first_question_that_was_lost_is_asked_again(page: Page, asked: list[str], settle: Callable[[Page], None], site: str) -> None:
    """By the page itself; nobody is told of it."""
    lost: list[str] = []

    def lose(route: Route) -> None:
        name = route.request.url.split("?")[0]
        if name in lost:
            route.continue_()
        else:
            lost.append(name)
            route.abort()

    for name in ("_dash-update-component*", "_dash-layout", "_dash-dependencies"):
        page.route(f"**/{name}", lose)
    page.goto(f"{site}/compare")
    settle(page)
    assert len(lost) == 3
    expect(page.locator("#trouble")).to_be_empty()
    expect(page.locator("#main h1")).to_contain_text("SOHR")
