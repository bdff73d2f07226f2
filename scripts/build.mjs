import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inputsHash } from './inputs.mjs'
import { root, say } from './packages.mjs'

/*
 * dist/
 *   server/main.js          the server and every command; packages stay in node_modules
 *   server/workers/NAME.js  one per `src/…/NAME.worker.ts`: child processes
 *   console/                index.html, hashed scripts and styles, manifest.json {script, styles}
 *   islands/                hashed scripts, manifest.json {name: file}
 *   portal/                 hashed style sheets, manifest.json {name: file}
 *   inputs.json             the hash of what it was built from
 * A part whose source does not exist is left out.
 */

const dist = join(root, 'dist')
/** True when dist/ was built from exactly these sources. */
export const isBuilt = () => existsSync(join(dist, 'inputs.json')) && JSON.parse(readFileSync(join(dist, 'inputs.json'), 'utf8')).hash === inputsHash()

/** Builds into a folder of its own and puts it in place by renaming, so that a running server never sees half a build. */
export async function build() {
  const { build: esbuild } = await import('esbuild')
  const hash = inputsHash()
  const begun = Date.now()
  say('Building …')
  sweep()
  const out = join(root, `dist.${process.pid}`)
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  try {
    const parts = await Promise.all([server(esbuild, out), consoleApp(esbuild, out), islands(esbuild, out), portal(esbuild, out)])
    writeFileSync(join(out, 'inputs.json'), JSON.stringify({ hash }))
    const old = join(root, `dist.old.${process.pid}`)
    if (existsSync(dist)) renameSync(dist, old)
    renameSync(out, dist)
    rmSync(old, { recursive: true, force: true })
    say(`Built ${parts.filter(Boolean).join(', ')} (${((Date.now() - begun) / 1000).toFixed(1)} s).`)
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

/** Folders that a killed build left. */
function sweep() {
  for (const name of readdirSync(root)) {
    const pid = /^dist\.(?:old\.)?(\d+)$/.exec(name)?.[1]
    if (pid && !existsSync(`/proc/${pid}`)) rmSync(join(root, name), { recursive: true, force: true })
  }
}

const common = { bundle: true, logLevel: 'warning', absWorkingDir: root, charset: 'utf8', legalComments: 'none' }

async function server(esbuild, out) {
  if (!existsSync(join(root, 'src/main.ts'))) return null
  const workers = filesUnder('src', /\.worker\.ts$/)
  await esbuild({
    ...common,
    entryPoints: [{ in: 'src/main.ts', out: 'main' }, ...workers.map((file) => ({ in: file, out: `workers/${basename(file, '.worker.ts')}` }))],
    outdir: join(out, 'server'),
    platform: 'node', format: 'esm', target: 'node20', packages: 'external', splitting: true, sourcemap: true,
    chunkNames: 'chunks/[name]-[hash]',
    jsx: 'automatic', jsxImportSource: '@kitajs/html', tsconfig: join(root, 'tsconfig.json'),
  })
  return 'server'
}

const browser = {
  platform: 'browser', format: 'esm', target: ['es2022', 'chrome109', 'firefox115', 'safari16'], minify: true, splitting: true,
  metafile: true, entryNames: '[name]-[hash]', chunkNames: 'chunk-[hash]', assetNames: '[name]-[hash]',
  define: { 'process.env.NODE_ENV': '"production"' },
  loader: { '.svg': 'file', '.png': 'file', '.woff2': 'file', '.bpmn': 'text' },
}

async function consoleApp(esbuild, out) {
  const entry = 'src/console/main.tsx'
  if (!existsSync(join(root, entry))) return null
  const { metafile } = await esbuild({
    ...common, ...browser, entryPoints: [entry], outdir: join(out, 'console'), publicPath: '/console/',
    jsx: 'automatic', jsxImportSource: 'react', tsconfig: join(root, 'tsconfig.console.json'),
  })
  const [script, made] = Object.entries(metafile.outputs).find(([, o]) => o.entryPoint === entry)
  const manifest = { script: basename(script), styles: made.cssBundle ? [basename(made.cssBundle)] : [] }
  writeFileSync(join(out, 'console/manifest.json'), JSON.stringify(manifest))
  writeFileSync(join(out, 'console/index.html'), `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>明堂 · 工作台</title>
${manifest.styles.map((file) => `<link rel="stylesheet" href="/console/${file}">`).join('\n')}
<script type="module" src="/console/${manifest.script}"></script>
</head>
<body><div id="root"></div><noscript>工作台需要浏览器脚本；公众页面不需要。 The staff console needs scripts; the public pages do not.</noscript></body>
</html>
`)
  return 'console'
}

async function islands(esbuild, out) {
  const entries = ['src/portal/islands', ...foldersOf('src/domains').map((domain) => `${domain}/portal/islands`)]
    .flatMap((folder) => filesIn(folder, /\.tsx?$/)).filter((file) => !/\.test\.tsx?$|\.d\.ts$/.test(file))
  if (entries.length === 0) return null
  const { metafile } = await esbuild({ ...common, ...browser, entryPoints: entries, outdir: join(out, 'islands'), publicPath: '/islands/', tsconfig: join(root, 'tsconfig.json') })
  const manifest = {}
  for (const [path, { entryPoint }] of Object.entries(metafile.outputs)) {
    if (!entryPoint) continue
    const name = basename(entryPoint).replace(/\.tsx?$/, '')
    if (manifest[name]) throw new Error(`two islands are called ${name}`)
    // Entries keep their own folders when they come from more than one.
    manifest[name] = path.slice(path.indexOf('/islands/') + '/islands/'.length)
  }
  writeFileSync(join(out, 'islands/manifest.json'), JSON.stringify(manifest))
  return 'islands'
}

async function portal(esbuild, out) {
  const sheets = filesIn('src/kit/portal', /\.css$/)
  if (sheets.length === 0) return null
  mkdirSync(join(out, 'portal'), { recursive: true })
  const manifest = {}
  for (const sheet of sheets) {
    const { outputFiles } = await esbuild({ ...common, entryPoints: [sheet], minify: true, write: false, outdir: join(out, 'portal'), loader: { '.svg': 'dataurl', '.woff2': 'file' }, target: browser.target.slice(1) })
    const css = outputFiles.find((file) => file.path.endsWith('.css')).contents
    const file = `${basename(sheet, '.css')}-${createHash('sha256').update(css).digest('hex').slice(0, 10)}.css`
    for (const made of outputFiles) if (!made.path.endsWith('.css')) writeFileSync(made.path, made.contents)
    writeFileSync(join(out, 'portal', file), css)
    manifest[basename(sheet)] = file
  }
  writeFileSync(join(out, 'portal/manifest.json'), JSON.stringify(manifest))
  return 'portal'
}

const filesIn = (folder, pattern) => (existsSync(join(root, folder)) ? readdirSync(join(root, folder)).filter((name) => pattern.test(name)).sort().map((name) => `${folder}/${name}`) : [])
const foldersOf = (folder) => (existsSync(join(root, folder)) ? readdirSync(join(root, folder), { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => `${folder}/${e.name}`) : [])
const filesUnder = (folder, pattern) => [...filesIn(folder, pattern), ...foldersOf(folder).flatMap((inner) => filesUnder(inner, pattern))]

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await build()
}
