import { z } from 'zod'
import type { House } from '../../house.ts'
import { proofFor } from '../../ledger/proofs.ts'
import type { LogFiles } from '../../ledger/tiles.ts'
import { Bytes, route, type Route } from '../types.ts'

const OPEN = '公开日志任何人可以核验，政府信息公开条例 第五条'

/** The public log in the C2SP tlog-tiles layout, and the proof of one receipt. */
export function logRoutes(house: House, files: LogFiles): readonly Route[] {
  return [
    route({
      method: 'GET', path: '/log/*', guard: { open: OPEN }, kind: 'stream', rate: 'log', summary: { zh: '公开日志文件', en: 'Files of the public log' }, params: z.object({ '*': z.string().max(200) }),
      handle: async ({ params }) => {
        const file = await files.file(params['*'])
        return new Bytes(file.body, file.contentType, { 'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache', 'access-control-allow-origin': '*' }, file.status)
      },
    }),
    route({
      method: 'GET', path: '/api/v1/receipts/:id/proof', guard: { open: OPEN }, kind: 'stream', rate: 'log', summary: { zh: '回执的包含证明', en: 'Proof of a receipt' }, params: z.object({ id: z.uuid() }),
      handle: async ({ params }) => new Bytes(Buffer.from(await proofFor(house.db, files, params.id)), 'text/plain; charset=utf-8', { 'access-control-allow-origin': '*' }),
    }),
  ]
}
