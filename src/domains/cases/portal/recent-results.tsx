import type { House } from '../../../kernel/house.ts'
import { inLanguage, messages, part, shortDay, type Frame, type Markup } from '../../../kit/portal/index.ts'
import type { Item } from '../../catalog/contract.ts'
import { resultsOf } from './queries.ts'

const SHOWN = 3
const say = messages({
  title: { zh: '办理结果公开', en: 'Published results' },
  all: { zh: '全部 {n} 件', en: 'All {n}' },
  none: { zh: '还没有作出过决定。', en: 'Nothing has been decided yet.' },
  grant: { zh: '准予', en: 'granted' }, annulled: { zh: '已撤销', en: 'annulled' }, refuse: { zh: '不予', en: 'refused' },
})

/** The newest decisions of a service, for the left column of its guide. */
export const recentResults = (house: House) => async (item: Item, frame: Frame): Promise<Markup> => {
  const { language } = frame
  const t = say(language)
  const { results, total } = await resultsOf(house.db, item.code, SHOWN, 0)
  return (
    <section aria-labelledby="h-results">
      <h2 id="h-results" safe>{t('title')}</h2>
      {total === 0 ? <p safe>{t('none')}</p> : (
        <>
          <ul class="small">{results.map((result) => <li safe>{`${shortDay(result.decidedOn, language)} ${result.documentNo} ${t(result.annulledOn === null ? result.outcome : 'annulled')}`}</li>)}</ul>
          <p><a href={`/items/${part(item.code)}/results`}><span safe>{t('all', { n: total })}</span><span class="sr" safe>{` ${inLanguage(item.name, language)}`}</span></a></p>
        </>
      )}
    </section>
  )
}
