// The desk without reloading: buttons and keys act in place, the comment in hand is shown in full beside the
// queue. What the keys do stands in templates/desk/_keys.html; where a moderator has switched them off, it is
// not on the page. Everything here is done by the page's own links and forms, which work without it.

const desk = document.querySelector(".desk");
const live = document.querySelector("[data-live]");
const wide = matchMedia("(min-width: 75em)");
const VERBS = { a: "approve", s: "spam", h: "hold", d: "trash" };
const PATIENCE = 150;
const LOOK_AGAIN = 2000;

let current = 0;
let busy = Promise.resolve();
let detail = null;

const one = (selector) => desk.querySelector(selector);
const rows = () => [...desk.querySelectorAll("[data-row]")];
const picks = () => [...desk.querySelectorAll("[name=pick]")];
const picked = () => picks().filter((box) => box.checked);

// ---------- the comment in hand ----------
const showDetail = async (row) => {
  const panel = one("[data-panel]");
  detail?.abort();
  if (!panel || !row || !wide.matches) return;
  detail = new AbortController();
  try {
    await new Promise((done) => setTimeout(done, PATIENCE));
    const answer = await fetch(row.dataset.detail, { signal: detail.signal });
    if (!answer.ok || row !== rows()[current]) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const article = page.querySelector(".desk-comment");
    // The page it stands on now has a title of its own.
    const title = document.createElement("h2");
    title.append(...article.querySelector("h1").childNodes);
    article.querySelector("h1").replaceWith(title);
    article.querySelectorAll("[data-page-only]").forEach((part) => part.remove());
    article.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"));
    panel.replaceChildren(article);
    panel.hidden = false;
  } catch (error) {
    if (error.name !== "AbortError") panel.hidden = true;
  }
};

// Which key presses this button, on the button; for the eye alone.
const hint = (button, key) => {
  if (!button || !one("[data-keys]")) return;
  const kbd = document.createElement("kbd");
  kbd.ariaHidden = "true";
  kbd.textContent = key;
  button.append(" ", kbd);
};

const mark = ({ scroll = false } = {}) => {
  const all = rows();
  current = Math.max(0, Math.min(current, all.length - 1));
  all.forEach((row, place) => {
    const is = place === current;
    row.querySelectorAll("kbd").forEach((key) => key.remove());
    if (is) Object.entries(VERBS).forEach(([key, verb]) => hint(row.querySelector(`button[value=${verb}]`), key));
    if (is) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  });
  if (scroll) all[current]?.scrollIntoView({ block: "nearest" });
  showDetail(all[current]);
};

const countPicks = () => {
  const bar = one("[data-bulk]");
  if (!bar) return;
  const count = picked().length;
  bar.dataset.bulk = count ? "some" : "none";
  one("[data-picked]").textContent = count ? `${count} ticked:` : "Ticked:";
  one("#pick-page").checked = count > 0 && count === picks().length;
};

const settle = (options) => {
  desk.querySelectorAll("[data-keys], [data-pick-page]").forEach((part) => (part.hidden = false));
  hint(one("[data-undo]"), "z");
  Object.entries(VERBS).forEach(([key, verb]) => hint(one(`[data-sweep] button[value=${verb}]`), key));
  mark(options);
  countPicks();
  if (one("[data-progress]")) setTimeout(lookAgain, LOOK_AGAIN);
};

// ---------- acting in place ----------
const show = async (answer) => {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  // Outside the desk, such as at the sign-in: this page leads there itself, and back to itself.
  const fresh = page.querySelector(".desk");
  if (!fresh) return location.reload();
  const wasOpen = one("[data-keys]")?.open;
  desk.replaceChildren(...fresh.childNodes);
  document.title = page.title;
  if (answer.ok) history.replaceState(null, "", answer.url);
  if (wasOpen) one("[data-keys]").open = true;
  live.textContent = one(".toast p")?.textContent ?? one("h1").textContent;
  settle();
};

const send = async (form, button) => {
  const body = new URLSearchParams(new FormData(form));
  if (button?.name) body.append(button.name, button.value);
  const address = button?.hasAttribute("formaction") ? button.formAction : form.action;
  const held = document.activeElement?.closest("[data-row], .toast, [data-bulk]") ? button?.value : null;
  await show(await fetch(address, { method: "POST", body }));
  // The hand stays where it was: on the same button of the comment that has taken this one's place.
  const row = rows()[current];
  if (held) (row?.querySelector(`[value=${held}]`) ?? row?.querySelector(".verbs button") ?? one(".tabs a"))?.focus();
};

