import type { Calendar } from './calendar/types.ts'
import type { ClockRule } from './clock/types.ts'
import type { Database } from './db/database.ts'
import type { OrganisationDirectory } from './org/directory.ts'
import type { ReadRecords } from './access/read-records.ts'
import type { FileStore } from './files/store.ts'
import type { Flow } from './flow/flow.ts'
import type { ProcedureRegistry } from './procedure/registry.ts'
import type { TimeSource } from './time/time.ts'
import type { Segmenter } from './search/segment.ts'

/** The running house, made once in `main.ts` and handed to every module. */
export interface House {
  /** Public base address, without a slash at the end. */
  readonly url: string
  readonly dataDir: string
  readonly demo: boolean
  readonly db: Database
  readonly time: TimeSource
  /** The calendar as announced now; another object after a notice was imported. */
  readonly calendar: () => Calendar
  readonly clockRule: (code: string, version?: number) => ClockRule
  readonly procedures: ProcedureRegistry
  readonly organisations: OrganisationDirectory
  readonly flow: Flow
  /** Reads of personal data, shown to whom they concern. */
  readonly reads: ReadRecords
  readonly files: FileStore
  readonly segment: Segmenter
  readonly log: (line: string) => void
  /** Reads calendar, rules, procedures, organisations and items anew after something of them changed. */
  readonly reload: () => Promise<void>
}
