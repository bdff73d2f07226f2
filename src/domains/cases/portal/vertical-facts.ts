import { longDay, inLanguage, messages, type Fact } from '../../../kit/portal/index.ts'
import type { Language } from '../../../base/text.ts'
import type { CaseData } from '../case.ts'
import { VERTICAL_STATUS_NAMES } from '../vertical/contract.ts'
import { courseInShort } from '../vertical/course.ts'

const own = messages({
  handled: { zh: '业务系统', en: 'Handled in' },
  since: { zh: '已于{day}转{authority}的{system}办理，期限照常计算，不用再到该系统填报', en: 'Handed over {day} to the {system} of {authority}; the limit runs on, and nothing need be entered there' },
  latest: { zh: '该系统最近状态', en: 'Its last status' },
})

/** Where the case is being handled, under which number there, and the last thing heard; nothing where it never left. */
export function verticalFacts({ vertical }: Pick<CaseData, 'vertical'>, language: Language): Fact[] {
  if (!vertical) return []
  const t = own(language)
  const { system, authority, referenceLabel, handedOn, externalNo, status, on } = courseInShort(vertical)
  return [
    { term: t('handled'), value: t('since', { day: longDay(handedOn, language), system: inLanguage(system, language), authority: inLanguage(authority, language) }) },
    ...(externalNo === null ? [] : [{ term: inLanguage(referenceLabel, language), value: externalNo }]),
    ...(status === null ? [] : [{ term: t('latest'), value: `${VERTICAL_STATUS_NAMES[status][language]}${language === 'zh' ? '，' : ', '}${longDay(on!, language)}` }]),
  ]
}
