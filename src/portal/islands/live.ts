/// <reference lib="dom" />
import { followStream } from '../../kit/console/follow-stream.ts'

/**
 * Keeps a page in step with what happens: the part marked `data-live="matter:NO"` is fetched anew when the log has an act on it.
 * Without script the page is as it was when asked for.
 */
const place = document.querySelector<HTMLElement>('[data-live]')
if (place !== null) follow(place)

function follow(first: HTMLElement): void {
  const topic = first.dataset['live']!
  const said = document.createElement('p')
  said.className = 'sr'
  said.setAttribute('role', 'status')
  first.before(said)
  let asking = false
  const stop = followStream([topic], () => {
    if (asking) return
    asking = true
    void renew(topic).then((changed) => { if (changed) said.textContent = first.dataset['liveSaid'] ?? '' }).finally(() => { asking = false })
  })
  addEventListener('pagehide', stop)
}

/** The same page again as this reader; what she opened stays open, and nothing moves while she is in the middle of it. */
async function renew(topic: string): Promise<boolean> {
  const here = document.querySelector<HTMLElement>(`[data-live="${topic}"]`)
  if (here === null || here.contains(document.activeElement)) return false
  const response = await fetch(location.pathname, { headers: { accept: 'text/html' } })
  if (!response.ok) return false
  const next = new DOMParser().parseFromString(await response.text(), 'text/html').querySelector<HTMLElement>(`[data-live="${topic}"]`)
  if (next === null || next.innerHTML === here.innerHTML) return false
  const open = [...here.querySelectorAll('details')].map(({ open: isOpen }) => isOpen)
  next.querySelectorAll('details').forEach((details, i) => { details.open = open[i] ?? false })
  here.replaceWith(next)
  return true
}
