const RETRY_MS = 3000
const RETRY_MS_MAX = 60_000

/**
 * Calls back with the topic when something changed, and with `again` when the stream is back after it was away, for what happened
 * meanwhile is not told. A browser asks again by itself where a connection broke, but takes any refusal, such as the 503 of a server that
 * is starting, as the end: then it is asked again from here. `onAway` is told when the stream goes and when it is back. Answers how to stop.
 */
export function followStream(topics: readonly string[], heard: (topic: string) => void, onAway: (isAway: boolean) => void = () => undefined): () => void {
  let source: EventSource
  let timer: ReturnType<typeof setTimeout> | undefined
  let waitMs = RETRY_MS
  let wasAway = false
  const open = (): void => {
    source = new EventSource(`/api/v1/events?topics=${encodeURIComponent(topics.join(','))}`)
    for (const topic of topics) source.addEventListener(topic, () => heard(topic))
    source.addEventListener('open', () => {
      waitMs = RETRY_MS
      if (wasAway) heard('again')
      wasAway = false
      onAway(false)
    })
    source.addEventListener('error', () => {
      wasAway = true
      onAway(true)
      if (source.readyState !== EventSource.CLOSED) return
      timer = setTimeout(open, waitMs)
      waitMs = Math.min(RETRY_MS_MAX, waitMs * 2)
    })
  }
  open()
  return () => {
    clearTimeout(timer)
    source.close()
  }
}
