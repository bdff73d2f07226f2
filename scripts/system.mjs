import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { say } from './packages.mjs'

const NEEDED = [
  { what: 'Chromium at /usr/bin/chromium', package: 'chromium', there: () => existsSync('/usr/bin/chromium') },
  { what: 'a Chinese font', package: 'fonts-noto-cjk', there: hasChineseFont },
]

/** What the browser tests need beyond npm. Installed with apt-get where we may; else the reasons why not, and nothing is asked. */
export function ensureSystemPackages() {
  const missing = NEEDED.filter((need) => !need.there())
  if (missing.length === 0) return
  const names = missing.map((need) => need.package)
  const apt = aptGet()
  if (apt === null) {
    throw new Error(`Missing for the browser tests: ${missing.map((need) => need.what).join(' and ')}. This user may not install packages; have an administrator run:\n  apt-get install ${names.join(' ')}`)
  }
  say(`Installing ${names.join(' and ')} with apt-get …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const run = (...args) => spawnSync(apt[0], [...apt.slice(1), '-o', 'DPkg::Lock::Timeout=400', ...args], { env, stdio: ['ignore', 2, 2] }).status === 0
  if (!run('install', '-y', '--no-install-recommends', ...names)) {
    run('update')
    run('install', '-y', '--no-install-recommends', ...names)
  }
  const still = NEEDED.filter((need) => !need.there())
  if (still.length > 0) throw new Error(`apt-get could not provide ${still.map((need) => need.what).join(' and ')}; its messages are above`)
}

/** As root, or through sudo where it asks no password. */
function aptGet() {
  const works = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0
  if (!works('apt-get', '--version')) return null
  if (process.getuid() === 0) return ['apt-get']
  return works('sudo', '-n', 'true') ? ['sudo', '-n', 'apt-get'] : null
}

function hasChineseFont() {
  const list = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' })
  return list.status === 0 ? list.stdout.trim() !== '' : existsSync('/usr/share/fonts/opentype/noto')
}
