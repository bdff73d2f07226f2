import { createHash } from 'node:crypto'
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root, say } from './packages.mjs'

export const lockFile = join(tmpdir(), `mingtang-setup-${process.getuid?.() ?? 0}-${createHash('sha256').update(root).digest('hex').slice(0, 12)}`)
/** A lock that is still empty after so long was not being written: its writer died there. */
const WRITING_MS = 5000

/** Two commands in one fresh clone: one sets up, the other waits for it. The lock of a dead process is void. */
export async function withSetupLock(work, lock = lockFile) {
  for (let waited = 0; !take(lock); waited += 1) {
    if (waited === 0) say('Another process is setting up; waiting for it …')
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function take(lock) {
  try {
    writeFileSync(lock, nameOf(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
  try {
    if (isVoid(lock)) rmSync(lock, { force: true })
  } catch (error) {
    if (error.code !== 'ENOENT') throw error // released meanwhile
  }
  return false
}

function isVoid(lock) {
  const holder = readFileSync(lock, 'utf8')
  return holder === '' ? Date.now() - statSync(lock).mtimeMs > WRITING_MS : holder !== nameOf(Number.parseInt(holder, 10))
}

/** A process by its number and its birth, for numbers come again; where the system does not tell births, by its number while it lives. */
function nameOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return `${pid}-${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`
  } catch {
    return isAlive(pid) ? String(pid) : ''
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}
