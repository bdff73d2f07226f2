import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { replayFile } from './commands.ts'
import { LOG_LIMITS, type LogLimits } from './event-log.ts'
import { metrics } from './metrics.ts'
import { readLog } from './read-log.ts'
import { readTimestamp } from './timestamp.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingtang-replay-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let n = 0
function file(name: string, content: string | Buffer): string {
  const path = join(folder, `${(n += 1)}-${name}`)
  writeFileSync(path, content)
  return path
}
const refused = (work: Promise<unknown>): Promise<{ code: string; line: unknown } | string> =>
  work.then(() => 'read', (error: { code?: string; slots?: Record<string, unknown> }) => (error.code ? { code: error.code, line: error.slots?.line } : String(error)))

const HEADER = 'case:concept:name,case:startdate,case:deadline,case:enddate,case:channel,concept:name,org:resource,time:timestamp'
// Three cases. A: two days less two hours, ends at the very instant of its deadline. B: one event, ends a second late. C: not ended; its
// events of the same instant stay as the file has them, the earlier one that stands last comes first.
const TINY = `${HEADER}
A,2026-03-02T09:00:00+08:00,2026-03-06T09:00:00+08:00,2026-03-06T01:00:00Z,窗口,receive,甲,2026-03-02T09:00:00+08:00
B,2026-03-03T09:00:00+08:00,2026-03-04T09:00:00+08:00,2026-03-04T09:00:01+08:00,"网上,全程",receive,乙,2026-03-03T09:00:00+08:00
C,2026-03-02T00:00:00+08:00,2026-03-12T00:00:00+08:00,,窗口,check,,2026-03-05T12:00:00+08:00
C,2026-03-02T00:00:00+08:00,2026-03-12T00:00:00+08:00,,窗口,ask,乙,2026-03-05T04:00:00Z
C,2026-03-02T00:00:00+08:00,2026-03-12T00:00:00+08:00,,窗口,receive,甲,2026-03-05T11:59:59.999999+08:00
A,2026-03-02T09:00:00+08:00,2026-03-06T09:00:00+08:00,2026-03-06T01:00:00Z,窗口,decide,丙,2026-03-04T07:00:00+08:00
`
// Durations in days: A 46 hours = 1.916667, B 0, C 0.000001 s. Median 1.2e-11 → 0, mean 0.638889, max 1.9167.
const TINY_FIGURES = {
  cases: 3, events: 6, activities: 4, resources: 3, variants: 3, topVariantCases: 1,
  startActivities: { receive: 3 }, endActivities: { decide: 1, receive: 1, ask: 1 }, activityCounts: { receive: 3, decide: 1, check: 1, ask: 1 },
  durationDays: { median: 0, mean: 0.6389, max: 1.9167 },
  first: '2026-03-02T09:00:00+08:00', // Two events share the last instant; the later in the file is the last.
  last: '2026-03-05T04:00:00Z',
  deadlines: { onTime: 1, late: 1, open: 1 }, casesWithDeadline: 3, casesWithEnd: 2, deadlineMinusStartDays: { 4: 1, 1: 1, 10: 1 }, channels: { 窗口: 2, '网上,全程': 1 },
}
const XES = `<?xml version="1.0" encoding="UTF-8"?>
<!-- the same three cases -->
<log xes.version="1849-2016" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <global scope="event"><string key="concept:name" value="UNKNOWN"/><date key="time:timestamp" value="1970-01-01T00:00:00Z"/></global>
  <classifier name="Activity" keys="concept:name"/>
  <string key="source" value="by hand"/>
  <trace>
    <date key="startdate" value="2026-03-02T09:00:00+08:00"/><date key="deadline" value="2026-03-06T09:00:00+08:00"/><date key="enddate" value="2026-03-06T01:00:00Z"/>
    <string key="channel" value="窗口"><string key="concept:name" value="a remark on the channel"/></string>
    <event><string key="concept:name" value="receive"><int key="certainty" value="3"/></string><string key="org:resource" value="甲"/><date key="time:timestamp" value="2026-03-02T09:00:00+08:00"/></event>
    <event><list key="seals"><values><string key="seal" value="一"/><boolean key="real" value="false"/></values></list><container key="box"><float key="kg" value="0.5"/><id key="no" value="7"/></container>
      <string key="concept:name" value="decide"/><string key="org:resource" value="丙"/><date key="time:timestamp" value="2026-03-04T07:00:00+08:00"/></event>
    <string key="concept:name" value="A"/>
  </trace>
  <trace>
    <string key="concept:name" value="B"/><date key="startdate" value="2026-03-03T09:00:00+08:00"/><date key="deadline" value="2026-03-04T09:00:00+08:00"/><date key="enddate" value="2026-03-04T09:00:01+08:00"/><string key="channel" value="网上,全程"/>
    <event><string key="concept:name" value="receive"/><string key="org:resource" value="乙"/><date key="time:timestamp" value="2026-03-03T09:00:00+08:00"/></event>
  </trace>
  <trace>
    <string key="concept:name" value="C"/><date key="startdate" value="2026-03-02T00:00:00+08:00"/><date key="deadline" value="2026-03-12T00:00:00+08:00"/><string key="channel" value="窗口"/>
    <event><string key="concept:name" value="check"/><date key="time:timestamp" value="2026-03-05T12:00:00+08:00"/></event>
    <event><string key="concept:name" value="ask"/><string key="org:resource" value="乙"/><date key="time:timestamp" value="2026-03-05T04:00:00Z"/></event>
    <event><string key="concept:name" value="receive"/><string key="org:resource" value="甲"/><date key="time:timestamp" value="2026-03-05T11:59:59.999999+08:00"/></event>
  </trace>
</log>`

