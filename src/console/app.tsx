import { App as AntApp } from 'antd'
import { Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { asProblem, call, get, onSessionLost, ProblemError, type Problem } from '../kit/console/api.ts'
import { Dialog } from '../kit/console/dialog.tsx'
import { KeyList, useKeys } from '../kit/console/keys.tsx'
import { useReader, useSay, useText } from '../kit/console/language.tsx'
import { useAway } from '../kit/console/live.ts'
import { Link, navigate, useLocation } from '../kit/console/router.tsx'
import { Loading, Nothing, ProblemNote, Screen } from '../kit/console/screen.tsx'
import { SessionContext, type Session } from '../kit/console/session.ts'
import { Boundary } from './boundary.tsx'
import { findScreen, SCREENS, type ScreenEntry } from './screens.ts'
import { SignIn } from './sign-in.tsx'

const TEXTS = {
  name: { zh: '明堂', en: 'Mingtang' }, console: { zh: '工作台', en: 'Console' }, demo: { zh: '演示 DEMO', en: 'DEMO' }, menu: { zh: '工作台导航', en: 'Workspaces' }, openMenu: { zh: '菜单', en: 'Menu' },
  signOut: { zh: '退出', en: 'Sign out' }, password: { zh: '口令', en: 'Password' }, elder: { zh: '关怀版', en: 'Large text' }, plain: { zh: '标准版', en: 'Standard text' }, skip: { zh: '跳到主要内容', en: 'Skip to the main content' },
  signIn: { zh: '登录工作台', en: 'Sign in to the console' }, lost: { zh: '重新登录', en: 'Sign in again' }, portal: { zh: '公众门户', en: 'Public portal' },
  notFoundTitle: { zh: '没有这个页面', en: 'No such screen' }, notFound: { zh: '地址可能写错了。请从左侧菜单进入。', en: 'The address may be wrong. Choose from the menu.' },
  notMineTitle: { zh: '您的岗位没有这项工作', en: 'Not part of your post' }, notMine: { zh: '如认为应当有此权限，请联系安全管理员。', en: 'If you should have this right, ask the security administrator.' },
  applicantTitle: { zh: '工作台供工作人员使用', en: 'The console is for staff' }, applicant: { zh: '您登录的是申请人账户。请到公众门户办理。', en: 'You are signed in as an applicant. Please use the public portal.' },
  away: { zh: '您今天没有可任的岗位（休假或者未任岗），因此没有工作页面。', en: 'You hold no post today (on leave or not appointed), so there is nothing to show.' }, awayTitle: { zh: '今天没有岗位', en: 'No post today' },
  cover: { zh: '（B 岗）', en: ' (B cover)' }, goTo: { zh: '转到：{name}', en: 'Go to: {name}' }, posts: { zh: '等 {n} 个岗位', en: 'and {n} posts in all' },
  offline: { zh: '与服务器的连接中断，正在重新连接；您填写的内容都在，恢复后页面会自己更新。', en: 'The connection to the server is interrupted and is being tried again. What you typed is still here; the page will update by itself.' },
  notSignedOut: { zh: '没有退出成功，请检查网络后再试。', en: 'You are still signed in: check the network and try again.' },
} as const

export function App({ demo, signedIn }: { readonly demo: boolean; readonly signedIn: boolean }) {
  const [session, setSession] = useState<Session | null | undefined>(signedIn ? undefined : null)
  const [problem, setProblem] = useState<Problem>()
  const [lost, setLost] = useState(false)
  const { message } = AntApp.useApp()
  const found = useRef<(() => void) | null>(null)
  const t = useSay(TEXTS)
  const read = useCallback(async (): Promise<Session | null> => {
    try {
      return await call<Session>('GET', '/api/v1/sessions/current', { recover: false })
    } catch (error) {
      if (error instanceof ProblemError && error.problem.status === 401) return null
      throw error
    }
  }, [])
  const begin = useCallback(() => {
    setProblem(undefined)
    read().then(setSession, (error: unknown) => setProblem(asProblem(error)))
  }, [read])
  useEffect(() => { if (signedIn) begin() }, [begin, signedIn])
  useEffect(() => {
    let waiting: Promise<void> | null = null
    // Several calls may find the session lost at once; one sign-in answers them all.
    onSessionLost(() => (waiting ??= new Promise<void>((resolve) => {
      found.current = () => { waiting = null; resolve() }
      setLost(true)
    })))
    return () => onSessionLost(null)
  }, [])
  const signedInAgain = async (): Promise<void> => {
    const next = await get<Session>('/api/v1/sessions/current')
    // Another person must not go on with what the first one typed.
    if (next.person.id !== session?.person.id) { window.location.reload(); return }
    setSession(next)
    setLost(false)
    found.current?.()
  }
  const signOut = async (): Promise<void> => {
    try {
      await call('DELETE', '/api/v1/sessions/current', { recover: false })
    } catch (error) {
      // A session that is already gone is signed out; anything else leaves it open, and must not look as if it were not.
      if (asProblem(error).status !== 401) { void message.error(t('notSignedOut')); return }
    }
    window.location.assign('/console/')
  }
  if (session === undefined) return <main className="mt-alone">{problem ? <ProblemNote problem={problem} again={begin} kept=" " /> : <Loading />}</main>
  if (session === null) return <><Masthead demo={demo} /><main className="mt-alone"><h1>{t('signIn')}</h1><SignIn demo={demo} onSignedIn={async () => setSession(await read())} /></main></>
  return (
    <SessionContext.Provider value={session}>
      <Workplace demo={demo} session={session} signOut={() => void signOut()} />
      {lost ? <Dialog title={t('lost')}><SignIn demo={demo} again onSignedIn={signedInAgain} /></Dialog> : null}
    </SessionContext.Provider>
  )
}

function Masthead({ demo, session, signOut, toggleMenu, menuOpen }: { readonly demo: boolean; readonly session?: Session; readonly signOut?: () => void; readonly toggleMenu?: () => void; readonly menuOpen?: boolean }) {
  const t = useSay(TEXTS)
  const text = useText()
  const { language, elder, setLanguage, setElder } = useReader()
  const posts = session?.person.posts ?? []
  const post = posts[0]
  const whole = posts.map((one) => `${text(one.organisation.name)} · ${text(one.name)}${one.cover === 'B' ? t('cover') : ''}`)
  return (
    <header className="mt-masthead">
      {toggleMenu ? <button type="button" className="mt-menu-button" onClick={toggleMenu} aria-expanded={menuOpen} aria-controls="menu">{t('openMenu')}</button> : null}
      <p className="mt-brand"><a href="/console/"><strong>{t('name')}</strong> <span>{t('console')}</span></a>{demo ? <em>{t('demo')}</em> : null}</p>
      {session ? <p className="mt-who"><strong>{session.person.name}</strong>{post ? <span title={whole.join('\n')}>{whole[0]}{posts.length > 1 ? ` ${t('posts', { n: posts.length })}` : ''}</span> : null}</p> : <p className="mt-who" />}
      <div className="mt-tools">
        <button type="button" className="mt-plain" lang={language === 'zh' ? 'en' : 'zh-CN'} onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>{language === 'zh' ? 'English' : '中文'}</button>
        <button type="button" className="mt-plain" aria-pressed={elder} onClick={() => setElder(!elder)}>{elder ? t('plain') : t('elder')}</button>
        {session ? <KeyList /> : null}
        {session ? <a className="mt-plain" href="/new-password?to=/console/">{t('password')}</a> : null}
        {signOut ? <button type="button" className="mt-plain" onClick={signOut}>{t('signOut')}</button> : <a className="mt-plain" href="/">{t('portal')}</a>}
      </div>
    </header>
  )
}

function Workplace({ demo, session, signOut }: { readonly demo: boolean; readonly session: Session; readonly signOut: () => void }) {
  const t = useSay(TEXTS)
  const text = useText()
  const away = useAway()
  const { path } = useLocation()
  const [menuOpen, setMenuOpen] = useState(false)
  const may = (entry: ScreenEntry): boolean => entry.permissions.some((one) => session.permissions.includes(one))
  const menu = session.person.kind === 'officer' ? SCREENS.filter((entry) => entry.inMenu && may(entry)) : []
  useEffect(() => { if (path === '/' && menu[0]) navigate(menu[0].path, { replace: true }) }, [path, menu])
  useEffect(() => setMenuOpen(false), [path])
  useKeys(menu.slice(0, 9).map((entry, i) => ({ key: `Alt+Shift+${i + 1}`, label: t('goTo', { name: text(entry.name) }), run: () => navigate(entry.path) })))
  const found = findScreen(path)
  const title = found ? text(found.entry.name) : t('console')
  useEffect(() => { document.title = `${title} · ${t('name')}` }, [title, t])
  return (
    <>
      <a className="mt-skip" href="#main">{t('skip')}</a>
      <Masthead demo={demo} session={session} signOut={signOut} toggleMenu={() => setMenuOpen(!menuOpen)} menuOpen={menuOpen} />
      <div className="mt-body">
        <nav id="menu" className={menuOpen ? 'mt-menu mt-menu-open' : 'mt-menu'} aria-label={t('menu')}>
          <ul>{menu.map((entry, i) => <li key={entry.path}><Link to={entry.path} current={path === entry.path || path.startsWith(`${entry.path}/`)} title={`Alt+Shift+${i + 1}`}>{text(entry.name)}</Link></li>)}</ul>
        </nav>
        <main id="main" className="mt-main" tabIndex={-1}>
          {away ? <p className="mt-banner mt-away" role="status">{t('offline')}</p> : null}
          <Boundary key={path}>
            <Suspense fallback={<Loading />}>
              {session.person.kind === 'applicant' ? <Screen title={t('applicantTitle')}><Nothing>{t('applicant')} <a href="/">{t('portal')}</a></Nothing></Screen>
                : menu.length === 0 ? <Screen title={t('awayTitle')}><Nothing>{t('away')}</Nothing></Screen>
                  : found === undefined ? (path === '/' ? <Loading /> : <Screen title={t('notFoundTitle')}><Nothing>{t('notFound')}</Nothing></Screen>)
                    : may(found.entry) ? <found.entry.component params={found.params} />
                      : <Screen title={t('notMineTitle')}><Nothing>{t('notMine')}</Nothing></Screen>}
            </Suspense>
          </Boundary>
        </main>
      </div>
    </>
  )
}
