import { useEffect, useRef, useSyncExternalStore } from 'react'
import { followStream } from './follow-stream.ts'

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
/** A connection that comes back at once is not worth a word. */
const TELL_MS = 2000

/** Calls back when something changed that the topics name; the stream says that, never what. Asks again after the stream was away. */
export function useLive(topics: readonly string[], onChange: (topic: string) => void): void {
  const latest = useRef(onChange)
  latest.current = onChange
  const named = topics.join(',')
  useEffect(() => {
    if (named === '') return
    const self = {}
    let gathering: ReturnType<typeof setTimeout> | undefined
    let telling: ReturnType<typeof setTimeout> | undefined
    const soon = (topic: string): void => {
      clearTimeout(gathering)
      gathering = setTimeout(() => latest.current(topic), GATHER_MS)
    }
    const stop = followStream(named.split(','), soon, (isAway) => {
      if (isAway) telling ??= setTimeout(() => mark(self, true), TELL_MS)
      else {
        clearTimeout(telling)
        telling = undefined
        mark(self, false)
      }
    })
    return () => {
      stop()
      clearTimeout(gathering)
      clearTimeout(telling)
      mark(self, false)
    }
  }, [named])
}
