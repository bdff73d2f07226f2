import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { COMMANDS, runCommand } from '../../src/main/commands.ts'
import { packageRoot } from '../../src/kernel/db/root.ts'
import { buildProgram } from './built.ts'
import { environmentOf, makeDemoDatabase, type DemoDatabase } from './town-server.ts'

let built: { readonly folder: string; readonly main: string }
let folder: string
let database: DemoDatabase
beforeAll(async () => {
  built = await buildProgram()
  folder = mkdtempSync(join(tmpdir(), 'mingtang-commands-'))
  database = await makeDemoDatabase()
  for (const [name, content] of Object.entries(FILES)) writeFileSync(join(folder, name), content)
  mkdirSync(join(folder, 'a-folder'))
})
afterAll(() => {
  rmSync(built.folder, { recursive: true, force: true })
  rmSync(folder, { recursive: true, force: true })
})

const FILES: Readonly<Record<string, string | Buffer>> = {
  'empty': '', 'garbage.bin': Buffer.from([0, 1, 2, 0xff, 0xfe]), 'broken.json': '{"year":', 'list.json': '[]', 'broken.xml': '<a><b></a>', 'other.xml': '<html/>', 'billion.bpmn': '<!DOCTYPE a [<!ENTITY b "bbbb">]><definitions>&b;</definitions>',
  'lines.jsonl': '{"code":1}\nnot json\n{}\n', 'log.csv': 'a,b\n1\n"unclosed', 'log.xes.gz': Buffer.from('not gzip'),
}

