import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { packageRoot } from '../db/root.ts'
import { procedureCheck, procedureRun } from './commands.ts'
import { diagramOf, renderSvg } from './svg.ts'
import { parseProcedure } from './parse.ts'

const shared = process.env.MINGTANG_SHARED ?? join(packageRoot(), '../shared')
const miwg = (name: string) => readFileSync(join(shared, 'data/bpmn_miwg', `${name}.bpmn`))

interface Expected { readonly model: string; readonly process?: string; readonly sound: boolean; readonly choose: string; readonly steps: readonly string[] }

// Recorded from dry runs, to notice change; the .png beside each model shows the way to compare with.
const RUNS: readonly Expected[] = [
  { model: 'A.1.0', sound: true, choose: '', steps: ['Task 1', 'Task 2', 'Task 3'] },
  { model: 'A.2.0', sound: true, choose: 'Gateway (Split Flow)=_20ebb3c1-5178-4c7c-a91d-23e58f2aa73b', steps: ['Task 1', 'Task 4'] },
  // Task 2 has two conditional flows: both may hold, and the end event would be reached twice.
  { model: 'A.2.1', sound: false, choose: 'Task 1=Default', steps: ['Task 1', 'Task 2'] },
  { model: 'A.4.0', process: 'WFP-6-1', sound: true, choose: '', steps: ['Task 1', 'Task 2'] },
  { model: 'A.4.0', process: 'WFP-6-2', sound: true, choose: '', steps: ['Task 3', 'Task 4', 'Task 6', 'Task 5'] },
  { model: 'A.4.1', process: 'sid-34746A54-1D7D-46CA-B219-0C4CEAE51170', sound: true, choose: '', steps: ['Task 1', 'Task 2'] },
  { model: 'A.4.1', process: 'sid-54D696FD-DEDC-45F3-99DB-1404DA433FC4', sound: true, choose: '', steps: ['Task 3', 'Task 6', 'Task 4', 'Task 5'] },
  { model: 'B.1.0', process: 'WFP-6-1', sound: true, choose: '', steps: ['Abstract Task 1', 'User Task 2', 'Service Task 3'] },
  { model: 'B.1.0', process: 'Process_ba16239e-181e-4b9f-bc5b-0bb2ee973450', sound: true, choose: '', steps: ['Abstract Task 4'] },
  { model: 'B.1.0', process: 'WFP-0-', sound: true, choose: '', steps: ['Abstract Task 8'] },
  {
    model: 'B.1.0', process: 'WFP-6-2', sound: true, choose: 'Exclusive Gateway Divergence 1=_eeb6812d-d182-489f-aea2-493ab8732cfd,Exclusive Gateway Divergence 2=_6a248585-952e-40ff-82ec-b6d8f410b73a',
    steps: ['User Task 5', 'Call Activity Calling a Global Task', 'Service Task 7'],
  },
  { model: 'C.1.1', sound: true, choose: 'Invoice approved?=no, Review successful?=yes, Invoice approved?=yes', steps: ['Assign Approver', 'Approve Invoice', 'Rechnung klären', 'Approve Invoice', 'Prepare Bank Transfer', 'Archive Invoice'] },
  { model: 'C.3.0', sound: true, choose: 'Service type=Warranty', steps: ['Analyse customer request', 'Replace fridge'] },
  { model: 'C.7.0', sound: true, choose: 'Advertisement approved?=No, Advertisement approved?=Yes', steps: ['Write description', 'Complete advertisement', 'Approve advertisement', 'Complete advertisement', 'Approve advertisement', 'Publish on homepage', 'Select other platforms', 'Publish on other platforms'] },
  { model: 'C.8.0', sound: true, choose: '', steps: ['Fetch Vacation Information', 'Vacation Approval', '_9ed61a6a-7cc1-4ed1-86d8-03482b0983c9'] },
]

describe.skipIf(!existsSync(shared))('the models of the BPMN interchange working group (skipped where they are not at hand)', () => {
  test.each(RUNS)('$model $process runs to its end', async ({ model, process, sound, choose, steps }) => {
    const options = process === undefined ? {} : { process }
    const report = await procedureCheck(miwg(model), options)
    expect([report.executable, report.sound]).toEqual([true, sound])
    expect(await procedureRun(miwg(model), choose, options)).toEqual({ finished: true, steps })
  })

  test('A.3.0 is refused for its escalation event and for nothing else', async () => {
    expect(await procedureCheck(miwg('A.3.0'))).toEqual({
      executable: false, sound: null, problems: [], warnings: [], criticalPath: null,
      unsupported: [{ id: '_178e16eb-4c9e-4ea0-9644-7c5fb2b71825', type: 'boundaryEvent/escalationEventDefinition', name: 'Boundary Intermediate Event Interrupting Escalation' }],
    })
  })

  test.each(['A.4.0', 'A.4.1', 'B.1.0'])('%s holds several processes and asks which', async (model) => {
    await expect(procedureCheck(miwg(model))).rejects.toMatchObject({ code: 'procedure/which-process' })
  })

  test('the receipt phase of an environmental permit, 27 activities and 30 choices, is sound', async () => {
    const report = await procedureCheck(readFileSync(join(shared, 'data/eventlogs/receipt.bpmn')))
    expect([report.executable, report.sound, report.problems.length]).toEqual([true, true, 0])
    expect(report.warnings.map((w) => w.kind)).toEqual(Array.from({ length: 6 }, () => 'loopWithoutMaxRounds'))
  })

  test('every model is drawn, from its own coordinates or without any', async () => {
    for (const model of ['A.1.0', 'A.3.0', 'C.1.1', 'C.3.0', 'C.7.0', 'C.8.0']) {
      const definition = await parseProcedure(miwg(model))
      for (const drawn of [definition, { ...definition, diagram: null }]) {
        const svg = await renderSvg(drawn, { language: 'en', live: [], title: model })
        expect(svg).not.toMatch(/NaN|undefined|style=|<script/)
        expect(Object.keys((await diagramOf(drawn)).boxes).length).toBeGreaterThan(4)
      }
    }
  })
})
