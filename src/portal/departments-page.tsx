import { count, EmptyState, inLanguage, Layout, LinkList, messages, part, query, SummaryList, type Frame, type Markup } from '../kit/portal/index.ts'
import type { Organisation } from '../kernel/org/types.ts'
import type { ItemSummary } from '../domains/catalog/contract.ts'
import type { Count } from './deps.ts'

const say = messages({
  departments: { zh: '部门', en: 'Departments' },
  subdistricts: { zh: '街道', en: 'Sub-districts' },
  centre: { zh: '政务服务中心', en: 'Service centre' },
  department: { zh: '区政府部门', en: 'Departments of the district' },
  vertical: { zh: '垂直管理单位', en: 'Vertically led organs' },
  body: { zh: '其他机关和组织', en: 'Other bodies' },
  subdistrict: { zh: '街道办事处', en: 'Sub-district offices' },
  items: { zh: '{n} 项', en: '{n}' },
  address: { zh: '办公地址', en: 'Address' },
  consult: { zh: '咨询电话', en: 'Questions' },
  complain: { zh: '投诉电话', en: 'Complaints' },
  code: { zh: '统一社会信用代码', en: 'Unified social credit code' },
  reconsider: { zh: '行政复议机关', en: 'Reconsideration body' },
  court: { zh: '行政诉讼管辖法院', en: 'Court' },
  services: { zh: '办理的事项', en: 'Services' },
  noServices: { zh: '本机构目前没有公布的办事事项', en: 'This body has no published services' },
  filter: { zh: '在事项列表中查看', en: 'See in the list of services' },
  communities: { zh: '辖区社区', en: 'Communities' },
})

type Kind = 'centre' | 'department' | 'vertical' | 'body'
const ORDER: readonly Kind[] = ['department', 'vertical', 'centre', 'body']

/** All bodies of the district by kind, each with how many services it has. */
export const DepartmentsPage = ({ frame, organisations, counts }: { frame: Frame; organisations: readonly Organisation[]; counts: readonly Count[] }): Markup => {
  const t = say(frame.language)
  return (
    <Layout frame={frame} title={t('departments')} current="departments">
      <h1 safe>{t('departments')}</h1>
      {ORDER.map((kind) => {
        const these = organisations.filter((organisation) => organisation.kind === kind)
        return these.length === 0 ? '' : (
          <section>
            <h2 safe>{t(kind)}</h2>
            <LinkList wide links={these.map((organisation) => linkOf(organisation, counts, frame))} />
          </section>
        )
      })}
      <section>
        <h2 safe>{t('subdistrict')}</h2>
        <LinkList wide links={organisations.filter((organisation) => organisation.kind === 'subdistrict').map((organisation) => linkOf(organisation, counts, frame))} />
      </section>
    </Layout>
  )
}

const linkOf = (organisation: Organisation, counts: readonly Count[], frame: Frame) => {
  const n = counts.find((entry) => entry.code === organisation.code)?.count
  return { text: inLanguage(organisation.name, frame.language), href: `/departments/${part(organisation.code)}`, ...(n === undefined ? {} : { note: say(frame.language)('items', { n: count(n) }) }) }
}

/** The sub-district offices. */
export const SubdistrictsPage = ({ frame, organisations, counts }: { frame: Frame; organisations: readonly Organisation[]; counts: readonly Count[] }): Markup => {
  const t = say(frame.language)
  return (
    <Layout frame={frame} title={t('subdistricts')} current="departments" crumbs={[{ text: t('departments'), href: '/departments' }]}>
      <h1 safe>{t('subdistrict')}</h1>
      <LinkList wide links={organisations.filter((organisation) => organisation.kind === 'subdistrict').map((organisation) => linkOf(organisation, counts, frame))} />
    </Layout>
  )
}

/** One body: what it is, how to reach it, what it does for people, who watches it. */
export const DepartmentPage = ({ frame, organisation, items, communities }: { frame: Frame; organisation: Organisation; items: readonly ItemSummary[]; communities: readonly Organisation[] }): Markup => {
  const t = say(frame.language)
  const name = inLanguage(organisation.name, frame.language)
  const parent = organisation.kind === 'subdistrict' ? { text: t('subdistricts'), href: '/subdistricts' } : { text: t('departments'), href: '/departments' }
  const facts = ([['address', organisation.address], ['consult', organisation.phoneConsult], ['complain', organisation.phoneComplaint], ['reconsider', organisation.reconsiderationBody], ['court', organisation.court], ['code', organisation.code]] as const)
    .filter(([, value]) => value !== '').map(([term, value]) => ({ term: t(term), value }))
  return (
    <Layout frame={frame} title={name} current="departments" crumbs={[parent]}>
      <h1 safe>{name}</h1>
      <SummaryList facts={facts} />
      <h2 safe>{t('services')}</h2>
      {items.length === 0 ? <EmptyState title={t('noServices')} /> : (
        <>
          <LinkList wide links={items.map((item) => ({ text: inLanguage(item.name, frame.language), href: `/items/${part(item.code)}` }))} />
          <p class="more"><a href={`/items${query({ department: organisation.code })}`} safe>{t('filter')}</a></p>
        </>
      )}
      {communities.length === 0 ? '' : (
        <details><summary safe>{`${t('communities')} ${communities.length}`}</summary><ul>{communities.map((community) => <li safe>{inLanguage(community.name, frame.language)}</li>)}</ul></details>
      )}
    </Layout>
  )
}
