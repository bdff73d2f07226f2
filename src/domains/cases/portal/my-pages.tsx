import type { Party } from '../../../kernel/access/parties.ts'
import { IDENTITY_TYPES } from '../../../kernel/access/identity-types.ts'
import type { ReadOfMine } from '../../../kernel/access/read-records.ts'
import type { Message } from '../../../kernel/notify/messages.ts'
import { Button, count, EmptyState, ErrorSummary, FormKeys, inLanguage, instant, Layout, Light, LinkList, longDay, messages, Notice, Pagination, part, query, SummaryList, Table, Tag, TextField, type Frame, type LightColour, type Markup } from '../../../kit/portal/index.ts'
import type { Bilingual } from '../../../base/text.ts'
import { STAGE_NAMES, type CaseStage } from '../contract.ts'
import type { Asked } from './asked.ts'

const say = messages({
  title: { zh: '我的', en: 'My affairs' },
  hello: { zh: '{name}，您好', en: 'Hello, {name}' },
  asked: { zh: '需要您办', en: 'Asked of you' },
  nothing: { zh: '现在没有需要您办的事。', en: 'Nothing is asked of you now.' },
  go: { zh: '去办', en: 'Do it' },
  drafts: { zh: '没填完的申请', en: 'Unfinished applications' },
  goOn: { zh: '继续填写', en: 'Go on' },
  begun: { zh: '{day}开始', en: 'begun {day}' },
  cases: { zh: '我的办件', en: 'My cases' },
  none: { zh: '您还没有办件', en: 'You have no cases yet' },
  noneText: { zh: '从办事指南开始在线申请。', en: 'Begin from the guide of a service.' },
  find: { zh: '查找事项', en: 'Find a service' },
  case: { zh: '办件', en: 'Case' }, stage: { zh: '阶段', en: 'Stage' }, due: { zh: '下一期限', en: 'Next limit' }, begunOn: { zh: '申请日期', en: 'Begun' },
  why: { zh: '为什么', en: 'why' },
  more: { zh: '更多', en: 'More' },
  messages: { zh: '消息', en: 'Messages' },
  unread: { zh: '{n} 条未读', en: '{n} unread' },
  data: { zh: '我的资料，谁看过', en: 'My data and who read it' },
  credit: { zh: '我的信用记录', en: 'My credit record' },
  acting: { zh: '以谁的名义办理', en: 'For whom I act' },
  password: { zh: '修改口令', en: 'Change the password' },
  noMessages: { zh: '没有消息', en: 'No messages' },
  markAll: { zh: '全部标为已读', en: 'Mark all as read' },
  markOne: { zh: '标为已读', en: 'Mark as read' },
  new: { zh: '未读', en: 'new' },
  toCase: { zh: '看办件 {no}', en: 'See case {no}' },
  dataTitle: { zh: '我的资料', en: 'My data' },
  dataLede: { zh: '这是我们保存的您的资料。联系方式可以自行更正；姓名和证件请持原件到窗口更正（个人信息保护法 第四十六条）。', en: 'This is what we hold about you. You may correct your contacts yourself; for name and document come to a counter with the original (Personal Information Protection Law Art. 46).' },
  name: { zh: '姓名或名称', en: 'Name' }, idType: { zh: '证件', en: 'Document' }, idNumber: { zh: '证件号码', en: 'Number' }, phone: { zh: '联系电话', en: 'Telephone' }, email: { zh: '电子邮箱', en: 'E-mail' }, address: { zh: '地址', en: 'Address' },
  level: { zh: '实名', en: 'Identity' }, levelDeclared: { zh: '本人填报，尚未核验', en: 'declared, not yet verified' }, levelSeen: { zh: '已核验', en: 'verified' },
  contacts: { zh: '联系方式', en: 'Contacts' },
  save: { zh: '保存', en: 'Save' },
  saved: { zh: '已保存。', en: 'Saved.' },
  reads: { zh: '谁看过我的资料', en: 'Who read my data' },
  readsLede: { zh: '工作人员每次查看您的资料都有记录（个人信息保护法 第四十五条）。', en: 'Every reading by an officer is recorded (Personal Information Protection Law Art. 45).' },
  noReads: { zh: '还没有人看过。', en: 'Nobody has.' },
  at: { zh: '时间', en: 'When' }, who: { zh: '机关和岗位', en: 'Body and post' }, what: { zh: '内容', en: 'What' }, reason: { zh: '事由', en: 'Why' },
  earlier: { zh: '更早的记录', en: 'Earlier ones' },
  part_case: { zh: '办件', en: 'a case' }, part_materials: { zh: '材料', en: 'materials' }, part_search: { zh: '查找结果', en: 'a search result' }, part_list: { zh: '办件列表', en: 'a list of cases' }, part_credit: { zh: '信用记录', en: 'credit records' }, part_account: { zh: '网上账户', en: 'the online account' },
  current: { zh: '现在的口令', en: 'Present password' }, next: { zh: '新口令', en: 'New password' }, again: { zh: '再输入一次新口令', en: 'New password again' },
  nextHint: { zh: '至少 10 个字符，不能是常见口令', en: 'At least 10 characters and not a common one' },
  changed: { zh: '口令已修改，其他设备上的登录已退出。', en: 'The password is changed; other devices were signed out.' },
})

