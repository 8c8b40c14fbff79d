// Marks what is new since this browser's last visit to the post. Kept on this device, nothing is sent. A tab compares
// with the visit before it was opened, so that a reload takes no mark away.

const bar = document.querySelector("[data-news]");

const mark = () => {
  const key = `seen:${location.pathname}`;
  const since = sessionStorage.getItem(key) ?? localStorage.getItem(key);
  localStorage.setItem(key, Date.now());
  if (!since) return;
  sessionStorage.setItem(key, since);
  const found = [...document.querySelectorAll(".comment:not(.held, :target)")].filter(
    (comment) => Date.parse(comment.querySelector(".at time")?.dateTime) > since,
  );
  if (!found[0]) return;
  const step = bar.querySelector("template").content;
  found.forEach((comment, index) => {
    comment.before(step.cloneNode(true));
    const link = comment.previousElementSibling.lastChild;
    link.hidden = !found[index + 1];
    link.hash = found[index + 1]?.id;
    comment.parentElement.classList.add("new");
  });
  bar.hidden = false;
  bar.firstChild.hash = found[0].id;
  bar.querySelector("b").textContent = found.length;
};

try {
  if (bar) mark();
} catch {
  /* no storage: nothing is marked */
}
