import type { Bilingual, Language } from '../../../base/text.ts'
import type { CivilDay } from '../../../base/civil-day.ts'
import type { Frame, Frames, Markup } from '../../../kit/portal/index.ts'
import type { FieldChange, Item, ItemQuery, ItemSummary } from '../contract.ts'

/** A value one can narrow a list by, and how many it would leave. */
export interface Facet { readonly code: string; readonly name: Bilingual; readonly count: number }
export interface Facets { readonly departments: readonly Facet[]; readonly types: readonly Facet[]; readonly targets: readonly Facet[]; readonly topics: readonly Facet[] }

export interface VersionEntry { readonly version: number; readonly effectiveFrom: CivilDay; readonly effectiveTo: CivilDay | null }

/** What the pages ask of the catalogue. A `get…` refuses with 404 where there is nothing. */
export interface CatalogReader {
  findItems(query: ItemQuery): Promise<{ readonly items: readonly ItemSummary[]; readonly total: number }>
  /** Counts under the same query, each list without its own choice. */
  findFacets(query: ItemQuery): Promise<Facets>
  /** Changes when the published guide does: pages are kept by it. */
  /** Of what is in memory; refuses an unknown code. */
  revisionOf(code: string): string
  /** Whether an item still stands as it did under that revision. */
  isCurrent(code: string, revision: string): boolean
  getItem(code: string): Promise<Item>
  /** Published versions, newest first. */
  findVersions(code: string): Promise<readonly VersionEntry[]>
  /** What two published versions say differently. */
  compareVersions(code: string, from: number, to: number): Promise<readonly FieldChange[]>
}

/** How long cases of an item really took, counted from finished ones; durations in working days. */
export interface Measured { readonly cases: number; readonly medianDays: number; readonly p90Days: number; readonly onTimeShare: number; readonly since: CivilDay }

/** The chart that executes, drawn by the house itself, and the same in words: a sentence for each step. */
export interface FlowChart {
  readonly svg: string
  readonly version: number
  readonly steps: readonly { readonly name: string; readonly text: string }[]
}

/** Places in the guide that other modules fill. */
export interface GuidePanels {
  readonly measured?: (itemCode: string) => Promise<Measured | null>
  readonly flowChart?: (item: Item, language: Language) => Promise<FlowChart | null>
  /** Address of a hall's page by the code guides name it by; null where it has none. */
  readonly hallPath?: (siteCode: string) => string | null
  /** Changes when what the panels show does; beside the catalogue's own revision guides are kept by it. */
  readonly revision?: (itemCode: string) => Promise<string>
  /** More of the left column, such as the newest public results. */
  readonly more?: (item: Item, frame: Frame) => Promise<Markup>
}

/** Where drawn pages are kept by revision; the server's PageCache is one. */
export interface KeptPages<P> { get(key: string, revision: string, draw: () => Promise<string>): Promise<P> }

export interface CatalogPortalDeps<P> {
  readonly url: string
  readonly catalog: CatalogReader
  readonly frames: Frames
  readonly panels: GuidePanels
  readonly pages: KeptPages<P>
}
