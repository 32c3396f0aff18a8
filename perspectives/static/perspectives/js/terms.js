// Explains a term where it stands: the sentence to which its link leads in the glossary is shown beside it, on hover, on
// focus, and on a first tap; a second tap follows the link, as it does without this script.

const TERM = 'a[href*="/about/#"]'
const note = Object.assign(document.createElement('p'), { id: 'term_note', className: 'term-note', popover: 'manual' })
note.setAttribute('role', 'tooltip')
let glossary
let shown

async function explanation(link) {
  glossary ??= fetch(link.pathname).then((answer) => answer.text())
    .then((page) => new DOMParser().parseFromString(page, 'text/html'))
  const entry = (await glossary).getElementById(link.hash.slice(1))
  return entry?.querySelector('dd')?.textContent
}

async function show(link) {
  if (shown === link) return
  shown = link
  const text = await explanation(link).catch(() => undefined)
  if (!text || shown !== link) return
  note.textContent = text
  document.body.append(note)
  note.showPopover()
  const place = link.getBoundingClientRect()
  const left = Math.min(place.left, document.documentElement.clientWidth - note.offsetWidth - 8)
  note.style.left = `${Math.max(8, left) + window.scrollX}px`
  note.style.top = `${place.bottom + window.scrollY + 4}px`
  link.setAttribute('aria-describedby', note.id)
}

function hide() {
  shown?.removeAttribute('aria-describedby')
  shown = undefined
  if (note.matches(':popover-open')) note.hidePopover()
}

const termAt = (event) => event.target instanceof Element ? event.target.closest(TERM) : null

if ('popover' in HTMLElement.prototype) {
  document.addEventListener('pointerover', (event) => {
    const link = event.pointerType === 'mouse' && termAt(event)
    if (link) show(link)
    else if (shown && event.pointerType === 'mouse' && event.target !== note) hide()
  })
  document.addEventListener('focusin', (event) => { const link = termAt(event); if (link) show(link); else hide() })
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') hide() })
  document.addEventListener('click', (event) => {
    const link = termAt(event)
    if (!link || event.pointerType !== 'touch') return
    if (note.matches(':popover-open') && note.dataset.of === link.href) return
    event.preventDefault()
    note.dataset.of = link.href
    show(link)
  })
}
