import type { MatterKind } from './kernel/flow/types.ts'
import type { House } from './kernel/house.ts'
import { identityType } from './kernel/access/identity-types.ts'
import { caseKind } from './domains/cases/kind.ts'
import { remedyOf } from './domains/cases/remedy.ts'
import { changeKind } from './domains/catalog/change-kind.ts'
import { holds, validateForm } from './domains/catalog/forms.ts'
import { replayedKind } from './domains/replay/index.ts'
import type { ItemRegistry } from './domains/catalog/registry.ts'

/** What the kinds of matters ask of the house; all of it answered from memory, so that rules stay pure. */
export type KindParts = Pick<House, 'time' | 'procedures' | 'organisations'> & { readonly items: ItemRegistry }

/** The one list of what can be a matter here. */
export function kindsOf({ time, procedures, organisations, items }: KindParts): readonly MatterKind[] {
  return [
    caseKind({
      item: (code, version) => (version === undefined ? items.find(code, time.today()) : items.version(code, version)),
      formErrors: (formId, values) => validateForm(items.form(formId), values, ''),
      fieldName: (item, field) => (item.formId === null ? null : items.form(item.formId).sections.flatMap((section) => section.fields).find((one) => one.id === field)?.label ?? null),
      formFields: (item) => (item.formId === null ? [] : items.form(item.formId).sections.flatMap((section) => section.fields)),
      feel: (expression, values) => holds(expression, values),
      procedureVersion: (id) => procedures.latest(id)?.version ?? 1,
      organisationId: (code) => organisations.idOf(code),
      centreId: () => organisations.centreId(),
      governmentId: () => organisations.governmentId(),
      subdistrict: (division) => organisations.subdistrictOf(division),
      shortName: (code) => documentMark(organisations.find(code)?.shortName.zh ?? ''),
      // 9 characters of GB 11714 inside the credit code: the organisation's own, whatever its name is this year.
      numberMark: (code) => code.slice(8, 17),
      isIdentity: (type, number) => identityType(type)?.isNumber(number) ?? false,
      remedy: (item, refused) => remedyOf({ organ: item.remedy.organ, refused }),
    }) as unknown as MatterKind,
    changeKind({ procedures }) as unknown as MatterKind,
    replayedKind as unknown as MatterKind,
  ]
}

/** 区市场监管局 → 西市场监管: the word before a document number. */
const documentMark = (short: string): string => `西${short.replace(/^(市规自委西城分局|西城|区)/, (head) => (head.startsWith('市') ? '规自' : '')).replace(/(局|委|办|支队|中心|街道)$/, '')}`
