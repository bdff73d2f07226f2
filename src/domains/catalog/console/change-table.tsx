import type { Language } from '../../../base/text.ts'
import { useLanguage, useSay } from '../../../kit/console/language.tsx'
import { Nothing } from '../../../kit/console/screen.tsx'
import { differing } from '../change-contract.ts'
import { changeLines } from './change-lines.ts'

const TEXTS = { field: { zh: '要素', en: 'Element' }, before: { zh: '原来', en: 'Before' }, after: { zh: '现在', en: 'After' }, none: { zh: '没有差别。', en: 'No difference.' }, absent: { zh: '（无）', en: '(none)' }, other: { zh: '只改了英文', en: 'Only the Chinese changes' } } as const

const OTHER = { zh: 'en', en: 'zh' } as const

/** What two versions say differently, element by element, a line each; in the other language where only its text changed. */
export function ChangeTable({ changes, caption }: { readonly changes: readonly { readonly path: string; readonly label: string; readonly before?: unknown; readonly after?: unknown }[]; readonly caption: string }) {
  const t = useSay(TEXTS)
  const language = useLanguage()
  if (changes.length === 0) return <Nothing>{t('none')}</Nothing>
  const lines = (said: readonly string[]) => (said.length === 0 ? t('absent') : said.map((line, i) => <span key={i} className="mt-line">{line}</span>))
  return (
    <div className="mt-scroll" tabIndex={0} role="region" aria-label={caption}><table className="mt-table mt-stack mt-changes"><caption className="mt-hidden">{caption}</caption><thead><tr><th scope="col">{t('field')}</th><th scope="col">{t('before')}</th><th scope="col">{t('after')}</th></tr></thead><tbody>
      {changes.map((change) => {
        const values = differing(change.before ?? null, change.after ?? null)
        const member = change.path.slice(change.path.lastIndexOf('/') + 1)
        const said = (as: Language) => values.map((value) => changeLines(value, as, member, values.every((one) => one !== null)))
        const same = said(language)[0]!.join('\n') === said(language)[1]!.join('\n')
        const [before, after] = said(same ? OTHER[language] : language)
        const note = same ? <span className="mt-line mt-quiet">{t('other')}</span> : null
        return <tr key={change.path}><td data-label={t('field')}><span><strong>{change.label}</strong>{note}</span></td><td data-label={t('before')}><del>{lines(before!)}</del></td><td data-label={t('after')}><ins>{lines(after!)}</ins></td></tr>
      })}
    </tbody></table></div>
  )
}
