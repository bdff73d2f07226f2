import { count, Figures, inLanguage, Layout, Light, LinkList, longDay, messages, part, query, SearchBox, type Frame, type Markup } from '../kit/portal/index.ts'
import type { Site } from '../kernel/org/types.ts'
import type { Count, HomeNumbers, PortalCatalog } from './deps.ts'

const say = messages({
  title: { zh: '首页', en: 'Home' },
  description: { zh: '查办事指南、材料、时限和进度；每一个法定时限都公开可查，每一次办理都能核验。', en: 'Guides, materials, time limits and progress; every statutory clock is open, every act can be verified.' },
  examples: { zh: '比如', en: 'For example' },
  find: { zh: '找事项', en: 'Find a service' },
  personal: { zh: '个人办事', en: 'For persons' },
  enterprise: { zh: '企业办事', en: 'For enterprises' },
  departments: { zh: '按部门', en: 'By department' },
  subdistricts: { zh: '按街道', en: 'By sub-district' },
  all: { zh: '全部事项', en: 'All services' },
  topics: { zh: '按主题', en: 'By topic' },
  moreTopics: { zh: '更多主题', en: 'More topics' },
  halls: { zh: '到哪里办', en: 'Where to go' },
  moreHalls: { zh: '全部 {n} 处大厅', en: 'All {n} halls' },
  month: { zh: '本月办理', en: 'This month' },
  since: { zh: '{day} 起，实时统计', en: 'since {day}, counted now' },
  onTime: { zh: '按时办结', en: 'on time' },
  finished: { zh: '办结', en: 'finished' },
  cases: { zh: '件', en: 'cases' },
  lights: { zh: '在办时限', en: 'Open clocks now' },
  none: { zh: '本月还没有办结的件。', en: 'No case has been finished this month yet.' },
  track: { zh: '已经在办？', en: 'Already applied?' },
  trackLink: { zh: '用编号和查询码看进度', en: 'See the progress by number and code' },
  check: { zh: '不必信任我们', en: 'You need not trust us' },
  checkText: { zh: '每一次收件、受理、决定都写进公开日志，任何人都可以核验它没有被改过。', en: 'Every receipt, acceptance and decision is in a public log; anyone can check that nothing was changed.' },
  checkLink: { zh: '核验一份回执', en: 'Verify a receipt' },
})

type Counts = Awaited<ReturnType<PortalCatalog['countItems']>>
export interface HomeProps { readonly frame: Frame; readonly counts: Counts; readonly examples: readonly { readonly code: string; readonly name: { zh: string; en: string } }[]; readonly sites: readonly Site[]; readonly subdistricts: number; readonly numbers: HomeNumbers | null }

const HALLS_SHOWN = 3
const TOPICS_SHOWN = 8

/** What do you want to get done? Search first; then ways to find it, where to go, and how the office keeps its time. */
export const HomePage = ({ frame, counts, examples, sites, subdistricts, numbers }: HomeProps): Markup => {
  const t = say(frame.language)
  const of = (list: readonly Count[], codes: readonly string[]): number | undefined => list.find((entry) => codes.includes(entry.code))?.count
  const note = (n: number | undefined): { note?: string } => (n === undefined ? {} : { note: count(n) })
  const topics = [...counts.topics].sort((a, b) => b.count - a.count)
  return (
    <Layout frame={frame} title="" current="home" description={t('description')} islands={['suggest.js']}>
      <h1 class="sr" safe>{frame.site[frame.language]}</h1>
      <div class="hero">
        <SearchBox language={frame.language} />
        {examples.length === 0 ? '' : (
          <ul class="popular">
            <li class="quiet" safe>{t('examples')}</li>
            {examples.map((item) => <li><a href={`/items/${part(item.code)}`} safe>{inLanguage(item.name, frame.language)}</a></li>)}
          </ul>
        )}
      </div>
      <div class="columns-3">
        <section aria-labelledby="h-find">
          <h2 id="h-find" safe>{t('find')}</h2>
          <LinkList links={[
            { text: t('personal'), href: `/items${query({ target: '1' })}`, ...note(of(counts.targets, ['1'])) },
            { text: t('enterprise'), href: `/items${query({ target: '2' })}`, ...note(of(counts.targets, ['2'])) },
            { text: t('departments'), href: '/departments', note: count(counts.departments.length) },
            { text: t('subdistricts'), href: '/subdistricts', note: count(subdistricts) },
            { text: t('all'), href: '/items', note: count(counts.all) },
          ]} />
          <h2 class="second" safe>{t('track')}</h2>
          <LinkList links={[{ text: t('trackLink'), href: '/track' }]} />
        </section>
        <section aria-labelledby="h-topics">
          <h2 id="h-topics" safe>{t('topics')}</h2>
          <LinkList links={topics.slice(0, TOPICS_SHOWN).map((topic) => ({ text: inLanguage(topic.name, frame.language), href: `/items${query({ topic: topic.code })}`, note: count(topic.count) }))} />
          {topics.length > TOPICS_SHOWN ? <p class="more"><a href="/items" safe>{t('moreTopics')}</a></p> : ''}
        </section>
        <Halls frame={frame} sites={sites} />
      </div>
      <div class="columns-2">
        {numbers === null ? '' : <Month frame={frame} numbers={numbers} />}
        <section aria-labelledby="h-check">
          <h2 id="h-check" safe>{t('check')}</h2>
          <p safe>{t('checkText')}</p>
          <p class="more"><a href="/verify" safe>{t('checkLink')}</a></p>
        </section>
      </div>
    </Layout>
  )
}

const Halls = ({ frame, sites }: { frame: Frame; sites: readonly Site[] }): Markup => {
  const t = say(frame.language)
  return (
    <section aria-labelledby="h-halls">
      <h2 id="h-halls" safe>{t('halls')}</h2>
      <ul class="halls">
        {sites.slice(0, HALLS_SHOWN).map((site) => (
          <li>
            <a href={`/halls/${part(site.id)}`} safe>{inLanguage(site.name, frame.language)}</a>
            <span safe>{site.address}</span>
            <span safe>{inLanguage(site.hours, frame.language)}</span>
          </li>
        ))}
      </ul>
      {sites.length > HALLS_SHOWN ? <p class="more"><a href="/halls" safe>{t('moreHalls', { n: sites.length })}</a></p> : ''}
    </section>
  )
}

const Month = ({ frame, numbers }: { frame: Frame; numbers: HomeNumbers }): Markup => {
  const t = say(frame.language)
  const { language } = frame
  return (
    <section class="month" aria-labelledby="h-month">
      <h2 id="h-month" safe>{t('month')}</h2>
      <div>
        {numbers.onTimeShare === null ? <p safe>{t('none')}</p> : (
          <Figures figures={[
            { value: (Math.floor(numbers.onTimeShare * 1000) / 10).toFixed(1), unit: '%', label: t('onTime') },
            { value: count(numbers.finished), unit: t('cases'), label: t('finished') },
          ]} />
        )}
        <p class="small quiet" safe>{t('since', { day: longDay(numbers.since, language) })}</p>
      </div>
      <div>
        <h3 safe>{t('lights')}</h3>
        <ul class="lights">
          {(['green', 'yellow', 'red', 'black'] as const).map((light) => <li><Light light={light} language={language} /><strong safe>{count(numbers.lights[light])}</strong></li>)}
        </ul>
      </div>
    </section>
  )
}
