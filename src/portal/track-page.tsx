import { Button, ErrorSummary, FormKeys, Layout, messages, TextField, type Children, type Frame, type Markup } from '../kit/portal/index.ts'

const say = messages({
  title: { zh: '查进度', en: 'Track a case' },
  lede: { zh: '不用登录。编号和查询码都印在申请材料接收凭证上。', en: 'No account needed. Number and code are printed on the receipt of your materials.' },
  caseNo: { zh: '办件编号', en: 'Case number' },
  caseHint: { zh: '例如 MT0000057-2026-000012', en: 'Such as MT0000057-2026-000012' },
  code: { zh: '查询码', en: 'Tracking code' },
  go: { zh: '查看进度', en: 'See the progress' },
  end: { zh: '结束查询', en: 'Stop following' },
  endText: { zh: '半小时内在这台设备上不用再输入查询码。用的是公共电脑，看完请结束查询。', en: 'For half an hour this device does not ask for the code again. On a shared computer, stop following when you are done.' },
})

export interface TrackProps { readonly frame: Frame; readonly caseNo?: string; readonly error?: string }

/** Number and code in, progress out; the code is never put back into the page. */
export const TrackPage = ({ frame, caseNo, error }: TrackProps): Markup => {
  const { language } = frame
  const t = say(language)
  return (
    <Layout frame={frame} title={t('title')} current="track">
      <div class="one-thing">
        <h1 safe>{t('title')}</h1>
        <p class="lede" safe>{t('lede')}</p>
        <ErrorSummary language={language} errors={error === undefined ? [] : [{ name: 'caseNo', message: error }]} />
        <form method="post" action="/track">
          <FormKeys csrfToken={frame.csrfToken} />
          <TextField name="caseNo" label={t('caseNo')} hint={t('caseHint')} language={language} value={caseNo ?? ''} width={20} error={error} autocomplete="off" />
          <TextField name="trackCode" label={t('code')} language={language} width={20} autocomplete="off" />
          <Button text={t('go')} />
        </form>
      </div>
    </Layout>
  )
}

/** The shell around a case's progress, which the module of cases draws. */
export const TrackResultPage = ({ frame, caseNo, children }: { frame: Frame; caseNo: string; children: Children }): Markup => (
  <Layout frame={frame} title={caseNo} current="track" crumbs={[{ text: say(frame.language)('title'), href: '/track' }]} unlisted>
    {children}
    <form class="no-print follow-end" method="post" action="/track/end">
      <FormKeys csrfToken={frame.csrfToken} />
      <p class="muted small" safe>{say(frame.language)('endText')}</p>
      <Button text={say(frame.language)('end')} look="plain" />
    </form>
  </Layout>
)
