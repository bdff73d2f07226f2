import { Button, FileField, FormKeys, inLanguage, messages, part, safeAddress, SelectField, Tag, TextField, type Frame, type Markup } from '../../../kit/portal/index.ts'
import { MATERIAL_NECESSITIES, type Material } from '../../catalog/contract.ts'
import type { MaterialInput } from '../contract.ts'
import { StepForm, StepPage, type StepProps } from './apply-frame.tsx'
import { isGenerated, type Draft } from './draft.ts'

const say = messages({
  title: { zh: '申请材料', en: 'Materials' },
  lede: { zh: '照片和扫描件都可以。每份材料上传后立即保存。', en: 'Photographs and scans will do. Each is kept as soon as it is uploaded.' },
  bring: { zh: '由您提供', en: 'From you' },
  sharedTitle: { zh: '由我们调取', en: 'Fetched by us' },
  file: { zh: '选择文件', en: 'Choose a file' },
  replace: { zh: '换一个文件', en: 'Choose another file' },
  upload: { zh: '上传', en: 'Upload' },
  done: { zh: '已上传', en: 'Uploaded' },
  onPaper: { zh: '交纸质件', en: 'Handed in on paper' },
  paperTitle: { zh: '改为交纸质件', en: 'Hand it in on paper instead' },
  paperForm: { zh: '交', en: 'Hand in' },
  original: { zh: '原件', en: 'the original' },
  copy: { zh: '复印件', en: 'a copy' },
  copies: { zh: '份数', en: 'How many' },
  paperGo: { zh: '交纸质件', en: 'Hand in on paper' },
  paperNote: { zh: '交到窗口或者邮寄；我们收到之日起计算受理期限。', en: 'To the counter or by mail; the time for acceptance runs from the day we receive it.' },
  generated: { zh: '由系统生成，无需提交', en: 'Made by the system; need not be handed in' },
  generatedText: { zh: '您在前几页填写的内容就是申请书。', en: 'What you filled in on the pages before is the application form.' },
  remove: { zh: '去掉', en: 'Remove' },
  see: { zh: '查看', en: 'See it' },
  shared: { zh: '已共享，无需提交', en: 'Shared; need not be handed in' },
  from: { zh: '我们从{from}调取', en: 'We fetch it from {from}' },
  blank: { zh: '空白表格', en: 'Blank form' },
  sample: { zh: '样表', en: 'Sample' },
  later: { zh: '可以容缺：提交时承诺在 {n} 个工作日内补交即可', en: 'May follow later: promise it within {n} working days when you send the application' },
  nothing: { zh: '这个事项不需要您提交材料。', en: 'You need not hand in anything.' },
})

interface MaterialsProps extends StepProps { readonly bring: readonly Material[]; readonly shared: readonly Material[] }

/** Every material in its own small form, so that what was uploaded stays whatever happens to the rest. */
export const MaterialsPage = (props: MaterialsProps): Markup => {
  const { frame, draft, bring, shared, problems } = props
  const { language } = frame
  const t = say(language)
  return (
    <StepPage {...props} heading={t('title')} islands={['upload.js']}>
      <p safe>{bring.length === 0 ? t('nothing') : t('lede')}</p>
      {bring.length === 0 ? '' : <h2 safe>{t('bring')}</h2>}
      <ol class="materials">
        {bring.map((material) => <OneMaterial frame={frame} draft={draft} material={material} given={draft.input.materials.find(({ materialId }) => materialId === material.id)} error={problems.find(({ name }) => name === `file-${material.id}`)?.message} />)}
      </ol>
      {shared.length === 0 ? '' : <h2 safe>{t('sharedTitle')}</h2>}
      <ol class="materials">
        {shared.map((material) => (
          <li class="shared">
            <div>
              <h3><span safe>{inLanguage(material.name, language)}</span><Tag text={t('shared')} colour="jade" /></h3>
              {material.sharedFrom === null ? '' : <p class="muted" safe>{t('from', { from: inLanguage(material.sharedFrom, language) })}</p>}
            </div>
          </li>
        ))}
      </ol>
      <StepForm frame={frame} draft={draft} step="materials">{''}</StepForm>
    </StepPage>
  )
}

