// While somebody decides (an open "Overrule"), the page does not change under their hands.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.querySelector("details[open]")) event.preventDefault();
});
