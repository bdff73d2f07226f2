import type { Json } from '../../../base/canonical-json.ts'
import type { PaperFacts } from '../queries.ts'
import { composePaper, verifyPath } from './compose.ts'
import { qrSvg } from './qr.ts'
import { startTypesetter, TYPESETTER_LIMITS, type TypesetterLimits } from './typesetter.ts'

/** Prints papers. The same facts give the same bytes, so that a paper's hash can be kept. */
export interface PaperPress {
  /** The PDF of one paper; under a second, marked 演示 DEMO in a demo. */
  print(paper: PaperFacts): Promise<Buffer>
  /** Several papers in one PDF under one title, each as `print` sets it: a browser prints one document at a time. */
  printAll(title: string, papers: readonly PaperFacts[]): Promise<Buffer>
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
const PAPERS_TEMPLATE = 'src/domains/cases/papers/papers.typ'

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
    printAll: async (title, papers) => {
      const sheets = papers.map((paper): Json => {
        const link = url + verifyPath(paper.entryId)
        return { ...(composePaper(paper, url) as { readonly [key: string]: Json }), link, qr: qrSvg(link) }
      })
      return printTemplate(PAPERS_TEMPLATE, { title, papers: sheets }, { createdAt: papers.at(-1)?.madeAt ?? new Date(0), link: null })
    },
    print: async (paper) => printTemplate(PAPER_TEMPLATE, composePaper(paper, url), { createdAt: paper.madeAt, link: verifyPath(paper.entryId) }),
    rssBytes: typesetter.rssBytes,
    pid: typesetter.pid,
    close: typesetter.close,
  }
}
