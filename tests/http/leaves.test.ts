import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Leaf } from '../../src/kernel/ledger/types.ts'
import { loadDemo } from '../../src/main/demo/load-demo.ts'
import { startTownServer, type TownServer } from './town-server.ts'

/* What stands in the public log for ever, over every act of the demo district: nobody's data, and nothing that somebody typed. */

interface Entry { readonly leaf: string; readonly private: { readonly input: unknown; readonly more?: unknown } }
let town: TownServer
let entries: readonly Entry[]

beforeAll(async () => {
  town = await startTownServer()
  // The district has ten cases here; eighty go through every act that the demo plays.
  await loadDemo(town.open, () => undefined, 80)
  entries = await town.open.house.db.query<Entry>('select e.leaf, o.private from ledger.entry e join ledger.opening o on o.entry = e.id')
}, 120_000)
afterAll(() => town?.close())

/** Every text within, but for the item's code, which is public. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => (key === 'itemCode' ? [] : textsOf(inner)))
}
/** Names, numbers and sentences: two Chinese characters, six digits or two words in a row. */
const typed = ({ private: { input, more } }: Entry): string[] => [...textsOf(input), ...textsOf(more)].filter((text) => /\p{sc=Han}{2}|\d{6}|[A-Za-z]+ [A-Za-z]+/u.test(text))
const told = ({ leaf }: Entry): string => JSON.stringify((JSON.parse(leaf) as Leaf).public)
const leaks = (entry: Entry): string[] => typed(entry).filter((text) => told(entry).includes(text))

test('no leaf repeats what was typed in its act', () => {
  expect(entries.length).toBeGreaterThan(100)
  expect(entries.filter((entry) => typed(entry).length > 0).length).toBeGreaterThan(50)
  expect(entries.flatMap(leaks)).toEqual([])
})

test('no leaf holds the name, number or telephone of anybody who applied, acted for another or was told', () => {
  const people = entries.flatMap(({ private: { input } }) => peopleIn(input))
  expect(people.length).toBeGreaterThan(50)
  const log = entries.map(({ leaf }) => leaf).join('\n')
  expect([...new Set(people)].filter((text) => log.includes(text))).toEqual([])
})
function peopleIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => (['name', 'idNumber', 'phone', 'address', 'recipient', 'signedBy', 'collectedBy'].includes(key) && typeof inner === 'string' && inner.length > 1 ? [inner] : peopleIn(inner)))
}

test('a leaf that did would be found', () => {
  const leaf = JSON.stringify({ public: { stage: 'accepted', reason: '已电告林晚照' } })
  expect(leaks({ leaf, private: { input: { reason: '已电告林晚照', step: 'review' } } })).toEqual(['已电告林晚照'])
})

/* Over the same acts: whatever was done to it, by people, by clocks or by silence, a case lies on somebody's table until it is closed. */
test('no open case is on nobody’s table, and none waits at a step that its stage has left behind', async () => {
  const { db } = town.open.house
  const orphans = await db.query(`
    select m.no, m.stage, m.procedure_id from flow.matter m
     where m.closed_at is null and m.stage <> 'draft'
       and not exists (select 1 from flow.task t where t.matter_id = m.id and t.state in ('open', 'claimed'))
       and not exists (select 1 from flow.timer r where r.matter_id = m.id and r.due_at < 'infinity')`)
  expect(orphans).toEqual([])
  const behind = await db.query(`
    select m.no, m.stage, t.step from flow.matter m join flow.task t on t.matter_id = m.id and t.state in ('open', 'claimed')
     where (t.step = 'acceptance' and m.stage <> 'submitted') or (t.step = 'decision' and m.stage <> 'accepted') or m.closed_at is not null`)
  expect(behind).toEqual([])
})
