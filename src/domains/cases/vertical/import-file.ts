import { randomUUID } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { Refusal } from '../../../base/refusal.ts'
import type { CivilDay } from '../../../base/civil-day.ts'
import type { Caller, Officer } from '../../../kernel/access/types.ts'
import { refuse as refuseFile } from '../../../kernel/files/errors.ts'
import { useFile } from '../../../kernel/files/use.ts'
import { insertRows } from '../../../kernel/flow/insert-rows.ts'
import { stepsNaming } from '../../../kernel/flow/steps.ts'
import { findMatter } from '../../../kernel/flow/read.ts'
import type { Matter } from '../../../kernel/flow/types.ts'
import type { House } from '../../../kernel/house.ts'
import type { Item } from '../../catalog/contract.ts'
import type { CaseData } from '../case.ts'
import type { CaseStage } from '../contract.ts'
import { feeOf } from './acts.ts'
import type { ProblemText, StatusLine } from './contract.ts'
import { refuse } from './errors.ts'
import { actOf, isRecorded, judgeLine, withReport, type LineCase } from './judge-line.ts'
import { BYTES_MAX, isRefusal, readStatusFile, tooLong, type FoundLine } from './read-file.ts'
import { caseWithNumber, getImport, insertImport, setApplied, setVerdict, type CheckedLine } from './store.ts'

/** What the import asks of the house beside its rooms: a case's guide in the version it was filed under. */
export interface ImportParts { readonly house: House; readonly itemOf: (code: string, version: number) => Item }

/**
 * First phase: the file is read and every line is told what would become of it; nothing of any case changes. The file is kept as evidence.
 * @param fileId an uploaded file of the caller's
 * @param at of the demo's simulated past; else now
 * @returns the import's id
 */
export async function checkFile({ house, itemOf }: ImportParts, officer: Pick<Officer, 'accountId' | 'personId'>, fileId: string, at: Date = house.time.now()): Promise<string> {
  const file = await house.files.get(fileId)
  if (file.uploadedBy !== officer.accountId) throw refuseFile('not-found', { fileId })
  if (file.bytes > BYTES_MAX) throw tooLong()
  const { content } = await house.files.open(fileId)
  const { encoding, format, lines } = readStatusFile(await buffer(content))
  const checked = await checkLines({ house, itemOf }, lines)
  const id = randomUUID()
  await house.db.transaction(async (tx) => {
    await insertImport(tx, { id, fileId, sha256: file.sha256, fileName: file.name, encoding, format, at, by: officer.personId }, checked)
    // Kept as long as the import: evidence of every act that came out of it.
    const { table, row } = useFile(fileId, id, 'verticalImport')
    await insertRows(tx, [{ op: 'insert', table, row }])
  })
  return id
}

interface Known { matter: Matter<CaseData>; item: Item; standing: LineCase }

/** Each line against its case as the lines before it would leave it. */
async function checkLines({ house, itemOf }: ImportParts, lines: readonly FoundLine[]): Promise<CheckedLine[]> {
  const cases = new Map<string, Known | null>()
  const seen = new Map<string, number>()
  const checked: CheckedLine[] = []
  for (const { line, caseNo, read } of lines) {
    if (isRefusal(read)) { checked.push({ line, caseNo, body: null, verdict: 'refused', problem: problemText(read) }); continue }
    const key = JSON.stringify(read)
    const before = seen.get(key)
    seen.set(key, before ?? line)
    try {
      if (before !== undefined) { checked.push({ line, caseNo, body: read, verdict: 'unchanged', problem: problemText(refuse('repeated-in-file', { line: before })) }); continue }
      if (!cases.has(read.caseNo)) cases.set(read.caseNo, await findCase({ house, itemOf }, read.caseNo))
      const known = cases.get(read.caseNo)
      if (!known) throw refuse('unknown-case', { no: read.caseNo })
      if (isRecorded(known.standing, read)) { checked.push({ line, caseNo, body: read, verdict: 'unchanged', problem: null }); continue }
      cases.set(read.caseNo, { ...known, standing: await standingAfter(house, known, read) })
      checked.push({ line, caseNo, body: read, verdict: 'valid', problem: null })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      checked.push({ line, caseNo, body: read, verdict: 'refused', problem: problemText(error) })
    }
  }
  return checked
}

async function findCase({ house, itemOf }: ImportParts, no: string): Promise<Known | null> {
  const found = await findMatter(house.db, no)
  if (!found || found.matter.kind !== 'case' || found.matter.stage === 'draft') return null
  const matter = found.matter as unknown as Matter<CaseData>
  return { matter, item: itemOf(matter.data.item.code, matter.data.item.version), standing: { no, stage: matter.stage as CaseStage, data: matter.data } }
}

