import { Readable } from 'node:stream'
import { addDays, dayAt, startOfDay, type CivilDay } from '../../base/civil-day.ts'
import type { Applicant, Officer } from '../../kernel/access/types.ts'
import { loadDemoCatalogue } from '../../domains/catalog/demo/load-catalogue.ts'
import type { Item } from '../../domains/catalog/contract.ts'
import type { ApplicationInput, PartyInput } from '../../domains/cases/contract.ts'
import { findNotice, saveNotice } from '../../domains/cases/day-store.ts'
import { neededMaterials } from '../../domains/cases/materials.ts'
import { sweepCases } from '../../domains/cases/sweep.ts'
import { holds } from '../../domains/catalog/forms.ts'
import type { OpenHouse } from '../open-house.ts'
import { fillForm } from './fill-form.ts'
import { playAppeals } from './play-appeals.ts'
import { officersOn } from './officers.ts'
import { fictionalCompany, fictionalPerson } from './people.ts'
import { isRefusal, playCase, type Scenario } from './play-case.ts'
import { randomOf, type Random } from './random.ts'
import { readOldMessages } from './read-messages.ts'
import { DEMO_PDF } from './sample-file.ts'
import { specialsOf } from './specials.ts'

/** Civil days the simulated past reaches back. */
const PAST_DAYS = 100
const CASES = 300
const AT_ONCE = 6

/**
 * The demo district into an empty database: offices, staff, items, then some 300 cases made through the acts on a simulated calendar
 * of the past months. Killed in the middle it is begun again where it was: cases have keys, organisations are there already.
 */
export async function loadDemo(open: OpenHouse, log: (line: string) => void, cases = CASES): Promise<void> {
  const { house, admin } = open
  const begun = performance.now()
  await admin.query(`insert into db.setting (name, value) values ('demo', 'loading') on conflict (name) do nothing`)
  log('Loading the demo district: offices, posts, people, items …')
  const loaded = await loadDemoCatalogue(admin, house.time.today())
  await open.reload()
  await open.indexItems()
  log(`  ${loaded.organisations} organisations, ${loaded.items} items, ${loaded.procedures} procedures`)
  const played = await playCases(open, cases, (done) => log(`  cases ${done}/${cases}`))
  await saveDrafts(open)
  if (cases >= CASES) await leaveUnsent(open)
  await sweepCases(house)
  const appeals = cases >= CASES ? await playAppeals(house) : 0
  await readOldMessages(house)
  await open.demo.remember()
  log(`Demo district loaded: ${played.cases} cases, ${played.acts + appeals} acts in ${((performance.now() - begun) / 1000).toFixed(1)} s.`)
}

