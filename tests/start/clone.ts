import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve as resolvePath } from 'node:path'
import { freePort } from '../../src/kernel/db/cluster.ts'
import { processesIn, signal } from '../../src/kernel/db/processes.ts'
import { packageRoot } from '../../src/kernel/db/root.ts'
import { removeData } from '../setup.ts'

export interface Person { readonly uid: number; readonly gid: number; readonly home: string; readonly name: string }

/** A folder with `git archive HEAD` in it, and `npm start` there as one person. */
export interface Clone {
  readonly folder: string
  readonly port: number
  /** Resolves when the service says that it is ready: milliseconds since the command. */
  start(limitMs: number): Promise<number>
  /** Ctrl-C: SIGINT to the whole group in the foreground, as a terminal sends it. Resolves when npm has ended. */
  interrupt(): Promise<void>
  get(path: string): Promise<Response>
  /** The server's own process under npm. */
  serverPid(): number
  /** Processes of the embedded database. */
  database(): number[]
  output(): string
  remove(): Promise<void>
}

const READY = 'Mingtang is ready'

/** `closed`: the clone lies under a folder that nobody but its owner may enter. */
export async function cloneFor(person: Person, { closed }: { closed: boolean }): Promise<Clone> {
  const outer = mkdtempSync(join(tmpdir(), 'mingtang-start-'))
  chmodSync(outer, closed ? 0o700 : 0o755)
  const folder = join(outer, 'mingtang')
  mkdirSync(folder)
  const archive = execFileSync('git', ['archive', '--format=tar', 'HEAD'], { cwd: packageRoot(), maxBuffer: 2 ** 30 })
  execFileSync('tar', ['-x', '-C', folder], { input: archive })
  giveTo(outer, person)
  const port = await freePort()
  let npm: ChildProcess | undefined
  let output = ''

  const cluster = () => resolvePath(folder, 'data', (JSON.parse(readFileSync(join(folder, 'data/database.json'), 'utf8')) as { cluster: string }).cluster)
  const start = (limitMs: number) => new Promise<number>((resolve, reject) => {
    const begun = Date.now()
    output = ''
    const child = spawn('npm', ['start'], {
      cwd: folder, env: environmentOf(person, port), stdio: ['ignore', 'pipe', 'pipe'], detached: true,
      ...(process.getuid?.() === 0 ? { uid: person.uid, gid: person.gid } : {}),
    })
    npm = child
    const fail = (why: string) => { clearTimeout(timer); reject(new Error(`${why}; it said:\n${output.slice(-4000)}`)) }
    const timer = setTimeout(() => fail(`not ready after ${limitMs} ms`), limitMs)
    const hear = (chunk: Buffer) => {
      output += chunk.toString()
      if (!output.includes(READY)) return
      clearTimeout(timer)
      resolve(Date.now() - begun)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('error', (error) => fail(String(error)))
    child.once('exit', (code, signal) => fail(`npm start ended with ${code ?? signal}`))
  })
  const ended = () => new Promise<void>((resolve) => {
    if (!npm || npm.exitCode !== null || npm.signalCode !== null) resolve()
    else npm.once('exit', () => resolve())
  })

  return {
    folder, port, start,
    interrupt: async () => {
      process.kill(-npm!.pid!, 'SIGINT')
      await ended()
    },
    get: (path) => fetch(`http://127.0.0.1:${port}${path}`),
    serverPid: () => {
      const found = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).find((pid) => commandOf(pid).endsWith('\0scripts/start.mjs\0') && groupOf(pid) === npm!.pid)
      if (found === undefined) throw new Error('the server process is not there')
      return Number(found)
    },
    database: () => processesIn(cluster()),
    output: () => output,
    remove: async () => {
      if (npm && npm.exitCode === null && npm.signalCode === null) {
        process.kill(-npm.pid!, 'SIGKILL')
        await ended()
      }
      let where = ''
      try {
        where = cluster()
      } catch {
        // it never came to a database
      }
      for (const pid of where === '' ? [] : processesIn(where)) signal(pid, 'SIGKILL')
      removeData(outer, where)
    },
  }
}

function environmentOf(person: Person, port: number): Record<string, string> {
  const env: Record<string, string> = {}
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !/^(npm_|VITEST|MINGTANG_|DATABASE_|NODE_ENV$|TEST$|INIT_CWD$|NODE_OPTIONS$)/.test(name)) env[name] = value
  }
  // The registry this machine uses stands in the caller's own settings, which another person does not read.
  const registry = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  return { ...env, HOME: person.home, USER: person.name, LOGNAME: person.name, PORT: String(port), npm_config_registry: registry }
}

function giveTo(folder: string, person: Person): void {
  if (process.getuid?.() !== 0 || person.uid === 0) return
  chownSync(folder, person.uid, person.gid)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) giveTo(path, person)
    else chownSync(path, person.uid, person.gid)
  }
}

const commandOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return '' // gone meanwhile
  }
}
const groupOf = (pid: string): number => Number(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ')[2])

/** Ourselves. */
export const self = (): Person => ({ uid: process.getuid!(), gid: process.getgid!(), home: process.env.HOME ?? tmpdir(), name: process.env.USER ?? 'self' })

/** As root: an ordinary user for this test, made with useradd, else `nobody` with a home of its own; `dismiss` undoes it. */
export function ordinaryUser(): { readonly person: Person; dismiss(): void } {
  const name = 'mingtang-start'
  const find = (who: string) => readFileSync('/etc/passwd', 'utf8').split('\n').find((line) => line.startsWith(`${who}:`))?.split(':')
  try {
    if (!find(name)) execFileSync('useradd', ['--create-home', '--user-group', '--shell', '/bin/sh', name], { stdio: 'ignore' })
  } catch {
    // no useradd here: nobody is ordinary enough
  }
  const [, , uid, gid, , home] = find(name) ?? find('nobody')!
  if (find(name)) {
    return {
      person: { uid: Number(uid), gid: Number(gid), home: home!, name },
      dismiss: () => { execFileSync('userdel', ['--remove', name], { stdio: 'ignore' }) },
    }
  }
  const own = mkdtempSync(join(tmpdir(), 'mingtang-home-'))
  chownSync(own, Number(uid), Number(gid))
  return { person: { uid: Number(uid), gid: Number(gid), home: own, name: 'nobody' }, dismiss: () => rmSync(own, { recursive: true, force: true }) }
}

export const ownerOf = (path: string): number => statSync(path).uid
