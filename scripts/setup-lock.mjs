import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root, say } from './packages.mjs'

const lock = join(tmpdir(), `mingtang-setup-${process.getuid?.() ?? 0}-${createHash('sha256').update(root).digest('hex').slice(0, 12)}`)

/** Two commands in one fresh clone: one sets up, the other waits for it. The lock of a dead process is void. */
export async function withSetupLock(work) {
  for (let waited = 0; !take(); waited += 1) {
    if (waited === 0) say('Another process is setting up; waiting for it …')
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function take() {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
  try {
    const holder = Number(readFileSync(lock, 'utf8'))
    if (holder > 0) process.kill(holder, 0)
  } catch (error) {
    if (error.code === 'ESRCH') rmSync(lock, { force: true })
    else if (error.code !== 'ENOENT' && error.code !== 'EPERM') throw error
  }
  return false
}