/** Judges the line; refuses as the act would. The case as the act would leave it, as far as later lines ask. */
async function standingAfter(house: House, { matter, item, standing }: Known, line: StatusLine): Promise<LineCase> {
  const today = house.time.today()
  const numberOf = line.externalNo === undefined ? null : await caseWithNumber(house.db, matter.data.item.code, line.externalNo, matter.id)
  judgeLine(standing, line, { item, today, feeFen: feeOf(item, matter.data), numberOf })
  const decides = actOf(line.status) === 'recordVerticalDecision'
  if (decides) assertStep(house, matter)
  const vertical = withReport(standing.data.vertical!, line, today, { importId: '', line: 0, sha256: '', by: '' })
  const on = line.on as CivilDay
  const data: CaseData = {
    ...standing.data, vertical,
    ...(decides ? { decision: { ...STAND_IN, outcome: line.status === 'decided-granted' ? 'grant' : 'refuse', on } } : {}),
    ...(line.status === 'certificateIssued' && vertical.leadership === 'vertical' ? { certificate: { no: line.certificateNo!, on, name: item.name } } : {}),
  }
  return { ...standing, data, stage: decides ? 'decided' : standing.stage }
}
/** What a decision not yet recorded says beside outcome and day: nothing that a later line asks for. */
const STAND_IN = { reasons: '', content: '', documentNo: '', signatures: [], remedy: { reconsideration: { zh: '', en: '' }, litigation: { zh: '', en: '' }, article: '' }, onCommitment: false, onTime: true } as const

/** The procedure must stand where the other system may decide; another department's step may still be open. */
function assertStep(house: House, matter: Matter<CaseData>): void {
  if (!matter.procedure) return
  const { net } = house.procedures.get(matter.procedure.id, matter.procedure.version)
  if (stepsNaming(net, matter.procedure.state, 'recordVerticalDecision').length > 0) return
  const live = net.liveSteps(matter.procedure.state).map((id) => net.steps.get(id)!)
  throw refuse('step-first', { steps: { zh: live.map((step) => step.name).join('、'), en: live.map((step) => step.nameEn).join(', ') } })
}

/** Who records; `at` bears the demo's simulated past. */
export interface Importer { readonly caller: Caller | { readonly tokenHash: Buffer }; readonly personId: string; readonly at?: Date }

/**
 * Second phase: each valid line becomes an act on its case, in the order of the file, by the caller. A refused line changes nothing and
 * stops none of the others. May be repeated: what was recorded stays, what was refused is tried once more.
 */
export async function applyImport({ house, itemOf }: ImportParts, by: Importer, importId: string): Promise<void> {
  const { lines } = await getImport(house.db, importId)
  for (const { line, body, verdict, problem } of lines) {
    if (body === null || verdict === 'recorded' || problem?.code === REPEATED) continue
    const outcome = await applyLine({ house, itemOf }, by, importId, line, body)
    await setVerdict(house.db, importId, line, outcome.verdict, outcome.problem)
  }
  await setApplied(house.db, importId, by.at ?? house.time.now(), by.personId)
}

/** What a line repeats is told at the line it repeats. */
const REPEATED = 'vertical/repeated-in-file'

async function applyLine({ house, itemOf }: ImportParts, { caller, at }: Importer, importId: string, line: number, body: StatusLine): Promise<Pick<CheckedLine, 'verdict' | 'problem'>> {
  try {
    const known = await findCase({ house, itemOf }, body.caseNo)
    if (!known) throw refuse('unknown-case', { no: body.caseNo })
    // This very line may have been recorded by a run that was cut off before it could say so.
    const own = known.matter.data.vertical?.reports.some(({ evidence }) => evidence.importId === importId && evidence.line === line)
    if (own) return { verdict: 'recorded', problem: null }
    if (isRecorded(known.standing, body)) return { verdict: 'unchanged', problem: null }
    await standingAfter(house, known, body)
    await house.flow.perform(body.caseNo, known.matter.revision, { caller, act: actOf(body.status), input: { importId, line }, channel: 'import', ...(at ? { at } : {}) })
    return { verdict: 'recorded', problem: null }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { verdict: 'refused', problem: problemText(error) }
  }
}

export const problemText = (refusal: Refusal): ProblemText => ({ code: refusal.code, zh: refusal.in('zh'), en: refusal.in('en') })
