import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, say } from './packages.mjs'

/** node scripts/bench.mjs [NAME …]: runs benches of bench/, each against its yardstick in the same run, and prints figures and goals. */
const { build } = await import('esbuild')
const all = readdirSync(join(root, 'bench')).filter((file) => file.endsWith('.ts')).map((file) => file.slice(0, -3))
const wanted = process.argv.slice(2).length ? process.argv.slice(2) : all
const out = join(root, `dist.bench.${process.pid}`)
mkdirSync(out, { recursive: true })
process.on('exit', () => rmSync(out, { recursive: true, force: true }))
let failed = 0
for (const name of wanted) {
  if (!existsSync(join(root, 'bench', `${name}.ts`))) { say(`no bench ${name}; there are: ${all.join(', ')}`); process.exit(2) }
  const outfile = join(out, `${name}.mjs`)
  await build({ entryPoints: [join(root, 'bench', `${name}.ts`)], outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20', packages: 'external', jsx: 'automatic', jsxImportSource: '@kitajs/html', logLevel: 'warning' })
  const module = await import(pathToFileURL(outfile).href)
  if (typeof module.run !== 'function') continue
  const result = await module.run()
  console.log(`\n${result.name}`)
  for (const [figure, value] of Object.entries(result.figures)) console.log(`  ${figure}: ${value}`)
  for (const { goal, ok, detail } of result.goals) {
    console.log(`  ${ok ? '✓' : '✗'} ${goal} — ${detail}`)
    if (!ok) failed += 1
  }
}
process.exit(failed ? 1 : 0)
