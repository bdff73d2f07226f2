import { Checkbox, InputNumber, Select } from 'antd'
import { useId } from 'react'
import { FilesField } from '../../../kit/console/files-field.tsx'
import { useSay, useText } from '../../../kit/console/language.tsx'
import type { GuideMaterial } from './guide.ts'
import type { MaterialInput } from '../contract.ts'

const TEXTS = {
  required: { zh: '必要', en: 'required' }, optional: { zh: '非必要', en: 'optional' }, deferrable: { zh: '可容缺后补', en: 'may follow later' }, shared: { zh: '★ 政府内部共享，不得要求提交', en: '★ fetched from government, not to be demanded' },
  form: { zh: '形式', en: 'Form' }, electronic: { zh: '电子', en: 'Electronic' }, original: { zh: '原件', en: 'Original' }, copy: { zh: '复印件', en: 'Copy' }, sharing: { zh: '共享取得', en: 'Shared' }, none: { zh: '未交', en: 'Not handed in' },
  copies: { zh: '份数', en: 'Copies' }, seen: { zh: '原件已核验', en: 'Original seen' }, scan: { zh: '扫描件', en: 'Scan' }, of: { zh: '{what}：{name}', en: '{what}: {name}' }, deferred: { zh: '容缺后补', en: 'To follow later' },
} as const

export interface MaterialRowsProps {
  readonly materials: readonly GuideMaterial[]
  readonly value: readonly MaterialInput[]
  readonly onChange: (value: MaterialInput[]) => void
  /** Ids that follow later; undefined where nothing may. */
  readonly deferred?: readonly string[]
  readonly deferrable?: readonly string[]
  readonly onDeferred?: (ids: string[]) => void
}

/** Each material of the guide with what was handed in: a file or scan, original or copy, how many, and the tick of who saw the original. */
export function MaterialRows({ materials, value, onChange, deferred = [], deferrable = [], onDeferred }: MaterialRowsProps) {
  const t = useSay(TEXTS)
  const text = useText()
  const id = useId()
  const set = (material: GuideMaterial, change: Partial<MaterialInput> | null): void => {
    const before = value.find((one) => one.materialId === material.id)
    const others = value.filter((one) => one.materialId !== material.id)
    onChange(change === null ? others : [...others, { materialId: material.id, fileId: null, form: 'original', copies: 1, ...before, ...change }])
    if (change !== null && deferred.includes(material.id)) onDeferred?.(deferred.filter((one) => one !== material.id))
  }
  return (
    <ul className="mt-materials">
      {materials.map((material) => {
        const given = value.find((one) => one.materialId === material.id)
        const name = text(material.name)
        const label = (what: string) => t('of', { what, name })
        return (
          <li key={material.id}>
            <div>
              <strong>{given ? '✓ ' : ''}{name}</strong>{' '}
              <span className="mt-quiet">{material.demanded ? t(material.necessity) : t('shared')}</span>
              {material.neededWhenText ? <p className="mt-hint">{text(material.neededWhenText)}</p> : null}
              <p className="mt-hint">{text(material.requirements)}</p>
            </div>
            <div className="mt-material-controls">
              <Select
                aria-label={label(t('form'))} value={given?.form ?? 'none'} style={{ minWidth: '7.5rem' }}
                options={[{ value: 'none', label: t('none') }, { value: 'original', label: t('original') }, { value: 'copy', label: t('copy') }, { value: 'electronic', label: t('electronic') }, ...(material.sharedFrom ? [{ value: 'shared', label: t('sharing') }] : [])]}
                onChange={(form: MaterialInput['form'] | 'none') => set(material, form === 'none' ? null : { form })}
              />
              {given ? <InputNumber aria-label={label(t('copies'))} value={given.copies} min={1} max={99} precision={0} style={{ width: '4.5rem' }} onChange={(copies) => set(material, { copies: copies ?? 1 })} /> : null}
              <Checkbox checked={given?.originalSeen ?? false} onChange={(event) => set(material, { originalSeen: event.target.checked })} aria-label={label(t('seen'))}>{t('seen')}</Checkbox>
              {!given && deferrable.includes(material.id) && onDeferred ? <Checkbox checked={deferred.includes(material.id)} aria-label={label(t('deferred'))} onChange={(event) => onDeferred(event.target.checked ? [...deferred, material.id] : deferred.filter((one) => one !== material.id))}>{t('deferred')}</Checkbox> : null}
            </div>
            <FilesField id={`${id}-${material.id}`} label={label(t('scan'))} single compact value={given?.fileId ? [given.fileId] : []} onChange={([fileId]) => set(material, { fileId: fileId ?? null, ...(given ? {} : { form: 'electronic' as const }) })} />
          </li>
        )
      })}
    </ul>
  )
}
