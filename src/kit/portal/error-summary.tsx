import type { Language } from '../../base/text.ts'
import { fieldId } from './fields.tsx'
import { safeAddress, type Markup } from './html.ts'
import { messages } from './words.ts'

const say = messages({
  one: { zh: '有 1 处需要填写或者更正', en: 'One thing is to be filled in or corrected' },
  many: { zh: '有 {n} 处需要填写或者更正', en: '{n} things are to be filled in or corrected' },
  kept: { zh: '您填写的内容都已保留。', en: 'Everything you entered was kept.' },
})

/** Takes the focus without script; the typings know it of fields only. */
const OPENS_HERE = { autofocus: true }

/** What is wrong, at the field `name`; `href` where that is on another page. */
export interface Fault { readonly name: string; readonly message: string; readonly href?: string }

/** All that is wrong, at the top of the form, each leading to where it is put right; the page opens on it. Nothing where nothing is. `title` where a count would not say it. */
export const ErrorSummary = ({ errors, language, title }: { errors: readonly Fault[]; language: Language; title?: string }): Markup => {
  if (errors.length === 0) return ''
  const t = say(language)
  return (
    <div class="error-summary" role="alert" aria-labelledby="error-summary-title" tabindex="-1" {...OPENS_HERE}>
      <h2 id="error-summary-title" safe>{title ?? t(errors.length === 1 ? 'one' : 'many', { n: errors.length })}</h2>
      <ul>{errors.map((error) => <li><a href={error.href === undefined ? `#${fieldId(error.name)}` : safeAddress(error.href)} safe>{error.message}</a></li>)}</ul>
      <p class="muted" safe>{t('kept')}</p>
    </div>
  )
}
