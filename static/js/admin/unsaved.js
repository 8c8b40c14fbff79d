// Asks before a form with unsaved changes is left: an accidental click must not cost a page of writing.

const form = document.querySelector("#content-main > form")
let isChanged = false

form?.addEventListener("input", () => (isChanged = true))
form?.addEventListener("change", () => (isChanged = true))
form?.addEventListener("submit", () => (isChanged = false))

window.addEventListener("beforeunload", (event) => {
  if (isChanged) event.preventDefault()
})
