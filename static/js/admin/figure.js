// A figure in the editor: a picture of the list and a caption, one block. Kept as
//   <figure data-picture="12"><img …><figcaption>The caption.</figcaption></figure>
// What else belongs to it (sizes, alternative text, credit) the server adds from the picture's row.

import { Node } from "django-prose-editor/editor"
import { choosePicture } from "second-wind/picture-dialog"

/** The caption's element without the credit, which is the picture's and not the writer's to edit here. */
const captionOf = (figure) => {
  const caption = figure.querySelector("figcaption") ?? document.createElement("figcaption")
  const words = caption.cloneNode(true)
  words.querySelectorAll(".credit").forEach((credit) => credit.remove())
  return words
}

const ofImage = (name) => ({
  default: "",
  parseHTML: (figure) => figure.querySelector("img")?.getAttribute(name) ?? "",
  rendered: false,
})

const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

export const PictureFigure = Node.create({
  name: "pictureFigure",
  group: "block",
  content: "inline*",
  draggable: true,
  isolating: true,
  defining: true,

  addOptions() {
    return { chooserUrl: "" }
  },

  addAttributes() {
    return {
      picture: {
        default: null,
        parseHTML: (figure) => figure.dataset.picture,
        renderHTML: ({ picture }) => ({ "data-picture": picture }),
      },
      src: ofImage("src"),
      alt: ofImage("alt"),
      credit: {
        default: "",
        parseHTML: (figure) => figure.querySelector(".credit")?.textContent ?? "",
        rendered: false,
      },
    }
  },

  parseHTML() {
    return [{ tag: "figure[data-picture]", contentElement: captionOf }]
  },

  renderHTML({ node, HTMLAttributes }) {
    const { src, alt } = node.attrs
    return ["figure", HTMLAttributes, ["img", { src, alt }], ["figcaption", 0]]
  },

  addNodeView() {
    return ({ node, editor, getPos }) => {
      const { picture, src, alt, credit } = node.attrs
      const remove = element("button", { type: "button", textContent: "Remove picture" })
      remove.addEventListener("click", () => {
        const from = getPos()
        editor.chain().focus().deleteRange({ from, to: from + editor.state.doc.nodeAt(from).nodeSize }).run()
      })
      const words = alt ? `Read aloud as: ${alt}` : "Decorative, not read aloud"
      const note = element("div", { className: "figure-note", contentEditable: "false" })
      note.append(element("span", { textContent: [credit, words].filter(Boolean).join(" · ") }), remove)
      const image = element("img", { src, alt, contentEditable: "false" })
      const caption = element("figcaption")
      return {
        dom: element("figure", {}, image, caption, note),
        contentDOM: caption,
        ignoreMutation: (change) => !caption.contains(change.target),
        stopEvent: (event) => note.contains(event.target),
        update: (changed) => changed.type === node.type && changed.attrs.picture === picture,
      }
    }
  },

  addKeyboardShortcuts() {
    const inCaption = () => this.editor.state.selection.$from.parent.type === this.type
    return {
      // The caption is one paragraph: Enter goes on with the text below.
      Enter: () => {
        if (!inCaption()) return false
        const below = this.editor.state.selection.$from.after()
        return this.editor
          .chain()
          .insertContentAt(below, { type: "paragraph" })
          .setTextSelection(below + 1)
          .run()
      },
      Backspace: () => {
        const { empty, $from } = this.editor.state.selection
        const nothingBefore = empty && inCaption() && $from.parent.content.size === 0
        return nothingBefore && this.editor.commands.deleteNode(this.name)
      },
    }
  },

  addMenuItems({ menu, buttons }) {
    const { chooserUrl } = this.options
    menu.defineItem({
      name: "picture",
      groups: "nodes",
      button: buttons.material("image", "picture"),
      active: (editor) => editor.isActive("pictureFigure"),
      command: (editor) => insertChosen(editor, chooserUrl),
    })
  },
})

const insertChosen = async (editor, chooserUrl) => {
  const picture = await choosePicture(chooserUrl)
  if (!picture) return
  const { id, src, alt, credit } = picture
  editor
    .chain()
    .focus()
    .insertContent({ type: "pictureFigure", attrs: { picture: String(id), src, alt, credit } })
    .run()
}
