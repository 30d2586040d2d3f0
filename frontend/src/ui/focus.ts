// Where the keyboard goes when the screen changes by itself: to the new thing, but never out of a text being written.

/** Focus an element unless somebody is writing elsewhere. */
export function offerFocus(element: HTMLElement | undefined): void {
  const active = document.activeElement;
  const isWriting = active instanceof HTMLTextAreaElement || active instanceof HTMLInputElement;
  if (!isWriting) element?.focus();
}
