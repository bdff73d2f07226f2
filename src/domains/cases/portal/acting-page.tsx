import type { Agency } from '../../../kernel/access/agencies.ts'
import type { Bilingual, Language } from '../../../base/text.ts'
import { Button, ErrorSummary, FormKeys, inLanguage, Layout, longDay, messages, Notice, query, Radios, Table, type Frame, type Markup } from '../../../kit/portal/index.ts'

const say = messages({
  title: { zh: '以谁的名义办理', en: 'For whom I act' },
  mine: { zh: '我的', en: 'My affairs' },
  lede: { zh: '选定之后，您的申请和查询都以该名义进行，直到您更换。', en: 'What you apply for and look up is in this name until you change it.' },
  choose: { zh: '现在以谁的名义办理？', en: 'For whom do you act now?' },
  self: { zh: '我本人（{name}）', en: 'Myself ({name})' },
  save: { zh: '以此名义办理', en: 'Act for' },
  changedSelf: { zh: '现在以您本人的名义办理。', en: 'You act for yourself now.' },
  changed: { zh: '现在代“{name}”办理。', en: 'You act for “{name}” now.' },
  all: { zh: '全部事项', en: 'all services' },
  until: { zh: '到{day}止', en: 'until {day}' },
  from: { zh: '{day}起', en: 'from {day}' },
  open: { zh: '长期', en: 'without end' },
  unseen: { zh: '注册时自行填报，委托书未经核验', en: 'declared when registering; no power of attorney was seen' },
  none: { zh: '您现在没有代他人办理的授权。', en: 'You hold no authority to act for anybody at present.' },
  how: { zh: '要代他人办理：持您本人的证件原件和委托人的授权委托书原件到综合窗口，工作人员核验后登记在您的账户上（行政许可法 第二十九条）。', en: 'To act for somebody, bring your own original and the principal’s power of attorney to an integrated counter; once seen, it is entered on your account (Administrative Licensing Law Art. 29).' },
  halls: { zh: '查看办事大厅', en: 'Find a hall' },
  others: { zh: '现在不能用的授权', en: 'Authorities not in force' },
  who: { zh: '委托人', en: 'Principal' }, scope: { zh: '范围', en: 'Scope' }, days: { zh: '期限', en: 'Days' }, state: { zh: '状态', en: 'State' },
  state_coming: { zh: '尚未生效', en: 'not yet in force' }, state_expired: { zh: '已到期', en: 'expired' }, state_ended: { zh: '已终止', en: 'ended' }, state_valid: { zh: '有效', en: 'in force' },
})

export interface ActingPageProps {
  readonly frame: Frame
  /** The account's holder. */
  readonly own: string
  readonly agencies: readonly (Agency & { readonly items: readonly Bilingual[] })[]
  readonly changed: boolean
  /** Where the reader came from: an application she goes back to. */
  readonly item: string | undefined
  readonly error?: string
}

/** One question: for whom from now on. What has lapsed stands below, so that nobody wonders where it went. */
export const ActingPage = ({ frame, own, agencies, changed, item, error }: ActingPageProps): Markup => {
  const { language } = frame
  const t = say(language)
  const valid = agencies.filter(({ state }) => state === 'valid')
  const others = agencies.filter(({ state }) => state !== 'valid')
  const chosen = valid.find((agency) => agency.chosen)
  return (
    <Layout frame={frame} title={t('title')} current="mine" unlisted crumbs={[{ text: t('mine'), href: '/my' }]}>
      <div class="one-thing">
        <h1 safe>{t('title')}</h1>
        {changed ? <Notice kind="open" alert><p safe>{chosen === undefined ? t('changedSelf') : t('changed', { name: chosen.name })}</p></Notice> : ''}
        <ErrorSummary language={language} errors={error === undefined ? [] : [{ name: 'party', message: error }]} />
        {valid.length === 0 ? <p safe>{t('none')}</p> : (
          <>
            <p safe>{t('lede')}</p>
            <form method="post" action={`/my/acting${query({ item })}`} novalidate>
              <FormKeys csrfToken={frame.csrfToken} />
              <Radios name="party" label={t('choose')} language={language} {...(error === undefined ? {} : { error })} value={chosen?.partyId ?? 'self'}
                choices={[{ value: 'self', text: t('self', { name: own }) }, ...valid.map((agency) => ({ value: agency.partyId, text: agency.name, hint: hintOf(agency, language) }))]} />
              <div class="buttons"><Button text={t('save')} /></div>
            </form>
          </>
        )}
      </div>
      {others.length === 0 ? '' : (
        <section aria-labelledby="h-others">
          <h2 id="h-others" safe>{t('others')}</h2>
          <Table caption={t('others')} captionHidden stack columns={[{ head: t('who') }, { head: t('scope') }, { head: t('days') }, { head: t('state') }]}
            rows={others.map((agency) => ({ cells: [agency.name, scopeOf(agency, language), daysOf(agency, language), t(`state_${agency.state}`)] }))} />
        </section>
      )}
      <p safe>{t('how')}</p>
      <p><a href="/halls" safe>{t('halls')}</a></p>
    </Layout>
  )
}

type Shown = ActingPageProps['agencies'][number]
const scopeOf = ({ items }: Shown, language: Language): string =>
  items.length === 0 ? say(language)('all') : items.map((name) => inLanguage(name, language)).join(language === 'zh' ? '、' : '; ')
const daysOf = ({ validFrom, validTo }: Shown, language: Language): string => {
  const t = say(language)
  return [t('from', { day: longDay(validFrom, language) }), validTo === null ? t('open') : t('until', { day: longDay(validTo, language) })].join(language === 'zh' ? '，' : ', ')
}
const hintOf = (agency: Shown, language: Language): string => {
  const t = say(language)
  const days = agency.validTo === null ? t('open') : t('until', { day: longDay(agency.validTo, language) })
  return [scopeOf(agency, language), days, ...(agency.confirmed ? [] : [t('unseen')])].join(language === 'zh' ? '；' : '; ')
}
