// A plain textarea bound to one field of a common text: what others write comes in, the caret stays, and nothing is
// touched while an input method composes.

import * as Y from "yjs";
import { moved, replacement, type Delta } from "./paragraphs";

export type Binding = {
  readonly element: HTMLTextAreaElement;
  readonly field: Y.Text;
  /** The language in which one writes now. */
  readonly lang: () => string;
  /** Characters that fit. */
  readonly limit: number;
  /** A title has no line ends. */
  readonly isOneLine: boolean;
  /** What was typed or pasted does not fit, and was not taken; null: it did. */
  readonly tooLong: (length: number | null) => void;
};

/** Bind them; the function that is returned ends it. */
export function bind({ element, field, lang, limit, isOneLine, tooLong }: Binding): () => void {
  const origin = {};
  const history = new Y.UndoManager(field, { trackedOrigins: new Set([origin]), captureTimeout: 800 });
  let shown = field.toString();
  /** What others changed since `shown`, while an input method composes. */
  let meanwhile: Delta[] | null = null;
  element.value = shown;

  function typed(): void {
    if (meanwhile === null) take(element.value);
  }

  function take(value: string): void {
    const wanted = isOneLine ? value.replace(/\s*[\r\n]+\s*/g, " ") : value;
    const length = [...wanted].length;
    if (length > limit && length > [...shown].length) {
      show(shown, []);
      return tooLong(length);
    }
    tooLong(null);
    const { start, gone, come } = replacement(shown, wanted, Math.max(0, element.selectionEnd + wanted.length - value.length));
    const deltas = meanwhile ?? [];
    const through = (place: number) => deltas.reduce((at, delta) => moved(at, delta), place);
    const [from, to] = [through(start), through(start + gone)];
    shown = wanted;
    field.doc?.transact(() => {
      if (to > from) field.delete(from, to - from);
      if (come) field.insert(from, come, { lang: lang() });
    }, origin);
    if (element.value !== field.toString()) show(field.toString(), deltas);
    shown = field.toString();
  }

  function show(text: string, deltas: readonly Delta[]): void {
    const { selectionStart, selectionEnd, selectionDirection, scrollTop } = element;
    const through = (place: number) => deltas.reduce((at, delta) => moved(at, delta), place);
    const [start, end] = [through(selectionStart), through(selectionEnd)];
    element.value = shown = text;
    element.setSelectionRange(Math.min(start, text.length), Math.min(end, text.length), selectionDirection);
    element.scrollTop = scrollTop;
  }

  function changed(event: Y.YTextEvent): void {
    if (event.transaction.origin === origin) return;
    if (meanwhile) meanwhile.push(event.delta);
    else show(field.toString(), [event.delta]);
  }

  function begun(): void {
    meanwhile = [];
  }

  function ended(): void {
    if (meanwhile === null) return;
    take(element.value);
    meanwhile = null;
  }

  function pressed(event: KeyboardEvent): void {
    if (isOneLine && event.key === "Enter" && !event.isComposing) event.preventDefault();
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) history.redo();
    else history.undo();
  }

  const listeners = { input: typed, compositionstart: begun, compositionend: ended, blur: ended, keydown: pressed } as const;
  for (const [name, act] of Object.entries(listeners)) element.addEventListener(name, act as EventListener);
  field.observe(changed);
  return () => {
    for (const [name, act] of Object.entries(listeners)) element.removeEventListener(name, act as EventListener);
    field.unobserve(changed);
    history.destroy();
  };
}
