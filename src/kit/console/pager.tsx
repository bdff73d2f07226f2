import { Button } from 'antd'
import { useSay } from './language.tsx'
import { useKeys, WithKey } from './keys.tsx'
import { setQuery } from './router.tsx'

const TEXTS = {
  earlier: { zh: '上一页', en: 'Previous' }, later: { zh: '下一页', en: 'Next' }, pages: { zh: '第 {page} 页，共 {pages} 页', en: 'Page {page} of {pages}' },
} as const

/** The page that the address names; from 1. */
export const pageOf = (query: URLSearchParams): number => Math.max(1, Math.trunc(Number(query.get('page'))) || 1)

export interface PagerProps { readonly page: number; readonly size: number; readonly total: number }
/** Leafing through a list by its address, also with `[` and `]`. Nothing where one page holds it all. */
export function Pager({ page, size, total }: PagerProps) {
  const t = useSay(TEXTS)
  const pages = Math.max(1, Math.ceil(total / size))
  const turn = (to: number): void => { setQuery({ page: to === 1 ? undefined : String(to) }); window.scrollTo(0, 0) }
  useKeys(pages > 1 ? [{ key: '[', label: t('earlier'), off: page <= 1, run: () => turn(page - 1) }, { key: ']', label: t('later'), off: page >= pages, run: () => turn(page + 1) }] : [])
  if (pages <= 1 && page === 1) return null
  return (
    <nav className="mt-row mt-pager" aria-label={t('pages', { page, pages })}>
      <WithKey hint="["><Button disabled={page <= 1} onClick={() => turn(page - 1)}>{t('earlier')}</Button></WithKey>
      <span>{t('pages', { page, pages })}</span>
      <WithKey hint="]"><Button disabled={page >= pages} onClick={() => turn(page + 1)}>{t('later')}</Button></WithKey>
    </nav>
  )
}
