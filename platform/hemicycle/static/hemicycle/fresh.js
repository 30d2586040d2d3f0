// A part of a page that keeps up with the server: what it says now takes the place of what it said before.
// Without this script the page is as it was when it was loaded, and has a link to load it again.
const part = document.querySelector("[data-fresh]");
const EVERY_MS = Number(part.dataset.fresh) || 5000;
const choice = document.querySelector("[data-fresh-choice]");
let shown = null;

/** Whoever has put the focus in it, or opened something, is not interrupted. */
function isRead() {
  return part.contains(document.activeElement) || part.querySelector("details[open]") !== null;
}

/** The page as it is now; null where the server does not give it. Parsed by the browser: no text becomes markup here. */
function load() {
  return new Promise((resolve) => {
    const asked = new XMLHttpRequest();
    asked.open("GET", location.href);
    asked.responseType = "document";
    asked.onloadend = () => resolve(asked.status === 200 && asked.responseURL === location.href.split("#")[0] ? asked.response : null);
    asked.send();
  });
}

async function look() {
  const fresh = (await load())?.getElementById(part.id);
  if (!fresh || shown?.isEqualNode(fresh) || isRead()) return;
  shown = fresh;
  part.replaceChildren(...document.importNode(fresh, true).childNodes);
  document.dispatchEvent(new CustomEvent("fresh", { detail: part }));
}

async function keepUp() {
  if (choice.checked && !document.hidden && !isRead()) await look();
  setTimeout(keepUp, EVERY_MS);
}

choice.closest("[hidden]").hidden = false;
setTimeout(keepUp, EVERY_MS);
