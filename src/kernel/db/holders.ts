import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { birthOf } from './processes.ts'

/**
 * Who uses the embedded server of a data folder: one file per process, `<pid>-<birth>`. Dead holders do not count, so a server that
 * was killed holds nothing; a command that came to a running server leaves it running.
 */
const holdersIn = (dataDir: string): string => join(dataDir, 'database.holders')
const nameOf = (pid: number): string => `${pid}-${birthOf(pid) ?? 'gone'}`
/** This process may have started the same folder more than once. */
const mine = new Map<string, number>()

export function enter(dataDir: string): void {
  mkdirSync(holdersIn(dataDir), { recursive: true })
  mine.set(dataDir, (mine.get(dataDir) ?? 0) + 1)
  writeFileSync(join(holdersIn(dataDir), nameOf(process.pid)), '')
}

/** Whether this process uses it. */
export const holds = (dataDir: string): boolean => (mine.get(dataDir) ?? 0) > 0

/** True when nobody is left. */
export function leave(dataDir: string): boolean {
  const left = (mine.get(dataDir) ?? 1) - 1
  mine.set(dataDir, left)
  if (left > 0) return false
  rmSync(join(holdersIn(dataDir), nameOf(process.pid)), { force: true })
  for (const name of readdirSync(holdersIn(dataDir))) {
    if (name === nameOf(Number.parseInt(name, 10))) return false
    rmSync(join(holdersIn(dataDir), name), { force: true })
  }
  return true
}

/** One process at a time starts or stops the server of a folder. A lock whose process is gone is void. */
export async function withLock<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  const lock = join(dataDir, 'database.lock')
  const deadline = Date.now() + 120_000
  while (!take(lock)) {
    if (Date.now() > deadline) throw new Error(`${lock} is held by process ${readFileSync(lock, 'utf8')} for two minutes`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function take(lock: string): boolean {
  try {
    writeFileSync(lock, nameOf(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  try {
    const holder = readFileSync(lock, 'utf8')
    // An empty file is being written this moment, unless its writer died there.
    const dead = holder === '' ? Date.now() - statSync(lock).mtimeMs > 5_000 : holder !== nameOf(Number.parseInt(holder, 10))
    if (dead) rmSync(lock, { force: true })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error // released meanwhile
  }
  return false
}
