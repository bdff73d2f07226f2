import { randomInt } from 'node:crypto'
import { addDays, type CivilDay } from '../../../base/civil-day.ts'
import type { Json } from '../../../base/canonical-json.ts'
import { yuan, fen } from '../../../base/money.ts'
import type { Queryable } from '../../../kernel/db/database.ts'
import type { RuleContext, TaskChange } from '../../../kernel/flow/types.ts'
import { liveTask } from '../../../kernel/flow/steps.ts'
import { tell } from '../notices.ts'
import type { CaseData, ServiceOfPaper } from '../case.ts'
import { ACT_INPUTS, SERVICE_MODE_NAMES, type CaseStage } from '../contract.ts'
import { openNames, withholdsResult } from '../deferred.ts'
import { documentNo, paper, PAPERS, type PaperKind } from '../documents.ts'
import { refuse } from '../errors.ts'
import { GROUNDS } from '../grounds.ts'
import { stopClocks } from '../limits.ts'
import { openAfterClosing, pendingAnnulment } from '../standing.ts'
import type { CaseParts } from '../parts.ts'
import { rectificationRuns } from './after-check.ts'
import { feesOf } from './decision.ts'
import { applicantOf, AT_COUNTER, factsOf, FILES_SQL, filesById, type FileFacts, itemOf, may, paperHead, PARTY, readFiles, useFiles, type CaseAct, type CaseMatter, type InputOf } from './common.ts'
import { certificateNoOf } from '../vertical/course.ts'

const AFTER_DECISION: readonly CaseStage[] = ['decided', 'served']
const LIVE: readonly CaseStage[] = ['submitted', 'supplementing', 'accepted']
const anywhere = (permission: string) => ({ officer: permission, scope: 'any' as const })

