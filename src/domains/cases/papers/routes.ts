import { z } from 'zod'
import { contentDisposition } from '../../../kernel/files/content-disposition.ts'
import { Bytes, route, type Route } from '../../../kernel/http/types.ts'
import { PAPERS } from '../documents.ts'
import { BLANK_PAPERS, printBlankPaper } from './blank.ts'
import type { Press } from './press.ts'

/** Empty papers for everybody: 授权委托书 and 送达地址及方式确认书. */
export const blankPaperRoutes = ({ press }: { readonly press: Pick<Press, 'printTemplate'> }): readonly Route[] => [
  route({
    method: 'GET', path: '/papers/:kind/blank.pdf', guard: { open: '申请书示范文本公示并免费提供，行政许可法 第二十九条、第三十条、第五十八条' }, kind: 'stream', rate: 'read',
    summary: { zh: '空白文书', en: 'An empty paper' }, params: z.object({ kind: z.enum(BLANK_PAPERS) }),
    handle: async ({ params }) => new Bytes(await printBlankPaper(press, params.kind), 'application/pdf', { 'content-disposition': contentDisposition(`${PAPERS[params.kind].name.zh}.pdf`, 'inline') }),
  }),
]
