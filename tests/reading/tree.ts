import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../src/kernel/db/root.ts'

/** Files of the repository by their path from its root, with `/`. Tests plant files of their own in a copy of such a map. */
export type Tree = ReadonlyMap<string, string>

const NEVER = new Set(['node_modules', 'dist', 'data', '.git', 'coverage'])

/** Every file under these folders whose path matches. */
export function readTree(folders: readonly string[], pattern: RegExp): Tree {
  const files = new Map<string, string>()
  for (const folder of folders) for (const path of pathsUnder(folder)) if (pattern.test(path)) files.set(path, readFileSync(join(packageRoot(), path), 'utf8'))
  return files
}

/** Paths of all files under a folder, sorted; '' is the repository without what is installed, built or written at run time. */
export function pathsUnder(folder: string): string[] {
  return readdirSync(join(packageRoot(), folder), { withFileTypes: true })
    .filter((entry) => !NEVER.has(entry.name) && !entry.name.startsWith('dist.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      return entry.isDirectory() ? pathsUnder(path) : entry.isFile() ? [path] : []
    })
}

export const isTest = (path: string): boolean => /\.(test|fixtures)\.tsx?$/.test(path)
