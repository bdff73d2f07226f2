import { useListed, useSay } from '../../../kit/console/language.tsx'
import { Nothing } from '../../../kit/console/screen.tsx'

const TEXTS = { field: { zh: '要素', en: 'Element' }, before: { zh: '原来', en: 'Before' }, after: { zh: '现在', en: 'After' }, none: { zh: '没有差别。', en: 'No difference.' }, yes: { zh: '是', en: 'yes' }, no: { zh: '否', en: 'no' }, absent: { zh: '（无）', en: '(none)' } } as const

/** What two versions say differently, element by element. */
export function ChangeTable({ changes, caption }: { readonly changes: readonly { readonly path: string; readonly label: string; readonly before?: unknown; readonly after?: unknown }[]; readonly caption: string }) {
  const t = useSay(TEXTS)
  const listed = useListed()
  const say = (value: unknown): string => {
    if (value === undefined || value === null) return t('absent')
    if (typeof value === 'boolean') return value ? t('yes') : t('no')
    if (Array.isArray(value)) return listed(value.map(say)) || t('absent')
    if (typeof value === 'object') return Object.values(value).filter((one) => one !== null && one !== '').map(say).join(' · ')
    return String(value)
  }
  if (changes.length === 0) return <Nothing>{t('none')}</Nothing>
  return (
    <div className="mt-scroll" tabIndex={0} role="region" aria-label={caption}><table className="mt-table mt-stack"><caption className="mt-hidden">{caption}</caption><thead><tr><th scope="col">{t('field')}</th><th scope="col">{t('before')}</th><th scope="col">{t('after')}</th></tr></thead><tbody>
      {changes.map((change) => <tr key={change.path}><td data-label={t('field')}><strong>{change.label}</strong></td><td data-label={t('before')}><del>{say(change.before)}</del></td><td data-label={t('after')}><ins>{say(change.after)}</ins></td></tr>)}
    </tbody></table></div>
  )
}
