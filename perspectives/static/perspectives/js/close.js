// Tells the learning platform that framed or opened this page that its work is done, as LTI Dynamic Registration has it.

for (const button of document.querySelectorAll('[data-close]')) {
  button.hidden = false
  button.addEventListener('click', () => {
    const platform = window.opener ?? window.parent
    platform.postMessage({ subject: 'org.imsglobal.lti.close' }, '*')
  })
}
