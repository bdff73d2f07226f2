import type { Language } from '../../base/text.ts'
import type { Markup } from './html.ts'
import { messages } from './words.ts'

const say = messages({
  label: { zh: '您要办什么事？', en: 'What do you want to get done?' },
  hint: { zh: '开餐馆、领结婚证、公共场所卫生许可……', en: 'Open a restaurant, marry, a hygiene licence …' },
  go: { zh: '搜索', en: 'Search' },
  none: { zh: '没有建议', en: 'No suggestions' },
  some: { zh: '有 {n} 条建议，用上下键选择', en: '{n} suggestions; use the arrow keys' },
})

/** The search for services. Sends to `/items?q=`; the island `suggest.js` adds suggestions as one types. */
export const SearchBox = ({ language, value, labelHidden }: { language: Language; value?: string; labelHidden?: boolean }): Markup => {
  const t = say(language)
  return (
    <form class="search" role="search" method="get" action="/items" data-suggest="/api/v1/items" data-none={t('none')} data-some={t('some', { n: '%' })}>
      <label for="q" class={labelHidden === true ? 'sr' : undefined} safe>{t('label')}</label>
      <div class="search-row">
        <input id="q" name="q" type="search" value={value ?? ''} placeholder={t('hint')} maxlength="200" autocomplete="off" enterkeyhint="search" />
        <button class="button" type="submit" safe>{t('go')}</button>
      </div>
    </form>
  )
}
