// A proposal while it is typed: what it changes is shown beside it, and nothing typed is lost before it is sent.

const form = document.querySelector("form[data-keep]");
const name = `chapeau:${form.dataset.keep}`;
const text = form.elements.text;
const original = text?.value;
const preview = document.querySelector("#preview");

function keep() {
  if (text.value === original && !form.elements.rationale.value) localStorage.removeItem(name);
  else localStorage.setItem(name, JSON.stringify({ text: text.value, rationale: form.elements.rationale.value }));
}

function bringBack() {
  const kept = JSON.parse(localStorage.getItem(name) ?? "null");
  const isFresh = text.value === text.dataset.original || text.value === "";
  if (kept === null || !isFresh || kept.text === text.value) return;
  text.value = kept.text;
  form.elements.rationale.value = kept.rationale;
  show();
}

let waiting = 0;
let asked = 0;

async function show() {
  const mine = ++asked;
  const answer = await fetch(document.querySelector("#see").formAction, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
  });
  if (!answer.ok || mine !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  preview.replaceChildren(...page.querySelector("#preview").childNodes);
}

if (text) {
  bringBack();
  form.addEventListener("input", () => {
    keep();
    clearTimeout(waiting);
    waiting = setTimeout(show, 300);
  });
  form.addEventListener("submit", (event) => {
    if (!event.submitter?.formAction.endsWith("/preview")) localStorage.removeItem(name);
  });
}
