import { addDays, type CivilDay } from '../../../base/civil-day.ts'
import { Item, type DeferredOutcome, type Limit, type Material } from '../contract.ts'
import type { SeedOrganisation, SeedSite, SeedTown } from './organisations.ts'
import { bilingual, maybe, readFolder, readYaml, type Pair } from './yaml.ts'

type LimitLine = readonly [number, Limit['unit'], string, Pair?]
type MaterialMore = { name?: Pair; type?: string; form?: string; source?: string; issuer?: Pair; sharedFrom?: Pair; requirements?: Pair; originals?: number; copies?: number; blankForm?: boolean; sample?: boolean; neededWhen?: string; neededWhenText?: Pair; basis?: string }
type MaterialLine = string | ({ use: string; id?: string } & MaterialMore) | readonly [string, Pair, Pair, MaterialMore?]

interface FeeLine { code: string; name: Pair; amountFen: number | null; standard: Pair; basis: string; computedBy?: string; dueWhen?: string; reductions?: readonly (readonly [string, number, Pair, string])[] }
interface ItemLine {
  no: number; name: Pair; everyday: readonly Pair[]; topics: readonly Pair[]; department: string; catalogue: string; handling?: string; targets: string[]
  basis: readonly (readonly [string, string | null])[]; caseType: 'instant' | 'promised'; statutory: LimitLine | null; promised: LimitLine; delivery?: LimitLine
  trigger?: string; deeming?: string; special?: string[]; co?: string[]; bodyNature?: string; conditions: readonly Pair[]; materials: readonly MaterialLine[]
  form: string; visits: number; visitsReason?: Pair; inPerson?: { article: string; reason: Pair }; modes: string[]; depth: string; cross?: string; procedure: string
  result: readonly [Pair, string, Pair?, number?]; deferred?: readonly [string[], number, DeferredOutcome, Pair]; deferredNone?: Pair; accepting?: readonly [string, 'ownDuty' | 'entrustment', string]; counter: string; mail?: boolean; substance?: boolean; safety?: boolean; affects?: boolean
  commitment?: { letter: Pair; consequences: Pair; article: string; limit: LimitLine; afterCheck: number; rectify: number; replaces: string[] }
  proactive?: readonly [string, Pair]; batch?: readonly (readonly [Pair, string, string])[]; routing?: readonly (readonly [string, Pair, string])[]; quota?: readonly [Pair, string]
  vertical?: readonly [name: Pair, authority: Pair, leadership: 'vertical' | 'dual', referenceLabel: Pair]
  quantityLimit?: Pair; precededBy?: readonly [string, Pair]; onlinePayment?: boolean; fees?: readonly FeeLine[]; faqs: readonly (readonly [Pair, Pair])[]
}
interface Common {
  extension: Record<string, Special>; special: Record<string, Special>; remedy: Record<string, readonly [Pair, Pair]>; materials: Record<string, MaterialMore>; hours: Pair
}
interface Special { kind: string; name: Pair; ground: string | null; article: string; notice: Pair; extension?: { amount: number; unit: string; approver: Pair } }

/** An item and the name of its file, which the procedures refer to. */
export interface SeedItem { readonly file: string; readonly item: Item }

/**
 * The demo's items, complete and checked by shape. They are in force since two years before `today`, the first start.
 * @throws ZodError where a file lacks an element
 */
export function readItems(town: SeedTown, today: CivilDay): SeedItem[] {
  const common = readYaml<Common>('items', 'common.yaml')
  return [...readFolder<ItemLine>('items')].map(([file, line]) => ({ file, item: itemOf(line, common, town, today) }))
}

