import { drawn, query, safeAddress, type Children, type Markup, type Slot } from './html.ts'
import type { Language } from '../../base/text.ts'
import { messages } from './words.ts'

/** A name and what is said of it; `change` leads to where it can be altered. */
export interface Fact { readonly term: string; readonly value: Slot; readonly change?: { readonly href: string; readonly text: string } }

/** Facts as a list of terms: an answer to check, a guide's particulars. */
export const SummaryList = ({ facts }: { facts: readonly Fact[] }): Markup => (
  <dl class="facts">
    {facts.map((fact) => (
      <div>
        <dt safe>{fact.term}</dt>
        <dd>
          {drawn(fact.value)}
          {fact.change === undefined ? '' : <a class="change" href={fact.change.href}><span safe>{fact.change.text}</span><span class="sr" safe>{` ${fact.term}`}</span></a>}
        </dd>
      </div>
    ))}
  </dl>
)

/** A button: an address makes it a link, else it sends its form. One `act` a page at most. */
export const Button = (props: { text: string; href?: string; look?: 'act' | 'plain' | 'quiet'; name?: string; value?: string; disabled?: boolean; id?: string; type?: 'submit' | 'button' }): Markup => {
  const look = props.look === undefined || props.look === 'act' ? 'button' : `button button-${props.look}`
  if (props.href !== undefined) return <a class={look} href={safeAddress(props.href)} id={props.id} safe>{props.text}</a>
  return <button class={look} type={props.type ?? 'submit'} name={props.name} value={props.value} disabled={props.disabled} id={props.id} safe>{props.text}</button>
}

/** Something the reader should not miss. `act` of the state, `open` done and public, `warn` a danger, `plain` a remark. */
export const Notice = ({ kind = 'plain', title, children, alert }: { kind?: 'act' | 'open' | 'warn' | 'plain'; title?: string; children?: Children; alert?: boolean }): Markup => (
  <div class={`notice notice-${kind}`} role={alert === true ? 'alert' : undefined}>
    {title === undefined ? '' : <p class="notice-title" safe>{title}</p>}
    {children}
  </div>
)

/** A short word in a frame: ★ shared, entirely online. */
export const Tag = ({ text, colour }: { text: string; colour?: 'jade' | 'cinnabar' }): Markup => (
  <span class={colour === undefined ? 'tag' : `tag tag-${colour}`} safe>{text}</span>
)

/** Nothing to show: says why, and what to do. */
export const EmptyState = ({ title, children }: { title: string; children?: Children }): Markup => (
  <div class="empty"><h2 safe>{title}</h2>{children}</div>
)

/** Large figures with their meaning beneath; a figure may lead to what it counts. */
export const Figures = ({ figures, small }: { figures: readonly { value: string; unit?: string; label: string }[]; small?: boolean }): Markup => (
  <dl class="figures">
    {figures.map((figure) => (
      <div class={small === true ? 'figure figure-sm' : 'figure'}>
        <dt safe>{figure.label}</dt>
        <dd><span safe>{figure.value}</span>{figure.unit === undefined ? '' : <small safe>{figure.unit}</small>}</dd>
      </div>
    ))}
  </dl>
)

/** Links under each other with thin rules; a count or remark at their end. */
export const LinkList = ({ links, wide }: { links: readonly { text: string; href: string; note?: string }[]; wide?: boolean }): Markup => (
  <ul class={wide === true ? 'links links-2' : 'links'}>
    {links.map((link) => (
      <li><a href={safeAddress(link.href)}><span safe>{link.text}</span>{link.note === undefined ? '' : <span class="count" safe>{link.note}</span>}</a></li>
    ))}
  </ul>
)

const say = messages({
  pages: { zh: '分页', en: 'Pages' },
  previous: { zh: '上一页', en: 'Previous' },
  next: { zh: '下一页', en: 'Next' },
  page: { zh: '第 {n} 页', en: 'Page {n}' },
})

/** Pages of a list. `path` and `values` are the list's own address; `page` is put into it. */
export const Pagination = ({ page, pages, path, values, language }: { page: number; pages: number; path: string; values: Readonly<Record<string, string | number | undefined>>; language: Language }): Markup => {
  if (pages <= 1) return ''
  const t = say(language)
  const to = (n: number): string => `${path}${query({ ...values, page: n === 1 ? undefined : n })}`
  const near = Array.from({ length: pages }, (_, i) => i + 1).filter((n) => n === 1 || n === pages || Math.abs(n - page) <= 2)
  return (
    <nav class="pages" aria-label={t('pages')}>
      <ul>
        {page > 1 ? <li><a href={to(page - 1)} rel="prev" safe>{t('previous')}</a></li> : ''}
        {near.map((n, i) => (
          <>
            {i > 0 && n - near[i - 1]! > 1 ? <li class="gap" aria-hidden="true">…</li> : ''}
            <li>{n === page ? <span aria-current="page" aria-label={t('page', { n })}>{n}</span> : <a href={to(n)} aria-label={t('page', { n })}>{n}</a>}</li>
          </>
        ))}
        {page < pages ? <li><a href={to(page + 1)} rel="next" safe>{t('next')}</a></li> : ''}
      </ul>
    </nav>
  )
}
