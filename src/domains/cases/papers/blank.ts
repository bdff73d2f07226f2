import { startOfDay, type CivilDay } from '../../../base/civil-day.ts'
import type { Json } from '../../../base/canonical-json.ts'
import { PAPERS } from '../documents.ts'
import type { Block } from './document.ts'
import type { Head } from './facts.ts'
import type { Press } from './press.ts'
import { authority, serviceAddress } from './wording-closing.ts'

/** Papers that the applicant fills in herself. */
export const BLANK_PAPERS = ['authority', 'serviceAddress'] as const
export type BlankPaper = (typeof BLANK_PAPERS)[number]

const NOBODY: Head = { day: '1970-01-01', item: { zh: '', en: '' }, itemCode: '', itemType: '', organ: { zh: '', en: '' }, applicant: null, agent: null, articles: [] }
/** When the wording was last changed: the date in the file, so that its bytes stay the same. */
const WORDED_ON = '2026-11-22' as CivilDay

/** The empty paper, to be printed and written on. */
export function printBlankPaper(press: Pick<Press, 'printTemplate'>, kind: BlankPaper): Promise<Buffer> {
  const { blocks } = kind === 'authority' ? authority(NOBODY, { scope: '' }) : serviceAddress(NOBODY, {})
  const data: Json = {
    organ: null, title: PAPERS[kind].name.zh, titleEn: PAPERS[kind].name.en, no: '', addressee: null, blocks: blocks as readonly Block[] as unknown as Json,
    size: 14, signed: null, footer: `依据：${PAPERS[kind].article}`, proof: [],
  }
  return press.printTemplate('src/domains/cases/papers/paper.typ', data, { createdAt: startOfDay(WORDED_ON), link: null })
}
