// Says under each editor how many words it holds, and gives the editor the name its label has.

import { Extension } from "django-prose-editor/editor"

const words = (editor) => editor.getText({ blockSeparator: " " }).match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length ?? 0

export const WordCount = Extension.create({
  name: "wordCount",

  addStorage() {
    return { line: null }
  },

  onCreate({ editor }) {
    const container = editor.view.dom.closest(".prose-editor")
    const label = document.querySelector(`label[for="${container.querySelector("textarea").id}"]`)
    if (label) {
      editor.view.dom.setAttribute("aria-label", label.textContent.replace(/:$/, ""))
      label.addEventListener("click", () => editor.commands.focus())
    }
    this.storage.line = Object.assign(document.createElement("p"), { className: "word-count" })
    container.append(this.storage.line)
    count(this.storage.line, editor)
  },

  onUpdate({ editor }) {
    count(this.storage.line, editor)
  },
})

const count = (line, editor) => {
  const number = words(editor)
  line.textContent = `${number} ${number === 1 ? "word" : "words"}`
}
