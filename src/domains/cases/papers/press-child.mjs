// The process beside the server that holds the typesetter and its two fonts (some 150 MB). Asked over IPC, one job at a time.
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = process.cwd()
const fonts = ['400Regular/NotoSerifSC_400Regular.ttf', '700Bold/NotoSerifSC_700Bold.ttf']
  .map((name) => readFileSync(join(root, 'node_modules/@expo-google-fonts/noto-serif-sc', name)))
const compiler = NodeCompiler.create({ workspace: root, fontArgs: [{ fontBlobs: fonts }] })

/** Results that no job has used for so many jobs are forgotten: fonts and templates stay, yesterday's names go. */
const REMEMBERED_JOBS = 10

process.on('message', ({ id, template, data, createdAt }) => {
  try {
    const compiled = compiler.compile({ mainFilePath: join(root, template), inputs: { data } })
    const failed = compiled.takeDiagnostics()
    if (compiled.result === null) throw new Error(JSON.stringify(failed?.shortDiagnostics ?? 'no document'))
    const pdf = compiler.pdf(compiled.result, { creationTimestamp: createdAt })
    process.send({ id, pdf, rssBytes: process.memoryUsage.rss() })
  } catch (error) {
    process.send({ id, error: error instanceof Error ? error.message : String(error), rssBytes: process.memoryUsage.rss() })
  }
  compiler.evictCache(REMEMBERED_JOBS)
})
process.on('disconnect', () => process.exit(0))
process.send('ready')
