import { useEffect, useRef } from 'react'

/** Calls back when something changed that the topics name; the stream says that, never what. Asks again after the stream was away. */
export function useLive(topics: readonly string[], onChange: (topic: string) => void): void {
  const latest = useRef(onChange)
  latest.current = onChange
  const named = topics.join(',')
  useEffect(() => {
    if (named === '') return
    const source = new EventSource(`/api/v1/events?topics=${encodeURIComponent(named)}`)
    let wasAway = false
    let timer: ReturnType<typeof setTimeout> | undefined
    // An act is often several entries; the page is asked for once.
    const soon = (topic: string) => { clearTimeout(timer); timer = setTimeout(() => latest.current(topic), 150) }
    for (const topic of named.split(',')) source.addEventListener(topic, () => soon(topic))
    source.addEventListener('error', () => { wasAway = true })
    source.addEventListener('open', () => { if (wasAway) { wasAway = false; soon('again') } })
    return () => { clearTimeout(timer); source.close() }
  }, [named])
}
