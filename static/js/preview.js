// Preview in place: the server renders what is written, and the page shows it above the form. What does not come back
// as a preview (a mistake, a limit, no network) is sent as it would be without this file.

const form = document.querySelector("[data-comment-form]");
const button = form?.elements.preview;

const show = async () => {
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body: new FormData(form, button) });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const heading = page.querySelector(".preview h2");
  heading.tabIndex = -1;
  document.querySelector(".preview")?.remove();
  form.before(heading.parentElement);
  heading.focus();
};

button?.addEventListener("click", (event) => {
  event.preventDefault();
  show().catch(() => form.requestSubmit(button));
});
