import type { Bilingual } from '../../../base/text.ts'
import type { RemedyOrgan } from '../contract.ts'
import { bilingual, readYaml, type Pair } from './yaml.ts'

interface OrganisationLine {
  readonly key: string; readonly code: string; readonly name: Pair; readonly short: Pair
  readonly kind: 'centre' | 'department' | 'vertical' | 'body'; readonly level: number; readonly address: string
  readonly consult: string; readonly complain: string; readonly remedy: RemedyOrgan | null
}
interface SubdistrictLine { readonly key: string; readonly code: string; readonly division: string; readonly name: Pair; readonly short: Pair; readonly address: string; readonly consult: string; readonly complain: string }
interface SiteLine {
  readonly key: string; readonly organisation: string; readonly kind: 'centre' | 'hall'; readonly name: Pair; readonly address: string; readonly phone: string
  readonly hours: Pair; readonly at: readonly [number, number]; readonly counters: readonly (readonly [string, string, Pair])[]
}
interface File { readonly division: string; readonly organisations: readonly OrganisationLine[]; readonly subdistricts: readonly SubdistrictLine[]; readonly hours: Pair; readonly sites: readonly SiteLine[] }

export interface SeedOrganisation {
  readonly key: string; readonly code: string; readonly name: Bilingual; readonly short: Bilingual
  readonly kind: 'centre' | 'department' | 'subdistrict' | 'vertical' | 'body'; readonly level: number; readonly division: string; readonly address: string
  readonly consult: string; readonly complain: string; readonly remedy: RemedyOrgan | null
}
export interface SeedCounter { readonly code: string; readonly kind: string; readonly name: Bilingual }
export interface SeedSite {
  readonly key: string; readonly organisation: string; readonly kind: 'centre' | 'hall' | 'subdistrictHall'; readonly name: Bilingual; readonly address: string
  readonly phone: string; readonly hours: Bilingual; readonly division: string; readonly at: readonly [number, number] | null; readonly counters: readonly SeedCounter[]
}
export interface SeedTown { readonly organisations: readonly SeedOrganisation[]; readonly sites: readonly SeedSite[]; readonly get: (key: string) => SeedOrganisation }

/** Organisations, sites and counters of the demo district as its files state them. */
export function readTown(): SeedTown {
  const file = readYaml<File>('organisations.yaml')
  const organisations: SeedOrganisation[] = [
    ...file.organisations.map((line) => ({ ...line, name: bilingual(line.name), short: bilingual(line.short), division: file.division })),
    ...file.subdistricts.map((line) => ({ ...line, name: bilingual(line.name), short: bilingual(line.short), kind: 'subdistrict' as const, level: 5, remedy: 'subdistrict' as const })),
  ]
  const sites: SeedSite[] = [
    ...file.sites.map((line) => ({
      ...line, name: bilingual(line.name), hours: bilingual(line.hours), division: file.division,
      counters: line.counters.map(([code, kind, name]) => ({ code, kind, name: bilingual(name) })),
    })),
    ...file.subdistricts.map((line) => ({
      key: line.key, organisation: line.key, kind: 'subdistrictHall' as const, address: line.address, phone: line.consult, division: line.division, at: null,
      name: { zh: `${line.short[0]}政务服务中心`, en: `${line.short[1]} Sub-district Service Centre` }, hours: bilingual(file.hours),
      counters: [{ code: 'S01', kind: 'integrated', name: { zh: '综合窗口', en: 'Integrated counter' } }],
    })),
  ]
  const byKey = new Map(organisations.map((one) => [one.key, one]))
  return { organisations, sites, get: (key) => byKey.get(key) ?? unknown(key) }
}
const unknown = (key: string): never => { throw new Error(`the seeds name an organisation ${key} that they do not have`) }