/** Certificate, seal, service, delivery, and the ends. */
export const closingActs = (parts: CaseParts) => ({
  issue: {
    name: { zh: '制证', en: 'Make the certificate' }, input: ACT_INPUTS.issue, from: AFTER_DECISION, by: [may('cases.issue'), anywhere('cases.issue')], needsStep: true,
    decide: (matter, input, context) => {
      const { decision, payment } = matter.data
      if (decision?.outcome !== 'grant') throw refuse('refused-cannot-issue')
      const item = itemOf(parts, matter)
      const totalFen = payment?.totalFen ?? feesOf(item, matter.data.form).reduce((sum, fee) => sum + fee.amountFen, 0)
      if (totalFen > 0 && !payment?.paidOn) throw refuse('fee-unpaid', { yuan: yuan(fen(totalFen)) })
      assertHandable(matter)
      const no = input.certificateNo ?? certificateNoOf(matter.data.vertical) ?? decision.documentNo
      return {
        ground: GROUNDS.issued, procedure: [{ do: 'finishStep', facts: factsOf(matter.data) }], public: { certificateNo: no },
        data: { ...matter.data, certificate: { no, on: context.today, name: item.result?.name ?? matter.data.item.name, ...(decision.validTo ? { validTo: decision.validTo } : {}) } },
        rows: tell('readyForCollection', context),
      }
    },
  } satisfies CaseAct<'issue'>,

  useSeal: {
    name: { zh: '用印', en: 'Use the seal' }, input: ACT_INPUTS.useSeal, from: ['submitted', 'supplementing', 'accepted', ...AFTER_DECISION, 'annulled', 'closed', 'notAccepted', 'withdrawn', 'terminated'], by: [may('cases.seal'), anywhere('cases.seal')],
    decide: (matter, input, context) => {
      assertPaper(input.paper)
      assertUnsealed(matter, input.paper)
      return { ground: GROUNDS.sealed, data: { ...matter.data, seals: [...matter.data.seals, { paper: input.paper, on: context.today, keeper: context.actor.post!.code, purpose: input.purpose }] }, public: { paper: input.paper } }
    },
  } satisfies CaseAct<'useSeal'>,

  serve: {
    name: { zh: '送达', en: 'Serve' }, input: ACT_INPUTS.serve, from: [...AFTER_DECISION, ...LIVE, 'annulled', 'closed', 'notAccepted', 'withdrawn', 'terminated'], by: [may('cases.serve'), anywhere('cases.deliver'), AT_COUNTER],
    read: async (db: Queryable, matter, input) => {
      const [row] = await db.prepared<{ files: FileFacts; made_on: CivilDay | null }>('cases_to_serve', `
select ${FILES_SQL('$1')} as files, (select p.made_on from cases.paper p where p.matter_id = $2 and p.kind = $3 order by p.made_at desc limit 1) as made_on`, [input.proof.files, matter!.id, input.paper])
      return { files: filesById(row!.files), barredUntil: null, madeOn: row!.made_on }
    },
    decide: (matter, input, context) => {
      assertUnsealed(matter, input.paper)
      const service = serviceOf(matter, input, context)
      const decisive = matter.stage === 'decided' && (input.paper === 'grant' || input.paper === 'denial')
      // Her days to state her case run from the day the notice reaches her.
      const opens = input.paper === 'annulmentNotice' && pendingAnnulment(matter.data) !== null && liveTask(context.tasks, 'serveNotice') !== undefined
      const annulled = matter.stage === 'annulled' && input.paper === 'annulment' && liveTask(context.tasks, 'serve') !== undefined
      // So do the days to rectify from the day the order does.
      const { afterCheck } = matter.data
      const runs = input.paper === 'rectificationOrder' && afterCheck?.rectification && liveTask(context.tasks, 'serveOrder') ? rectificationRuns(parts, matter, afterCheck.rectification, service.servedOn, context) : null
      const data: CaseData = { ...matter.data, services: [...matter.data.services, service], ...(runs ? { afterCheck: { ...afterCheck!, rectification: runs.rectification } } : {}) }
      return {
        ground: GROUNDS.served, data, public: { paper: input.paper, mode: input.mode, servedOn: service.servedOn }, ...(decisive ? { stage: 'served' } : {}),
        tasks: decisive || annulled ? afterService(parts, matter) : opens ? [{ do: 'close', step: 'serveNotice' }] : runs ? [{ do: 'close', step: 'serveOrder' }] : [],
        clocks: opens ? [{ do: 'start', rule: 'ANNUL.STATEMENT', on: service.servedOn }] : runs?.clocks ?? [],
        rows: [
          ...useFiles(input.proof.files, context, matter.id, 'serviceProof'),
          paper('serviceProof', matter, context, documentNo(parts, matter.data.departmentCode, 'serviceProof', matter.no, context.today, matter.data.services.length + 1), {
            ...paperHead(matter, context.today), paper: PAPERS[input.paper as PaperKind].name as unknown as Json, mode: input.mode, on: input.on, servedOn: service.servedOn, recipient: input.recipient, proof: input.proof.text, articles: [GROUNDS.served.article],
          }),
        ],
      }
    },
  } satisfies CaseAct<'serve'>,

  deliver: {
    name: { zh: '交付结果', en: 'Deliver the result' }, input: ACT_INPUTS.deliver, from: AFTER_DECISION, by: [may('cases.deliver'), anywhere('cases.deliver')], needsStep: 'reached',
    decide: (matter, input, context) => {
      // A locker is not a person: the result counts as collected only when the code was used and signed for (practice 16).
      const atOnce = input.mode === 'counter' || input.mode === 'electronic'
      const { decision } = matter.data
      if (decision?.outcome !== 'grant') throw refuse('refused-cannot-issue')
      assertHandable(matter)
      if (input.mode === 'electronic' && !matter.data.application!.service.consent) throw refuse('no-consent')
      const code = input.mode === 'locker' ? String(randomInt(100_000, 1_000_000)) : undefined
      // Signed for at the counter, or come into the system she agreed to: that is service as well.
      const service = atOnce && matter.stage === 'decided' ? servedWith(matter, context, input.mode === 'counter' ? 'direct' : 'electronic', input.collectedBy ?? applicantOf(matter.data).name) : null
      return {
        ground: GROUNDS.delivered, public: { mode: input.mode, ...(service ? { servedOn: context.today } : {}) }, procedure: [{ do: 'finishStepIfLive', facts: factsOf(matter.data) }],
        ...(service ? { stage: 'served' as const } : {}),
        tasks: service ? afterService(parts, matter) : matter.stage === 'decided' && !liveTask(context.tasks, 'serve') ? [{ do: 'open' as const, step: 'serve', role: 'dispatcher', organisationId: parts.centreId() ?? matter.organisationId }] : [],
        clocks: atOnce || input.mode === 'mail' ? stopClocks(context.clocks, ['LIC.DELIVER']) : [],
        data: { ...matter.data, ...(service ? { services: [...matter.data.services, service] } : {}), delivery: { mode: input.mode, on: context.today, collectedOn: atOnce ? context.today : null, ...(input.trackingNo ? { trackingNo: input.trackingNo } : {}), ...(input.lockerBox ? { lockerBox: input.lockerBox } : {}), ...(code ? { code } : {}), ...(input.collectedBy ? { collectedBy: input.collectedBy } : {}) } },
        rows: tell(input.mode === 'mail' ? 'mailed' : input.mode === 'locker' ? 'lockerReady' : 'readyForCollection', context),
      }
    },
  } satisfies CaseAct<'deliver'>,

  collect: {
    name: { zh: '取件签收', en: 'Collect and sign' }, input: ACT_INPUTS.collect, from: AFTER_DECISION, by: [PARTY, anywhere('cases.deliver')],
    decide: (matter, input, context) => {
      const { delivery } = matter.data
      if (delivery?.mode !== 'locker' || delivery.collectedOn) throw refuse('not-delivered-by-locker')
      if (delivery.code !== input.code) throw refuse('wrong-code')
      const service = matter.stage === 'decided' ? servedWith(matter, context, 'direct', input.signedBy) : null
      return {
        ground: GROUNDS.delivered, clocks: stopClocks(context.clocks, ['LIC.DELIVER']), ...(service ? { stage: 'served' as const, tasks: afterService(parts, matter) } : {}),
        data: { ...matter.data, ...(service ? { services: [...matter.data.services, service] } : {}), delivery: { ...delivery, collectedOn: context.today, collectedBy: input.signedBy } },
      }
    },
  } satisfies CaseAct<'collect'>,

  withdraw: {
    name: { zh: '撤回申请', en: 'Withdraw the application' }, input: ACT_INPUTS.withdraw, from: LIVE, by: [PARTY, AT_COUNTER],
    // Before the decision; originals go back, and there is no bar to applying again (practice 13).
    decide: (matter, input, context) => ended(parts, matter, context, 'withdrawn', 'withdrawalConfirmation', GROUNDS.withdrawn, input.reason),
  } satisfies CaseAct<'withdraw'>,

  terminate: {
    name: { zh: '终止办理', en: 'Terminate handling' }, input: ACT_INPUTS.terminate, from: LIVE, by: [may('cases.decide')],
    decide: (matter, input, context) => ended(parts, matter, context, 'terminated', 'terminationDecision', GROUNDS.terminated, input.reasons, input.ground),
  } satisfies CaseAct<'terminate'>,

  handOverMaterials: {
    name: { zh: '材料流转交接', en: 'Hand over materials' }, input: ACT_INPUTS.handOverMaterials, from: [...LIVE, ...AFTER_DECISION], by: [may('cases.receive'), may('cases.review')],
    read: async (db: Queryable, _matter, input) => ({ files: await readFiles(db, input.scannedFileIds), barredUntil: null }),
    decide: (matter, input, context) => ({
      ground: GROUNDS.handedOver, data: { ...matter.data, handOvers: [...matter.data.handOvers, { on: context.today, from: context.actor.post!.code, to: input.to, materials: input.materials }] },
      rows: [
        ...useFiles(input.scannedFileIds, context, matter.id, 'handOver'),
        paper('handOver', matter, context, documentNo(parts, matter.data.departmentCode, 'handOver', matter.no, context.today, matter.data.handOvers.length + 1), {
          ...paperHead(matter, context.today), from: (context.actor.post?.name ?? null) as unknown as Json, to: input.to, materials: materialNames(parts, matter, input.materials), articles: [GROUNDS.handedOver.article],
        }),
      ],
    }),
  } satisfies CaseAct<'handOverMaterials'>,
})

