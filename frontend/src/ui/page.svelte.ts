// How a page begins: what the server said, the interface's language, the line, then the screen.

import { mount, type Component } from "svelte";
import type { Boot } from "../core/frames";
import { liveContext, makeLive, speakLike } from "./live.svelte";

export async function startPage(Page: Component): Promise<void> {
  const boot = JSON.parse(document.getElementById("boot")?.textContent ?? "{}") as Boot;
  const target = document.getElementById("app");
  if (!target) return;
  const live = makeLive(boot);
  const isOwn = boot.languages.some(({ code, catalogue }) => code === live.reads && (catalogue || code === "en"));
  await speakLike(boot, isOwn ? live.reads : boot.language);
  target.replaceChildren();
  mount(Page, { target, context: liveContext(live) });
}
