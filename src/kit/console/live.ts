import { useEffect, useRef, useSyncExternalStore } from 'react'

/** Streams that are away now; the masthead says so. */
const away = new Set<object>()
const listeners = new Set<() => void>()
function mark(stream: object, isAway: boolean): void {
  if (isAway === away.has(stream)) return
  if (isAway) away.add(stream)
  else away.delete(stream)
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
/** Whether what is on the screen is no longer kept up to date. */
export const useAway = (): boolean => useSyncExternalStore(subscribe, () => away.size > 0)

/** An act is often several entries; the page is asked for once. */
const GATHER_MS = 150
/** The browser itself tries again after a lost connection, but not after an answer that refuses the stream. */
const AGAIN_MS = 5000

/** Calls back when something changed that the topics name; the stream says that, never what. Asks again after the stream was away. */
export function useLive(topics: readonly string[], onChange: (topic: string) => void): void {
  const latest = useRef(onChange)
  latest.current = onChange
  const named = topics.join(',')
  useEffect(() => {
    if (named === '') return
    const self = {}
    let source: EventSource
    let gathering: ReturnType<typeof setTimeout> | undefined
    let retrying: ReturnType<typeof setTimeout> | undefined
    const soon = (topic: string) => { clearTimeout(gathering); gathering = setTimeout(() => latest.current(topic), GATHER_MS) }
    const connect = (): void => {
      source = new EventSource(`/api/v1/events?topics=${encodeURIComponent(named)}`)
      for (const topic of named.split(',')) source.addEventListener(topic, () => soon(topic))
      source.addEventListener('error', () => {
        mark(self, true)
        if (source.readyState === EventSource.CLOSED) retrying = setTimeout(connect, AGAIN_MS)
      })
      source.addEventListener('open', () => {
        if (away.has(self)) soon('again')
        mark(self, false)
      })
    }
    connect()
    return () => {
      clearTimeout(gathering)
      clearTimeout(retrying)
      source.close()
      mark(self, false)
    }
  }, [named])
}
