// Turns each plain list of pictures into a preview and a button that opens the list with thumbnails.

import { choosePicture, findPicture } from "second-wind/picture-dialog"

const enhance = (select) => {
  const address = select.dataset.chooser
  const preview = Object.assign(document.createElement("img"), { className: "preview", alt: "", hidden: true })
  const name = Object.assign(document.createElement("span"), { className: "picture-name" })
  const choose = Object.assign(document.createElement("button"), { type: "button", className: "button" })
  const remove = Object.assign(document.createElement("button"), {
    type: "button",
    className: "button quiet",
    textContent: "No picture",
  })
  const box = Object.assign(document.createElement("div"), { className: "picture-select" })

  const show = async () => {
    const picture = select.value ? await findPicture(address, select.value).catch(() => null) : null
    preview.hidden = !picture
    if (picture) preview.src = picture.thumbnail
    name.textContent = picture?.name ?? ""
    choose.textContent = picture ? "Choose another picture" : "Choose a picture"
    remove.hidden = !select.value
  }
  const pick = (picture) => {
    const isListed = [...select.options].some((option) => option.value === String(picture.id))
    if (!isListed) select.add(new Option(picture.name, picture.id))
    select.value = picture.id
    select.dispatchEvent(new Event("change", { bubbles: true }))
  }

  choose.addEventListener("click", async () => {
    const picture = await choosePicture(address)
    if (picture) pick(picture)
  })
  remove.addEventListener("click", () => {
    select.value = ""
    select.dispatchEvent(new Event("change", { bubbles: true }))
  })
  // Django's own scripts change the list through jQuery after a picture was added in a window of its own.
  window.django?.jQuery(select).on("change", show)

  box.append(preview, name, choose, remove)
  select.hidden = true
  select.before(box)
  show()
}

document.querySelectorAll("select[data-chooser]").forEach(enhance)