describe('a log made by hand', () => {
  test('as .csv', async () => expect(await replayFile(file('tiny.csv', TINY))).toEqual(TINY_FIGURES))
  test('as .csv with a byte order mark and the line ends of Windows', async () => expect(await replayFile(file('tiny.csv', `\uFEFF${TINY.replaceAll('\n', '\r\n')}`))).toEqual(TINY_FIGURES))
  test('as .xes: nested attributes, lists, containers and globals are not the event’s own', async () => expect(await replayFile(file('tiny.xes', XES))).toEqual(TINY_FIGURES))
  test('as .xes.gz', async () => expect(await replayFile(file('tiny.xes.gz', gzipSync(XES)))).toEqual(TINY_FIGURES))
  test('events of one instant keep the order of the file', async () => {
    const log = await readLog(file('tiny.csv', TINY))
    expect(log.cases[2]!.events.map((event) => event.activity)).toEqual(['receive', 'check', 'ask'])
    expect(metrics(log)).toEqual(metrics(log))
  })
})

describe('times', () => {
  test.each([
    ['2011-10-11 13:42:22.688000+02:00', 1_318_333_342_688_000, '2011-10-11T13:42:22.688000+02:00'],
    ['2026-03-02T09:00:00+0800', 1_772_413_200_000_000, '2026-03-02T09:00:00+08:00'],
    ['2026-03-02T09:00', 1_772_442_000_000_000, '2026-03-02T09:00:00Z'],
    ['2006-07-24T00:00:00.000', 1_153_699_200_000_000, '2006-07-24T00:00:00.000Z'],
    ['1969-12-31T23:59:59.999999Z', -1, '1969-12-31T23:59:59.999999Z'],
  ])('%s', (value, micros, text) => expect(readTimestamp(value)).toEqual({ micros, text }))
  test.each(['', 'yesterday', '2026-02-30T00:00:00Z', '2026-13-01T00:00:00Z', '2026-03-02', '2026-03-02T25:00:00Z', '2026-03-02T09:61:00Z', '2026-03-02T09:00:00+15:00', '02/03/2026 09:00', '1772413200'])('“%s” is none', (value) => expect(readTimestamp(value)).toBeUndefined())
})

