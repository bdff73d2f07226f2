import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, isBuilt } from './build.mjs'
import { installPackages, packagesAreCurrent, root, say } from './packages.mjs'
import { withSetupLock } from './setup-lock.mjs'

/** All set-up, then the program in this very process: signals reach it directly, and nothing stands between it and its exit code. */
export async function runProgram(args) {
  await setUp({ dev: false })
  const main = join(root, 'dist/server/main.js')
  process.argv = [process.argv[0], main, ...args]
  process.setSourceMapsEnabled(true)
  await import(pathToFileURL(main).href)
}

/** Packages as the lock file says and a build of the present sources; nothing is done where both are there. `dev`: also what tests need. */
export async function setUp({ dev }) {
  demandNode()
  const isDone = () => packagesAreCurrent({ dev }) && isBuilt()
  if (isDone()) return
  await withSetupLock(async () => {
    if (!packagesAreCurrent({ dev })) await installPackages({ dev })
    if (!isBuilt()) await build()
  })
}

function demandNode() {
  if (Number(process.versions.node.split('.')[0]) >= 20) return
  say(`Mingtang needs Node.js 20 or newer; this is ${process.version}.`)
  process.exit(1)
}
