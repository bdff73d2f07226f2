import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from './packages.mjs'

/** The hash of everything the build reads. Tests, SQL and prose do not change what is built. */
export function inputsHash() {
  const hash = createHash('sha256').update(process.version.split('.')[0])
  const files = [...walk(join(root, 'src')), ...['build.mjs', 'inputs.mjs'].map((f) => join(root, 'scripts', f)), ...['package-lock.json', 'tsconfig.json', 'tsconfig.console.json'].map((f) => join(root, f))]
  for (const file of files) hash.update(`${relative(root, file)}\0`).update(createHash('sha256').update(readFileSync(file)).digest())
  return hash.digest('hex')
}

function* walk(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* walk(path)
    else if (!/(\.test\.tsx?|\.sql|\.md)$/.test(entry.name)) yield path
  }
}
