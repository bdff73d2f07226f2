import { randomUUID } from 'node:crypto'
import { Button, FormKeys, inLanguage, Layout, messages, Notice, Steps, type Children, type Frame, type Markup } from '../../../kit/portal/index.ts'
import { fieldId } from '../../../kit/portal/index.ts'
import { stepsOf, type Draft, type Problem } from './draft.ts'

export const say = messages({
  apply: { zh: '在线申请', en: 'Apply online' },
  mine: { zh: '我的', en: 'My affairs' },
  draftNo: { zh: '草稿 {no}，随时可以离开，填写的内容都已保存。', en: 'Draft {no}. You may leave at any time; what you entered is kept.' },
  save: { zh: '保存并继续', en: 'Save and continue' },
  later: { zh: '保存，以后再填', en: 'Save and leave' },
  back: { zh: '上一步', en: 'Back' },
  problems: { zh: '还有 {n} 处需要填写或者更正', en: '{n} things are still to be filled in or corrected' },
  kept: { zh: '您填写的内容都已保留。', en: 'Everything you entered was kept.' },
  staleTitle: { zh: '这份申请刚在另一个页面改过', en: 'This application was just changed on another page' },
  stale: { zh: '您刚才填写的内容在下面，没有丢失；核对后请再保存一次。', en: 'What you just entered stands below, nothing is lost. Check it and save once more.' },
})

export interface StepProps {
  readonly frame: Frame
  readonly draft: Draft
  readonly step: string
  readonly problems: readonly { readonly name: string; readonly message: string }[]
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
      <div class="one-thing">
        <Steps steps={steps.map(({ title }) => inLanguage(title, language))} current={at} language={language} />
        <h1 safe>{heading}</h1>
        {stale === true ? <Notice kind="warn" title={t('staleTitle')} alert><p safe>{t('stale')}</p></Notice> : ''}
        <Problems frame={frame} problems={problems.map((one) => ({ ...one, href: `#${fieldId(one.name)}` }))} />
        {children}
        <p class="muted small" safe>{t('draftNo', { no: draft.caseNo })}</p>
      </div>
    </Layout>
  )
}

/** All that is wrong, each leading to where it is put right, on this page or another. */
export const Problems = ({ frame, problems }: { frame: Frame; problems: readonly { readonly message: string; readonly href: string }[] }): Markup => {
  if (problems.length === 0) return ''
  const t = say(frame.language)
  return (
    <div class="error-summary" role="alert" aria-labelledby="error-summary-title" tabindex="-1">
      <h2 id="error-summary-title" safe>{t('problems', { n: problems.length })}</h2>
      <ul>{problems.map((one) => <li><a href={one.href} safe>{one.message}</a></li>)}</ul>
      <p class="muted" safe>{t('kept')}</p>
    </div>
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
