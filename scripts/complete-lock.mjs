import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './packages.mjs'

/*
 * After `npm install`: names in package-lock.json the optional packages of other platforms that npm left out, because the registry at
 * hand does not carry them. `npm ci` refuses a lock that lacks them, on every platform; with their system and processor named
 * it passes over those that do not fit. Their version is the one their package asks for; there is no checksum to give.
 */

const SYSTEMS = ['android', 'darwin', 'linux', 'win32', 'freebsd', 'openbsd', 'openharmony']
const PROCESSORS = ['arm64', 'arm', 'x64', 'ia32', 'riscv64', 'ppc64', 's390x', 'loong64']

/** The entries that the lock should have and has not, by path. */
export function missingFrom(lock) {
  const missing = {}
  for (const [path, has] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(has.optionalDependencies ?? {})) {
      if (lock.packages[`${path}/node_modules/${name}`] || lock.packages[`node_modules/${name}`]) continue
      const words = name.split('/').pop().split('-')
      const os = SYSTEMS.filter((system) => words.includes(system))
      const cpu = PROCESSORS.filter((processor) => words.includes(processor))
      if (os.length === 0 || cpu.length === 0) throw new Error(`${name}@${version} of ${path} is not in the lock, and its name does not tell its platform`)
      const libc = os[0] !== 'linux' ? [] : words.some((word) => word.startsWith('musl')) ? ['musl'] : words.some((word) => word.startsWith('gnu')) ? ['glibc'] : []
      missing[`node_modules/${name}`] = { version, cpu, ...(has.dev ? { dev: true } : {}), ...(libc.length > 0 ? { libc } : {}), license: has.license, optional: true, os, ...(has.engines ? { engines: has.engines } : {}) }
    }
  }
  return missing
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const path = join(root, 'package-lock.json')
  const lock = JSON.parse(readFileSync(path, 'utf8'))
  const missing = missingFrom(lock)
  const entries = Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => a.localeCompare(b, 'en'))
  writeFileSync(path, `${JSON.stringify({ ...lock, packages: Object.fromEntries(entries) }, null, 2)}\n`)
  console.log(`${Object.keys(missing).length} packages of other platforms named`)
}
