import { expect, test } from 'vitest'
import { bpmn } from './fixtures.ts'
import { layOut, type Box, type Direction, type LayoutNode } from './layout.ts'
import { parseProcedure } from './parse.ts'
import { renderSvg } from './svg.ts'

const task = (id: string): LayoutNode => ({ id, name: id, shape: 'task' })
const gate = (id: string): LayoutNode => ({ id, name: '', shape: 'gateway' })
const flow = (text: string) => { const [from, to] = text.split('>') as [string, string]; return { id: text, from, to, name: '' } }
const bottom = (box: Box): number => box.y + box.height

test('downwards, each step stands under the one before it, and parallel branches stand beside each other', async () => {
  const nodes = [task('accept'), gate('fork'), task('review'), task('other'), gate('join'), task('decide')]
  const flows = ['accept>fork', 'fork>review', 'fork>other', 'review>join', 'other>join', 'join>decide'].map(flow)
  const { boxes, lines } = await layOut(nodes, flows, 'down')
  for (const { from, to } of flows) expect([from, to, bottom(boxes[from]!) < boxes[to]!.y]).toEqual([from, to, true])
  expect(boxes['review']!.y).toBe(boxes['other']!.y)
  // Two tasks of 128 and the room between them, where a row of the same steps takes four and more.
  const width = Math.max(...Object.values(boxes).map((box) => box.x + box.width)) - Math.min(...Object.values(boxes).map((box) => box.x))
  expect([width >= 2 * 128 + 24, width <= 3 * 128]).toEqual([true, true])
  // A line leaves at the bottom of a task and ends at the top of the next.
  expect([lines['accept>fork']![0]!.y, lines['join>decide']!.at(-1)!.y]).toEqual([bottom(boxes['accept']!), boxes['decide']!.y])
})

test('a drawing too wide for a telephone is laid out downwards with the names of the language; one that runs downwards already stays', async () => {
  const steps = Array.from({ length: 16 }, (_, i) => `t${i}`)
  const definition = await parseProcedure(bpmn(`s:startEvent e:endEvent ${steps.map((id) => `${id}:userTask`).join(' ')}`, ['s', ...steps].map((id, i) => `${id}>${steps[i] ?? 'e'}`).join('; ')))
  const sizeOf = (svg: string): number[] => / width="(\d+)" height="(\d+)"/.exec(svg)!.slice(1).map(Number)
  const drawn = (direction: Direction) => renderSvg(definition, { language: 'zh', live: [], title: '', direction })
  const [wide] = sizeOf(await drawn('right'))
  const [narrow, high] = sizeOf(await drawn('down'))
  expect(wide).toBeGreaterThan(900)
  // One task of 128 with its line's name beside it, and 12 at either side.
  expect(narrow).toBeLessThan(220)
  // Sixteen tasks of 72 and two events of 36 at least.
  expect(high).toBeGreaterThan(16 * 72 + 2 * 36)
  const tall = { ...definition, diagram: await layOut([task('s'), task('e')], [flow('s>e')], 'down') }
  expect(sizeOf(await renderSvg({ ...tall, scope: { nodes: tall.scope.nodes.filter(({ id }) => id === 's' || id === 'e'), flows: [] } }, { language: 'zh', live: [], title: '', direction: 'down' }))).toEqual([128 + 24, 72 + 28 + 72 + 40 + 36])
})
