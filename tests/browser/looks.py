"""Whether a page can be used: axe's rules and no sideways scrolling, in every way a page may be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal

from playwright.sync_api import Page

AXE = (files("axe_playwright_python") / "axe.min.js").read_text()
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
NARROWEST = 320
RUN = """async ([tags, asked]) => {
  const colours = "color-contrast";
  const options = asked === "colours" ? { runOnly: { type: "rule", values: [colours] } }
    : { runOnly: { type: "tag", values: tags }, rules: { [colours]: { enabled: asked === "everything" } } };
  const { violations } = await axe.run(document, { ...options, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, html, any, all, none }) =>
    [id, target.join(" "), html.slice(0, 160), [...any, ...all, ...none][0]?.message ?? ""].join(" | ")));
}"""
WIDER = """(width) => [...document.querySelectorAll("body *")]
  .map((each) => [each, each.getBoundingClientRect()])
  .filter(([each, box]) => box.width && (box.right > width + 1 || box.left < -1))
  .map(([each]) => `${each.tagName}.${each.getAttribute("class")} ${each.textContent.trim().slice(0, 40)}`)
  .slice(0, 5)"""


@dataclass(frozen=True, slots=True)
class Look:
    """One way to look at a page, and what can differ in it from the first."""

    name: str
    width: int
    asked: Literal["everything", "colours", "all but colours"] = "everything"
    scheme: Literal["light", "dark"] = "light"
    forced: Literal["active", "none"] = "none"

    def on(self, page: Page) -> None:
        """Look at the page this way."""
        page.emulate_media(color_scheme=self.scheme, forced_colors=self.forced, reduced_motion="reduce")
        page.set_viewport_size({"width": self.width, "height": 740 if self.width < 600 else 860})


PHONE = Look("phone", 360)
MIRRORED = Look("from right to left", 360, "all but colours")
DESK = Look("desk", 1280, "all but colours")
IN_HAND = (
    PHONE,
    Look("dark", 360, "colours", scheme="dark"),
    Look("forced colours", 360, "colours", forced="active"),
)
LOOKS = (*IN_HAND, DESK)


def faults(page: Page, looks: tuple[Look, ...] = LOOKS) -> list[str]:
    """What is wrong with the page as it stands, a line each. The page looks afterwards as it did before."""
    before = page.viewport_size
    page.evaluate(AXE)
    found = []
    for look in looks:
        look.on(page)
        found += [f"{look.name}: {fault}" for fault in page.evaluate(RUN, [list(TAGS), look.asked])]
    found += _sideways(page)
    if before:
        page.set_viewport_size(before)
    return found


def _sideways(page: Page) -> list[str]:
    """What makes the narrowest page scroll sideways."""
    PHONE.on(page)
    page.set_viewport_size({"width": NARROWEST, "height": 740})
    width: Any = page.evaluate("document.scrollingElement.scrollWidth")
    wider = page.evaluate(WIDER, NARROWEST) if width > NARROWEST else []
    return [f"{NARROWEST} px: {width} px wide because of {wider}"] if width > NARROWEST else []
