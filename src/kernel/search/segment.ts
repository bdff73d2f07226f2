import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { packageRoot } from '../db/root.ts'

/** Cuts Chinese text into words. */
export interface Segmenter {
  /** The words of each text, longer ones also in their parts. Rejects where segmentation cannot be had; may be called at any time. */
  words(texts: readonly string[]): Promise<readonly (readonly string[])[]>
  /** Resident memory of the process beside ours; 0 while it does not run. */
  rssBytes(): number
  close(): Promise<void>
}

interface Waiting { readonly child: ChildProcess; readonly resolve: (words: string[][]) => void; readonly reject: (error: Error) => void }
interface Answer { readonly id: number; readonly words: string[][]; readonly rssBytes: number }

/** An unused child goes after this and comes back when it is needed (some 0.4 s). */
const IDLE_MS = 10 * 60_000

/**
 * jieba in a child process, started on first use: its dictionary is 130 MB that would never leave the server again. If the child
 * dies, what waited for it is rejected and the next call starts another.
 */
export function jiebaSegmenter(idleMs = IDLE_MS): Segmenter {
  let child: ChildProcess | undefined
  let idle: NodeJS.Timeout | undefined
  let rss = 0
  let next = 0
  const waiting = new Map<number, Waiting>()

  const stop = () => {
    clearTimeout(idle)
    const leaving = child
    child = undefined
    rss = 0
    if (leaving?.connected === true) leaving.disconnect()
  }
  const start = (): ChildProcess => {
    const started = fork(join(packageRoot(), 'src/kernel/search/segment-child.mjs'), { cwd: packageRoot(), serialization: 'advanced', execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    started.on('message', ({ id, words, rssBytes }: Answer) => {
      rss = rssBytes
      waiting.get(id)?.resolve(words)
      waiting.delete(id)
      if (waiting.size === 0) rest(started)
    })
    const gone = (error: Error) => {
      if (child === started) stop()
      for (const [id, asked] of waiting) {
        if (asked.child !== started) continue
        waiting.delete(id)
        asked.reject(error)
      }
    }
    started.on('error', gone)
    started.on('exit', (code, signal) => gone(new Error(`segmentation ended with ${signal ?? String(code)}`)))
    return started
  }
  // A process that only waits for words that nobody asked for may end.
  const rest = (resting: ChildProcess) => {
    resting.unref()
    resting.channel?.unref()
    clearTimeout(idle)
    idle = setTimeout(stop, idleMs).unref()
  }

  return {
    words: (texts) => {
      if (texts.length === 0) return Promise.resolve([])
      child ??= start()
      const asked = child
      asked.ref()
      asked.channel?.ref()
      clearTimeout(idle)
      next += 1
      const id = next
      return new Promise((resolve, reject) => {
        waiting.set(id, { child: asked, resolve, reject })
        asked.send({ id, texts })
      })
    },
    rssBytes: () => rss,
    close: async () => {
      const leaving = child
      if (leaving === undefined || leaving.exitCode !== null) return stop()
      const exit = new Promise((resolve) => leaving.once('exit', resolve))
      leaving.ref()
      stop()
      await exit
    },
  }
}
