// What a decision would do is shown beside the form while it is made: asked of the server, which changes nothing.

const form = document.querySelector("form[data-previewed]");
const see = form?.querySelector("[data-see]");
const preview = document.querySelector("#preview");
let waiting = 0;
let asked = 0;

async function show() {
  const mine = ++asked;
  const sent = new FormData(form);
  preview.setAttribute("aria-busy", "true");
  const answer = await fetch(see.formAction, { method: "POST", body: new URLSearchParams(sent) });
  if (mine !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const other = page.querySelector("#preview");
  const refusal = page.querySelector("main [role=alert]");
  preview.removeAttribute("aria-busy");
  takeOver(page, sent);
  if (other) preview.replaceChildren(...other.childNodes);
  else if (refusal) preview.replaceChildren(refusal);
}

/** What was read has changed meanwhile: the form is on its present version from now on, with its words if none were
    typed. */
function takeOver(page, sent) {
  for (const fresh of page.querySelectorAll(`#${form.id} input[type=hidden], #${form.id} textarea`)) {
    const field = form.elements[fresh.name];
    if (!field?.form || fresh.closest("#preview")) continue;
    const isTyped = fresh.localName === "textarea";
    const isUntouched = !isTyped || field.value === sent.get(fresh.name);
    if (isUntouched && field.value.split(/\s+/).join(" ") !== fresh.value.split(/\s+/).join(" ")) field.value = fresh.value;
  }
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
