// Counts down to the deadlines on a page, by the server's clock and in the language of the page.

const language = document.documentElement.lang;
// How far this computer's clock is from the server's.
const skew = Date.parse(document.querySelector("[data-server-time]").dataset.serverTime) - Date.now();

function told(number, unit) {
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(number);
}

function remaining(seconds) {
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor((seconds % 86400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (days) return [told(days, "day"), told(hours, "hour")];
  if (hours) return [told(hours, "hour"), told(minutes, "minute")];
  return [told(minutes, "minute"), told(Math.floor(seconds % 60), "second")];
}

function tick() {
  for (const clock of document.querySelectorAll(".clock[data-until]")) {
    // In a shadow root, so that the part of the page that it stands in is the one the server made (see live.js).
    const face = clock.shadowRoot ?? clock.attachShadow({ mode: "open" });
    const left = (Date.parse(clock.dataset.until) - Date.now() - skew) / 1000;
    const text = left > 0 ? remaining(left).join(" ") : "";
    if (face.textContent !== text) face.textContent = text;
  }
}

tick();
setInterval(tick, 1000);
document.addEventListener("chapeau:renewed", tick);
