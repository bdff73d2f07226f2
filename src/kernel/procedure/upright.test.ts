import { describe, expect, test } from 'vitest'
import { upright } from './upright.ts'

// A start event (36 square), a task (128 × 72) and an end event in a row, centres at y = 60; the line from task to end is called 准予.
const row = {
  boxes: { start: { x: 0, y: 42, width: 36, height: 36 }, task: { x: 80, y: 24, width: 128, height: 72 }, end: { x: 300, y: 42, width: 36, height: 36 } },
  lines: { first: [{ x: 36, y: 60 }, { x: 80, y: 60 }], second: [{ x: 208, y: 60 }, { x: 300, y: 60 }] },
  labels: { second: { x: 240, y: 40, width: 24, height: 16 }, start: { x: 6, y: 82, width: 24, height: 16 }, end: { x: 306, y: 82, width: 24, height: 16 } },
}
const nodes = [{ id: 'start', open: false, gateway: false }, { id: 'task', open: false, gateway: false }, { id: 'end', open: false, gateway: false }]
const flows = [{ id: 'first', from: 'start', to: 'task' }, { id: 'second', from: 'task', to: 'end' }]

describe('a drawing turned upright', () => {
  const turned = upright(row, nodes, flows)

  test('runs from top to bottom; boxes keep their size and stand under each other', () => {
    // Down: 36 for the event, 44 of room, 72 for the task instead of 128, 92 of room. Across: 128 for the task's 72, so its middle is 24 + 64.
    expect(turned.boxes).toEqual({ start: { x: 70, y: 0, width: 36, height: 36 }, task: { x: 24, y: 80, width: 128, height: 72 }, end: { x: 70, y: 244, width: 36, height: 36 } })
  })

  test('its lines end at the boxes', () => {
    expect(turned.lines).toEqual({ first: [{ x: 88, y: 36 }, { x: 88, y: 80 }], second: [{ x: 88, y: 152 }, { x: 88, y: 244 }] })
  })

  test('words stand beside what they belong to, and under an end', () => {
    // Over the line becomes left of it: 88 − 8 − 24. The label's middle was 44 of the 92 px down the line.
    expect(turned.labels['second']).toEqual({ x: 56, y: 188, width: 24, height: 16 })
    expect(turned.labels['start']).toEqual({ x: 114, y: 10, width: 24, height: 16 })
    expect(turned.labels['end']).toEqual({ x: 76, y: 288, width: 24, height: 16 })
  })

  test('a line keeps to the edge of a gateway’s diamond', () => {
    const diamond = { boxes: { start: row.boxes.start, gate: { x: 80, y: 36, width: 48, height: 48 }, end: row.boxes.end }, lines: { second: [{ x: 116, y: 48 }, { x: 200, y: 48 }, { x: 200, y: 60 }, { x: 300, y: 60 }] }, labels: {} }
    const { boxes, lines } = upright(diamond, [{ id: 'start', open: false, gateway: false }, { id: 'gate', open: false, gateway: true }, { id: 'end', open: false, gateway: false }], [{ id: 'second', from: 'gate', to: 'end' }])
    // 12 px left of the middle and 12 px below it: on the diamond's lower left edge.
    expect(boxes['gate']).toEqual({ x: 36, y: 80, width: 48, height: 48 })
    expect(lines['second']![0]).toEqual({ x: 48, y: 116 })
  })

  test('what is not wider than high stays as it was drawn', () => {
    const tall = { boxes: { start: { x: 0, y: 0, width: 36, height: 36 }, end: { x: 0, y: 100, width: 36, height: 36 } }, lines: { only: [{ x: 18, y: 36 }, { x: 18, y: 100 }] }, labels: {} }
    expect(upright(tall, [{ id: 'start', open: false, gateway: false }, { id: 'end', open: false, gateway: false }], [{ id: 'only', from: 'start', to: 'end' }])).toBe(tall)
  })
})
