import { createHash } from 'node:crypto'
import { canonicalJson, type Json } from '../../../base/canonical-json.ts'
import type { CivilDay } from '../../../base/civil-day.ts'
import type { Queryable } from '../../../kernel/db/database.ts'
import { ACT_INPUTS } from '../contract.ts'
import type { VolumePiece } from '../case.ts'
import { isOwed } from '../deferred.ts'
import { documentNo, paper } from '../documents.ts'
import { refuse } from '../errors.ts'
import { GROUNDS } from '../grounds.ts'
import { stopClocks } from '../limits.ts'
import type { CaseParts, IntakeFacts } from '../parts.ts'
import { commitmentSettled, pendingAnnulment } from '../standing.ts'
import { filesToAdd, notYetListed, piecesOf, type FoundPiece } from '../volume.ts'
import { itemOf, may, paperHead, readFiles, useFiles, type CaseAct, type CaseMatter } from './common.ts'

const BY = [may('cases.archive'), { officer: 'cases.archive', scope: 'any' as const }]

interface VolumeFacts extends IntakeFacts { readonly pieces: readonly FoundPiece[] }

/** 案卷: sealed once, and never touched again; what comes later lies in supplement volumes (国务院关于在线政务服务的若干规定 第十二条). */
export const sealedFileActs = (parts: CaseParts) => ({
  close: {
    name: { zh: '归档', en: 'Close and file' }, input: ACT_INPUTS.close, from: ['served', 'annulled'], by: BY,
    read: (db: Queryable, matter) => piecesOf(db, matter!),
    decide: (matter, _input, context) => {
      const { data } = matter
      if (data.volume) throw refuse('sealed-already', { day: data.volume.closedOn })
      assertClosable(parts, matter, context.today)
      const contents = (context.facts as readonly FoundPiece[]).map(listed)
      return {
        stage: 'closed', closed: true, ground: GROUNDS.closed, clocks: stopClocks(context.clocks.filter((clock) => clock.rule !== 'LIC.PUBLISH')), procedure: [{ do: 'abandon' }], tasks: [{ do: 'close', step: 'archive' }],
        data: { ...data, volume: { closedOn: context.today, contents } }, public: { pieces: contents.length, contents: hashOf(contents) },
        rows: [paper('contents', matter, context, documentNo(parts, data.departmentCode, 'contents', matter.no, context.today), { ...paperHead(matter, context.today), contents: contents as unknown as Json, articles: [GROUNDS.closed.article] })],
      }
    },
  } satisfies CaseAct<'close'>,

  addVolume: {
    name: { zh: '增补卷', en: 'Add a supplement volume' }, input: ACT_INPUTS.addVolume, from: ['closed', 'annulled'], by: BY,
    read: async (db: Queryable, matter, input): Promise<VolumeFacts> => ({ files: await readFiles(db, input.files), barredUntil: null, pieces: [...await piecesOf(db, matter!), ...await filesToAdd(db, input.files)] }),
    // The closed file itself never changes: a volume of whatever none yet holds lies beside it, the closing of the last among it.
    decide: (matter, input, context) => {
      const { data } = matter
      if (!data.volume) throw refuse('not-sealed')
      if (matter.stage === 'annulled') assertServed(data.services, ['annulment'], context.today)
      const added = data.addedVolumes ?? []
      const pieces = notYetListed((context.facts as VolumeFacts).pieces, [data.volume, ...added])
      if (pieces.every((piece) => piece.sealing)) throw refuse('nothing-to-add')
      const contents = pieces.map(listed)
      const volume = added.length + 2
      return {
        ...(matter.stage === 'annulled' ? { stage: 'closed' } : {}), ground: GROUNDS.closed, tasks: pendingAnnulment(data) ? [] : [{ do: 'close', step: 'archive' }],
        data: { ...data, addedVolumes: [...added, { volume, addedOn: context.today, reason: input.reason, contents }] },
        private: { reason: input.reason, files: input.files }, public: { volume, pieces: contents.length, contents: hashOf(contents) },
        rows: [
          ...useFiles(input.files, context, matter.id, 'supplementVolume'),
          paper('supplementContents', matter, context, documentNo(parts, data.departmentCode, 'supplementContents', matter.no, context.today, added.length + 1), {
            ...paperHead(matter, context.today), volume, reason: input.reason, closedOn: data.volume.closedOn, contents: contents as unknown as Json, articles: [GROUNDS.closed.article],
          }),
        ],
      }
    },
  } satisfies CaseAct<'addVolume'>,
})

const listed = ({ title, sha256 }: FoundPiece): VolumePiece => ({ title, sha256 })
const hashOf = (contents: readonly VolumePiece[]): string => createHash('sha256').update(canonicalJson(contents as unknown as Json)).digest('hex')

/** Public notice takes effect only after its thirty days. */
function assertServed(services: CaseMatter['data']['services'], papers: readonly string[], today: CivilDay): void {
  if (!services.some((service) => papers.includes(service.paper) && service.servedOn <= today)) throw refuse('not-served')
}

/** What is still owed before the file is sealed. Publishing is not: it goes on beside it. */
function assertClosable(parts: CaseParts, matter: CaseMatter, today: CivilDay): void {
  const { data } = matter
  if (matter.stage === 'annulled') return assertServed(data.services, ['annulment'], today)
  assertServed(data.services, ['grant', 'denial'], today)
  if (data.decision?.outcome === 'grant' && itemOf(parts, matter).result && (!data.delivery || (data.delivery.mode === 'locker' && !data.delivery.collectedOn))) throw refuse('result-not-delivered')
  if (isOwed(data)) throw refuse('deferred-open')
  if (pendingAnnulment(data)) throw refuse('annulment-open')
  // Decided on a commitment, the check is still owed and must have ended well (北京市优化营商环境条例 第三十三条).
  if (data.decision?.outcome !== 'grant' || !data.decision.onCommitment) return
  const settled = commitmentSettled(data)
  if (settled === 'unchecked') throw refuse('step-first', { step: { zh: '承诺事后核查', en: 'check after the commitment' } })
  if (settled === 'open') throw refuse('commitment-open')
}
