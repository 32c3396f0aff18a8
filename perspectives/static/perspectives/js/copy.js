// Puts a button beside every text that is there to be copied. Without this script the text can be selected.

for (const text of document.querySelectorAll('[data-copy]')) {
  const button = Object.assign(document.createElement('button'), { type: 'button', className: 'copy', textContent: 'Copy' })
  button.setAttribute('aria-label', `Copy: ${text.dataset.copy}`)
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(text.innerText.trim())
    button.textContent = 'Copied'
    setTimeout(() => { button.textContent = 'Copy' }, 2000)
  })
  text.after(button)
}
