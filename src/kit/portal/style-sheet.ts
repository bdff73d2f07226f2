import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The portal's style sheet: the files of `css/` in the order of their names, comments and blank lines left out. */
export function portalStyleSheet(root: string): string {
  const folder = join(root, 'src/kit/portal/css')
  return readdirSync(folder).filter((name) => name.endsWith('.css')).sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\n/gm, '').trim())
    .join('\n')
}

/** The icon of the browser's tab: the cinnabar seal. */
export const SEAL_ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="2" fill="#a8242b"/><path d="M7 6h8v14H7zM7 13h8M19 6h6v20M19 6v14q0 5-3 6M19 13h6M19 19h6" fill="none" stroke="#fff" stroke-width="2.4"/></svg>'
