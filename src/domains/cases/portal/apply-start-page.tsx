import type { CivilDay } from '../../../base/civil-day.ts'
import type { Language } from '../../../base/text.ts'
import { Button, ErrorSummary, FormKeys, inLanguage, Layout, LinkList, longDay, messages, Notice, part, query, Radios, type Frame, type Markup } from '../../../kit/portal/index.ts'
import type { Item, Limit } from '../../catalog/contract.ts'
import type { Who } from './draft.ts'

const say = messages({
  title: { zh: '申请：{item}', en: 'Apply: {item}' },
  lede: { zh: '由{body}办理。{limit}填到一半可以随时离开，草稿会保存。', en: 'Handled by {body}. {limit}You may leave at any time; the draft is kept.' },
  promised: { zh: '承诺受理后 {limit}办结。', en: 'Promised within {limit} of acceptance. ' },
  need: { zh: '请准备好', en: 'Have these ready' },
  nothing: { zh: '不需要您提交材料。', en: 'You need not hand in anything.' },
  shared: { zh: '以下由我们从有关部门调取，您不用提交', en: 'We fetch these ourselves; you need not hand them in' },
  when: { zh: '{when}', en: '{when}' },
  who: { zh: '您为谁申请？', en: 'For whom do you apply?' },
  self: { zh: '我本人（{name}）', en: 'For myself ({name})' },
  organisation: { zh: '我的单位（{name}）', en: 'For my organisation ({name})' },
  principal: { zh: '代“{name}”', en: 'For “{name}”' },
  asAgent: { zh: '您是代理人', en: 'You are the agent' },
  asAgentUntil: { zh: '您是代理人，委托到{day}', en: 'You are the agent, with authority until {day}' },
  outside: { zh: '您代“{name}”办理，授权委托书的范围不包括这一事项。', en: 'You act for “{name}”, and your power of attorney does not cover this service.' },
  agentNot: { zh: '您现在代“{name}”办理。该事项依法须由申请人本人办理，不能代理（{article}）。', en: 'You act for “{name}” at present. The law requires the applicant herself here; no agent is admitted ({article}).' },
  change: { zh: '换一个名义办理', en: 'Act for somebody else' },
  agentPerson: { zh: '代理他人', en: 'As agent of another person' },
  agentOrganisation: { zh: '代理企业或者其他组织', en: 'As agent of an organisation' },
  agentHint: { zh: '需要授权委托书', en: 'A power of attorney is needed' },
  guardian: { zh: '为未成年人（我是监护人）', en: 'For a minor whose guardian I am' },
  inPerson: { zh: '该事项依法须由申请人本人办理，不能代理（{article}）。', en: 'The law requires the applicant herself; no agent is admitted ({article}).' },
  go: { zh: '开始填写', en: 'Begin' },
  drafts: { zh: '您还有没填完的申请', en: 'You have unfinished applications' },
  visits: { zh: '办理中需要到现场 {n} 次。', en: 'You will have to come {n} times.' },
  notHere: { zh: '这个事项不能在线申请', en: 'This cannot be applied for online' },
  notHereText: { zh: '请按办事指南载明的途径办理。', en: 'Follow the way given in its guide.' },
  guide: { zh: '看办事指南', en: 'Read the guide' },
})

const UNITS = { workingDay: ['个工作日', 'working days'], naturalDay: ['日', 'days'], hour: ['小时', 'hours'], month: ['个月', 'months'] } as const
export const limitText = (limit: Limit, language: Language): string =>
  limit.amount === 0 ? (language === 'zh' ? '当场' : 'the same visit') : language === 'zh' ? `${limit.amount} ${UNITS[limit.unit][0]}` : `${limit.amount} ${UNITS[limit.unit][1]}`

/** In whose name the reader applies: `agency` where she acts under a power of attorney seen at a counter; `covered`: it names this service. */
export interface Reading { readonly partyId: string; readonly name: string; readonly organisation: boolean; readonly agency: { readonly validTo: CivilDay | null } | null; readonly covered: boolean }

export interface StartProps { readonly frame: Frame; readonly item: Item; readonly reader: Reading; readonly drafts: readonly { readonly caseNo: string }[]; readonly sendKey: string; readonly error?: string }

