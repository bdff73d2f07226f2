import { rfc3339 } from '../../base/civil-day.ts'
import { databaseFindings } from '../../kernel/db/doctor.ts'
import type { House } from '../../kernel/house.ts'
import { route, type Route } from '../../kernel/http/types.ts'
import { jobHealth } from '../../kernel/jobs/health.ts'
import type { HealthView } from './contract.ts'
import { ledgerState } from './queries.ts'

/** The newest checkpoint is signed about once a second; later than this the log has stopped. */
const CHECKPOINT_LATE_MS = 60_000

/** Background work, the public log and what must be true of the database. */
export function healthRoutes(house: House): readonly Route[] {
  return [route({
    method: 'GET', path: '/api/v1/administration/health', guard: { permission: 'jobs.read' }, kind: 'api', rate: 'read', summary: { zh: '运行状况', en: 'How the house fares' },
    handle: async (): Promise<HealthView> => {
      const [jobs, ledger, checks] = await Promise.all([jobHealth(house.db), ledgerState(house.db), databaseFindings(house.db)])
      const behind = ledger.size - ledger.published
      const late = behind > 0 && (ledger.checkpointAt === null || house.time.now().getTime() - ledger.checkpointAt.getTime() > CHECKPOINT_LATE_MS)
      return {
        ledger: { ...ledger, checkpointAt: ledger.checkpointAt ? rfc3339(ledger.checkpointAt) : null },
        readiness: [
          { name: 'database', ok: true, detail: '' },
          { name: 'log', ok: !late, detail: String(behind) },
          { name: 'jobs', ok: jobs.failed === 0 && (jobs.oldestSeconds ?? 0) < 600, detail: String(jobs.failed) },
          { name: 'subscribers', ok: jobs.subscribers.every((one) => one.behind < 1000), detail: String(Math.max(0, ...jobs.subscribers.map((one) => one.behind))) },
        ],
        checks: checks.map(({ name, ok, said }) => ({ name, ok, detail: said.en, text: said })),
        jobs: {
          queued: Number(jobs.queued), retrying: Number(jobs.retrying), failed: Number(jobs.failed), oldestSeconds: jobs.oldestSeconds,
          tasks: jobs.tasks.map(({ task, runs, failures, startedAt, tookMs, succeededAt, lastError }) => ({ task, runs, failures, startedAt: rfc3339(startedAt), tookMs, succeededAt: succeededAt ? rfc3339(succeededAt) : null, lastError })),
          failures: jobs.failures.map(({ task, attempts, error, at }) => ({ task, attempts, error, at: rfc3339(at) })),
          subscribers: jobs.subscribers.map(({ name, behind: waiting, handledAt, failures, lastError }) => ({ name, behind: Number(waiting), handledAt: handledAt ? rfc3339(handledAt) : null, failures, lastError })),
        },
      }
    },
  })]
}
