// Reply in place: the one form of the page moves under the comment it answers, and back on Cancel.
// Words shown are taken from the page, so there is nothing to translate here.

const sheet = document.getElementById("respond");
const parent = sheet?.querySelector("[name=parent]");

// The beginning of a text on one line, at most 120 characters with the "…", as `lib.text.excerpt` cuts it.
const firstWords = (text) => {
  const line = text.trim().replace(/\s+/g, " ");
  if (!/^.{121}/u.test(line)) return line;
  const [cut] = line.match(/^.{60,119}(?= )/u) ?? line.match(/^.{119}/u);
  return `${cut.replace(/[ ,;:.–—-]+$/, "")}…`;
};

if (parent && document.querySelector("[data-reply]")) {
  const home = document.createComment("the form's place");
  sheet.before(home);
  const title = sheet.querySelector("h2");
  const bar = sheet.querySelector("[data-replying]");
  const whom = bar.querySelector("[data-whom]");
  const newTitle = parent.value ? null : title.textContent;
  let link = null;
  // On reload some browsers put hidden values back, although the form is in its own place again.
  parent.autocomplete = "off";

  const answer = (id) => {
    parent.value = id;
    parent.dispatchEvent(new Event("change"));
  };

  const moveUnder = (comment) => {
    comment.after(sheet);
    answer(comment.id.slice(1));
    title.textContent = link.textContent;
    whom.textContent = comment.querySelector("[itemprop=name]").textContent;
    whom.hash = comment.id;
    bar.querySelector("[data-words]").textContent = `: “${firstWords(comment.querySelector(".txt").innerText)}”`;
    bar.hidden = false;
    sheet.scrollIntoView({ block: "nearest" });
    sheet.querySelector("textarea").focus();
  };

  const moveBack = () => {
    home.after(sheet);
    answer("");
    title.textContent = newTitle;
    bar.hidden = true;
    link.focus();
    link = null;
  };

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const reply = event.target.closest("[data-reply]");
    // A page that was loaded with a reply begun has no title for a new comment: Cancel loads one that has.
    const cancel = link && newTitle && event.target.closest("[data-cancel]");
    if (!reply && !cancel) return;
    event.preventDefault();
    if (cancel) return moveBack();
    link = reply;
    moveUnder(document.getElementById(`c${reply.dataset.reply}`));
  });
}
