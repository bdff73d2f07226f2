import type { Language } from '../../base/text.ts'
import { fieldId } from './fields.tsx'
import type { Markup } from './html.ts'
import { messages } from './words.ts'

const say = messages({ title: { zh: '有 {n} 处需要更正', en: '{n} things need correction' }, kept: { zh: '您填写的其他内容都已保留。', en: 'Everything else you entered was kept.' } })

/** All that is wrong, at the top of the form, each leading to its field. Nothing where nothing is. */
export const ErrorSummary = ({ errors, language }: { errors: readonly { readonly name: string; readonly message: string }[]; language: Language }): Markup => {
  if (errors.length === 0) return ''
  const t = say(language)
  return (
    <div class="error-summary" role="alert" aria-labelledby="error-summary-title" tabindex="-1">
      <h2 id="error-summary-title" safe>{t('title', { n: errors.length })}</h2>
      <ul>{errors.map((error) => <li><a href={`#${fieldId(error.name)}`} safe>{error.message}</a></li>)}</ul>
      <p class="muted" safe>{t('kept')}</p>
    </div>
  )
}
