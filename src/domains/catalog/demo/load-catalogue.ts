import type { CivilDay } from '../../../base/civil-day.ts'
import { addDays, startOfDay } from '../../../base/civil-day.ts'
import type { Database, Queryable } from '../../../kernel/db/database.ts'
import { upsertRoles } from '../../../kernel/org/roles.ts'
import { publishProcedure } from '../../../kernel/procedure/publish.ts'
import { workingDaysWithin } from '../limits.ts'
import { versionRow } from '../version-row.ts'
import { readForms } from './forms.ts'
import { readItems } from './items.ts'
import { loadPeople } from './load-people.ts'
import { loadTown } from './load-town.ts'
import { readTown } from './organisations.ts'
import { describeProcedures, readDrawing } from './procedures.ts'
import { insertRows } from './sql.ts'

export interface DemoLoaded { readonly organisations: number; readonly items: number; readonly procedures: number; readonly forms: number }

/**
 * The whole demo district by the owner's connection: organisations, people, accounts, procedures, forms, fees and guides. Everything
 * is dated back from `today`, the day of the first start; safe to repeat. Search is indexed apart (`indexItems`).
 */
export async function loadDemoCatalogue(admin: Database, today: CivilDay): Promise<DemoLoaded> {
  await upsertRoles(admin)
  const town = readTown()
  const at = startOfDay(addDays(today, -730))
  const items = readItems(town, today).map((one) => one.item)
  return admin.transaction(async (tx) => {
    await loadTown(tx, town, today)
    await loadPeople(tx, town, today)
    const procedures = await loadProcedures(tx, at)
    const forms = readForms(town)
    await insertRows(tx, 'catalog.form', forms.map((form) => ({ id: form.id, version: form.version, body: form, published_at: at })))
    await insertRows(tx, 'catalog.approved_fee', items.flatMap((item) => item.fees).map((fee) => ({
      code: fee.code, name_zh: fee.name.zh, name_en: fee.name.en, basis: fee.basis, valid_from: addDays(today, -730), valid_to: null,
    })))
    await insertRows(tx, 'catalog.item_version', items.map((item) => versionRow(item, { at, reason: '演示区目录初始发布', authorId: null, reviewerId: null, publishedBy: null })))
    return { organisations: town.organisations.length, items: items.length, procedures, forms: forms.length }
  })

  async function loadProcedures(tx: Queryable, publishedAt: Date): Promise<number> {
    const promised = new Map(items.map((item) => [item.procedureId, item.promisedLimit!]))
    const rows = await Promise.all(describeProcedures(town).map(async ({ id }) =>
      (await publishProcedure({ version: 1, xml: readDrawing(id), at: publishedAt, by: null, promisedWorkingDays: workingDaysWithin(promised.get(id)!) })).row.row))
    await insertRows(tx, 'procedure.definition', rows)
    return rows.length
  }
}
