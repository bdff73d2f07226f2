import { ITEMS_PER_PAGE, ITEM_TYPES, type ItemQuery, type ItemSummary } from '../contract.ts'
import { Button, EmptyState, inLanguage, Layout, Pagination, part, query, SearchBox, Tag, type Frame, type Markup } from '../../../kit/portal/index.ts'
import type { Facet, Facets } from './deps.ts'
import { limitText } from '../limits.ts'
import { listSay } from './messages.ts'

export interface ListProps { readonly frame: Frame; readonly asked: ItemQuery; readonly items: readonly ItemSummary[]; readonly total: number; readonly facets: Facets }

/** Services found, and what they can be narrowed down by. */
export const ListPage = ({ frame, asked, items, total, facets }: ListProps): Markup => {
  const { language } = frame
  const t = listSay(language)
  const narrowed = [asked.department, asked.type, asked.target, asked.topic].some((value) => value !== undefined)
  const title = asked.q !== undefined ? t('found', { q: asked.q, n: total }) : t(narrowed ? 'narrowed' : 'all', { n: total })
  return (
    <Layout frame={frame} title={title} current="items" islands={['suggest.js']}>
      <div class="one-thing above"><SearchBox language={language} value={asked.q ?? ''} labelHidden /></div>
      {items.length === 0 && !narrowed ? <div class="one-thing"><h1 safe>{title}</h1><Nothing frame={frame} q={asked.q} /></div> : <div class="two">
        <div class="stand filters"><Filters frame={frame} asked={asked} facets={facets} /></div>
        <div>
          <h1 safe>{title}</h1>
          {items.length === 0 ? <Nothing frame={frame} q={asked.q} /> : <ItemList items={items} frame={frame} />}
          <Pagination page={asked.page} pages={Math.ceil(total / ITEMS_PER_PAGE)} path="/items" values={addressOf(asked)} language={language} />
        </div>
      </div>}
    </Layout>
  )
}

const Nothing = ({ frame, q }: { frame: Frame; q: string | undefined }): Markup => {
  const t = listSay(frame.language)
  return (
    <EmptyState title={q === undefined ? t('noneHere') : t('none', { q })}>
      <p safe>{t('noneHint')}</p>
      <p><Button text={t('byDepartment')} href="/departments" look="plain" /></p>
    </EmptyState>
  )
}

/** Services with what decides whether one is the right one: department, limits, whether one must go there. */
export const ItemList = ({ items, frame }: { items: readonly ItemSummary[]; frame: Frame }): Markup => {
  const { language } = frame
  const t = listSay(language)
  return (
    <ul class="results">
      {items.map((item) => (
        <li>
          <h2><a href={`/items/${part(item.code)}`} safe>{inLanguage(item.name, language)}</a></h2>
          <p>
            <span safe>{inLanguage(item.department, language)}</span>
            <span>{ITEM_TYPES.entries[item.itemType][language]}</span>
            {item.statutoryLimit === null ? '' : <span safe>{t('law', { limit: limitText(item.statutoryLimit)[language] })}</span>}
            {item.promisedLimit === null ? '' : <strong safe>{t('promise', { limit: limitText(item.promisedLimit)[language] })}</strong>}
            <span class="tags">
              {item.applicable ? <Tag text={t('online')} colour="jade" /> : ''}
              {item.requiredVisits === 0 ? <Tag text={t('noVisit')} /> : ''}
            </span>
          </p>
        </li>
      ))}
    </ul>
  )
}

const addressOf = (asked: ItemQuery) => ({ q: asked.q, department: asked.department, type: asked.type, target: asked.target, topic: asked.topic })

const Filters = ({ frame, asked, facets }: { frame: Frame; asked: ItemQuery; facets: Facets }): Markup => {
  const t = listSay(frame.language)
  const values = addressOf(asked)
  return (
    <section aria-label={t('filters')}>
      <FilterGroup frame={frame} title={t('targets')} facets={facets.targets} chosen={asked.target} to={(target) => query({ ...values, target })} />
      <FilterGroup frame={frame} title={t('types')} facets={facets.types} chosen={asked.type} to={(type) => query({ ...values, type })} />
      <FilterGroup frame={frame} title={t('departments')} facets={facets.departments} chosen={asked.department} to={(department) => query({ ...values, department })} />
      <FilterGroup frame={frame} title={t('topics')} facets={facets.topics} chosen={asked.topic} to={(topic) => query({ ...values, topic })} />
    </section>
  )
}

/** A chosen value is drawn as such and leads to the list without it. Long groups are folded up. */
const FilterGroup = ({ frame, title, facets, chosen, to }: { frame: Frame; title: string; facets: readonly Facet[]; chosen: string | undefined; to: (code: string | undefined) => string }): Markup => {
  const t = listSay(frame.language)
  if (facets.length === 0) return ''
  const one = (facet: Facet): Markup => {
    const name = inLanguage(facet.name, frame.language)
    return facet.code === chosen
      ? <li><a href={`/items${to(undefined)}`} aria-current="true" aria-label={t('remove', { name })}><span safe>{`✓ ${name}`}</span><span class="count">{facet.count}</span></a></li>
      : <li><a href={`/items${to(facet.code)}`}><span safe>{name}</span><span class="count">{facet.count}</span></a></li>
  }
  return (
    <details open={facets.length <= 8 || chosen !== undefined}>
      <summary safe>{title}</summary>
      <ul class="links">{facets.map(one)}</ul>
    </details>
  )
}
