// Moments are written in UTC by the server; here they become the reader's own time, in the page's language.
const language = document.documentElement.lang || "en";
const moment = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short" });
const day = new Intl.DateTimeFormat(language, { dateStyle: "long" });
const zone = new Intl.DateTimeFormat(language, { timeZoneName: "short" });

function localise(root) {
  for (const element of root.querySelectorAll("time[datetime]")) {
    const at = new Date(element.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    element.title = element.textContent;
    if ("day" in element.dataset) {
      element.textContent = day.format(at);
    } else {
      const named = zone.formatToParts(at).find((part) => part.type === "timeZoneName");
      element.textContent = `${moment.format(at)}${named ? ` (${named.value})` : ""}`;
    }
  }
}

localise(document);
document.addEventListener("fresh", ({ detail }) => localise(detail));
