import { useLanguage, type Localised } from '../../../kit/console/language.tsx'
import { useLoaded, type Loaded } from '../../../kit/console/loaded.ts'
import type { FormDefinition, Item } from '../../catalog/contract.ts'

/** The guide and its form as the API answers them, in the reader's language. */
export type GuideItem = Localised<Item> & { readonly department: string }
export type GuideForm = Localised<FormDefinition>
export type GuideMaterial = GuideItem['materials'][number]
export type GuideField = GuideForm['sections'][number]['fields'][number]

export interface Guide { readonly item: GuideItem | undefined; readonly form: GuideForm | undefined; readonly problem: Loaded<unknown>['problem']; readonly loading: boolean }

/** A guide with its form; `version`: the one a case was filed under, else the one in force. */
export function useGuide(code: string | null, version?: number): Guide {
  const language = useLanguage()
  const { data, problem, loading } = useLoaded<GuideItem & { readonly form: GuideForm | null }>(code === null ? null : `/api/v1/items/${encodeURIComponent(code)}?lang=${language}${version === undefined ? '' : `&version=${version}`}`)
  return { item: data, form: data?.form ?? undefined, problem, loading }
}