/** What was promised comes before the result goes out. */
function assertHandable(matter: CaseMatter): void {
  if (withholdsResult(matter.data.deferred)) throw refuse('result-withheld', { materials: openNames(matter.data) })
}

/** The decision handed over against a signature, or come into the system the applicant agreed to (practice 16). */
const servedWith = (matter: CaseMatter, context: RuleContext, mode: 'direct' | 'electronic', recipient: string): ServiceOfPaper => ({
  act: context.act, paper: matter.data.decision!.outcome === 'grant' ? 'grant' : 'denial', mode, on: context.today, servedOn: context.today, recipient, proof: { text: mode === 'direct' ? '当面签收' : '进入申请人确认的系统', files: [] },
})

/** What is left to do once the decision is served: the file. */
const afterService = (parts: CaseParts, matter: CaseMatter): TaskChange[] => [
  { do: 'close', step: 'serve' }, { do: 'open', step: 'archive', role: 'archivist', organisationId: parts.centreId() ?? matter.organisationId, workingDays: 10 },
]

const NEEDS_FILE: readonly string[] = ['left']

/** 送达: by mode, the day it takes effect and the proof it needs. */
function serviceOf(matter: CaseMatter, input: InputOf<'serve'>, context: RuleContext): ServiceOfPaper {
  assertPaper(input.paper)
  const { madeOn } = context.facts as { madeOn: CivilDay | null }
  const on = input.on as CivilDay
  if (madeOn === null) throw refuse('no-such-paper', { paper: input.paper })
  if (on < madeOn || on > context.today) throw refuse('served-before-made')
  if (input.mode === 'electronic' && !matter.data.application?.service.consent) throw refuse('no-consent')
  if (NEEDS_FILE.includes(input.mode) && input.proof.files.length === 0) throw refuse('proof-needed', { mode: SERVICE_MODE_NAMES[input.mode] })
  // 公告送达 takes effect thirty days after the notice (民事诉讼法 第九十五条, by analogy).
  const servedOn = input.mode === 'publicNotice' ? addDays(on, 30) : on
  return { paper: input.paper, mode: input.mode, on, servedOn, recipient: input.recipient, proof: input.proof }
}