const OneMaterial = ({ frame, draft, material, given, error }: { frame: Frame; draft: Draft; material: Material; given: MaterialInput | undefined; error: string | undefined }): Markup => {
  const { language } = frame
  const t = say(language)
  const name = inLanguage(material.name, language)
  const action = `/apply/draft/${part(draft.caseNo)}/materials/${part(material.id)}`
  const mayFollow = draft.item.deferredAcceptance?.materials.includes(material.id) === true
  if (isGenerated(draft.item, material)) return (
    <li class="shared"><div><h3><span safe>{name}</span><Tag text={t('generated')} colour="jade" /></h3><p class="muted" safe>{t('generatedText')}</p></div></li>
  )
  const keys = <><FormKeys csrfToken={frame.csrfToken} /><input type="hidden" name="revision" value={String(draft.revision)} /></>
  return (
    <li id={`material-${material.id}`}>
      <div>
        <h3>
          <span safe>{name}</span>
          {given === undefined ? <Tag text={MATERIAL_NECESSITIES.entries[material.necessity][language]} /> : <Tag text={t(given.fileId === null ? 'onPaper' : 'done')} colour="jade" />}
        </h3>
        <p safe>{inLanguage(material.requirements, language)}</p>
        {mayFollow && given === undefined ? <p class="muted" safe>{t('later', { n: draft.item.deferredAcceptance!.workingDays })}</p> : ''}
        {material.blankForm === null && material.sample === null ? '' : (
          <p class="particulars no-print">
            {material.blankForm === null ? '' : <a href={safeAddress(material.blankForm)}><span safe>{t('blank')}</span><span class="sr" safe>{` ${name}`}</span></a>}
            {material.sample === null ? '' : <a href={safeAddress(material.sample)}><span safe>{t('sample')}</span><span class="sr" safe>{` ${name}`}</span></a>}
          </p>
        )}
        {given === undefined || given.fileId === null ? '' : <p><a href={`/api/v1/files/${part(given.fileId)}`}><span safe>{t('see')}</span><span class="sr" safe>{` ${name}`}</span></a></p>}
        {material.form === 'paper' ? '' : (
          <form method="post" action={action} enctype="multipart/form-data" data-send-when-uploaded="" novalidate>
            {keys}
            <FileField name={`file-${material.id}`} label={`${t(given === undefined ? 'file' : 'replace')}${language === 'zh' ? '：' : ': '}${name}`} language={language} {...(error === undefined ? {} : { error })} />
            <Button text={t('upload')} look="plain" />
          </form>
        )}
        {given !== undefined ? (
          <form method="post" action={`${action}/remove`}>{keys}<button class="button button-quiet" type="submit"><span safe>{t('remove')}</span><span class="sr" safe>{` ${name}`}</span></button></form>
        ) : material.form === 'electronic' ? '' : <OnPaper frame={frame} material={material} action={action} keys={keys} />}
      </div>
    </li>
  )
}

const OnPaper = ({ frame, material, action, keys }: { frame: Frame; material: Material; action: string; keys: Markup }): Markup => {
  const { language } = frame
  const t = say(language)
  const safeKeys = keys
  return (
    <details>
      <summary><span safe>{t('paperTitle')}</span><span class="sr" safe>{` ${inLanguage(material.name, language)}`}</span></summary>
      <form method="post" action={`${action}/paper`} novalidate>
        {safeKeys}
        <SelectField name={`form-${material.id}`} label={t('paperForm')} language={language} value={material.type === 'copy' ? 'copy' : 'original'} choices={[{ value: 'original', text: t('original') }, { value: 'copy', text: t('copy') }]} />
        <TextField name={`copies-${material.id}`} label={t('copies')} language={language} value={String(Math.max(1, material.originals, material.copies))} width={4} inputmode="numeric" />
        <p class="muted" safe>{t('paperNote')}</p>
        <Button text={t('paperGo')} look="plain" />
      </form>
    </details>
  )
}
