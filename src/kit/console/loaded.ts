import { useCallback, useEffect, useRef, useState } from 'react'
import { asProblem, call, get, type Problem } from './api.ts'

export interface Loaded<T> {
  /** What was read last; stays while it is read again. */
  readonly data: T | undefined
  readonly problem: Problem | undefined
  readonly loading: boolean
  readonly reload: () => void
  readonly replace: (data: T) => void
}

/**
 * Reads a path, again when it changes or `reload` is called; an answer that was overtaken is dropped. null: nothing to read. What is asked
 * with a `body` is posted: it holds what must not stand in an address.
 */
export function useLoaded<T>(address: string | null, body?: object): Loaded<T> {
  const path = address === null || body === undefined ? address : `${address} ${JSON.stringify(body)}`
  const [state, setState] = useState<{ readonly path: string | null; readonly data?: T; readonly problem?: Problem; readonly loading: boolean }>({ path, loading: path !== null })
  const [turn, setTurn] = useState(0)
  const latest = useRef(path)
  latest.current = path
  useEffect(() => {
    if (path === null || address === null) { setState({ path, loading: false }); return }
    const abort = new AbortController()
    setState((before) => ({ path, loading: true, ...(before.path === path && before.data !== undefined ? { data: before.data } : {}) }))
    const answer = body === undefined ? get<T>(address, abort.signal) : call<T>('POST', address, { body, signal: abort.signal })
    answer.then(
      (data) => { if (!abort.signal.aborted) setState({ path, data, loading: false }) },
      (error: unknown) => { if (!abort.signal.aborted) setState((before) => ({ path, problem: asProblem(error), loading: false, ...(before.data === undefined ? {} : { data: before.data }) })) },
    )
    return () => abort.abort()
    // `path` says address and body.
  }, [path, turn])
  const reload = useCallback(() => setTurn((n) => n + 1), [])
  const replace = useCallback((data: T) => setState({ path: latest.current, data, loading: false }), [])
  const current = state.path === path
  return { data: current ? state.data : undefined, problem: current ? state.problem : undefined, loading: state.loading || !current, reload, replace }
}

/** The value after it has stood still for `ms`. */
export function useSettled<T>(value: T, ms = 250): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return settled
}
