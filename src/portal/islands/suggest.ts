/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/** Suggestions under the search box as one types (WAI-ARIA combobox, list autocomplete). Without it the form works as it is. */

interface Suggestion { readonly code: string; readonly name: string }

const WAIT_MS = 180
const SHOWN_MAX = 8

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-suggest]')) {
  const input = form.querySelector<HTMLInputElement>('input[type=search]')
  if (input !== null) suggest(form, input)
}

function suggest(form: HTMLFormElement, input: HTMLInputElement): void {
  const list = document.createElement('ul')
  list.className = 'suggestions'
  list.id = `${input.id}-suggestions`
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', form.querySelector('label')?.textContent ?? '')
  list.hidden = true
  const status = document.createElement('p')
  status.className = 'sr'
  status.setAttribute('role', 'status')
  form.append(list, status)
  for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-controls', list.id], ['aria-expanded', 'false']] as const) input.setAttribute(name, value)

  let chosen = -1
  let timer = 0
  let running: AbortController | undefined

  const options = (): HTMLLIElement[] => [...list.querySelectorAll('li')]
  const close = (): void => {
    list.hidden = true
    chosen = -1
    input.setAttribute('aria-expanded', 'false')
    input.removeAttribute('aria-activedescendant')
  }
  const choose = (index: number): void => {
    const all = options()
    if (all.length === 0) return
    chosen = (index + all.length) % all.length
    all.forEach((option, i) => option.setAttribute('aria-selected', String(i === chosen)))
    input.setAttribute('aria-activedescendant', all[chosen]!.id)
  }
  const go = (option: HTMLLIElement | undefined): void => {
    if (option?.dataset['code'] !== undefined) location.assign(`/items/${encodeURIComponent(option.dataset['code'])}`)
  }
  const show = (suggestions: readonly Suggestion[]): void => {
    close()
    list.replaceChildren(...suggestions.slice(0, SHOWN_MAX).map((suggestion, i) => {
      const option = document.createElement('li')
      option.id = `${list.id}-${i}`
      option.setAttribute('role', 'option')
      option.setAttribute('aria-selected', 'false')
      option.dataset['code'] = suggestion.code
      option.textContent = suggestion.name
      return option
    }))
    const n = options().length
    list.hidden = n === 0
    input.setAttribute('aria-expanded', String(n > 0))
    status.textContent = n === 0 ? (form.dataset['none'] ?? '') : (form.dataset['some'] ?? '').replace('%', String(n))
  }
  const ask = async (): Promise<void> => {
    running?.abort()
    const q = input.value.trim()
    if (q === '') return close()
    running = new AbortController()
    const answer = await fetch(`${form.dataset['suggest']}?q=${encodeURIComponent(q)}`, { signal: running.signal, headers: { accept: 'application/json' } })
    if (answer.ok) show(((await answer.json()) as { items: Suggestion[] }).items)
  }
  /** A lost connection only means that nothing is suggested: searching still works. */
  const asked = (): void => void ask().catch(close)

  input.addEventListener('input', (event) => {
    if ((event as InputEvent).isComposing) return
    clearTimeout(timer)
    timer = window.setTimeout(asked, WAIT_MS)
  })
  input.addEventListener('compositionend', asked)
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return
    if (event.key === 'ArrowDown' && !list.hidden) { event.preventDefault(); choose(chosen + 1) }
    else if (event.key === 'ArrowUp' && !list.hidden) { event.preventDefault(); choose(chosen - 1) }
    else if (event.key === 'Escape') close()
    else if (event.key === 'Enter' && chosen >= 0) { event.preventDefault(); go(options()[chosen]) }
  })
  list.addEventListener('pointerdown', (event) => { event.preventDefault(); go((event.target as Element).closest('li') ?? undefined) })
  input.addEventListener('blur', close)
}