async function playCases(open: OpenHouse, wanted: number, progress: (done: number) => void): Promise<{ cases: number; acts: number }> {
  const { house, items } = open
  const today = house.time.today()
  const officers = await officersOn(house.db, today)
  const applicants = await demoApplicants(open)
  const clerk = officers.find((officer) => officer.posts.some((post) => post.role === 'clerk'))!
  // Everybody names only what they uploaded themselves.
  const fileOf = new Map<string, string>()
  for (const { accountId } of [clerk, ...applicants.map((one) => one.caller)]) {
    fileOf.set(accountId, (await house.files.put(Readable.from(DEMO_PDF), { name: '演示材料.pdf', uploadedBy: accountId, at: house.time.now() })).id)
  }
  const applicable = items.list(today).filter((item) => item.applicable && item.batchWindows.length === 0)
  const until = house.time.now()
  let acts = 0, done = 0, next = 0
  const worker = async (): Promise<void> => {
    for (let n = next++; n < wanted; n = next++) {
      const random = randomOf(20_260_000 + n)
      const item = applicable[n % applicable.length]!
      const own = n % 10 === 0 ? random.pick(applicants) : null
      const from = filedAt(open, n, wanted, random)
      const drawn = applicationFor(open, item, own?.party ?? null, dayAt(from), random)
      if (drawn) {
        const filedBy = own !== null && drawn.applicant === own.party ? own.caller : clerk
        try {
          const played = await playCase({ house, item, application: withFile(drawn, fileOf.get(filedBy.accountId)!, filedBy), filedBy, officers, scenario: scenarioOf(random), random, from, until })
          acts += played
        } catch (error) {
          if (!isRefusal(error)) throw error
          // The law said no to what chance wanted: the case stays where it was, as it would.
          house.log(`  ${item.name.zh}: ${error.in('zh')}`)
        }
      }
      done += 1
      if (done % 50 === 0) progress(done)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  // A small demo is for tests that ask for so many cases.
  for (const [i, special] of (wanted < CASES ? [] : specialsOf(items.list(today), today, until, house.calendar())).entries()) {
    const random = randomOf(20_270_000 + i)
    const item = items.list(today).find((one) => one.procedureId === special.procedure)!
    const own = special.own ? applicants.find(({ party }) => (party.kind === 'person') === item.serviceTargets.includes('1')) ?? null : null
    const drawn = applicationFor(open, item, own?.party ?? null, dayAt(special.filedAt), random)
    if (!drawn) continue
    const filedBy = own !== null && drawn.applicant === own.party ? own.caller : clerk
    const application = withFile(drawn, fileOf.get(filedBy.accountId)!, filedBy)
    const later = special.deferred ? (item.deferredAcceptance?.materials ?? []) : []
    const promise = later.length === 0 ? {} : { deferred: { materials: [...later], promiseFileId: null, signed: true as const }, materials: application.materials.filter(({ materialId }) => !later.includes(materialId)) }
    acts += await playCase({ house, item, application: { ...application, ...promise, form: { ...application.form, ...special.form }, commitment: special.afterCheck !== undefined }, filedBy, officers, scenario: { ...PLAIN, deferred: special.deferred, afterCheck: special.afterCheck }, random, from: special.filedAt, until })
    done += 1
  }
  return { cases: done, acts }
}

/** Half-filled drafts of the demo's applicants; one of them has asked for a look beforehand. */
async function saveDrafts(open: OpenHouse): Promise<void> {
  const { house, items } = open
  const random = randomOf(20_261_122)
  const applicable = items.list(house.time.today()).filter((item) => item.applicable)
  for (const { caller, party } of await demoApplicants(open)) {
    for (let n = 0; n < 3; n += 1) {
      const item = random.pick(applicable)
      const draft = await house.flow.open('case', { caller, act: 'saveDraft', input: { itemCode: item.code, applicant: party }, channel: 'online' })
      if (n === 0) await house.flow.perform(draft.matter.no, draft.matter.revision, { caller, act: 'requestPreReview', input: {}, channel: 'online' })
    }
  }
}

/** Two notices ticked at the centre's counter and not sent yet: they stand against the day's sign-off. */
async function leaveUnsent({ house, items }: OpenHouse): Promise<void> {
  const waiting = await house.db.query<{ matterId: string; postId: string; personId: string; item: string; version: number }>(`
select m.id as "matterId", p.id as "postId", h.person_id as "personId", m.subject as item, (m.data -> 'item' ->> 'version')::int as version
  from flow.task t
  join flow.matter m on m.id = t.matter_id and m.kind = 'case' and m.stage = 'submitted'
  join org.organisation o on o.id = t.organisation_id and o.kind = 'centre'
  join org.post p on p.organisation_id = o.id and p.role = t.role
  join org.holding h on h.post_id = p.id and h.cover = 'A'
 where t.step = 'acceptance' and t.state = 'open'
 order by m.opened_at desc, m.no
 limit 2`)
  for (const { matterId, postId, personId, item, version } of waiting) {
    const material = items.version(item, version).materials.find((one) => one.demanded)
    if (!material || await findNotice(house.db, matterId, postId)) continue
    await saveNotice(house.db, { matterId, postId, personId, version: 0, defects: [{ materialId: material.id, field: null, what: '缺少签字或者盖章' }], remarks: '', at: house.time.now() })
  }
}

/** Spread over the past months, more of them recent, in office hours. */
function filedAt({ house }: OpenHouse, n: number, wanted: number, random: Random): Date {
  const back = Math.round(PAST_DAYS * (1 - n / wanted) ** 2.6)
  const day = house.calendar().nextWorkingDay(addDays(house.time.today(), -back - 1)).day
  const instant = new Date(startOfDay(day).getTime() + random.int(9 * 60, 17 * 60) * 60_000 + random.int(0, 59_999))
  return instant < house.time.now() ? instant : new Date(house.time.now().getTime() - random.int(30, 300) * 60_000)
}

const PLAIN: Scenario = { supplement: false, refuseAcceptance: false, deny: false, withdraw: false, terminate: false, clarify: false, pause: true, extend: false, stuckDays: 0, quick: true }
const scenarioOf = (random: Random): Scenario => ({
  supplement: random.chance(0.16), refuseAcceptance: random.chance(0.03), deny: random.chance(0.06), withdraw: random.chance(0.04), terminate: random.chance(0.03), clarify: random.chance(0.15),
  pause: random.chance(0.7), extend: random.chance(0.08), stuckDays: random.chance(0.2) ? random.int(4, 25) : 0, quick: random.chance(0.3),
})

function applicationFor({ house, items }: OpenHouse, item: Item, own: PartyInput | null, day: CivilDay, random: Random): ApplicationInput | null {
  const forPersons = item.serviceTargets.includes('1') && (!item.serviceTargets.some((target) => target === '2') || random.chance(0.4))
  const applicant = own && (own.kind === 'person') === forPersons ? own : forPersons ? fictionalPerson(random) : fictionalCompany(random)
  const form = item.formId === null ? {} : fillForm(items.form(item.formId), applicant, day, random, (values) => item.routing.some((route) => holds(route.when, values)))
  if (form === null) { house.log(`  no valid form for ${item.name.zh}`); return null }
  const commitment = item.commitment !== null && random.chance(0.5)
  return {
    itemCode: item.code, applicant, service: random.chance(0.6) ? { mode: 'electronic', consent: true } : { mode: 'counter', consent: false }, form, commitment,
    ...(applicant.kind === 'organisation' ? { representative: { relation: 'legalRepresentative' as const, ...pickIdentity(fictionalPerson(random)) } } : {}),
    materials: neededMaterials(item, form, commitment, { feel: holds }).map((material) => ({ materialId: material.id, fileId: null, form: 'electronic' as const, copies: 1 })), channel: 'online',
  }
}

/** Whoever files hands in files of her own; what is filed for somebody else is filed at the counter. */
const withFile = (application: ApplicationInput, fileId: string, filedBy: Applicant | Officer): ApplicationInput =>
  ({ ...application, materials: application.materials.map((material) => ({ ...material, fileId })), channel: filedBy.kind === 'applicant' ? 'online' : 'counter' })

const pickIdentity = ({ name, idType, idNumber, phone }: PartyInput) => ({ name, idType, idNumber, phone })

/** The demo's own applicants, one for herself and one for the company she acts for, so that whoever signs in as one finds cases in every stage. */
async function demoApplicants({ house }: OpenHouse): Promise<readonly { caller: Applicant; party: PartyInput }[]> {
  const rows = await house.db.query<{ account: string; party: string; name: string; kind: 'person' | 'organisation'; id_type: string; id_number: string; phone: string; address: string }>(`
select a.id as account, p.id as party, p.name, p.kind, p.id_type, p.id_number, self.phone, p.address
  from access.account a
  join access.party self on self.id = a.party_id
  join access.party p on p.id = coalesce(a.acting_party_id, a.party_id)
 where a.username in ('applicant', 'enterprise')
 order by a.username`)
  return rows.map((row) => ({
    caller: { kind: 'applicant', accountId: row.account, sessionId: 'simulation', name: row.name, partyId: row.party, permissions: [] },
    party: { kind: row.kind, name: row.name, idType: row.id_type, idNumber: row.id_number, phone: row.phone, address: row.address },
  }))
}
