// The list of pictures as a dialog: search, choose one, or upload in another tab and come back.
// The dialog's HTML stands in a <template id="picture-dialog"> of the page.

const PAUSE_IN_TYPING = 250

/**
 * Opens the dialog. Answers with { id, name, src, thumbnail, alt, credit } of the picture chosen, or null.
 */
export const choosePicture = (address) =>
  new Promise((resolve) => {
    const template = document.getElementById("picture-dialog")
    const dialog = template.content.firstElementChild.cloneNode(true)
    const list = new PictureList(dialog, address, (picture) => {
      chosen = picture
      dialog.close()
    })
    const reload = () => list.show()
    let chosen = null

    dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close())
    dialog.addEventListener("close", () => {
      window.removeEventListener("focus", reload)
      dialog.remove()
      resolve(chosen)
    })
    // Whoever comes back from uploading in another tab finds the new picture.
    window.addEventListener("focus", reload)
    document.body.append(dialog)
    dialog.showModal()
    list.show()
  })

/** One picture of the list, or null when it is gone. */
export const findPicture = async (address, id) => {
  const { pictures } = await ask(address, { id })
  return pictures[0] ?? null
}

const ask = async (address, question) => {
  const answer = await fetch(`${address}?${new URLSearchParams(question)}`)
  if (!answer.ok) throw new Error(`The list of pictures answered ${answer.status}.`)
  return answer.json()
}

class PictureList {
  constructor(dialog, address, choose) {
    this.address = address
    this.choose = choose
    this.grid = dialog.querySelector(".picture-grid")
    this.search = dialog.querySelector("input[type=search]")
    this.status = dialog.querySelector("[role=status]")
    this.more = dialog.querySelector("[data-more]")
    this.asked = 0
    this.search.addEventListener("input", () => {
      clearTimeout(this.timer)
      this.timer = setTimeout(() => this.show(), PAUSE_IN_TYPING)
    })
    this.more.addEventListener("click", () => this.show(this.page + 1))
  }

  async show(page = 1) {
    const asked = ++this.asked
    let found
    try {
      found = await ask(this.address, { q: this.search.value, page })
    } catch {
      this.status.textContent = "The list could not be read. Is the site reachable, and are you still signed in?"
      return
    }
    if (asked !== this.asked) return // a later question was faster
    this.page = page
    const items = found.pictures.map((picture) => this.item(picture))
    page === 1 ? this.grid.replaceChildren(...items) : this.grid.append(...items)
    this.more.hidden = !found.more
    this.status.textContent = this.grid.children.length ? "" : "No picture found."
  }

  item(picture) {
    const image = Object.assign(document.createElement("img"), { src: picture.thumbnail, alt: "", loading: "lazy" })
    const name = Object.assign(document.createElement("span"), { textContent: picture.name })
    const button = Object.assign(document.createElement("button"), { type: "button" })
    button.append(image, name)
    button.addEventListener("click", () => this.choose(picture))
    const item = document.createElement("li")
    item.append(button)
    return item
  }
}
