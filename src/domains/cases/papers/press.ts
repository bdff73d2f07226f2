import type { Json } from '../../../base/canonical-json.ts'
import type { PaperFacts } from '../queries.ts'
import { composePaper, verifyPath } from './compose.ts'
import { qrSvg } from './qr.ts'
import { startTypesetter, TYPESETTER_LIMITS, type TypesetterLimits } from './typesetter.ts'

/** Prints papers. The same facts give the same bytes, so that a paper's hash can be kept. */
export interface PaperPress {
  /** The PDF of one paper; under a second, marked 演示 DEMO in a demo. */
  print(paper: PaperFacts): Promise<Buffer>
  close(): Promise<void>
}

export interface PrintOptions {
  /** Stands in the PDF as its date of creation. */
  readonly createdAt: Date
  /** Path below the public address that the QR code leads to, `/items/…`; null: no code. */
  readonly link: string | null
}

export interface Press extends PaperPress {
  /** The PDF of a Typst file (its path from the repository's root); the data reach it as JSON in `sys.inputs.data`, never as markup. */
  printTemplate(template: string, data: Json, options: PrintOptions): Promise<Buffer>
  /** Resident memory of the typesetting process, measured at its last job; 0 while it does not run. */
  rssBytes(): number
  /** Of the typesetting process; undefined while it does not run. */
  pid(): number | undefined
}

export interface PressOptions {
  /** Marks every page, and draws a seal that nobody can take for a real one. */
  readonly demo: boolean
  /** Public base address without a slash at the end; QR codes lead there. */
  readonly url: string
  readonly limits?: TypesetterLimits
}

const PAPER_TEMPLATE = 'src/domains/cases/papers/paper.typ'

/** Nothing is started before the first paper. `print` and `printTemplate` refuse `papers/press-busy`. */
export function startPress({ demo, url, limits = TYPESETTER_LIMITS }: PressOptions): Press {
  const typesetter = startTypesetter(limits)
  const printTemplate = async (template: string, data: Json, { createdAt, link }: PrintOptions): Promise<Buffer> => {
    const address = link === null ? null : `${url}${link}`
    const house: Json = { demo, url, link: address, qr: address === null ? null : qrSvg(address) }
    return typesetter.typeset({ template, data: JSON.stringify({ ...(data as { readonly [key: string]: Json }), house }), createdAt: Math.floor(createdAt.getTime() / 1000) })
  }
  return {
    printTemplate,
    print: async (paper) => printTemplate(PAPER_TEMPLATE, composePaper(paper, url), { createdAt: paper.madeAt, link: verifyPath(paper.entryId) }),
    rssBytes: typesetter.rssBytes,
    pid: typesetter.pid,
    close: typesetter.close,
  }
}
