import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../../base/refusal.ts'
import { bpmn } from './fixtures.ts'
import { parseProcedure } from './parse.ts'

const GOOD = bpmn('s:startEvent a:userTask:mt~acts=cases.accept e:endEvent', 's>a; a>e')
const NOT_BPMN = { code: 'procedure/not-bpmn', status: 422 }

describe('whatever is uploaded, the answer is a definition or a refusal', () => {
  test.each([
    ['nothing', ''], ['prose', '流程图'], ['other XML', '<a/>'], ['cut off', GOOD.slice(0, -40)], ['deeply nested', '<a>'.repeat(50_000)],
    ['an entity', `<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>${GOOD.slice(GOOD.indexOf('<definitions'))}`],
    ['a NUL', GOOD.replace('name="a"', 'name="\u0000"')], ['too large', GOOD.padEnd(4_000_001)], ['a flow to nowhere', GOOD.replace('targetRef="e"', 'targetRef="q"')],
    ['an id twice', GOOD.replace('id="e"', 'id="a"')], ['a reserved id', GOOD.replaceAll('"a"', '"__proto__"')],
    ['an id that every object inherits', GOOD.replaceAll('"a"', '"constructor"')],
  ])('%s is not BPMN', async (_, xml) => {
    await expect(parseProcedure(xml)).rejects.toMatchObject(NOT_BPMN)
  })

  test('bytes are read in the encoding they declare, and refused where they are not in it', async () => {
    const xml = GOOD.slice(GOOD.indexOf('<definitions'))
    const cut = xml.indexOf('name="a"') + 'name="'.length
    const [before, after] = [xml.slice(0, cut), xml.slice(cut + 1)]
    const declared = '<?xml version="1.0" encoding="GB18030"?>'
    // 受理 in GB 18030.
    const definition = await parseProcedure(Buffer.concat([Buffer.from(declared + before), Buffer.from([0xca, 0xdc, 0xc0, 0xed]), Buffer.from(after)]))
    expect(definition.scope.nodes[1]!.name).toBe('受理')
    await expect(parseProcedure(Buffer.concat([Buffer.from(before), Buffer.from([0xca, 0xdc, 0xc0, 0xed]), Buffer.from(after)]))).rejects.toMatchObject(NOT_BPMN)
  })

  test('an attribute of ours must make sense', async () => {
    await expect(parseProcedure(GOOD.replace('mt:acts="cases.accept"', 'mt:workingDays="five"'))).rejects.toMatchObject({ code: 'procedure/bad-attribute' })
  })

  test('damage anywhere never becomes a failure', async () => {
    await fc.assert(fc.asyncProperty(fc.nat(GOOD.length - 1), fc.nat(30), fc.string({ maxLength: 8 }), async (at, cut, put) => {
      try {
        await parseProcedure(GOOD.slice(0, at) + put + GOOD.slice(at + cut))
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal)
      }
    }), { numRuns: 300, seed: 20260302 })
  })
})