function itemOf(line: ItemLine, common: Common, town: SeedTown, today: CivilDay): Item {
  const body = town.get(line.department)
  const implementationCode = `${body.code}${body.level}${line.catalogue}`
  const code = line.handling ? implementationCode + line.handling : implementationCode
  const organ = body.remedy ?? 'districtDepartment'
  return Item.parse({
    code, catalogueCode: line.catalogue, implementationCode, handlingItemCode: line.handling ? code : null,
    name: bilingual(line.name), everydayNames: line.everyday.map(bilingual), topics: line.topics.map(bilingual), itemType: line.catalogue.slice(2, 4),
    version: 1, state: 'published', effectiveFrom: addDays(today, -730), source: 'edited', applicable: true,
    legalBasis: line.basis.map(([law, article]) => ({ law, article })), powerSource: '1', exerciseLevel: String(body.level),
    implementingBody: { code: body.code, name: body.name, nature: line.bodyNature ?? '1' },
    acceptingBody: line.accepting ? { level: 'subdistrict', field: line.accepting[0], by: line.accepting[1], article: line.accepting[2] } : null,
    coDepartments: (line.co ?? []).flatMap((key) => (key === 'subdistricts' ? town.organisations.filter((one) => one.kind === 'subdistrict') : [town.get(key)])).map(nameOf),
    verticalSystem: line.vertical ? { name: bilingual(line.vertical[0]), authority: bilingual(line.vertical[1]), leadership: line.vertical[2], referenceLabel: bilingual(line.vertical[3]) } : null,
    serviceTargets: line.targets, caseType: line.caseType, statutoryLimit: limitOf(line.statutory), promisedLimit: limitOf(line.promised),
    trigger: line.trigger ?? 'accepted', preReviewLimit: line.caseType === 'instant' ? null : { amount: 1, unit: 'workingDay', article: '西城区政务服务承诺' },
    deliveryLimit: limitOf(line.delivery ?? null),
    deeming: line.deeming ?? (line.catalogue.slice(2, 4) === '01' ? 'DEEM.ACCEPTED' : null),
    specialProcedures: (line.special ?? []).map((key) => specialOf(common, key)),
    acceptanceConditions: line.conditions.map(bilingual), materials: line.materials.map((one) => materialOf(one, common, code, line.deferred?.[0] ?? [])),
    formId: line.form, procedureId: line.procedure, fees: (line.fees ?? []).map(feeOf), onlinePayment: line.onlinePayment ?? false,
    quantityLimit: maybe(line.quantityLimit), precededBy: line.precededBy ? { code: implementationCode + line.precededBy[0], name: bilingual(line.precededBy[1]) } : null,
    handlingModes: line.modes, onlineDepth: line.depth, crossRegion: line.cross ?? 'county', requiredVisits: line.visits, requiredVisitsReason: maybe(line.visitsReason),
    places: placesOf(line.counter, town), deliveryByMail: line.mail ?? false,
    consultation: { phone: body.consult, counter: { zh: '区政务服务大厅咨询台', en: 'Help desk of the service hall' }, url: '/' },
    complaint: { phone: body.complain, counter: { zh: '办不成事反映窗口', en: 'Counter for what could not be done' }, url: null },
    inPersonOnly: line.inPerson ? { article: line.inPerson.article, reason: bilingual(line.inPerson.reason) } : null,
    substanceVerified: line.substance ?? false, publicSafety: line.safety ?? false, affectsThirdParties: line.affects ?? false,
    deferredAcceptance: line.deferred ? { materials: line.deferred[0], workingDays: line.deferred[1], onMissed: line.deferred[2], outcome: bilingual(line.deferred[3]) } : null, deferredAcceptanceNone: maybe(line.deferredNone),
    commitment: line.commitment ? {
      letter: bilingual(line.commitment.letter), consequences: bilingual(line.commitment.consequences), article: line.commitment.article,
      promisedLimit: limitOf(line.commitment.limit), afterCheckWorkingDays: line.commitment.afterCheck, rectificationWorkingDays: line.commitment.rectify, replaces: line.commitment.replaces,
    } : null,
    proactive: line.proactive ? { when: line.proactive[0], text: bilingual(line.proactive[1]) } : null,
    batchWindows: (line.batch ?? []).map(([name, from, to]) => ({ name: bilingual(name), from, to })),
    routing: (line.routing ?? []).map(([when, to, article]) => ({ when, to: bilingual(to), article })),
    quota: line.quota ? { by: bilingual(line.quota[0]), article: line.quota[1] } : null,
    result: { name: bilingual(line.result[0]), type: line.result[1], validity: maybe(line.result[2]), validMonths: line.result[3] ?? null, sample: `/items/${code}/result-sample.pdf` },
    remedy: { organ, reconsideration: bilingual(common.remedy[organ]![0]), litigation: bilingual(common.remedy[organ]![1]) },
    faqs: line.faqs.map(([question, answer]) => ({ question: bilingual(question), answer: bilingual(answer) })),
  })
}

