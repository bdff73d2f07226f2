import { createHash } from 'node:crypto'
import { canonicalJson, type Json } from '../../base/canonical-json.ts'
import type { Item, ItemSummary } from './contract.ts'

export interface Publication {
  readonly at: Date
  readonly reason: string
  readonly authorId: string | null
  readonly reviewerId: string | null
  readonly publishedBy: string | null
}

/** The row of `catalog.item_version` for a version: the guide whole, and the columns lists are made of. */
export function versionRow(item: Item, publication: Publication): Readonly<Record<string, unknown>> {
  return {
    code: item.code, version: item.version, state: 'published', body: item, name_zh: item.name.zh, name_en: item.name.en,
    department_code: item.implementingBody.code, department_zh: item.implementingBody.name.zh, department_en: item.implementingBody.name.en,
    item_type: item.itemType, case_type: item.caseType, targets: item.serviceTargets, topics: item.topics.map((topic) => topic.zh),
    everyday_names: item.everydayNames.flatMap((name) => [name.zh, name.en]), search_text: searchText(item), applicable: item.applicable, source: item.source,
    hash: contentHash(item), effective_from: item.effectiveFrom, effective_to: item.effectiveTo, reason: publication.reason, published_at: publication.at,
    author_id: publication.authorId, reviewer_id: publication.reviewerId, published_by: publication.publishedBy,
  }
}

/** What is said, whatever its version and days: equal hashes mean an unchanged guide. */
export function contentHash(item: Item): string {
  const { version: _version, state: _state, effectiveFrom: _from, effectiveTo: _to, ...content } = item
  return createHash('sha256').update(canonicalJson(content as Json)).digest('hex')
}

/** Everything somebody might call it by, most telling first. */
export function searchText(item: Item): string {
  return [
    item.name, ...item.everydayNames, ...item.topics, item.implementingBody.name, ...(item.result ? [item.result.name] : []), ...item.materials.map((one) => one.name),
  ].flatMap((text) => (text.zh === text.en ? [text.zh] : [text.zh, text.en])).join('\n')
}

export const summaryOf = (item: Item): ItemSummary => ({
  code: item.code, name: item.name, department: item.implementingBody.name, departmentCode: item.implementingBody.code, itemType: item.itemType,
  caseType: item.caseType, statutoryLimit: item.statutoryLimit, promisedLimit: item.promisedLimit, serviceTargets: item.serviceTargets,
  requiredVisits: item.requiredVisits, onlineDepth: item.onlineDepth, applicable: item.applicable, version: item.version,
})
