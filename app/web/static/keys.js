// Keys on the pages: j and k go from paragraph to paragraph, / finds one by its label, ? says which keys there are.
// Where a page has a next and a previous (a paragraph, the room), n and p and the arrows of the room turn to them.

const isRoom = document.querySelector("main.room") !== null;
const help = document.querySelector("#keys");

function follow(rel) {
  const link = document.querySelector(`a[rel="${rel}"]`);
  if (link) location.assign(link.href);
  return Boolean(link);
}

function step(by) {
  const all = [...document.querySelectorAll(".paragraph .label, .card h3 a")];
  if (all.length === 0) return false;
  const here = all.indexOf(document.activeElement);
  const next = here < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, here + by));
  all[next].focus();
  all[next].closest("article").scrollIntoView({ block: "nearest" });
  return true;
}

const keys = {
  j: () => step(1),
  k: () => step(-1),
  n: () => follow("next"),
  p: () => follow("prev"),
  "/": () => document.querySelector("#to")?.focus() ?? true,
  "?": () => help?.showModal() ?? true,
  ...(isRoom && {
    ArrowRight: () => follow("next"),
    ArrowLeft: () => follow("prev"),
    PageDown: () => follow("next"),
    PageUp: () => follow("prev"),
    Escape: () => follow("up"),
    f: () => document.documentElement.requestFullscreen?.() ?? true,
  }),
};

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || help?.open) return;
  const act = keys[event.key];
  if (act && act() !== false) event.preventDefault();
});