export interface MyCase { readonly caseNo: string; readonly item: Bilingual; readonly stage: CaseStage; readonly openedOn: string; readonly due: { readonly clockId: string; readonly name: Bilingual; readonly on: string | null; readonly light: LightColour } | null; readonly asked: readonly Asked[] }
export interface MyPageProps { readonly frame: Frame; readonly name: string; readonly cases: readonly MyCase[]; readonly open: readonly MyCase[]; readonly page: number; readonly pages: number; readonly unread: number }

/** What is asked of me first, then what I have begun and what runs. */
export const MyPage = ({ frame, name, cases, open, page, pages, unread }: MyPageProps): Markup => {
  const { language } = frame
  const t = say(language)
  const asked = open.flatMap((one) => one.asked.map((ask) => ({ ...ask, one })))
  const drafts = open.filter(({ stage }) => stage === 'draft')
  const of = (caseNo: string): string => `/my/cases/${part(caseNo)}`
  return (
    <Layout frame={frame} title={t('title')} current="mine" unlisted>
      <h1 safe>{t('hello', { name })}</h1>
      <nav class="beside" aria-label={t('more')}>
        <ul>
          <li><a href="/my/messages" safe>{unread > 0 ? `${t('messages')}${language === 'zh' ? '（' : ' ('}${t('unread', { n: count(unread) })}${language === 'zh' ? '）' : ')'}` : t('messages')}</a></li>
          <li><a href="/my/data" safe>{t('data')}</a></li>
          <li><a href="/my/credit" safe>{t('credit')}</a></li>
          <li><a href="/my/acting" safe>{t('acting')}</a></li>
          <li><a href="/my/password" safe>{t('password')}</a></li>
        </ul>
      </nav>
      <section aria-labelledby="h-asked">
        <h2 id="h-asked" safe>{t('asked')}</h2>
        {asked.length === 0 ? <p safe>{t('nothing')}</p> : asked.map(({ what, why, act, one }) => (
          <Notice kind="act" title={what}>
            <p><a href={of(one.caseNo)} safe>{`${inLanguage(one.item, language)} ${one.caseNo}`}</a></p>
            <p safe>{why}</p>
            {act === null ? '' : <p><Button text={t('go')} href={`${of(one.caseNo)}/do/${act}`} look="plain" /></p>}
          </Notice>
        ))}
      </section>
      {drafts.length === 0 ? '' : (
        <section aria-labelledby="h-drafts">
          <h2 id="h-drafts" safe>{t('drafts')}</h2>
          <LinkList links={drafts.map((one) => ({ text: `${t('goOn')}${language === 'zh' ? '：' : ': '}${inLanguage(one.item, language)}`, href: `/apply/draft/${part(one.caseNo)}/applicant`, note: t('begun', { day: longDay(one.openedOn, language) }) }))} />
        </section>
      )}
      <section aria-labelledby="h-cases">
        <h2 id="h-cases" safe>{t('cases')}</h2>
        {cases.length === 0 ? <EmptyState title={t('none')}><p safe>{t('noneText')}</p><Button text={t('find')} href="/items" /></EmptyState> : (
          <Table caption={t('cases')} captionHidden stack columns={[{ head: t('case') }, { head: t('stage') }, { head: t('due') }, { head: t('begunOn') }]} rows={cases.map((one) => ({ cells: [
            () => <><a href={of(one.caseNo)} safe>{inLanguage(one.item, language)}</a><span class="hint" safe>{one.caseNo}</span></>,
            STAGE_NAMES[one.stage][language],
            () => one.due === null ? '—' : <Due frame={frame} one={one} href={`${of(one.caseNo)}/clocks/${part(one.due.clockId)}`} />,
            longDay(one.openedOn, language),
          ] }))} />
        )}
        <Pagination page={page} pages={pages} path="/my" values={{}} language={language} />
      </section>
    </Layout>
  )
}

