import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, expect, test } from 'vitest'
import type { CivilDay } from '../../base/civil-day.ts'
import { packageRoot } from '../../kernel/db/root.ts'
import { scratch } from '../../../tests/scratch.ts'
import { importItems } from './import-items.ts'
import { loadItems } from './registry.ts'

const town = await scratch(['db', 'catalog'])
afterAll(() => town.close())
const at = new Date('2026-03-02T01:00:00Z')
const FILE = join(process.env['MINGTANG_SHARED'] ?? join(packageRoot(), '../shared'), 'data/serviceitems_zh/items_2262_dev_half.jsonl')

const good = {
  TASK_CODE: '11440000006939756B2440101007000', CATAID: '440101007000', ORGCODE: '006939756', TASK_NAME: '提价申报', TASK_TYPE: '01', TASK_TYPE_TEXT: '行政许可',
  DEPT_NAME: '某某委员会', AREACODE: '440000', subTaskName: null, matter_code: '无', matter_name: '提价申报', matter_short: '无', matter_daily: '涨价报备', matter_level: '省级',
  visit_number: '0', LIMIT_SCENE_NUM: '0', handle_time: '30(工作日)', handle_time_limit: '7(工作日)', accept_standard: '价格显著上涨的', handle_location: '某路 1 号',
  consult_phone: '020-34121084', complain_phone: '020-83134173', courier_service: '是', ONLINECHECK: '1', URL: 'https://example.org', theme_category: ['其他'],
  service_object_name: ['自然人', '企业法人', '非法人企业'], material_intro: ['申请报告', '成本表'],
}
const lines = (...records: unknown[]) => Readable.from(`${records.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n')}\n`)
const rule = async (record: unknown) => (await importItems(town.db, lines(record), at)).rejected[0]?.rule

test('a valid line arrives with limits, materials and conditions; it can be read, not applied for', async () => {
  expect(await importItems(town.db, lines(good), at)).toEqual({ read: 1, imported: 1, updated: 0, unchanged: 0, rejected: [] })
  expect((await loadItems(town.db)).get(good.TASK_CODE, '2026-03-02' as CivilDay)).toMatchObject({
    name: { zh: '提价申报', en: '提价申报' }, itemType: '01', source: 'import', applicable: false, serviceTargets: ['1', '2', '6'],
    statutoryLimit: { amount: 30, unit: 'workingDay' }, promisedLimit: { amount: 7, unit: 'workingDay' },
    materials: [{ name: { zh: '申请报告' } }, { name: { zh: '成本表' } }], acceptanceConditions: [{ zh: '价格显著上涨的' }], everydayNames: [{ zh: '涨价报备' }],
  })
})

test('the same again changes nothing; another promise is a second version', async () => {
  expect(await importItems(town.db, lines(good), at)).toMatchObject({ imported: 0, updated: 0, unchanged: 1 })
  expect(await importItems(town.db, lines({ ...good, handle_time_limit: '5(工作日)' }), at)).toMatchObject({ imported: 0, updated: 1, unchanged: 0 })
  const registry = await loadItems(town.db)
  expect(registry.get(good.TASK_CODE, '2026-03-02' as CivilDay)).toMatchObject({ version: 2, promisedLimit: { amount: 5 } })
  expect(registry.version(good.TASK_CODE, 1)).toMatchObject({ promisedLimit: { amount: 7 } })
})

test('the Guangdong dictionary: 21 is a public service, 20 another power', async () => {
  const service = { ...good, TASK_CODE: '11440000006939756B2442101007000', CATAID: '442101007000', TASK_TYPE: '21', TASK_TYPE_TEXT: '公共服务' }
  await importItems(town.db, lines(service), at)
  expect((await loadItems(town.db)).get(service.TASK_CODE, '2026-03-02' as CivilDay).itemType).toBe('20')
})

test('each fault is named, nothing is put right', async () => {
  expect(await rule('not json')).toBe('json')
  expect(await rule('[1]')).toBe('json')
  expect(await rule(JSON.stringify(good).replace('{', '{"TASK_NAME":"另一名称",'))).toBe('json')
  expect(await rule(`{"a":${'['.repeat(100_000)}`)).toBe('json')
  expect(await rule({ ...good, TASK_NAME: undefined })).toBe('shape')
  expect(await rule({ ...good, TASK_NAME: ' 无 ' })).toBe('name')
  expect(await rule({ ...good, TASK_NAME: '提价\u0007' })).toBe('name')
  expect(await rule({ ...good, DEPT_NAME: '' })).toBe('department')
  expect(await rule({ ...good, TASK_CODE: good.TASK_CODE.slice(1) })).toBe('code-length')
  expect(await rule({ ...good, TASK_CODE: good.TASK_CODE.replace('6B2', '6C2') })).toBe('code-uscc')
  expect(await rule({ ...good, TASK_CODE: good.TASK_CODE.replace('B2', 'B9') })).toBe('code-level')
  expect(await rule({ ...good, CATAID: '440101007001' })).toBe('catalogue')
  expect(await rule({ ...good, ORGCODE: '006939757' })).toBe('body')
  expect(await rule({ ...good, TASK_TYPE: '07' })).toBe('type')
  expect(await rule({ ...good, TASK_TYPE_TEXT: '行政确认' })).toBe('type')
  expect(await rule({ ...good, matter_level: '市级' })).toBe('level')
  expect(await rule({ ...good, service_object_name: ['外星人'] })).toBe('target')
  expect(await rule({ ...good, handle_time: '三十日' })).toBe('limit')
  expect(await rule({ ...good, handle_time: '' })).toBe('limit')
  expect(await rule({ ...good, handle_time_limit: '31(工作日)' })).toBe('promise')
  expect(await rule({ ...good, handle_time: '30(自然日)', handle_time_limit: '22(工作日)' })).toBe('promise')
  expect(await rule({ ...good, visit_number: '一次' })).toBe('visits')
  expect(await rule({ ...good, visit_number: '1' })).toBe('visits')
})

