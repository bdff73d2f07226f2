import type { z } from 'zod'
import type { CivilDay } from '../../../base/civil-day.ts'
import type { Json } from '../../../base/canonical-json.ts'
import type { Queryable } from '../../../kernel/db/database.ts'
import type { ActSpec, Matter, Permit, RowChange, RuleContext } from '../../../kernel/flow/types.ts'
import { useFile } from '../../../kernel/files/use.ts'
import type { Item } from '../../catalog/contract.ts'
import type { CaseData, ServiceOfPaper } from '../case.ts'
import type { ACT_INPUTS, ActName } from '../contract.ts'
import type { PaperKind } from '../documents.ts'
import { refuse } from '../errors.ts'
import type { CaseParts, IntakeFacts } from '../parts.ts'

export type InputOf<Name extends ActName> = z.infer<(typeof ACT_INPUTS)[Name]>
export type CaseAct<Name extends ActName> = ActSpec<CaseData, InputOf<Name>>
export type CaseMatter = Matter<CaseData>

export const PARTY: Permit = { party: true }
/** A clerk of the centre or of a sub-district acts for whoever stands at the counter. */
export const AT_COUNTER: Permit = { officer: 'cases.file', scope: 'any' }
export const may = (permission: string): Permit => ({ officer: permission, scope: 'responsible' })

/** The guide the application was filed under: later versions change nothing for it. */
export function itemOf(parts: CaseParts, matter: CaseMatter): Item {
  const item = parts.item(matter.data.item.code, matter.data.item.version)
  if (!item) throw new Error(`item ${matter.data.item.code} version ${matter.data.item.version} is gone`)
  return item
}

export const applicantOf = (data: CaseData) => {
  if (!data.application) throw new Error('a draft has no applicant yet')
  return data.application.applicant
}

/** What the procedure's conditions and timers read: the form, whether the decision comes on a commitment, the last day of the window. */
export const factsOf = (data: CaseData): Json => ({ ...(data.form as Record<string, Json>), commitment: data.application?.commitment ?? false, windowEndsOn: data.windowEndsOn ?? null })

/** Files by id as a json list: who uploaded each, and in which matters it lies. For embedding, so that an act asks once. */
export const FILES_SQL = (ids: string): string => `(
    select coalesce(json_agg(json_build_object('id', f.id, 'uploadedBy', f.uploaded_by, 'sha256', f.sha256, 'usedIn', array(select u.matter_id from files.use u where u.file_id = f.id),
           'authorityOf', array(select g.account_id from access.agency g where g.authority_file_id = f.id and g.ended_at is null))), '[]')
      from files.file f
     where f.id = any(${ids}::uuid[]))`
export type FileFacts = readonly { readonly id: string; readonly uploadedBy: string; readonly sha256: string; readonly usedIn: readonly string[]; readonly authorityOf: readonly string[] }[]
export const filesById = (files: FileFacts): IntakeFacts['files'] => new Map(files.map((file) => [file.id, file]))

/** What is known of files an act names. */
export async function readFiles(db: Queryable, ids: readonly string[]): Promise<IntakeFacts['files']> {
  if (ids.length === 0) return new Map()
  const [row] = await db.prepared<{ files: FileFacts }>('cases_files', `select ${FILES_SQL('$1')} as files`, [ids])
  return filesById(row!.files)
}

/**
 * Files named by an act are the doer's own, lie in the matter already, or are the power of attorney scanned at a counter under which she
 * acts; an officer may also take up what another scanned and no other matter holds. Nobody can look into somebody else's file by naming it.
 */
export function useFiles(ids: readonly string[], { facts, actor }: Pick<RuleContext, 'facts' | 'actor'>, matterId: string, what: string): RowChange[] {
  const known = ids.length === 0 ? null : (facts as IntakeFacts).files
  return ids.map((id) => {
    const file = known!.get(id)
    const free = actor.kind !== 'applicant' && file?.usedIn.length === 0
    if (!file || !(file.uploadedBy === actor.accountId || file.usedIn.includes(matterId) || (actor.accountId !== null && file.authorityOf.includes(actor.accountId)) || free)) throw refuse('file-not-yours', { file: id })
    return useFile(id, matterId, what) as RowChange
  })
}

/** Papers of intake and acceptance: in the department's name, also under its entrustment; in the sub-district office's where acceptance is its own duty. */
export function intakeHead(matter: CaseMatter, today: CivilDay): { [key: string]: Json } {
  const { accepting } = matter.data
  return { ...paperHead(matter, today), ...(accepting?.by === 'ownDuty' ? { organ: accepting.name as unknown as Json, organCode: accepting.code } : {}) }
}
export const intakeCode = ({ accepting, departmentCode }: CaseData): string => (accepting?.by === 'ownDuty' ? accepting.code : departmentCode)

/** Facts for a paper: what every paper names. */
export function paperHead(matter: CaseMatter, today: CivilDay): { [key: string]: Json } {
  const { data } = matter
  const applicant = data.application?.applicant
  return {
    caseNo: matter.no, day: today, item: data.item.name as unknown as Json, itemCode: data.item.code, itemType: data.item.itemType,
    organ: data.departmentName as unknown as Json, organCode: data.departmentCode,
    applicant: applicant ? { kind: applicant.kind, name: applicant.name, idType: applicant.idType, idNumber: applicant.idNumber, phone: applicant.phone, address: applicant.address ?? null } : null,
    agent: data.application?.agent ? { name: data.application.agent.name, idNumber: data.application.agent.idNumber } : null,
  }
}

/** Served by coming into the system the applicant agreed to, as part of another act (practice 16). */
export const arrivedInSystem = (matter: CaseMatter, { act, today }: RuleContext, kind: PaperKind): ServiceOfPaper =>
  ({ act, paper: kind, mode: 'electronic', on: today, servedOn: today, recipient: applicantOf(matter.data).name, proof: { text: '进入申请人确认的系统', files: [] } })
