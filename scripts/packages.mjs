import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
export const say = (line) => process.stderr.write(`${line}\n`)

/**
 * True when node_modules holds exactly what package-lock.json says, as npm itself noted in its hidden lock file. Without `dev`,
 * packages for development may be absent (`npm ci --omit=dev`); packages for other platforms always may.
 */
export function packagesAreCurrent({ dev }) {
  const noted = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(noted)) return false
  const read = (path) => JSON.parse(readFileSync(path, 'utf8')).packages
  const wanted = read(join(root, 'package-lock.json'))
  const there = read(noted)
  return Object.entries(wanted).every(([path, want]) => {
    if (path === '' || want.link) return true
    const have = there[path]
    if (have) return have.version === want.version && have.integrity === want.integrity
    return want.optional || want.devOptional || want.peer || (want.dev && !dev)
  })
}

/** `npm ci`; its progress and ours go to stderr. */
export async function installPackages({ dev }) {
  say('Installing packages with npm ci (a minute or two the first time) …')
  const begun = Date.now()
  const ticker = setInterval(() => say(`  … ${Math.round((Date.now() - begun) / 1000)} s, ${countFolders()} folders in node_modules`), 10_000)
  // npm tells where it is; started without npm, the one on the PATH is asked.
  const npm = process.env.npm_execpath && /npm-cli\.c?js$/.test(process.env.npm_execpath) ? [process.execPath, process.env.npm_execpath] : ['npm']
  const env = { ...process.env }
  // `npm start` passes its own settings on as variables; of these only the user's belong to the inner npm.
  for (const name of Object.keys(env)) if (/^npm_(lifecycle|package|command)/.test(name)) delete env[name]
  const run = () => new Promise((resolve, reject) => {
    const child = spawn(npm[0], [...npm.slice(1), 'ci', '--include=optional', ...(dev ? ['--include=dev'] : []), '--no-audit', '--no-fund'], { cwd: root, env, stdio: ['ignore', 2, 2] })
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? signal))
  })
  try {
    let outcome = await run()
    if (outcome !== 0) {
      say(`npm ci ended with ${outcome}; trying once more from an empty node_modules …`)
      rmSync(join(root, 'node_modules'), { recursive: true, force: true })
      outcome = await run()
    }
    if (outcome !== 0) throw new Error(`npm ci ended with ${outcome}; its messages are above`)
  } finally {
    clearInterval(ticker)
  }
  say(`Packages are installed (${Math.round((Date.now() - begun) / 1000)} s).`)
}

function countFolders() {
  try {
    return readdirSync(join(root, 'node_modules')).length
  } catch {
    return 0 // npm ci removes the folder before it fills it
  }
}
