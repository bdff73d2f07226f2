import type { CivilDay } from '../../base/civil-day.ts'
import type { Bilingual } from '../../base/text.ts'
import type { Item, Material } from '../catalog/contract.ts'
import type { FiledMaterial } from './case.ts'
import type { MaterialInput } from './contract.ts'
import { refuse } from './errors.ts'
import type { CaseParts } from './parts.ts'

/** The materials this application needs: demanded ones whose condition over the form holds. What is shared is fetched, not demanded. */
export function neededMaterials(item: Item, form: Readonly<Record<string, unknown>>, commitment: boolean, parts: Pick<CaseParts, 'feel'>): readonly Material[] {
  const replaced = commitment ? (item.commitment?.replaces ?? []) : []
  return item.materials.filter((material) =>
    material.demanded && !replaced.includes(material.id) && material.necessity !== 'optional'
    && (material.neededWhen === null || parts.feel(material.neededWhen, form)))
}

export function missingMaterials(needed: readonly Material[], filed: readonly FiledMaterial[], deferred: readonly string[]): readonly Material[] {
  const there = new Set(filed.map((material) => material.materialId))
  return needed.filter((material) => !there.has(material.id) && !deferred.includes(material.id))
}

/** Adds what came in; the same material again is a new version. Nothing outside the guide may be taken (北京市优化营商环境条例 第三十一条). */
export function addMaterials(filed: readonly FiledMaterial[], incoming: readonly MaterialInput[], item: Item, on: CivilDay): readonly FiledMaterial[] {
  let next = [...filed]
  for (const material of incoming) {
    if (!item.materials.some((known) => known.id === material.materialId)) throw refuse('material-unknown', { material: material.materialId })
    const earlier = next.filter((one) => one.materialId === material.materialId)
    next = [...next.filter((one) => one.materialId !== material.materialId), { ...material, on, version: Math.max(0, ...earlier.map((one) => one.version)) + 1 }]
  }
  return next
}

export const onPaper = (material: MaterialInput): boolean => material.fileId === null && material.form !== 'shared' && material.form !== 'electronic'
export const namesOf = (materials: readonly Material[]): Bilingual => ({ zh: materials.map((material) => material.name.zh).join('、'), en: materials.map((material) => material.name.en).join(', ') })
