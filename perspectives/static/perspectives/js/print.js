// Lets a link that leads to something to print open the browser's own printing of this page instead.

for (const link of document.querySelectorAll('[data-print]')) {
  link.addEventListener('click', (event) => {
    event.preventDefault()
    print()
  })
}
