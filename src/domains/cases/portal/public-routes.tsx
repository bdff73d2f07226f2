import { z } from 'zod'
import { maskName } from '../../../base/identifiers.ts'
import { Page, route, type Route } from '../../../kernel/http/types.ts'
import { EmptyState, inLanguage, Layout, longDay, markup, messages, Pagination, part, query, Table, Tag, type Frame, type Markup } from '../../../kit/portal/index.ts'
import type { Item } from '../../catalog/contract.ts'
import { ClockPage } from './case-page.tsx'
import type { CasePagesDeps } from './deps.ts'
import { resultsOf, type PublicResult } from './queries.ts'
import { readClock } from './read-case.ts'

const PER_PAGE = 50

/** What anybody may read of cases: decisions of an item, and how a limit was computed. */
export function publicRoutes({ house, frames, items }: CasePagesDeps): Route[] {
  return [
    route({
      method: 'GET', kind: 'page', rate: 'page', path: '/items/:code/results', params: z.object({ code: z.string().max(40) }), query: z.object({ page: z.coerce.number().int().min(1).max(10_000).default(1) }),
      guard: { open: '行政许可决定应当公开，公众有权查阅，行政许可法 第四十条' }, summary: { zh: '一个事项的办理结果', en: 'Results of a service' },
      handle: async (ask) => {
        const item = items.get(ask.params.code, house.time.today())
        const [frame, { results, total }] = await Promise.all([frames.of(ask), resultsOf(house.db, item.code, PER_PAGE, (ask.query.page - 1) * PER_PAGE)])
        return new Page(markup(<ResultsPage frame={frame} item={item} results={results} total={total} page={ask.query.page} />))
      },
    }),
    route({
      method: 'GET', kind: 'page', rate: 'page', path: '/track/clock', query: z.object({ caseNo: z.string().min(1).max(60), clock: z.string().min(1).max(80) }),
      guard: { open: '期限的计算依据公开，优化营商环境条例 第三十六条' }, summary: { zh: '期限逐日说明', en: 'A limit day by day' },
      handle: async (ask) => {
        const { caseNo, clock } = ask.query
        return new Page(markup(<ClockPage frame={await frames.of(ask)} caseNo={caseNo} explained={await readClock(house, caseNo, clock)} back={`/track/case${query({ no: caseNo })}`} />))
      },
    }),
  ]
}

const say = messages({
  title: { zh: '办理结果', en: 'Results' },
  lede: { zh: '共 {n} 件已作出决定。个人姓名隐去，企业和其他组织列全称。', en: '{n} decided. Persons are masked; organisations stand in full.' },
  law: { zh: '公开依据：行政许可法 第四十条；个人信息依政府信息公开条例 第十五条不公开。', en: 'Published under Administrative Licensing Law Art. 40; personal data withheld under Open Government Information Regulations Art. 15.' },
  none: { zh: '还没有作出过决定', en: 'Nothing has been decided yet' },
  noneText: { zh: '作出决定后会列在这里。', en: 'Decisions will be listed here.' },
  documentNo: { zh: '文号', en: 'Document number' }, outcome: { zh: '结果', en: 'Outcome' }, applicant: { zh: '申请人', en: 'Applicant' }, on: { zh: '决定日期', en: 'Decided' }, inTime: { zh: '期限', en: 'In time' },
  grant: { zh: '准予', en: 'Granted' }, annulled: { zh: '已撤销（{day}）', en: 'Annulled ({day})' }, refuse: { zh: '不予', en: 'Refused' }, onTime: { zh: '按时', en: 'on time' }, late: { zh: '超期', en: 'late' },
})

const ResultsPage = ({ frame, item, results, total, page }: { frame: Frame; item: Item; results: readonly PublicResult[]; total: number; page: number }): Markup => {
  const { language } = frame
  const t = say(language)
  const name = inLanguage(item.name, language)
  const path = `/items/${part(item.code)}/results`
  return (
    <Layout frame={frame} title={`${t('title')} · ${name}`} current="items" crumbs={[{ text: name, href: `/items/${part(item.code)}` }]}>
      <h1 safe>{`${t('title')}${language === 'zh' ? '：' : ': '}${name}`}</h1>
      {total === 0 ? <EmptyState title={t('none')}><p safe>{t('noneText')}</p></EmptyState> : (
        <>
          <p safe>{t('lede', { n: total })}</p>
          <Table caption={t('title')} captionHidden stack columns={[{ head: t('documentNo') }, { head: t('outcome') }, { head: t('applicant') }, { head: t('on') }, { head: t('inTime') }]} rows={results.map((result) => ({ cells: [
            result.documentNo, () => result.annulledOn === null ? <Tag text={t(result.outcome)} {...(result.outcome === 'grant' ? { colour: 'jade' as const } : {})} /> : <Tag text={t('annulled', { day: longDay(result.annulledOn, language) })} />,
            result.applicantKind === 'organisation' ? result.applicantName : maskName(result.applicantName), longDay(result.decidedOn, language), result.onTime === null ? '—' : t(result.onTime ? 'onTime' : 'late'),
          ] }))} />
          <Pagination page={page} pages={Math.ceil(total / PER_PAGE)} path={path} values={{}} language={language} />
        </>
      )}
      <p class="muted small" safe>{t('law')}</p>
    </Layout>
  )
}

