// Keeps what is being written on this device until it is posted, so that a closed tab or a lost connection costs
// nothing. The post and each comment that is answered have a draft of their own. A draft goes only when its
// comment is seen on the page; any other answer leaves it.

const form = document.querySelector("[data-comment-form]");
const box = form?.querySelector("textarea");

if (box) {
  const { parent } = form.elements;
  const sent = `sent:${form.getAttribute("action")}`;
  const keyNow = () => `draft:${form.getAttribute("action")}:${parent.value}`;
  let key = keyNow();
  let restored = "";

  const isOnPage = () => document.getElementById(location.hash.slice(1))?.matches(".comment");

  const restore = () => {
    box.value = restored = localStorage.getItem(key) ?? "";
  };

  const keep = () => {
    if (box.value.trim()) localStorage.setItem(key, box.value);
    else localStorage.removeItem(key);
    // The browser would put these words back too, but into the form for a new comment, whatever they answered.
    box.autocomplete = "off";
  };

  // A page that came back with a mistake in it holds the words that were sent, its draft those typed since.
  const isBack = () => performance.getEntriesByType("navigation")[0]?.type === "back_forward";

  const arrive = () => {
    const posted = sessionStorage.getItem(sent);
    sessionStorage.removeItem(sent);
    if (posted && isOnPage()) localStorage.removeItem(posted);
    if (!box.value || (isBack() && localStorage.getItem(key))) restore();
  };

  // The form has moved. Words typed since come along; a draft that was only shown stays where it belongs.
  const follow = () => {
    const before = key;
    key = keyNow();
    if (box.value === restored) return restore();
    keep();
    if (before !== key) localStorage.removeItem(before);
  };

  // Storage may be full or forbidden; then the page works as it does without this file.
  const quietly = (act) => () => {
    try {
      act();
    } catch {
      /* no draft is kept */
    }
  };

  quietly(arrive)();
  // Again when the browser brings the page back as it was, after a submit that failed.
  addEventListener("pageshow", (event) => event.persisted && quietly(arrive)());
  parent.addEventListener("change", quietly(follow));
  box.addEventListener("input", quietly(keep));
  form.addEventListener(
    "submit",
    quietly(() => sessionStorage.setItem(sent, key)),
  );
}
