import '../kit/console/no-eval.ts'
import { App as AntApp, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { StrictMode, useEffect, useMemo, useState } from 'react'
import { createRoot } from 'react-dom/client'
import type { Language } from '../base/text.ts'
import { ReaderContext, rememberCookie } from '../kit/console/language.tsx'
import { themeOf } from '../kit/console/theme.ts'
import '../kit/console/console.css'
import { App } from './app.tsx'

const meta = (name: string): string => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? ''
const nonce = meta('csp-nonce')
const demo = meta('mt-demo') === '1'

/** Language and size of the text stand around everything; both are remembered in cookies the server reads too. */
function Root() {
  const [language, setLanguage] = useState<Language>(document.documentElement.lang === 'en' ? 'en' : 'zh')
  const [elder, setElder] = useState(document.documentElement.classList.contains('elder'))
  dayjs.locale(language === 'zh' ? 'zh-cn' : 'en')
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
    document.documentElement.classList.toggle('elder', elder)
  }, [language, elder])
  const reader = useMemo(() => ({
    language, elder,
    setLanguage: (next: Language) => { rememberCookie('mt_lang', next); setLanguage(next) },
    setElder: (next: boolean) => { rememberCookie('mt_elder', next ? '1' : '0'); setElder(next) },
  }), [language, elder])
  return (
    <ConfigProvider csp={{ nonce }} locale={language === 'zh' ? zhCN : enUS} theme={themeOf(elder)} button={{ autoInsertSpace: false }} getPopupContainer={(node) => node?.closest('dialog') ?? document.body}>
      <ReaderContext.Provider value={reader}><AntApp><App demo={demo} signedIn={meta('mt-signed-in') === '1'} /></AntApp></ReaderContext.Provider>
    </ConfigProvider>
  )
}

// A page that came without a nonce (an address the console does not have) could not be styled.
if (nonce === '') window.location.replace('/console/')

const root = document.getElementById('root')
if (!root) throw new Error('the page has no place for the console')
createRoot(root).render(<StrictMode><Root /></StrictMode>)
