import type { Bilingual } from '../../base/text.ts'
import type { CivilDay } from '../../base/civil-day.ts'
import type { Queryable } from '../../kernel/db/database.ts'
import type { Matter, RowChange, RuleContext } from '../../kernel/flow/types.ts'
import type { CaseData } from './case.ts'
import type { CreditKind, CreditView } from './contract.ts'

interface Breach { readonly documentNo: string; readonly facts: string; readonly article: string }

/** What an annulment writes into the credit record, with the act and not beside it; nothing where the law says nothing of it. */
export function creditRow(kind: CreditKind | null, matter: Matter<CaseData>, { documentNo, facts, article }: Breach, context: RuleContext): RowChange[] {
  if (kind === null) return []
  const { applicant } = matter.data.application!
  return [{ op: 'insert', table: 'cases.credit_record', row: {
    id: crypto.randomUUID(), kind, id_type: applicant.idType, id_number: applicant.idNumber, name: applicant.name, item_code: matter.data.item.code, item_name: matter.data.item.name,
    facts, article, document_no: documentNo, matter_id: matter.id, entry_id: context.entryId, recorded_on: context.today,
  } }]
}

interface CreditRow { readonly id: string; readonly kind: CreditKind; readonly name: string; readonly idNumber: string; readonly itemCode: string; readonly itemName: Bilingual; readonly facts: string; readonly article: string; readonly documentNo: string; readonly caseNo: string; readonly recordedOn: CivilDay; readonly partyIds: readonly string[] }
export interface FoundCredit { readonly view: CreditView; readonly partyIds: readonly string[] }

const COLUMNS = `c.id, c.kind, c.name, c.id_number as "idNumber", c.item_code as "itemCode", c.item_name as "itemName", c.facts, c.article, c.document_no as "documentNo", m.no as "caseNo", c.recorded_on as "recordedOn", m.party_ids as "partyIds"`
const found = ({ itemCode, itemName, partyIds, ...row }: CreditRow): FoundCredit => ({ view: { ...row, item: { code: itemCode, name: itemName } }, partyIds })

/** Records under one identity, newest first. */
export async function creditOfIdentity(db: Queryable, idType: string, idNumber: string): Promise<readonly FoundCredit[]> {
  return (await db.prepared<CreditRow>('cases_credit_identity', `
select ${COLUMNS}
  from cases.credit_record c
  join flow.matter m on m.id = c.matter_id
 where c.id_type = $1 and c.id_number = $2
 order by c.recorded_on desc, c.id
 limit 100`, [idType, idNumber])).map(found)
}

/** A party's own: records of matters that are hers, so that naming somebody else's number shows nothing. */
export async function creditOfParties(db: Queryable, partyIds: readonly string[]): Promise<readonly CreditView[]> {
  return (await db.prepared<CreditRow>('cases_credit_parties', `
select ${COLUMNS}
  from flow.matter m
  join cases.credit_record c on c.matter_id = m.id
 where m.party_ids && $1::uuid[]
 order by c.recorded_on desc, c.id
 limit 100`, [partyIds])).map((row) => found(row).view)
}

/** For officers, newest first: all, or by identity number, case number or the beginning of a name. */
export async function findCredit(db: Queryable, q: string, limit: number, offset: number): Promise<{ readonly records: readonly FoundCredit[]; readonly total: number }> {
  const text = q.normalize('NFKC').trim()
  const rows = await db.prepared<CreditRow & { total: number }>('cases_credit_find', `
select ${COLUMNS}, count(*) over ()::int as total
  from cases.credit_record c
  join flow.matter m on m.id = c.matter_id
 where $1 = '' or c.id_number = upper($1) or m.no = upper($1) or c.name like $2 escape '\\'
 order by c.recorded_on desc, c.id
 limit $3 offset $4`, [text, `${text.replace(/[\\%_]/g, '\\$&')}%`, limit, offset])
  return { records: rows.map(({ total: _total, ...row }) => found(row)), total: rows[0]?.total ?? 0 }
}
