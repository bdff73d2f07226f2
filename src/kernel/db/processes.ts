import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Processes of the cluster's server (Linux): the postmaster by its command line, which everybody may read, and its children by their
 * working folder, where we may see it (in containers root often may not).
 */
export function processesIn(cluster: string): number[] {
  let real: string
  try {
    real = realpathSync(cluster)
  } catch {
    return [] // no cluster, no processes
  }
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && (linkOf(name) === real || commandOf(name).includes(`\0-D\0${cluster}\0`))).map(Number)
}

function linkOf(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined // gone meanwhile, or another user's
  }
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return '' // gone meanwhile
  }
}

/** The first and fourth line of postmaster.pid: process and port. */
export function postmasterPid(cluster: string): { readonly pid: number; readonly port: number | undefined } | undefined {
  let lines: string[]
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return undefined // not running
  }
  const pid = Number(lines[0])
  return Number.isInteger(pid) && pid > 0 ? { pid, port: Number(lines[3]) || undefined } : undefined
}

/** Whether the number belongs to any process at all, ended ones that nobody has waited for included. */
export function isTaken(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

export const isAlive = (pid: number): boolean => isTaken(pid) && birthOf(pid) !== undefined

export function signal(pid: number, how: NodeJS.Signals): void {
  try {
    process.kill(pid, how)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** When a living process began, in clock ticks since boot: with its number it is unique. In some containers nobody waits for ended orphans. */
export function birthOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
  } catch {
    return undefined // gone
  }
}

export async function until(holds: () => boolean, ms: number): Promise<boolean> {
  const deadline = Date.now() + ms
  while (!holds()) {
    if (Date.now() > deadline) return false
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return true
}
