import { expect, test } from 'vitest'
import { buildBpmn } from '../../../kernel/procedure/build.ts'
import { check } from '../../../kernel/procedure/check.ts'
import { parseProcedure } from '../../../kernel/procedure/parse.ts'
import type { CivilDay } from '../../../base/civil-day.ts'
import { workingDaysWithin } from '../limits.ts'
import { readItems } from './items.ts'
import { readTown } from './organisations.ts'
import { describeProcedures, drawingPath, readDrawing } from './procedures.ts'

const town = readTown()
const procedures = describeProcedures(town)
const items = new Map(readItems(town, '2026-03-02' as CivilDay).map(({ file, item }) => [file, item]))

test('thirty-seven procedures, one for each item', () => {
  expect(procedures).toHaveLength(37)
  expect(procedures.map((one) => [one.item, one.id])).toEqual([...items].map(([file, item]) => [file, item.procedureId]).sort((a, b) => procedures.findIndex((p) => p.id === a[1]) - procedures.findIndex((p) => p.id === b[1])))
})

test('every checked-in drawing is the one its description makes', async () => {
  for (const { id, description } of procedures) await expect(await buildBpmn(description)).toMatchFileSnapshot(drawingPath(id))
})

test('every drawing is executable and sound, and its critical path fits the promise', async () => {
  for (const { id, item } of procedures) {
    const report = check(await parseProcedure(readDrawing(id)))
    expect({ id, executable: report.executable, sound: report.sound, problems: report.problems, unsupported: report.unsupported }).toEqual({ id, executable: true, sound: true, problems: [], unsupported: [] })
    expect(report.criticalPath!.workingDays, id).toBeLessThanOrEqual(workingDaysWithin(items.get(item)!.promisedLimit!))
  }
})
