// The texts of a stream in one language, folded from their events. Twin of `evolve` in `translation.core.feed`.

import type { TextEvent, TextShown, TextState } from "./protocol";

const TEXTS_KEPT = 400;

/** One language's texts after one more. */
export function evolveText(state: TextState, event: TextEvent): TextState {
  const { of } = event.data;
  const { [of]: before, ...rest } = state.rendered;
  const rendered = Object.entries({ ...rest, [of]: textShown(before, event) }).slice(-TEXTS_KEPT);
  return { rendered: Object.fromEntries(rendered) };
}

function textShown(before: TextShown | undefined, event: TextEvent): TextShown {
  if (event.kind === "text.rendered") {
    const { key, status, label } = event.data;
    return { key, status, label, credit: null, former: [] };
  }
  if (event.kind === "text.doubted") {
    if (!before?.label) throw new Error(event.data.key);
    return { ...before, label: { ...before.label, doubts: event.data.doubts } };
  }
  const { key, status, credit } = event.data;
  const former = before?.key ? [...before.former, before.key] : [];
  return { key, status, label: null, credit, former };
}