interface Ran { readonly code: number | null; readonly stdout: string; readonly stderr: string }
/** In this process, as the program itself does it; a failure is a failure of the test. File names are those in the folder. */
async function run(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  let stdout = '', stderr = ''
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => { stdout += String(text); return true })
  const err = vi.spyOn(process.stderr, 'write').mockImplementation((text) => { stderr += String(text); return true })
  try {
    const code = await runCommand(words.map((word) => (Object.hasOwn(FILES, word) || word === 'a-folder' ? join(folder, word) : word)), { ...environmentOf(database), ...env })
    return { code, stdout, stderr }
  } finally {
    out.mockRestore()
    err.mockRestore()
  }
}
/** The program as a process of its own. */
const runProgram = (words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> => new Promise((resolve) => {
  const child = spawn(process.execPath, [built.main, ...words], { cwd: folder, env: { PATH: process.env.PATH, ...environmentOf(database), ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = '', stderr = ''
  child.stdout.on('data', (part: Buffer) => { stdout += part.toString() })
  child.stderr.on('data', (part: Buffer) => { stderr += part.toString() })
  child.on('exit', (code) => resolve({ code, stdout, stderr }))
})
/** The one JSON line of a refusal; progress may stand before it. */
const refusalIn = (stderr: string): { code: string; message: string } => JSON.parse(stderr.trim().split('\n').at(-1)!) as { code: string; message: string }
const demanded = (ran: Ran, what: string): void => {
  expect([0, 1, 2], `${what}: ${ran.stderr.slice(0, 400)}`).toContain(ran.code)
  expect(ran.stderr, what).not.toMatch(/^\s+at .*\(.*:\d+:\d+\)$/m)
}

describe('wrong usage is exit 2, with how it is used on stderr and nothing on stdout', () => {
  const TABLE: readonly string[] = [
    'nothing', 'calendar', 'calendar nothing', 'procedure', 'calendar due', 'calendar due --from', 'calendar due --from 2026-02-30 --working-days 5', 'calendar due --from 2026-03-02', 'calendar due --from 2026-03-02 --working-days five', 'calendar due --from 2026-03-02 --working-days -1',
    'calendar due --from 2026-03-02 --working-days 5 --months 1', 'calendar due --from 2026-03-02 --from 2026-03-03 --working-days 5', 'calendar due --from 2026-03-02 --working-days 5 --unknown 1', 'calendar due --from 2026-03-02 --working-days 5 surplus', 'calendar due --from 2026-03-02 --working-days 5 --json=yes',
    'calendar import', 'calendar import none.json', 'calendar import a-folder', 'procedure check', 'procedure check none.bpmn', 'procedure check a-folder', 'procedure run', 'procedure run none.bpmn --choose x=y', 'procedure publish', 'procedure publish none.bpmn', 'procedure publish a-folder',
    'replay', 'replay none.csv', 'replay a-folder', 'items import', 'items import none.jsonl', 'items import a-folder', 'verify', 'audit surplus', 'doctor --unknown', 'log', 'log restart', 'log restart --origin x --key none.pem', 'log restart --origin x --checkpoint none', 'verify http://localhost:1 --as-of 2026-02-30', 'verify http://localhost:1 --seen none', 'admin invite', 'admin invite --role king',
  ]
  it('each', async () => {
    const wrong: string[] = []
    for (const line of TABLE) {
      const ran = await run(line.split(' '))
      if (ran.code !== 2 || ran.stdout !== '' || ran.stderr === '') wrong.push(`${line} → ${ran.code} ${ran.stdout.slice(0, 80)} ${ran.stderr.slice(0, 300)}`)
    }
    expect(wrong).toEqual([])
  })
})

describe('what is read and is not what it should be is exit 1, with code and message on stderr', () => {
  it('each file of garbage', async () => {
    const wrong: string[] = []
    for (const words of ['calendar import', 'procedure check', 'procedure run', 'procedure publish', 'replay']) {
      for (const name of Object.keys(FILES)) {
        const ran = await run([...words.split(' '), name, '--json'])
        demanded(ran, `${words} ${name}`)
        // Findings are a document on stdout; refusals are one on stderr. Never both, never neither.
        const told = ran.stdout === '' ? (() => { try { return refusalIn(ran.stderr).code } catch { return null } })() : JSON.stringify(JSON.parse(ran.stdout)).slice(0, 1)
        if (ran.code === 0 || told === null || (ran.stdout === '' && !/^[a-z-]+\/[a-z-]+$/.test(told))) wrong.push(`${words} ${name} → ${ran.code} ${ran.stdout.slice(0, 100)} ${ran.stderr.slice(0, 300)}`)
      }
    }
    expect(wrong).toEqual([])
  })

  it('items that are not valid are listed by their lines, and the rest is taken', async () => {
    const ran = await run(['items', 'import', 'lines.jsonl', '--json'])
    demanded(ran, 'items import')
    expect(ran.code).toBe(0)
    const { read, imported, rejected } = JSON.parse(ran.stdout) as { read: number; imported: number; rejected: { line: number; code: string; reason: string }[] }
    expect([read, imported, rejected.map((one) => one.line)]).toEqual([3, 0, [1, 2, 3]])
  })

  it('a log that is not there or answers something else', async () => {
    for (const source of ['none', 'a-folder', 'http://127.0.0.1:1/log', 'http://127.0.0.1:1', 'ftp://x', 'not a url']) {
      const ran = await run(['verify', source, '--json'])
      demanded(ran, `verify ${source}`)
      expect(ran.code, source).not.toBe(0)
    }
  })

  it('a database that cannot be reached, and an environment that is wrong', async () => {
    const away = await run(['audit', '--json'], { DATABASE_URL: 'postgres://x:y@127.0.0.1:1/z', DATABASE_ADMIN_URL: 'postgres://x:y@127.0.0.1:1/z' })
    expect([away.code, away.stdout, refusalIn(away.stderr).code]).toEqual([1, '', 'db/unavailable'])
    const wrong = await run(['audit', '--json'], { PORT: 'eighty' })
    expect([wrong.code, wrong.stdout, refusalIn(wrong.stderr).code]).toEqual([1, '', 'config/invalid'])
    const misspelt = await run(['doctor'], { MINGTANG_DATTA: 'x' })
    expect([misspelt.code, refusalIn(misspelt.stderr).code]).toEqual([1, 'config/unknown'])
    const taken = await run(['admin', 'invite', '--role', 'sysadmin', '--json'])
    expect([taken.code, refusalIn(taken.stderr).code]).toEqual([1, 'access/role-has-holder'])
  })
})

describe('a start that is refused says why and ends', () => {
  it('another kind of database, another log, a port in use, a host that is none, a data folder that is a file', async () => {
    const occupied = createServer().listen(0, '127.0.0.1')
    await once(occupied, 'listening')
    const { port } = occupied.address() as AddressInfo
    writeFileSync(join(folder, 'a-file'), '')
    const CASES: readonly [string, readonly string[], Readonly<Record<string, string>>][] = [
      ['demo/is-demo', ['doctor'], { MINGTANG_DEMO: '0' }], ['demo/is-demo', [], { MINGTANG_DEMO: '0' }],
      ['config/cannot-listen', [], { PORT: String(port) }], ['config/cannot-listen', [], { PORT: '0', HOST: 'nowhere.invalid' }],
      ['config/data-folder', [], { MINGTANG_DATA: join(folder, 'a-file') }], ['config/invalid', [], { PORT: 'eighty' }],
    ]
    const ended = await Promise.all(CASES.map(async ([code, words, env]) => { const ran = await runProgram(words, env); return [code, ran.code, ran.stderr.includes(code), /\n\s+at /.test(ran.stderr)] }))
    occupied.close()
    expect(ended).toEqual(CASES.map(([code]) => [code, 1, true, false]))
  })
})

describe('what is done is exit 0 and, with --json, exactly one document on stdout', () => {
  it('each', async () => {
    const procedure = join(packageRoot(), 'seeds/demo/procedures/food-business.bpmn')
    const due = await runProgram('calendar due --from 2026-03-02 --working-days 5 --explain --json'.split(' '))
    expect([due.code, JSON.parse(due.stdout)]).toMatchObject([0, { from: '2026-03-02', due: '2026-03-09', provisional: false, horizon: '2026-12-31' }])
    const check = await run(['procedure', 'check', procedure, '--json'])
    expect([check.code, JSON.parse(check.stdout)]).toMatchObject([0, { executable: true, sound: true, unsupported: [], problems: [] }])
    // For people, in the terminal's language: the steps by their names in it.
    const english = await run(['procedure', 'check', procedure])
    expect([english.code, english.stdout]).toEqual([0, expect.stringMatching(/^! incompleteConditions at Accepted\?$[^]*^longest way 4 working days: Acceptance → .*Site survey \(two officers\) → Decision/m)])
    expect(english.stdout).not.toMatch(/\p{Script=Han}/u)
    const chinese = await run(['procedure', 'check', procedure], { LANG: 'zh_CN.UTF-8' })
    expect([chinese.code, chinese.stdout]).toEqual([0, expect.stringMatching(/^! 是否受理：条件未能证明周全[^]*^最长路径 4 个工作日：受理 → .*现场核查（两人） → 决定/m)])
    const dry = await run(['procedure', 'run', procedure, '--choose', 'acceptance=予以受理', '--json'])
    demanded(dry, 'procedure run')
    const first = await run(['procedure', 'publish', procedure, '--as', 'from-the-command', '--json'])
    expect([first.code, JSON.parse(first.stdout)]).toMatchObject([0, { id: 'from-the-command', version: 1, published: true, items: [], report: { sound: true } }])
    const again = await run(['procedure', 'publish', procedure, '--as', 'from-the-command'])
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('from-the-command version 1 is this very drawing: nothing was changed')])
    const audited = await run(['audit', '--json'])
    expect([audited.code, JSON.parse(audited.stdout)]).toMatchObject([0, { matters: expect.any(Number), differences: [] }])
    const healthy = await run(['doctor', '--json'])
    expect([healthy.code, (JSON.parse(healthy.stdout) as { checks: { ok: boolean }[] }).checks.every((one) => one.ok)]).toEqual([0, true])
  })

  it('help is on stdout, for all and for each', async () => {
    for (const words of [['--help'], ...COMMANDS.map((command) => [...command.name.split(' '), '--help'])]) {
      const ran = await run(words)
      expect([words.join(' '), ran.code, ran.stderr]).toEqual([words.join(' '), 0, ''])
      expect(ran.stdout).toContain('mingtang')
    }
  })
})
