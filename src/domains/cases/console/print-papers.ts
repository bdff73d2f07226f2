import { getBlob } from '../../../kit/console/api.ts'

/** Long enough for a printer's dialogue to have taken its own copy. */
const KEPT_MS = 60_000

/**
 * All papers of a case to the printer by one key (practice 20): one PDF holds them all, because a browser opens one printing dialogue
 * at a time and drops what is asked for meanwhile. It is read whole, put into a frame nobody sees, and printed from there.
 */
export async function printPapers(caseNo: string): Promise<void> {
  const url = URL.createObjectURL(await getBlob(`/api/v1/cases/${encodeURIComponent(caseNo)}/papers.pdf`))
  const frame = document.createElement('iframe')
  frame.className = 'mt-hidden'
  frame.title = ''
  frame.setAttribute('aria-hidden', 'true')
  await new Promise<void>((resolve) => {
    frame.addEventListener('load', () => resolve(), { once: true })
    frame.src = url
    document.body.append(frame)
  })
  frame.contentWindow?.focus()
  frame.contentWindow?.print()
  setTimeout(() => { frame.remove(); URL.revokeObjectURL(url) }, KEPT_MS)
}