describe('what is not a log is refused with its line', () => {
  const line = (text: string) => TINY.replace('C,2026-03-02T00:00:00+08:00,2026-03-12T00:00:00+08:00,,窗口,check,,2026-03-05T12:00:00+08:00', text)
  test.each<[string, string, string | Buffer, { code: string; line?: number } ]>([
    ['an empty file', 'a.csv', '', { code: 'replay/empty' }],
    ['a header alone', 'a.csv', `${HEADER}\n`, { code: 'replay/empty' }],
    ['a column missing', 'a.csv', TINY.replace('time:timestamp', 'timestamp'), { code: 'replay/missing-column' }],
    ['a column twice', 'a.csv', TINY.replace('org:resource', 'concept:name'), { code: 'replay/double-column' }],
    ['a bad time', 'a.csv', line('C,,,,,check,,soon'), { code: 'replay/bad-timestamp', line: 4 }],
    ['a bad deadline', 'a.csv', line('C,,never,,,check,,2026-03-05T12:00:00+08:00'), { code: 'replay/bad-timestamp', line: 4 }],
    ['no activity', 'a.csv', line('C,,,,,,,2026-03-05T12:00:00+08:00'), { code: 'replay/missing-value', line: 4 }],
    ['no time', 'a.csv', line('C,,,,,check,,'), { code: 'replay/missing-value', line: 4 }],
    ['no case', 'a.csv', line(',,,,,check,,2026-03-05T12:00:00+08:00'), { code: 'replay/missing-value', line: 4 }],
    ['too few fields', 'a.csv', line('C,check'), { code: 'replay/malformed', line: 4 }],
    ['a quote that never ends', 'a.csv', line('C,"never'), { code: 'replay/malformed' }],
    ['bytes that are not UTF-8', 'a.csv', Buffer.concat([Buffer.from(TINY), Buffer.from([0xc3, 0x28])]), { code: 'replay/not-text' }],
    ['half an XML file', 'a.xes', XES.slice(0, -200), { code: 'replay/malformed' }],
    ['tags that cross', 'a.xes', '<log>\n<trace><string key="concept:name" value="A"/>\n<event></trace></event></log>', { code: 'replay/malformed', line: 3 }],
    ['an entity', 'a.xes', '<?xml version="1.0"?>\n<!DOCTYPE log [<!ENTITY a "aaaa">]>\n<log/>', { code: 'replay/malformed', line: 2 }],
    ['another root', 'a.xes', '<html/>', { code: 'replay/not-xes', line: 1 }],
    ['an event outside a trace', 'a.xes', '<log>\n<event/></log>', { code: 'replay/not-xes', line: 2 }],
    ['a foreign element', 'a.xes', '<log>\n<trace><event>\n<script/></event></trace></log>', { code: 'replay/not-xes', line: 3 }],
    ['a trace without a name', 'a.xes', '<log>\n<trace><event><string key="concept:name" value="a"/><date key="time:timestamp" value="2026-03-02T09:00:00Z"/></event></trace></log>', { code: 'replay/missing-value', line: 2 }],
    ['an attribute without a value', 'a.xes', '<log>\n<trace><string key="concept:name"/></trace></log>', { code: 'replay/missing-value', line: 2 }],
    ['a trace name twice', 'a.xes', XES.replace('value="B"', 'value="A"'), { code: 'replay/double-case' }],
    ['no trace', 'a.xes', '<log/>', { code: 'replay/empty' }],
    ['not gzip', 'a.xes.gz', XES, { code: 'replay/not-gzip' }],
    ['gzip cut short', 'a.xes.gz', gzipSync(XES).subarray(0, 200), { code: 'replay/not-gzip' }],
    ['another format', 'a.json', '{}', { code: 'replay/unknown-format' }],
  ])('%s', async (_what, name, content, expected) => expect(await refused(replayFile(file(name, content)))).toMatchObject(expected))

  test('a file that is not there', async () => expect(await refused(replayFile(join(folder, 'none.csv')))).toMatchObject({ code: 'replay/no-file' }))
  test('a folder', async () => expect(await refused(replayFile(folder))).toMatchObject({ code: 'replay/unknown-format' }))
})

describe('limits hold however small the file was compressed', () => {
  const small: LogLimits = { ...LOG_LIMITS, bytes: 100_000, events: 5, depth: 8, valueLength: 1000 }
  const limited = (name: string, content: string | Buffer) => refused(readLog(file(name, content), small))
  test('a bomb: 20 MB of blanks in 20 kB', async () => {
    const bomb = gzipSync(`<log>${' '.repeat(20_000_000)}</log>`)
    expect(bomb.length).toBeLessThan(30_000)
    expect(await limited('bomb.xes.gz', bomb)).toMatchObject({ code: 'replay/too-large' })
  })
  test('too many events', async () => expect(await limited('tiny.csv', TINY)).toMatchObject({ code: 'replay/too-large' }))
  test('attributes nested without end', async () => expect(await limited('deep.xes', `<log><trace>${'<string key="a" value="b">'.repeat(50)}`)).toMatchObject({ code: 'replay/too-large' }))
  test('a value without end', async () => expect(await limited('long.xes', `<log><trace><string key="a" value="${'b'.repeat(2000)}"/></trace></log>`)).toMatchObject({ code: 'replay/too-large' }))
  test('a field without end', async () => expect(await limited('long.csv', `${HEADER}\nA,"${'b'.repeat(50_000)}`)).toMatchObject({ code: 'replay/malformed' }))
})
