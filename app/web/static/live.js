// An open page follows the record: the parts marked data-live are exchanged when they changed. Forms are outside them,
// so that nobody loses what they type; the place on the page stays.

const page = document.body;
const source = new EventSource(`${page.dataset.live}?after=${page.dataset.head}`);
let waiting = 0;
let isBusy = false;
let isStale = false;

source.addEventListener("entry", () => {
  clearTimeout(waiting);
  waiting = setTimeout(renew, 60);
});

async function renew() {
  if (isBusy) {
    isStale = true;
    return;
  }
  isBusy = true;
  try {
    // What a form led to is answered by the page of the form; only whoever is signed out is led elsewhere.
    const answer = await fetch(location.href, { headers: { Accept: "text/html", "X-Chapeau-Renew": "1" } });
    if (answer.ok && new URL(answer.url).pathname !== "/sign-in") exchange(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } finally {
    isBusy = false;
    if (isStale) {
      isStale = false;
      renew();
    }
  }
}

function exchange(fresh) {
  for (const part of document.querySelectorAll("[data-live][id]")) {
    const other = fresh.getElementById(part.id);
    if (other === null) part.replaceChildren();
    else if (words(part.innerHTML) !== words(other.innerHTML)) renewPart(part, other);
  }
  for (const other of fresh.querySelectorAll("[data-live][id]")) {
    if (document.getElementById(other.id) === null) comeIn(other, fresh);
  }
  document.dispatchEvent(new CustomEvent("chapeau:renewed"));
}

/** What a part says: a new key in a form of it is no change. */
function words(html) {
  return html.replace(/name="once" value="[^"]*"/g, "");
}

/** Exchange only the children that changed, where they have names: the rest keeps its place and its focus. */
function renewPart(part, other) {
  const named = [...other.children].every((child) => child.id) && [...part.children].every((child) => child.id);
  const sameOrder = part.children.length === other.children.length
    && [...part.children].every((child, place) => child.id === other.children[place].id);
  if (!named || !sameOrder) {
    part.replaceChildren(...other.childNodes);
    flash(part);
    return;
  }
  [...part.children].forEach((child, place) => {
    if (words(child.outerHTML) === words(other.children[place].outerHTML)) return;
    const newer = document.importNode(other.children[place], true);
    child.replaceWith(newer);
    flash(newer);
  });
}

/** A part that was not on the page yet comes behind the one that it follows on the fresh page. */
function comeIn(other, fresh) {
  const parts = [...fresh.querySelectorAll("[data-live][id]")];
  const before = parts.slice(0, parts.indexOf(other)).reverse().find((part) => document.getElementById(part.id));
  const newer = document.importNode(other, true);
  if (before && before.parentElement?.tagName === other.parentElement?.tagName) document.getElementById(before.id).after(newer);
  else document.querySelector("main").append(newer);
  flash(newer);
}

function flash(part) {
  part.classList.add("changed");
  setTimeout(() => part.classList.remove("changed"), 4000);
}