const nameOf = ({ code, name }: SeedOrganisation) => ({ code, name })
const limitOf = (line: LimitLine | null) => line && { amount: line[0], unit: line[1], article: line[2], note: maybe(line[3]) }

function specialOf(common: Common, key: string) {
  const special = key.startsWith('extension.') ? common.extension[key.slice('extension.'.length)] : common.special[key]
  if (!special) throw new Error(`common.yaml has no special procedure ${key}`)
  return { ...special, name: bilingual(special.name), notice: bilingual(special.notice), extension: special.extension ? { ...special.extension, approver: bilingual(special.extension.approver) } : null }
}

const feeOf = ({ reductions = [], ...line }: FeeLine) => ({
  ...line, name: bilingual(line.name), standard: bilingual(line.standard),
  reductions: reductions.map(([when, amountFen, reason, article]) => ({ when, amountFen, reason: bilingual(reason), article })),
})

function materialOf(line: MaterialLine, common: Common, code: string, deferrable: readonly string[]): Material {
  const { id, more } = plainMaterial(line, common)
  if (!more.name || !more.requirements) throw new Error(`material ${id} of ${code} has no name or no requirements`)
  const shared = more.sharedFrom !== undefined
  return {
    id, name: bilingual(more.name), necessity: deferrable.includes(id) ? 'deferrable' : 'required',
    type: (more.type ?? 'original') as Material['type'], form: (more.form ?? 'either') as Material['form'], source: (more.source ?? 'applicant') as Material['source'],
    issuer: maybe(more.issuer), originals: more.originals ?? (more.type === 'copy' ? 0 : 1), copies: more.copies ?? (more.type === 'copy' ? 1 : 0), paperSize: 'A4',
    sharedFrom: maybe(more.sharedFrom), demanded: !shared, neededWhen: more.neededWhen ?? null, neededWhenText: maybe(more.neededWhenText),
    requirements: bilingual(more.requirements), basis: more.basis ?? null,
    blankForm: more.blankForm ? `/items/${code}/materials/${id}/blank.pdf` : null, sample: more.sample ? `/items/${code}/materials/${id}/sample.pdf` : null,
    issuedWithin: null, instructions: null, usage: null, remarks: null,
  }
}

function plainMaterial(line: MaterialLine, common: Common): { id: string; more: MaterialMore } {
  const shared = (key: string): MaterialMore => common.materials[key] ?? (() => { throw new Error(`common.yaml has no material ${key}`) })()
  if (typeof line === 'string') return { id: line, more: shared(line) }
  if ('use' in line) {
    const { use, id, ...own } = line
    return { id: id ?? use, more: { ...shared(use), ...own } }
  }
  return { id: line[0], more: { name: line[1], requirements: line[2], ...line[3] } }
}

/** Where one goes for it: every counter of its kind in the district hall, or a hall of its own. */
function placesOf(counter: string, town: SeedTown) {
  const wanted = (site: SeedSite): boolean => (counter === 'marriage' ? site.key === 'marriage' : counter === 'subdistrict' ? site.kind === 'subdistrictHall' : counter === 'realEstate' ? site.key === 'realty' : site.key === 'centre')
  const kind = counter === 'marriage' || counter === 'subdistrict' ? 'integrated' : counter
  return town.sites.filter(wanted).flatMap((site) => site.counters.filter((one) => one.kind === kind)
    .map((one) => ({ siteCode: site.key, site: site.name, address: { zh: site.address, en: site.address }, counter: one.name, hours: site.hours })))
}
