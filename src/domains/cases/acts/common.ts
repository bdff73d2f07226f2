import type { z } from 'zod'
import type { CivilDay } from '../../../base/civil-day.ts'
import type { Json } from '../../../base/canonical-json.ts'
import type { Queryable } from '../../../kernel/db/database.ts'
import type { ActSpec, Matter, Permit, RowChange } from '../../../kernel/flow/types.ts'
import { useFile } from '../../../kernel/files/use.ts'
import type { Item } from '../../catalog/contract.ts'
import type { CaseData } from '../case.ts'
import type { ACT_INPUTS, ActName } from '../contract.ts'
import { refuse } from '../errors.ts'
import type { CaseParts } from '../parts.ts'

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

/** Files named by an act must exist; an applicant may name only her own. */
export async function readFiles(db: Queryable, ids: readonly string[]): Promise<ReadonlyMap<string, { uploadedBy: string; sha256: string }>> {
  if (ids.length === 0) return new Map()
  const rows = await db.query<{ id: string; uploaded_by: string; sha256: string }>('select id, uploaded_by, sha256 from files.file where id = any($1::uuid[])', [ids])
  return new Map(rows.map((row) => [row.id, { uploadedBy: row.uploaded_by, sha256: row.sha256 }]))
}

export function useFiles(ids: readonly string[], known: ReadonlyMap<string, unknown>, matterId: string, what: string): RowChange[] {
  return ids.map((id) => {
    if (!known.has(id)) throw refuse('file-not-yours', { file: id })
    return useFile(id, matterId, what) as RowChange
  })
}

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
