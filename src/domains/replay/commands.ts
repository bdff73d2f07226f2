import { metrics, type LogMetrics } from './metrics.ts'
import { readLog } from './read-log.ts'

/** `replay FILE`: the figures of a log, by its own events alone. Refuses what is not a log, with code and line. */
export const replayFile = async (path: string): Promise<LogMetrics> => metrics(await readLog(path))
