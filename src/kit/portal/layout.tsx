import type { Frame } from './frame.ts'
import { ELDER_SIZES } from './frame.ts'
import { query, type Children, type Markup } from './html.ts'
import { DemoMark, SealMark } from './seal.tsx'
import { count, instant, languageTag, messages } from './words.ts'

const say = messages({
  skip: { zh: '跳到正文', en: 'Skip to the text' },
  signIn: { zh: '登录', en: 'Sign in' },
  signOut: { zh: '退出', en: 'Sign out' },
  mine: { zh: '我的', en: 'My affairs' },
  console: { zh: '工作台', en: 'Console' },
  actsFor: { zh: '您现在代“{name}”办理', en: 'You act for “{name}” at present' },
  change: { zh: '更换', en: 'Change' },
  elderOn: { zh: '关怀版', en: 'Large text' },
  elderOff: { zh: '退出关怀版', en: 'Ordinary text' },
  sizes: { zh: '字号', en: 'Text size' },
  size20: { zh: '大', en: 'Large' },
  size24: { zh: '更大', en: 'Larger' },
  size30: { zh: '最大', en: 'Largest' },
  phone: { zh: '电话办理：12345', en: 'By telephone: 12345' },
  tools: { zh: '语言、版式和登录', en: 'Language, edition and sign-in' },
  nav: { zh: '栏目', en: 'Sections' },
  crumbs: { zh: '当前位置', en: 'You are here' },
  home: { zh: '首页', en: 'Home' },
  items: { zh: '办事', en: 'Services' },
  departments: { zh: '部门', en: 'Departments' },
  halls: { zh: '大厅', en: 'Halls' },
  track: { zh: '查进度', en: 'Track' },
  verify: { zh: '核验', en: 'Verify' },
  log: { zh: '公开日志', en: 'The public log' },
  logAt: { zh: '第 {size} 号 · 签于 {at}', en: 'entry {size} · signed {at}' },
  how: { zh: '如何自己核验', en: 'How to check it yourself' },
  accessibility: { zh: '无障碍说明', en: 'Accessibility' },
  about: { zh: '关于本站', en: 'About' },
  sitemap: { zh: '网站地图', en: 'Site map' },
  api: { zh: '开放接口', en: 'API' },
  foot: { zh: '政务服务热线 12345', en: 'Service hotline 12345' },
  footDemo: { zh: '本站为演示系统，所列机构、事项、数字均为演示数据，不是西城区人民政府网站，不能办理真实业务。', en: 'This is a demonstration. Bodies, services and figures are demo data; it is not a site of the Xicheng District government and nothing real can be done here.' },
  shortSite: { zh: '明堂', en: 'Mingtang' },
})

const NAV = [['items', '/items'], ['departments', '/departments'], ['halls', '/halls'], ['track', '/track'], ['verify', '/verify']] as const
export type NavKey = (typeof NAV)[number][0] | 'home' | 'mine'
export interface Crumb { readonly text: string; readonly href: string }

export interface LayoutProps {
  readonly frame: Frame
  /** Name of the page; the site's name follows it in the browser's title. */
  readonly title: string
  /** Sentence for search engines. */
  readonly description?: string
  /** Section this page belongs to. */
  readonly current?: NavKey
  /** From the home page down to the parent of this page. */
  readonly crumbs?: readonly Crumb[]
  /** Islands (`verify.js`) loaded as modules after the page; every page works without them. */
  readonly islands?: readonly string[]
  /** schema.org data; it is data, never run. */
  readonly jsonLd?: object
  /** Tells search engines to stay away: cases, drafts, errors. */
  readonly unlisted?: boolean
  readonly children: Children
}

/** The whole page: masthead with the cinnabar line, sections, what the page says, the log's line, foot. */
export const Layout = (props: LayoutProps): Markup => {
  const { frame, title } = props
  const t = say(frame.language)
  const name = `${t('shortSite')} · ${frame.site[frame.language]}`
  return (
    <>
      {'<!doctype html>'}
      <html lang={languageTag(frame.language)} class={frame.elder === null ? undefined : `elder elder-${frame.elder}`}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title safe>{title === '' ? name : `${title} · ${name}`}</title>
          {props.description === undefined ? '' : <meta name="description" content={props.description} />}
          {props.unlisted === true ? <meta name="robots" content="noindex" /> : ''}
          <meta name="theme-color" content="#a8242b" />
          <link rel="icon" href={frame.asset('seal.svg')} type="image/svg+xml" />
          <link rel="stylesheet" href={frame.asset('portal.css')} />
          {props.jsonLd === undefined ? '' : <JsonLd data={props.jsonLd} />}
          {(props.islands ?? []).map((island) => <script type="module" src={frame.asset(island)} />)}
        </head>
        <body>
          <a class="skip" href="#main" safe>{t('skip')}</a>
          <Masthead frame={frame} current={props.current} />
          {props.crumbs === undefined ? '' : <Crumbs frame={frame} crumbs={props.crumbs} />}
          <main id="main" class="page" tabindex="-1">{props.children}</main>
          <Foot frame={frame} />
        </body>
      </html>
    </>
  )
}

