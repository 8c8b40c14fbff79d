// Sending a comment: Ctrl or Cmd and Enter posts, a second press while one is on its way does nothing, and the
// form says how many seconds it was open (people take some, programs hardly any).

const form = document.querySelector("[data-comment-form]");

if (form) {
  let isSending = false;
  const buttons = form.querySelectorAll("button");
  // A preview or a form with a mistake in it comes back with the seconds that were counted before.
  const earlier = Number.parseInt(form.elements.elapsed.defaultValue, 10) || 0;

  const setSending = (value) => {
    isSending = value;
    buttons.forEach((button) => button.setAttribute("aria-disabled", value));
  };

  form.addEventListener("submit", (event) => {
    if (isSending) return event.preventDefault();
    form.elements.elapsed.value = earlier + Math.floor(performance.now() / 1000);
    setSending(true);
  });

  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.elements.post.click();
  });

  // The browser may bring the page back as it was left: let it be sent again.
  addEventListener("pageshow", () => setSending(false));
}