const Due = ({ frame, one, href }: { frame: Frame; one: MyCase; href: string }): Markup => {
  const { language } = frame
  const t = say(language)
  const due = one.due!
  return (
    <>
      {due.on === null ? '' : <><span class="nowrap" safe>{longDay(due.on, language)}</span>{' '}</>}
      <Light light={due.light} language={language} />{' '}
      <a href={href}><span safe>{t('why')}</span><span class="sr" safe>{` ${inLanguage(due.name, language)} ${one.caseNo}`}</span></a>
    </>
  )
}

export const MessagesPage = ({ frame, list, unread, page, pages }: { frame: Frame; list: readonly Message[]; unread: number; page: number; pages: number }): Markup => {
  const { language } = frame
  const t = say(language)
  return (
    <Layout frame={frame} title={t('messages')} current="mine" unlisted crumbs={[{ text: t('title'), href: '/my' }]}>
      <h1 safe>{t('messages')}</h1>
      {list.length === 0 ? <EmptyState title={t('noMessages')} /> : <p safe>{t('unread', { n: count(unread) })}</p>}
      {unread === 0 ? '' : <form method="post" action="/my/messages/read"><FormKeys csrfToken={frame.csrfToken} /><Button text={t('markAll')} look="plain" /></form>}
      <ul class="results">
        {list.map((message) => (
          <li>
            <h2><span safe>{inLanguage(message.subject, language)}</span>{message.readAt === null ? <>{' '}<Tag text={t('new')} colour="cinnabar" /></> : ''}</h2>
            <p class="muted"><time datetime={message.createdAt.toISOString()} safe>{instant(message.createdAt, language)}</time></p>
            <p safe>{inLanguage(message.body, language)}</p>
            <div class="buttons">
              {message.matterNo === null ? '' : <a href={`/my/cases/${part(message.matterNo)}`} safe>{t('toCase', { no: message.matterNo })}</a>}
              {message.readAt !== null ? '' : (
                <form method="post" action="/my/messages/read">
                  <FormKeys csrfToken={frame.csrfToken} />
                  <input type="hidden" name="id" value={message.id} />
                  <button class="button button-quiet" type="submit"><span safe>{t('markOne')}</span><span class="sr" safe>{` ${inLanguage(message.subject, language)}`}</span></button>
                </form>
              )}
            </div>
          </li>
        ))}
      </ul>
      <Pagination page={page} pages={pages} path="/my/messages" values={{}} language={language} />
    </Layout>
  )
}

export interface DataPageProps { readonly frame: Frame; readonly party: Party; readonly values: Readonly<Record<'phone' | 'email' | 'address', string>>; readonly errors: readonly { readonly name: string; readonly message: string }[]; readonly saved: boolean; readonly reads: readonly ReadOfMine[]; readonly before: string | null }

