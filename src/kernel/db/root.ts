import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

let found: string | undefined

/**
 * The absolute path of the repository (or of the installed package): the nearest folder upwards that holds `package.json`.
 * The server runs from a bundle in `dist/`, so migrations, seeds and fonts are always found from here, never beside the code.
 */
export function packageRoot(): string {
  if (found !== undefined) return found
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error(`no package.json above ${fileURLToPath(import.meta.url)}`)
    folder = parent
  }
  found = folder
  return folder
}
