// A form that is on its way is not sent a second time (where it is all the same, the server acts once), and what was
// done is said aloud.

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    return;
  }
  form.setAttribute("aria-busy", "true");
  setTimeout(() => form.removeAttribute("aria-busy"), 10_000); // it may have come to nothing
});

// Back to a page that was left with a form on its way.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
});

// What was done is read aloud on the page that it leads to, where the focus goes to the place it is about.
const said = document.querySelector(".said");
if (said && location.hash) {
  const words = said.textContent;
  said.textContent = "";
  setTimeout(() => said.replaceChildren(words), 150);
}
