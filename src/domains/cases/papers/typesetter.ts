import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { packageRoot } from '../../../kernel/db/root.ts'
import { refuse } from './errors.ts'

export interface TypesetJob {
  /** Typst file, from the repository's root. */
  readonly template: string
  /** JSON; read in the template as `sys.inputs.data`. */
  readonly data: string
  /** Seconds since 1970. */
  readonly createdAt: number
}
export interface Typesetter {
  /** The PDF. Refuses `papers/press-busy` where the queue is full, the job took too long or the press is closed. */
  typeset(job: TypesetJob): Promise<Buffer>
  /** Resident memory of the process beside ours as of the last job; 0 while it does not run. */
  rssBytes(): number
  /** Of the process beside ours; undefined while it does not run. */
  pid(): number | undefined
  close(): Promise<void>
}

export interface TypesetterLimits {
  /** Jobs that may wait. */
  readonly queue: number
  /** For one job, from when the process beside ours is ready for it: reading its fonts is no paper's time. */
  readonly timeoutMs: number
  readonly startMs: number
  readonly idleMs: number
}
/** A paper takes some 10 ms warm: a full queue is a second or two of work. */
export const TYPESETTER_LIMITS: TypesetterLimits = { queue: 100, timeoutMs: 10_000, startMs: 60_000, idleMs: 10 * 60_000 }

interface Waiting { readonly job: TypesetJob; readonly resolve: (pdf: Buffer) => void; readonly reject: (error: Error) => void; tried: number }
interface Answer { readonly id: number; readonly pdf?: Uint8Array; readonly error?: string; readonly rssBytes: number }

/**
 * Typst in a child process, started on first use and ended after ten idle minutes. One job at a time is with the child, the others wait
 * here, so a child that dies takes one job with it: that one is tried once more on a new child.
 */
export function startTypesetter(limits: TypesetterLimits = TYPESETTER_LIMITS): Typesetter {
  const queue: Waiting[] = []
  let child: ChildProcess | undefined
  let current: Waiting | undefined
  let isReady = false
  let timer: NodeJS.Timeout | undefined
  let rss = 0
  let jobs = 0
  let closed = false

  const leave = () => {
    clearTimeout(timer)
    const leaving = child
    child = undefined
    isReady = false
    rss = 0
    if (leaving?.connected) leaving.disconnect()
    return leaving
  }

  const start = (): ChildProcess => {
    const started = fork(join(packageRoot(), 'src/domains/cases/papers/press-child.mjs'), { cwd: packageRoot(), serialization: 'advanced', execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    const gone = (error: Error) => {
      if (child !== started) return
      leave()
      const lost = current
      current = undefined
      if (lost && lost.tried < 2 && !closed) queue.unshift(lost)
      else lost?.reject(error)
      next()
    }
    started.on('error', gone)
    started.on('exit', (code, signal) => gone(new Error(`the typesetter ended with ${signal ?? String(code)}`)))
    started.on('message', (message: 'ready' | Answer) => {
      if (child !== started || !current) return
      if (message === 'ready') {
        isReady = true
        return allow()
      }
      const { id, pdf, error, rssBytes } = message
      if (id !== jobs) return
      clearTimeout(timer)
      rss = rssBytes
      const done = current
      current = undefined
      if (pdf) done.resolve(Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength))
      else done.reject(new Error(`${done.job.template} cannot be set: ${error}`))
      next()
    })
    return started
  }

  const next = () => {
    if (current) return
    current = queue.shift()
    if (!current) {
      // Waiting for work must not keep the server from ending.
      child?.unref()
      child?.channel?.unref()
      clearTimeout(timer)
      if (child) timer = setTimeout(leave, limits.idleMs).unref()
      return
    }
    child ??= start()
    child.ref()
    child.channel?.ref()
    allow()
    current.tried += 1
    jobs += 1
    child.send({ id: jobs, ...current.job }, () => undefined)
  }

  const allow = () => {
    clearTimeout(timer)
    timer = setTimeout(giveUp, isReady ? limits.timeoutMs : limits.startMs)
  }

  const giveUp = () => {
    const late = current
    current = undefined
    leave()?.kill('SIGKILL')
    late?.reject(refuse('press-busy', {}, { retryAfter: 5 }))
    next()
  }

  return {
    typeset: (job) => {
      if (closed || queue.length >= limits.queue) return Promise.reject(refuse('press-busy', {}, { retryAfter: 2 }))
      return new Promise((resolve, reject) => {
        queue.push({ job, resolve, reject, tried: 0 })
        next()
      })
    },
    rssBytes: () => rss,
    pid: () => child?.pid,
    close: async () => {
      closed = true
      for (const one of queue.splice(0)) one.reject(refuse('press-busy', {}, { retryAfter: 5 }))
      const ending = child
      if (!ending) return
      const ended = new Promise((resolve) => ending.once('exit', resolve))
      const last = current
      current = undefined
      leave()
      last?.reject(refuse('press-busy', {}, { retryAfter: 5 }))
      await ended
    },
  }
}