/** What is held about me, and who looked. Officers stand under their posts, not by name. */
export const DataPage = ({ frame, party, values, errors, saved, reads, before }: DataPageProps): Markup => {
  const { language } = frame
  const t = say(language)
  const field = (name: 'phone' | 'email' | 'address') => ({ name, label: t(name), language, value: values[name], ...(errors.find((one) => one.name === name) ? { error: errors.find((one) => one.name === name)!.message } : {}) })
  return (
    <Layout frame={frame} title={t('dataTitle')} current="mine" unlisted crumbs={[{ text: t('title'), href: '/my' }]}>
      <h1 safe>{t('dataTitle')}</h1>
      {saved ? <Notice kind="open" alert><p safe>{t('saved')}</p></Notice> : ''}
      <ErrorSummary errors={errors} language={language} />
      <p safe>{t('dataLede')}</p>
      <SummaryList facts={[
        { term: t('name'), value: party.name }, { term: t('idType'), value: inLanguage(IDENTITY_TYPES.find(({ code }) => code === party.idType)?.name ?? { zh: party.idType }, language) },
        { term: t('idNumber'), value: party.idNumber }, { term: t('level'), value: t(party.declared ? 'levelDeclared' : 'levelSeen') },
      ]} />
      <section class="no-print" aria-labelledby="h-contacts">
        <h2 id="h-contacts" safe>{t('contacts')}</h2>
        <form method="post" action="/my/data" novalidate>
          <FormKeys csrfToken={frame.csrfToken} />
          <TextField {...field('phone')} type="tel" width={20} autocomplete="tel" />
          <TextField {...field('email')} type="email" autocomplete="email" optional />
          <TextField {...field('address')} autocomplete="street-address" optional />
          <Button text={t('save')} />
        </form>
      </section>
      <section aria-labelledby="h-reads">
        <h2 id="h-reads" safe>{t('reads')}</h2>
        <p safe>{t('readsLede')}</p>
        {reads.length === 0 ? <p safe>{t('noReads')}</p> : (
          <Table caption={t('reads')} captionHidden stack columns={[{ head: t('at') }, { head: t('who') }, { head: t('what') }, { head: t('reason') }]} rows={reads.map((read) => ({ cells: [
            () => <time datetime={read.at.toISOString()} safe>{instant(read.at, language)}</time>,
            [read.organisation, read.post].flatMap((one) => (one === null ? [] : [inLanguage(one, language)])).join(' · ') || '—', partName(read.part, language), read.reason,
          ] }))} />
        )}
        {before === null ? '' : <p class="more"><a href={`/my/data${query({ before })}`} safe>{t('earlier')}</a></p>}
      </section>
    </Layout>
  )
}

function partName(name: string, language: 'zh' | 'en'): string {
  const t = say(language)
  return name === 'case' || name === 'materials' || name === 'search' || name === 'list' || name === 'credit' || name === 'account' ? t(`part_${name}`) : name
}

export const PasswordPage = ({ frame, errors, changed }: { frame: Frame; errors: readonly { readonly name: string; readonly message: string }[]; changed: boolean }): Markup => {
  const { language } = frame
  const t = say(language)
  const field = (name: 'current' | 'next' | 'again', autocomplete: string) => {
    const error = errors.find((one) => one.name === name)
    return { name, label: t(name), language, type: 'password' as const, width: 20 as const, autocomplete, ...(error === undefined ? {} : { error: error.message }) }
  }
  return (
    <Layout frame={frame} title={t('password')} current="mine" unlisted crumbs={[{ text: t('title'), href: '/my' }]}>
      <div class="one-thing">
        <h1 safe>{t('password')}</h1>
        {changed ? <Notice kind="open" alert><p safe>{t('changed')}</p></Notice> : ''}
        <ErrorSummary errors={errors} language={language} />
        <form method="post" action="/my/password" novalidate>
          <FormKeys csrfToken={frame.csrfToken} />
          <TextField {...field('current', 'current-password')} />
          <TextField {...field('next', 'new-password')} hint={t('nextHint')} />
          <TextField {...field('again', 'new-password')} />
          <Button text={t('save')} />
        </form>
      </div>
    </Layout>
  )
}
export const passwordsDiffer = { zh: '两次输入的新口令不一样', en: 'The two new passwords differ' }
export const phoneWrong = { zh: '电话号码不正确', en: 'The telephone number is not right' }
export const emailWrong = { zh: '电子邮箱不正确', en: 'The e-mail address is not right' }
