import { ProblemError, problemOf } from '../../../kit/console/api.ts'

/** All papers to the printer, one after the other: each PDF is read whole, put into a frame nobody sees, and printed from there. */
export async function printPapers(urls: readonly string[]): Promise<void> {
  for (const url of urls) {
    const answer = await fetch(url, { credentials: 'same-origin' })
    if (!answer.ok) throw new ProblemError(await problemOf(answer))
    await printBlob(await answer.blob())
  }
}

function printBlob(blob: Blob): Promise<void> {
  return new Promise((resolve) => {
    const url = URL.createObjectURL(blob)
    const frame = document.createElement('iframe')
    frame.className = 'mt-hidden'
    frame.title = ''
    frame.setAttribute('aria-hidden', 'true')
    frame.addEventListener('load', () => {
      frame.contentWindow?.focus()
      frame.contentWindow?.print()
      // The dialogue has its own copy by now; the frame may go a little later.
      setTimeout(() => { frame.remove(); URL.revokeObjectURL(url) }, 60_000)
      resolve()
    })
    frame.src = url
    document.body.append(frame)
  })
}
