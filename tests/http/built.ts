import { mkdtempSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { packageRoot } from '../../src/kernel/db/root.ts'

/** The program of the present sources, to be run as a process of its own; below the root, so that packages are found. The caller removes the folder. */
export async function buildProgram(): Promise<{ readonly folder: string; readonly main: string }> {
  const { build } = await import('esbuild')
  const root = packageRoot()
  const parent = join(root, 'node_modules', '.cache')
  await mkdir(parent, { recursive: true })
  const folder = mkdtempSync(join(parent, 'mingtang-test-'))
  await build({
    absWorkingDir: root, entryPoints: [{ in: 'src/main.ts', out: 'main' }], outdir: folder, bundle: true, platform: 'node', format: 'esm', target: 'node20', packages: 'external',
    jsx: 'automatic', jsxImportSource: '@kitajs/html', logLevel: 'warning',
  })
  return { folder, main: join(folder, 'main.js') }
}
