import { Checkbox, Input, Select } from 'antd'
import { useSay, useText } from '../../../kit/console/language.tsx'
import { Field, type Values } from '../../../kit/console/fields.tsx'
import type { GuideForm, GuideItem } from './guide.ts'
import type { Defect } from '../contract.ts'
import type { CaseFile } from './file.ts'

const TEXTS = {
  lead: { zh: '一次告知全部需要补正的内容：第一次能看出的，不得再次要求。', en: 'Name everything at once: what can be seen now may not be asked for later.' },
  materials: { zh: '材料', en: 'Materials' }, fields: { zh: '表单栏目', en: 'Form fields' }, what: { zh: '问题', en: 'What is wrong' }, usual: { zh: '常见问题', en: 'Common defects' }, handed: { zh: '已交', en: 'handed in' }, missing: { zh: '未交', en: 'missing' },
  whatOf: { zh: '“{name}”的问题', en: 'What is wrong with “{name}”' },
} as const
const USUAL = [
  { zh: '未提交', en: 'Not handed in' }, { zh: '不清晰，无法辨认', en: 'Not legible' }, { zh: '缺少签字或者盖章', en: 'Signature or seal missing' }, { zh: '已过有效期', en: 'Expired' }, { zh: '与原件不一致', en: 'Differs from the original' }, { zh: '内容填写不完整', en: 'Not filled in completely' },
] as const

/** The one notice of all corrections, built by ticking (行政许可法 第三十二条第一款第四项). */
export function Defects({ item, form, file, values, onChange }: { readonly item: GuideItem | undefined; readonly form: GuideForm | undefined; readonly file: Partial<CaseFile>; readonly values: Values; readonly onChange: (values: Values) => void }) {
  const t = useSay(TEXTS)
  const text = useText()
  const defects = (values['defects'] as readonly Defect[] | undefined) ?? []
  const find = (key: 'materialId' | 'field', id: string): Defect | undefined => defects.find((one) => one[key] === id)
  const set = (key: 'materialId' | 'field', id: string, what: string | null): void => {
    const others = defects.filter((one) => one[key] !== id)
    onChange({ ...values, defects: what === null ? others : [...others, { materialId: null, field: null, [key]: id, what }] })
  }
  const row = (key: 'materialId' | 'field', id: string, name: string, note: string) => {
    const defect = find(key, id)
    return (
      <li key={id}>
        <Checkbox checked={defect !== undefined} onChange={(event) => set(key, id, event.target.checked ? (note === t('missing') ? text(USUAL[0]) : '') : null)}>{name}{note ? <span className="mt-quiet">（{note}）</span> : null}</Checkbox>
        {defect ? (
          <div className="mt-row">
            <Select aria-label={`${t('usual')}：${name}`} placeholder={t('usual')} value={null} style={{ minWidth: '11rem' }} options={USUAL.map((one) => ({ value: text(one), label: text(one) }))} onChange={(what: string | null) => { if (what) set(key, id, what) }} />
            <Input className="mt-grow" aria-label={t('whatOf', { name })} placeholder={t('what')} maxLength={500} {...(defect.what.trim() === '' ? { status: 'error' as const, 'aria-invalid': true } : {})} value={defect.what} onChange={(event) => set(key, id, event.target.value)} />
          </div>
        ) : null}
      </li>
    )
  }
  const given = new Set((file.materials ?? []).map((material) => material.materialId))
  return (
    <>
      <p>{t('lead')}</p>
      <h4>{t('materials')}</h4>
      <ul className="mt-found-list">{(item?.materials ?? []).filter((material) => material.demanded || given.has(material.id)).map((material) => row('materialId', material.id, text(material.name), given.has(material.id) ? t('handed') : t('missing')))}</ul>
      {form ? <><h4>{t('fields')}</h4><ul className="mt-found-list">{form.sections.flatMap((section) => section.fields).map((one) => row('field', one.id, text(one.label), ''))}</ul></> : null}
      <Field spec={{ name: 'remarks', label: { zh: '补充说明（可不填）', en: 'Further remarks (optional)' }, kind: 'area', maxLength: 1000 }} value={values['remarks']} onChange={(remarks) => onChange({ ...values, remarks })} />
    </>
  )
}
