import { randomUUID } from 'node:crypto'
import { Button, ErrorSummary, fieldId, FormKeys, inLanguage, Layout, messages, Notice, Steps, type Children, type Fault, type Frame, type Markup } from '../../../kit/portal/index.ts'
import { stepsOf, type Draft, type Problem } from './draft.ts'

export const say = messages({
  apply: { zh: '在线申请', en: 'Apply online' },
  mine: { zh: '我的', en: 'My affairs' },
  draftNo: { zh: '草稿 {no}，随时可以离开，填写的内容都已保存。', en: 'Draft {no}. You may leave at any time; what you entered is kept.' },
  save: { zh: '保存并继续', en: 'Save and continue' },
  later: { zh: '保存，以后再填', en: 'Save and leave' },
  back: { zh: '上一步', en: 'Back' },
  staleTitle: { zh: '这份申请刚在另一个页面改过', en: 'This application was just changed on another page' },
  stale: { zh: '您刚才填写的内容在下面，没有丢失；核对后请再保存一次。', en: 'What you just entered stands below, nothing is lost. Check it and save once more.' },
})

export interface StepProps {
  readonly frame: Frame
  readonly draft: Draft
  readonly step: string
  readonly problems: readonly Fault[]
  readonly stale?: boolean
}

/** The frame of every page of an application: where one stands, what is wrong, what this page asks. */
export const StepPage = ({ frame, draft, step, problems, stale, heading, islands, children }: StepProps & { heading: string; islands?: readonly string[]; children: Children }): Markup => {
  const { language } = frame
  const t = say(language)
  const steps = stepsOf(draft)
  const at = steps.findIndex((one) => one.id === step)
  const item = inLanguage(draft.item.name, language)
  return (
    <Layout frame={frame} title={`${heading} · ${item}`} current="items" unlisted islands={islands ?? []}
      crumbs={[{ text: item, href: `/items/${encodeURIComponent(draft.item.code)}` }, { text: t('mine'), href: '/my' }]}>
      <Steps steps={steps.map(({ title }) => inLanguage(title, language))} hrefs={steps.map(({ path }) => path)} current={at} language={language} />
      <div class="one-thing">
        <h1 safe>{heading}</h1>
        {stale === true ? <Notice kind="warn" title={t('staleTitle')} alert><p safe>{t('stale')}</p></Notice> : ''}
        <ErrorSummary errors={problems} language={language} />
        {children}
        <p class="muted small" safe>{t('draftNo', { no: draft.caseNo })}</p>
      </div>
    </Layout>
  )
}

/** Where on another page a problem is put right. */
export const problemHref = (draft: Draft, problem: Problem): string => `${stepsOf(draft).find(({ id }) => id === problem.step)?.path ?? '#'}#${fieldId(problem.name)}`

/** A form of one page: the revision it was drawn from, its fields, on or later. */
export const StepForm = ({ frame, draft, step, files, children, act }: { frame: Frame; draft: Draft; step: string; files?: boolean; children: Children; act?: string }): Markup => {
  const t = say(frame.language)
  const steps = stepsOf(draft)
  const at = steps.findIndex((one) => one.id === step)
  return (
    <form method="post" action={steps[at]!.path} enctype={files === true ? 'multipart/form-data' : undefined} novalidate>
      <FormKeys csrfToken={frame.csrfToken} />
      <input type="hidden" name="revision" value={String(draft.revision)} />
      {children}
      <div class="buttons">
        <Button text={act ?? t('save')} name="then" value="on" />
        <Button text={t('later')} look="plain" name="then" value="later" />
        {at > 0 ? <Button text={t('back')} look="quiet" href={steps[at - 1]!.path} /> : ''}
      </div>
    </form>
  )
}

/** Makes sending a form twice harmless. */
export const newKey = (): string => randomUUID()
