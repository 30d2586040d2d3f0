// Between two looks at the server the clocks of a debate go on by themselves.
function written(seconds) {
  const left = Math.abs(seconds);
  return `${seconds < 0 ? "−" : ""}${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
}

setInterval(() => {
  for (const clock of document.querySelectorAll("[data-seconds]")) {
    clock.dataset.seconds = Number(clock.dataset.seconds) + Number(clock.dataset.step);
    clock.textContent = written(Number(clock.dataset.seconds));
  }
}, 1000);
