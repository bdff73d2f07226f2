import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { town, type Town } from '../../../tests/town.ts'
import type { Database } from '../db/database.ts'
import { audit, type Difference } from './audit.ts'

let t: Town
let no: string
beforeAll(async () => {
  t = await town()
  t.on('2026-03-02')
  no = await t.submit('licence')
  await t.act(no, 'accept', 'clerk')
  await t.act(no, 'suspend', 'reviewer', { ground: 'expertReview', workingDaysNeeded: 5, requiredBy: '法' })
  t.on('2026-03-09')
  await t.act(no, 'resume', 'reviewer', { result: '可' })
  await t.act(no, 'review', 'reviewer', { opinion: '可' })
  await t.submit('plain')
})
afterAll(() => t?.close())

/** What audit finds while something is changed behind the product's back; then it is as it was. */
async function planted(...statements: readonly string[]): Promise<readonly Pick<Difference, 'no' | 'kind' | 'at'>[]> {
  const undo = new Error('undone')
  let found: readonly Difference[] = []
  await t.admin.transaction(async (tx) => {
    for (const statement of statements) await tx.query(statement.replaceAll('$case', `(select id from flow.matter where no = '${no}')`))
    found = (await audit(tx as Database)).differences
    throw undo
  }).catch((error: unknown) => { if (error !== undo) throw error })
  return found.map(({ no: which, kind, at }) => ({ no: which, kind, at }))
}

test('nothing was changed, nothing is found; what was read and folded is counted', async () => {
  // Submit, accept, suspend, resume, review; and the other's submit.
  expect(await audit(t.db)).toEqual({ matters: 2, acts: 6, erased: 0, differences: [] })
})

describe('planted', () => {
  test.each<readonly [string, readonly string[], Difference['kind'], string]>([
    ['a stage moved', [`update flow.matter set stage = 'decided' where id = $case`], 'row', '/stage'],
    ['a day in the data moved', [`update flow.matter set data = jsonb_set(data, '{acceptedOn}', '"2026-03-01"') where id = $case`], 'row', '/data/acceptedOn'],
    ['an opinion rewritten', [`update flow.matter set data = jsonb_set(data, '{opinions,0,opinion}', '"不可"') where id = $case`], 'row', '/data/opinions'],
    ['a party put in', [`update flow.matter set party_ids = party_ids || gen_random_uuid() where id = $case`], 'row', '/partyIds'],
    ['the procedure set back', [`update flow.matter set net_state = jsonb_set(net_state, '{tokens}', '["acceptance"]') where id = $case`], 'row', '/procedure/state/tokens'],
    ['another responsible organisation', [`update flow.matter set organisation_id = gen_random_uuid() where id = $case`], 'row', '/organisationId'],
    ['a revision counted up', [`update flow.matter set revision = revision + 1 where id = $case`], 'missing', '/revision'],
    ['a due day moved', [`update clock.clock set due_on = due_on + 30 where matter_id = $case and id = 'SVC.PROMISE'`], 'row', '/clocks/SVC.PROMISE/dueOn'],
    ['a pause lengthened', [`update clock.clock set suspensions = jsonb_set(suspensions, '{0,to}', '"2026-03-31"') where matter_id = $case and id = 'SVC.PROMISE'`], 'row', '/clocks/SVC.PROMISE/suspensions'],
    ['a clock taken away', [`delete from clock.clock where matter_id = $case and id = 'SVC.PROMISE'`], 'row', '/clocks/SVC.PROMISE'],
    ['an opening rewritten', [`update ledger.opening set private = jsonb_set(private::jsonb, '{input}', '{"opinion": "不予受理"}') where entry = (select id from ledger.entry where matter_id = $case and seq = 2)`], 'opening', '/acts/2'],
    ['a salt changed', [`update ledger.opening set salt = decode(repeat('00', 32), 'hex') where entry = (select id from ledger.entry where matter_id = $case and seq = 2)`], 'opening', '/acts/2'],
    // The database itself refuses a leaf that does not hash to its hash; whoever owns it can take that check away.
    ['a leaf rewritten', ['alter table ledger.entry drop constraint entry_hash_of_leaf', `update ledger.entry set leaf = replace(leaf, '2026-03-02', '2026-03-01') where matter_id = $case and seq = 2`], 'leaf', '/acts/2'],
    ['a leaf spoilt', ['alter table ledger.entry drop constraint entry_hash_of_leaf', `update ledger.entry set leaf = 'x' where matter_id = $case and seq = 2`], 'leaf', '/acts/2'],
    ['a leaf rewritten with its hash', [`update ledger.entry set leaf = replace(leaf, '2026-03-02', '2026-03-01'), leaf_hash = sha256('\\x00'::bytea || convert_to(replace(leaf, '2026-03-02', '2026-03-01'), 'UTF8')) where matter_id = $case and seq = 2`], 'act', '/acts/2'],
    ['an act deleted', [`delete from flow.act where matter_id = $case and seq = 5`], 'act', '/acts/5'],
    ['another doer', [`update flow.act set person_id = gen_random_uuid() where matter_id = $case and seq = 5`], 'act', '/acts/5'],
    ['another ground', [`update flow.act set ground = '无' where matter_id = $case and seq = 3`], 'act', '/acts/3'],
    ['another instant', [`update flow.act set at = at - interval '1 day' where matter_id = $case and seq = 3`], 'act', '/acts/3'],
    ['another leaf named', [`update flow.act set leaf_hash = 'x' where matter_id = $case and seq = 3`], 'act', '/acts/3'],
    ['an entry deleted with all that belongs to it', [
      `delete from ledger.opening where entry = (select id from ledger.entry where matter_id = $case and seq = 3)`, `delete from ledger.pending where entry = (select id from ledger.entry where matter_id = $case and seq = 3)`, `delete from ledger.entry where matter_id = $case and seq = 3`,
    ], 'missing', '/revision'],
  ])('%s', async (_what, statements, kind, at) => {
    const found = await planted(...statements)
    expect(found).toContainEqual({ no, kind, at })
    expect(new Set(found.map((one) => one.no))).toEqual(new Set([no]))
  })

  test('a task said to be done by somebody else', async () => {
    const found = await planted(`update flow.task set done_by = gen_random_uuid() where matter_id = $case and step = 'review'`)
    expect(found).toEqual([{ no, kind: 'row', at: expect.stringMatching(/^\/tasks\/.+\/doneBy$/) }])
  })
})

test('an erased opening is counted and no difference: what it opened can no longer be compared', async () => {
  const undo = new Error('undone')
  await t.admin.transaction(async (tx) => {
    await tx.query(`delete from ledger.opening where entry = (select e.id from ledger.entry e join flow.matter m on m.id = e.matter_id where m.no = $1 and e.seq = 1)`, [no])
    expect(await audit(tx as Database)).toEqual({ matters: 2, acts: 6, erased: 1, differences: [] })
    throw undo
  }).catch((error: unknown) => { if (error !== undo) throw error })
})
