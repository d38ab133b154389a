// What a decision would do is shown beside the form while it is made: asked of the server, which changes nothing.

const form = document.querySelector("form[data-previewed]");
const see = form?.querySelector("[data-see]");
const preview = document.querySelector("#preview");
let waiting = 0;
let asked = 0;

async function show() {
  const mine = ++asked;
  preview.setAttribute("aria-busy", "true");
  const answer = await fetch(see.formAction, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  if (mine !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const other = page.querySelector("#preview");
  const refusal = page.querySelector("main [role=alert]");
  preview.removeAttribute("aria-busy");
  if (other) preview.replaceChildren(...other.childNodes);
  else if (refusal) preview.replaceChildren(refusal);
}

if (form) {
  const opens = document.querySelector(`details[data-opens="${form.id}"]`);
  opens?.addEventListener("toggle", () => {
    if (opens.open && preview.childElementCount === 0) show();
  });
  form.addEventListener("input", () => {
    if (preview.childElementCount === 0) return;
    clearTimeout(waiting);
    waiting = setTimeout(show, 400);
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter !== see) return;
    event.preventDefault();
    show();
  });
}