// GB 18030: 提 cc e1, 价 bc db.
const asBytes = (...parts: readonly (string | Buffer)[]) => Readable.from([Buffer.concat(parts.map((part) => (Buffer.isBuffer(part) ? part : Buffer.from(part))))])
const other = (n: number) => ({ ...good, TASK_CODE: `11440000006939756B244010${n}000`, CATAID: `44010${n}000` })
const outcome = async (bytes: Readable) => {
  const { imported, rejected } = await importItems(town.db, bytes, at)
  return { imported, rejected: rejected.map((one) => [one.line, one.rule]) }
}

test('lines that are no text: the right ones beside them are taken, none is decoded by guess', async () => {
  const gb18030 = Buffer.concat([Buffer.from(JSON.stringify(other(2001)).replace('提价申报', '%').split('%')[0]!), Buffer.from([0xcc, 0xe1, 0xbc, 0xdb]), Buffer.from('"}\n')])
  expect(await outcome(asBytes('\uFEFF', JSON.stringify(other(2002)), '\r\n', gb18030, JSON.stringify(other(2003)).slice(0, 200)))).toEqual({ imported: 1, rejected: [[2, 'encoding'], [3, 'json']] })
  const utf16 = await outcome(asBytes(Buffer.from(`\uFEFF${JSON.stringify(other(2004))}\n`, 'utf16le')))
  expect([utf16.imported, utf16.rejected[0]]).toEqual([0, [1, 'encoding']])
  expect(await outcome(asBytes(''))).toEqual({ imported: 0, rejected: [] })
})

test('characters that no database keeps or that a conversion lost are named, wherever they stand; a line separator is one character', async () => {
  expect(await rule({ ...other(2005), material_intro: ['申请\u0000表'] })).toBe('characters')
  expect(await rule({ ...other(2005), accept_standard: '显著\uFFFD涨' })).toBe('characters')
  expect(await rule(JSON.stringify({ ...other(2005), matter_daily: '%' }).replace('%', '\\ud800'))).toBe('characters')
  expect(await outcome(lines({ ...other(2005), accept_standard: '一\u2028二' }))).toEqual({ imported: 1, rejected: [] })
  expect(await rule({ ...other(2006), handle_time: 30 })).toBe('shape')
  expect(await rule({ ...other(2006), service_object_name: '自然人' })).toBe('shape')
})

test('a line of a hundred megabytes is listed, not held; what follows it is read', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const blocks: WeakRef<Buffer>[] = []
  let held = 0
  async function* huge() {
    yield Buffer.from('{"TASK_CODE":"')
    for (let n = 0; n < 100; n += 1) {
      blocks.push(new WeakRef(Buffer.alloc(1_048_576, 0x61)))
      yield blocks.at(-1)!.deref()!
    }
    // A weak reference holds what it points to until the turn in which it was read is over.
    await setImmediate()
    collect()
    held = blocks.filter((block) => block.deref() !== undefined).length
    yield Buffer.from(`"}\n${JSON.stringify(other(2007))}\n`)
  }
  expect(await outcome(Readable.from(huge()))).toEqual({ imported: 1, rejected: [[1, 'long']] })
  expect(held).toBeLessThan(5)
})

test('two lines with one code: the second is listed with its line', async () => {
  const twin = { ...good, TASK_CODE: '11440000006939756B2440101008000', CATAID: '440101008000' }
  const { rejected, read } = await importItems(town.db, lines(twin, '', twin), at)
  expect({ read, rejected }).toEqual({ read: 2, rejected: [{ line: 3, code: twin.TASK_CODE, name: '提价申报', rule: 'duplicate', reason: '与第 1 行的编码相同' }] })
})

test('a row that an earlier release wrote reads with what the schema has added since', async () => {
  await town.admin.query(`
    insert into catalog.item_version
    select (jsonb_populate_record(v, jsonb_build_object('version', 99, 'body', jsonb_set(v.body - 'localCode' - 'appointment', '{version}', '99')))).*
      from catalog.item_version v
     where v.code = $1
     order by v.version desc
     limit 1`, [good.TASK_CODE])
  expect((await loadItems(town.db)).version(good.TASK_CODE, 99)).toMatchObject({ version: 99, localCode: null, appointment: false })
})

test('a file that is not there is refused', async () => {
  await expect(importItems(town.db, '/nowhere/items.jsonl', at)).rejects.toMatchObject({ code: 'catalog/import-unreadable' })
})

test.skipIf(!existsSync(FILE))('1 116 real items with less than twenty seconds of our own work: every one is imported or listed', { timeout: 120_000 }, async () => {
  // Not by the clock: what else the machine does is not the import's.
  const before = process.cpuUsage()
  const { read, imported, updated, unchanged, rejected } = await importItems(town.db, FILE, at)
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1e6).toBeLessThan(20)
  expect(read).toBe(readFileSync(FILE, 'utf8').split('\n').filter((line) => line.trim() !== '').length)
  expect(imported + updated + unchanged + rejected.length).toBe(read)
  expect(rejected.map(({ line, rule }) => [line, rule])).toMatchInlineSnapshot(`
    [
      [
        966,
        "code-alphabet",
      ],
    ]
  `)
})
