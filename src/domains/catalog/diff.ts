import { same } from './change-contract.ts'
import type { FieldChange, Item } from './contract.ts'
import { FIELD_LABELS, type ItemField } from './field-labels.ts'

const UNSAID = new Set<ItemField>(['version', 'state', 'source'])

/** What two versions of a guide say differently, field by field in the order of the guide; lists of named things entry by entry. */
export function diffVersions(before: Item, after: Item): FieldChange[] {
  return (Object.keys(FIELD_LABELS) as ItemField[]).filter((field) => !UNSAID.has(field)).flatMap((field) => {
    const [a, b] = [before[field], after[field]]
    const label = FIELD_LABELS[field]
    if (field === 'materials') return diffMaterials(before, after)
    return same(a, b) ? [] : [{ path: `/${field}`, label, before: a, after: b }]
  })
}

function diffMaterials(before: Item, after: Item): FieldChange[] {
  const ids = [...new Set([...before.materials, ...after.materials].map((one) => one.id))]
  const label = FIELD_LABELS.materials
  return ids.flatMap((id) => {
    const [a, b] = [before, after].map((item) => item.materials.find((one) => one.id === id))
    const named = (a ?? b)!.name
    return same(a, b) ? [] : [{ path: `/materials/${id}`, label: { zh: `${label.zh}：${named.zh}`, en: `${label.en}: ${named.en}` }, before: a, after: b }]
  })
}