/** `<` cannot end the element, whatever the data says. */
const JsonLd = ({ data }: { data: object }): Markup => {
  const safeJson = JSON.stringify(data).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
  return <script type="application/ld+json">{safeJson}</script>
}

const Masthead = ({ frame, current }: { frame: Frame; current: NavKey | undefined }): Markup => {
  const t = say(frame.language)
  const other = frame.language === 'zh' ? { to: 'en', text: 'English', lang: 'en' } : { to: 'zh', text: '中文', lang: 'zh-CN' }
  return (
    <>
      <header class="masthead">
        <div class="page">
          <a class="brand" href="/">
            <SealMark colour="cinnabar" text="明堂" />
            <span class="brand-name" safe>{frame.site[frame.language]}</span>
          </a>
          {frame.demo ? <DemoMark language={frame.language} /> : ''}
          <nav class="tools" aria-label={t('tools')}>
            {frame.reader === null ? <a href={`/sign-in${query({ to: frame.path })}`} safe>{t('signIn')}</a> : <Reader frame={frame} />}
            <a href={`/language${query({ to: other.to, back: frame.path })}`} lang={other.lang} hreflang={other.lang} safe>{other.text}</a>
            <a href={`/elder${query({ to: frame.elder === null ? 'on' : 'off', back: frame.path })}`} safe>{t(frame.elder === null ? 'elderOn' : 'elderOff')}</a>
          </nav>
        </div>
        {frame.reader?.actsFor === true ? <p class="acts-for page"><span safe>{t('actsFor', { name: frame.reader.name })}</span>{' '}<a href="/my/acting" safe>{t('change')}</a></p> : ''}
      </header>
      {frame.elder === null ? '' : <ElderBar frame={frame} />}
      <nav class="nav" aria-label={t('nav')}>
        <ul class="page">
          {NAV.map(([key, href]) => <li><a href={href} aria-current={key === current ? 'true' : undefined} safe>{t(key)}</a></li>)}
        </ul>
      </nav>
    </>
  )
}

const Reader = ({ frame }: { frame: Frame }): Markup => {
  const t = say(frame.language)
  return (
    <>
      <span class="who" safe>{frame.reader!.name}</span>
      <a href={frame.reader!.officer ? '/console/' : '/my'} safe>{t(frame.reader!.officer ? 'console' : 'mine')}</a>
      <form method="post" action="/sign-out">
        <input type="hidden" name="_csrf" value={frame.csrfToken} />
        <button type="submit" safe>{t('signOut')}</button>
      </form>
    </>
  )
}

const ElderBar = ({ frame }: { frame: Frame }): Markup => {
  const t = say(frame.language)
  return (
    <div class="elder-bar">
      <nav class="page" aria-label={t('sizes')}>
        <span safe>{t('sizes')}</span>
        {ELDER_SIZES.map((size) => (
          <a href={`/elder${query({ to: size, back: frame.path })}`} aria-current={size === frame.elder ? 'true' : undefined} safe>{t(`size${size}`)}</a>
        ))}
        <a href="tel:12345" safe>{t('phone')}</a>
      </nav>
    </div>
  )
}

const Crumbs = ({ frame, crumbs }: { frame: Frame; crumbs: readonly Crumb[] }): Markup => (
  <nav class="crumbs page" aria-label={say(frame.language)('crumbs')}>
    <ol>
      <li><a href="/" safe>{say(frame.language)('home')}</a></li>
      {crumbs.map((crumb) => <li><a href={crumb.href} safe>{crumb.text}</a></li>)}
    </ol>
  </nav>
)

const Foot = ({ frame }: { frame: Frame }): Markup => {
  const t = say(frame.language)
  const { checkpoint } = frame
  return (
    <footer>
      <div class="log-line">
        <div class="page">
          <SealMark colour="jade" text="公开" />
          <p>
            <a href="/log/checkpoint" safe>{t('log')}</a>{' '}
            {checkpoint === null ? '' : <span safe>{t('logAt', { size: count(checkpoint.size), at: instant(checkpoint.at, frame.language) })}</span>}
            {' · '}<a href="/verify" safe>{t('how')}</a>
          </p>
        </div>
      </div>
      <div class="foot">
        <div class="page">
          <ul>
            <li><a href="/about" safe>{t('about')}</a></li>
            <li><a href="/accessibility" safe>{t('accessibility')}</a></li>
            <li><a href="/sitemap.xml" safe>{t('sitemap')}</a></li>
            <li><a href="/api/docs" safe>{t('api')}</a></li>
          </ul>
          <p safe>{t('foot')}</p>
          {frame.demo ? <p safe>{t('footDemo')}</p> : ''}
        </div>
      </div>
    </footer>
  )
}