/** Of a closed file nothing is served or sealed any more but the papers of an annulment begun after its closing. */
function assertUnsealed({ stage, data }: CaseMatter, kind: string): void {
  if (stage === 'closed' && !openAfterClosing(data).includes(kind)) throw refuse('file-sealed', { day: data.volume!.closedOn })
}

function assertPaper(name: string): void {
  if (!Object.hasOwn(PAPERS, name)) throw refuse('no-such-paper', { paper: name })
}

function ended(parts: CaseParts, matter: CaseMatter, context: RuleContext, kind: 'withdrawn' | 'terminated', paperKind: 'withdrawalConfirmation' | 'terminationDecision', ground: (typeof GROUNDS)[keyof typeof GROUNDS], reasons: string, why?: string) {
  return {
    stage: kind, closed: true, ground, procedure: [{ do: 'abandon' as const }], clocks: stopClocks(context.clocks), ...(why ? { public: { why } } : {}),
    data: { ...matter.data, ended: { kind, ground: why ?? ground.article, on: context.today, reasons } },
    rows: [
      paper(paperKind, matter, context, documentNo(parts, matter.data.departmentCode, paperKind, matter.no, context.today), { ...paperHead(matter, context.today), reasons, why: why ?? null, originals: materialNames(parts, matter, matter.data.materials.filter((one) => one.form === 'original').map((one) => one.materialId)), articles: [ground.article] }),
      ...tell(kind, context),
    ],
  }
}

const materialNames = (parts: CaseParts, matter: CaseMatter, ids: readonly string[]): Json =>
  ids.map((id) => (itemOf(parts, matter).materials.find((material) => material.id === id)?.name ?? { zh: id, en: id }) as unknown as Json)
