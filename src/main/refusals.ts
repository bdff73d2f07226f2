import { refuse as accessRefusals } from '../kernel/access/errors.ts'
import { refuse as calendarRefusals } from '../kernel/calendar/errors.ts'
import { refuse as clockRefusals } from '../kernel/clock/errors.ts'
import { refuse as dbRefusals } from '../kernel/db/errors.ts'
import { refuse as filesRefusals } from '../kernel/files/errors.ts'
import { refuse as flowRefusals } from '../kernel/flow/errors.ts'
import { refuse as httpRefusals, refuseInput } from '../kernel/http/errors.ts'
import { refuse as ledgerRefusals } from '../kernel/ledger/errors.ts'
import { refuse as orgRefusals } from '../kernel/org/errors.ts'
import { refuse as procedureRefusals } from '../kernel/procedure/errors.ts'
import { refuse as counterRefusals } from '../domains/cases/counter-errors.ts'
import { refuse as lightsRefusals } from '../domains/cases/lights/errors.ts'
import { refuse as verticalRefusals } from '../domains/cases/vertical/errors.ts'
import { refuse as casesRefusals } from '../domains/cases/errors.ts'
import { refuse as papersRefusals } from '../domains/cases/papers/errors.ts'
import { refuse as catalogRefusals } from '../domains/catalog/errors.ts'
import { refuse as catalogPapersRefusals } from '../domains/catalog/papers/errors.ts'
import { guideRefusals } from '../domains/catalog/portal/index.ts'
import { portalRefusals } from '../portal/index.ts'
import { refuse as configRefusals } from '../config.ts'
import { refuse as demoRefusals } from './demo-mode.ts'
import { administrationRefusals } from '../domains/administration/index.ts'
import { replayRefusals } from '../domains/replay/index.ts'

/** Every "no" the house can say; the API description lists them. */
export const REFUSALS = [
  accessRefusals, administrationRefusals, calendarRefusals, casesRefusals, catalogPapersRefusals, catalogRefusals, clockRefusals, configRefusals, counterRefusals, dbRefusals, demoRefusals, filesRefusals, flowRefusals, guideRefusals,
  httpRefusals, refuseInput, ledgerRefusals, lightsRefusals, orgRefusals, papersRefusals, portalRefusals, procedureRefusals, replayRefusals, verticalRefusals,
]
