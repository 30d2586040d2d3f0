// Terms in a text that say what they mean: a button that looks like the word, and a box that Escape or a press elsewhere closes.

import { explainer, type Part } from "../core/terms";

type Explainer = (text: string) => readonly Part[];
const known = new Map<string, Promise<Explainer>>();
let boxes = 0;

/** Show in `element`, which holds this text, what its terms mean, as the page at `address` says. */
export async function explain(element: Element, text: string, address: string): Promise<void> {
  if (!known.has(address)) known.set(address, read(address));
  try {
    const parts = (await known.get(address))?.(text) ?? [];
    if (element.textContent === text && parts.some(({ meaning }) => meaning)) element.replaceChildren(...parts.flatMap(shown));
  } catch {
    known.delete(address);
  }
}

async function read(address: string): Promise<Explainer> {
  const answer = await fetch(address);
  return explainer((await answer.json()).terms);
}

function shown({ text, meaning }: Part): (Node | string)[] {
  if (!meaning) return [text];
  const id = `means-${(boxes += 1)}`;
  const button = made("button", { type: "button", class: "term", popovertarget: id });
  const box = made("span", { popover: "", id, class: "meaning", lang: meaning.lang, dir: meaning.dir });
  const term = made("b", {});
  term.textContent = button.textContent = text;
  box.append(term, ` ${meaning.text}`);
  return [button, box];
}

function made(name: string, attributes: Readonly<Record<string, string>>): HTMLElement {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