/** Before anything is asked: what will be needed, how long it takes, and for whom. */
export const StartPage = ({ frame, item, reader, drafts, sendKey, error }: StartProps): Markup => {
  const { language } = frame
  const t = say(language)
  const bring = item.materials.filter((material) => material.demanded)
  const shared = item.materials.filter((material) => !material.demanded)
  const name = inLanguage(item.name, language)
  const no = !reader.covered ? t('outside', { name: reader.name }) : reader.agency !== null && item.inPersonOnly !== null ? t('agentNot', { name: reader.name, article: item.inPersonOnly.article }) : null
  return (
    <Layout frame={frame} title={t('title', { item: name })} current="items" unlisted crumbs={[{ text: name, href: `/items/${part(item.code)}` }]}>
      <div class="one-thing">
        <h1 safe>{t('title', { item: name })}</h1>
        {item.applicable ? '' : <Notice kind="warn" title={t('notHere')}><p safe>{t('notHereText')}</p><p><a href={`/items/${part(item.code)}`} safe>{t('guide')}</a></p></Notice>}
        <ErrorSummary language={language} errors={error === undefined ? [] : [{ name: 'who', message: error }]} />
        <p class="lede" safe>{t('lede', { body: inLanguage(item.implementingBody.name, language), limit: item.promisedLimit === null ? '' : t('promised', { limit: limitText(item.promisedLimit, language) }) })}</p>
        {item.requiredVisits > 0 ? <p safe>{t('visits', { n: item.requiredVisits })}</p> : ''}
        <h2 safe>{t('need')}</h2>
        {bring.length === 0 ? <p safe>{t('nothing')}</p> : (
          <ul>
            {bring.map((material) => (
              <li>
                <span safe>{inLanguage(material.name, language)}</span>
                {material.neededWhenText === null ? '' : <span class="muted" safe>{language === 'zh' ? `（${inLanguage(material.neededWhenText, language)}）` : ` (${inLanguage(material.neededWhenText, language)})`}</span>}
              </li>
            ))}
          </ul>
        )}
        {shared.length === 0 ? '' : (
          <>
            <h3 safe>{t('shared')}</h3>
            <ul>{shared.map((material) => <li safe>{inLanguage(material.name, language)}</li>)}</ul>
          </>
        )}
        {drafts.length === 0 ? '' : (
          <Notice title={t('drafts')}><LinkList links={drafts.map(({ caseNo }) => ({ text: caseNo, href: `/apply/draft/${part(caseNo)}/applicant` }))} /></Notice>
        )}
        {no === null ? '' : <Notice kind="warn"><p safe>{no}</p><p><a href={`/my/acting${query({ item: item.code })}`} safe>{t('change')}</a></p></Notice>}
        {!item.applicable || no !== null ? '' : (
          <form method="post" action={`/apply/${part(item.code)}`} novalidate>
            <FormKeys csrfToken={frame.csrfToken} idempotencyKey={sendKey} />
            <input type="hidden" name="party" value={reader.partyId} />
            {item.inPersonOnly === null ? '' : <p safe>{t('inPerson', { article: item.inPersonOnly.article })}</p>}
            <Radios name="who" label={t('who')} language={language} {...(error === undefined ? {} : { error })} value={item.inPersonOnly === null && !reader.organisation ? undefined : 'self'} choices={choices(item, reader, language)} />
            <div class="buttons"><Button text={t('go')} /></div>
          </form>
        )}
      </div>
    </Layout>
  )
}

function choices(item: Item, reader: StartProps['reader'], language: Language): { value: Who; text: string; hint?: string }[] {
  const t = say(language)
  if (reader.agency !== null) return [{ value: 'self', text: t('principal', { name: reader.name }), hint: reader.agency.validTo === null ? t('asAgent') : t('asAgentUntil', { day: longDay(reader.agency.validTo, language) }) }]
  const self = { value: 'self' as const, text: t(reader.organisation ? 'organisation' : 'self', { name: reader.name }) }
  // In an organisation's name one applies for that organisation; for somebody else one acts as oneself.
  if (reader.organisation) return [self]
  const agents = item.inPersonOnly === null
    ? [{ value: 'agentPerson' as const, text: t('agentPerson'), hint: t('agentHint') }, { value: 'agentOrganisation' as const, text: t('agentOrganisation'), hint: t('agentHint') }] : []
  return [self, ...agents, { value: 'guardian' as const, text: t('guardian') }]
}
