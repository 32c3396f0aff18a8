/* Where a part of a page cannot be had, the form asks for the whole page, which says what is wrong. */

document.addEventListener("htmx:responseError", (event) => {
  event.target.closest("form")?.submit();
});
