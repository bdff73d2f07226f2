/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/** Shows the print buttons, which without script would do nothing. */
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => print())
}
