import { inLanguage, Layout, messages, part, SummaryList, Table, type Fact, type Frame, type Markup } from '../kit/portal/index.ts'
import type { Counter, Site } from '../kernel/org/types.ts'

const say = messages({
  halls: { zh: '办事大厅', en: 'Halls' },
  centre: { zh: '政务服务中心', en: 'Service centre' },
  hall: { zh: '专业大厅', en: 'Specialised halls' },
  subdistrictHall: { zh: '街道便民服务中心', en: 'Sub-district convenience centres' },
  communityStation: { zh: '社区代办点', en: 'Community proxy points' },
  name: { zh: '名称', en: 'Name' },
  address: { zh: '地址', en: 'Address' },
  hours: { zh: '办公时间', en: 'Hours' },
  phone: { zh: '电话', en: 'Telephone' },
  counters: { zh: '窗口', en: 'Counters' },
  number: { zh: '窗口号', en: 'No.' },
  does: { zh: '办理内容', en: 'What it does' },
  barrierFree: { zh: '无障碍设施', en: 'Step-free' },
  yes: { zh: '有', en: 'yes' },
  map: { zh: '位置（CGCS2000）', en: 'Position (CGCS2000)' },
  mapText: { zh: '东经 {longitude}，北纬 {latitude}', en: '{longitude} E, {latitude} N' },
})

const KINDS = ['centre', 'hall', 'subdistrictHall', 'communityStation'] as const

/** Every place one can go to, by kind. */
export const HallsPage = ({ frame, sites }: { frame: Frame; sites: readonly Site[] }): Markup => {
  const { language } = frame
  const t = say(language)
  return (
    <Layout frame={frame} title={t('halls')} current="halls">
      <h1 safe>{t('halls')}</h1>
      {KINDS.map((kind) => {
        const these = sites.filter((site) => site.kind === kind)
        return these.length === 0 ? '' : (
          <section>
            <h2 safe>{t(kind)}</h2>
            <Table stack caption={t(kind)} captionHidden columns={[{ head: t('name') }, { head: t('address') }, { head: t('hours') }, { head: t('phone') }]}
              rows={these.map((site) => ({ cells: [() => <a href={`/halls/${part(site.id)}`} safe>{inLanguage(site.name, language)}</a>, site.address, inLanguage(site.hours, language), () => <span class="nowrap" safe>{site.phone}</span>] }))} />
          </section>
        )
      })}
    </Layout>
  )
}

/** One hall: address, hours, counters. */
export const HallPage = ({ frame, site, counters }: { frame: Frame; site: Site; counters: readonly Counter[] }): Markup => {
  const { language } = frame
  const t = say(language)
  const name = inLanguage(site.name, language)
  const facts: Fact[] = [
    { term: t('address'), value: site.address },
    { term: t('hours'), value: inLanguage(site.hours, language) },
    ...(site.phone === '' ? [] : [{ term: t('phone'), value: () => <a href={`tel:${site.phone.replace(/[^0-9+-]/g, '')}`} safe>{site.phone}</a> }]),
    ...(site.barrierFree ? [{ term: t('barrierFree'), value: t('yes') }] : []),
    ...(site.longitude === null || site.latitude === null ? [] : [{ term: t('map'), value: t('mapText', { longitude: site.longitude, latitude: site.latitude }) }]),
  ]
  return (
    <Layout frame={frame} title={name} current="halls" crumbs={[{ text: t('halls'), href: '/halls' }]}>
      <h1 safe>{name}</h1>
      <SummaryList facts={facts} />
      {counters.length === 0 ? '' : (
        <>
          <h2 safe>{t('counters')}</h2>
          <Table caption={t('counters')} captionHidden columns={[{ head: t('number') }, { head: t('does') }]} rows={counters.map((counter) => ({ cells: [counter.code, inLanguage(counter.name, language)] }))} />
        </>
      )}
    </Layout>
  )
}
