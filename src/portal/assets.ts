import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Prefixes under which the server serves what the build made. */
export const PORTAL_PREFIX = '/portal'
export const ISLANDS_PREFIX = '/islands'
/** The icon of the browser's tab: the cinnabar seal. */
export const SEAL_ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="2" fill="#a8242b"/><path d="M7 6h7v13H7zM7 12.5h7M18 6h7v20M18 6v14q0 4-3 6M18 12h7M18 18h7" fill="none" stroke="#fff" stroke-width="2.2"/></svg>'

/**
 * Addresses of style sheets (`portal.css`) and islands (`suggest.js`) as the build named them, read once at start. An asset that
 * was not built is a failure, so that a page never asks for what is not there.
 */
export function builtAssets(dist: string): (name: string) => string {
  const manifest = (folder: string): Record<string, string> => {
    const file = join(dist, folder, 'manifest.json')
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {}
  }
  const [sheets, islands] = [manifest('portal'), manifest('islands')]
  return (name) => {
    if (name === 'seal.svg') return '/seal.svg'
    const [prefix, file] = name.endsWith('.js') ? [ISLANDS_PREFIX, islands[name.slice(0, -3)]] : [PORTAL_PREFIX, sheets[name]]
    if (file === undefined) throw new Error(`${name} was not built`)
    return `${prefix}/${file}`
  }
}