// Keys that come while an answer is on its way wait for it, and mean the page that it brings.
const queue = (deed) => {
  busy = busy.then(deed).catch(() => {
    const toast = document.createElement("div");
    toast.className = "toast";
    toast.append(Object.assign(document.createElement("p"), { textContent: live.dataset.lost }));
    one(".toast")?.remove();
    one(".bar").after(toast);
    live.textContent = live.dataset.lost;
    desk.querySelectorAll("[data-sent]").forEach((form) => delete form.dataset.sent);
  });
};

// While a sweep runs only its numbers change, so that the hand stays on its button.
const lookAgain = async () => {
  try {
    const answer = await fetch(location.href);
    const text = await answer.clone().text();
    const page = new DOMParser().parseFromString(text, "text/html");
    const progress = page.querySelector("[data-progress]");
    if (!progress) return await show(answer);
    one("[data-progress]").value = progress.value;
    one("[data-count]").textContent = page.querySelector("[data-count]").textContent;
    document.title = page.title;
  } catch {
    live.textContent = live.dataset.lost;
  }
  setTimeout(lookAgain, LOOK_AGAIN);
};

// ---------- keys ----------
const press = (verb) => {
  const form = picked().length ? one("[data-bulk]") : (one("[data-sweep]") ?? rows()[current]?.querySelector("form.verbs"));
  const button = form?.querySelector(`button[value=${verb}]`);
  if (button) return send(form, button);
};

const step = (by) => {
  if (current + by >= rows().length && one("[data-next]")) return one("[data-next]").click();
  current += by;
  mark({ scroll: true });
};

const pickPage = () => {
  if (picks().length && picked().length === picks().length) return one("[data-all]").click();
  picks().forEach((box) => (box.checked = true));
  countPicks();
};

const pickOne = () => {
  const box = rows()[current]?.querySelector("[name=pick]");
  if (box) box.checked = !box.checked;
  countPicks();
};

const go = (suffix) => {
  const row = rows()[current];
  if (row) location.assign(row.dataset.detail + suffix);
};

const sort = (place) => {
  const order = one("#order");
  if (!order) return;
  order.selectedIndex = place;
  order.form.requestSubmit();
};

const KEYS = {
  1: () => sort(0),
  2: () => sort(1),
  3: () => sort(2),
  4: () => sort(3),
  j: () => step(1),
  k: () => step(-1),
  z: () => one("[data-undo]") && send(one("[data-undo]").form, one("[data-undo]")),
  x: pickOne,
  X: pickPage,
  r: () => go("reply/"),
  e: () => go("edit/"),
  o: () => rows()[current]?.querySelector("[data-open]")?.click(),
  n: () => one("[data-next]")?.click(),
  p: () => one("[data-first]")?.click(),
  "?": () => {
    const keys = one("[data-keys]");
    keys.open = !keys.open;
    keys.scrollIntoView({ block: "end" });
  },
};

document.addEventListener("keydown", (event) => {
  const inField = event.target.closest("textarea, select, input:not([type=checkbox])");
  if (event.ctrlKey || event.metaKey || event.altKey || inField || !one("[data-keys]")) return;
  // A key that is held down walks through the queue, and does nothing else.
  if (event.repeat && !"jk".includes(event.key)) return;
  const deed = VERBS[event.key] ? () => press(VERBS[event.key]) : KEYS[event.key];
  if (deed) {
    event.preventDefault();
    queue(deed);
  } else if (event.key === "Enter" && event.target === document.body) {
    go("");
  }
});

// ---------- hands ----------
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-sweep]")) {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  }
  if (!form.matches("form.verbs, [data-bulk], .toast form") || !form.closest(".desk") || !one(".queue")) return;
  event.preventDefault();
  // A double click is one deed.
  if (form.dataset.sent) return;
  form.dataset.sent = "yes";
  const row = form.closest("[data-row]");
  if (row) current = rows().indexOf(row);
  queue(() => send(form, event.submitter));
});

document.addEventListener("change", (event) => {
  if (event.target.id === "pick-page") picks().forEach((box) => (box.checked = event.target.checked));
  countPicks();
});

desk.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-row]");
  if (!row || rows().indexOf(row) === current) return;
  current = rows().indexOf(row);
  mark();
});

wide.addEventListener("change", () => mark());
settle();
