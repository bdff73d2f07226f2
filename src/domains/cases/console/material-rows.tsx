import { Checkbox, InputNumber, Select } from 'antd'
import { useId, useState } from 'react'
import { FilesField, fileNameOf } from '../../../kit/console/files-field.tsx'
import { useKeys, WithKey } from '../../../kit/console/keys.tsx'
import { useListed, useSay, useText } from '../../../kit/console/language.tsx'
import type { GuideMaterial } from './guide.ts'
import type { MaterialInput } from '../contract.ts'

const TEXTS = {
  required: { zh: '必要', en: 'required' }, optional: { zh: '非必要', en: 'optional' }, deferrable: { zh: '可容缺后补', en: 'may follow later' }, shared: { zh: '★ 政府内部共享，不得要求提交', en: '★ fetched from government, not to be demanded' },
  form: { zh: '形式', en: 'Form' }, electronic: { zh: '电子', en: 'Electronic' }, original: { zh: '原件', en: 'Original' }, copy: { zh: '复印件', en: 'Copy' }, sharing: { zh: '共享取得', en: 'Shared' }, none: { zh: '未交', en: 'Not handed in' },
  copies: { zh: '份数', en: 'Copies' }, seen: { zh: '原件已核验', en: 'Original seen' }, scan: { zh: '扫描件', en: 'Scan' }, of: { zh: '{what}：{name}', en: '{what}: {name}' }, deferred: { zh: '容缺后补', en: 'To follow later' },
  several: { zh: '一份扫描件用于多项材料', en: 'One scan for several materials' }, severalHint: { zh: '选好文件后按 Alt+1…9 放入该项材料，再按一次取出；Alt+O 切换“原件已核验”。', en: 'With a file chosen, Alt+1…9 puts it into that material and, pressed again, takes it out; Alt+O toggles “Original seen”.' },
  into: { zh: '到材料“{name}”；选了共用扫描件时放入或取出', en: 'Go to “{name}”; with a common scan chosen, put it in or take it out' }, seenKey: { zh: '切换当前材料的“原件已核验”', en: 'Toggle “Original seen” of the current material' }, used: { zh: '{file} 用于：{names}', en: '{file} is used for: {names}' }, unused: { zh: '{file} 还没有放入任何材料', en: '{file} is not in any material yet' }, theFile: { zh: '扫描件', en: 'The scan' },
} as const

/** Materials that a number key reaches. */
const KEYED = 9

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
  const listed = useListed()
  const id = useId()
  const set = (material: GuideMaterial, change: Partial<MaterialInput> | null): void => {
    const before = value.find((one) => one.materialId === material.id)
    const others = value.filter((one) => one.materialId !== material.id)
    onChange(change === null ? others : [...others, { materialId: material.id, fileId: null, form: 'original', copies: 1, ...before, ...change }])
    if (change !== null && deferred.includes(material.id)) onDeferred?.(deferred.filter((one) => one !== material.id))
  }
  const [common, setCommon] = useState<string | null>(null)
  const [current, setCurrent] = useState<string | null>(null)
  const givenOf = (material: GuideMaterial) => value.find((one) => one.materialId === material.id)
  const pick = (material: GuideMaterial): void => {
    setCurrent(material.id)
    const given = givenOf(material)
    if (common === null) document.getElementById(`${id}-row-${material.id}`)?.querySelector('input')?.focus()
    else if (given?.fileId !== common) set(material, { fileId: common, ...(given ? {} : { form: 'electronic' as const }) })
    else set(material, given.form === 'electronic' ? null : { fileId: null })
  }
  const now = materials.find((material) => material.id === current)
  useKeys([
    ...materials.slice(0, KEYED).map((material, i) => ({ key: `Alt+${i + 1}`, label: t('into', { name: text(material.name) }), run: () => pick(material) })),
    { key: 'Alt+O', label: t('seenKey'), off: now === undefined, run: () => set(now!, { originalSeen: !givenOf(now!)?.originalSeen }) },
  ])
  const users = common === null ? [] : materials.filter((material) => givenOf(material)?.fileId === common).map((material) => text(material.name))
  const file = (common !== null && fileNameOf(common)) || t('theFile')
  return (
    <>
      {materials.length > 1 ? (
        <div className="mt-several">
          <label htmlFor={`${id}-several`}>{t('several')}</label>
          <FilesField id={`${id}-several`} label={t('several')} single compact value={common === null ? [] : [common]} onChange={([fileId]) => setCommon(fileId ?? null)} />
          <p className="mt-hint" role="status">{common === null ? t('severalHint') : users.length === 0 ? `${t('unused', { file })} · ${t('severalHint')}` : t('used', { file, names: listed(users) })}</p>
        </div>
      ) : null}
      <ul className="mt-materials">
        {materials.map((material, i) => {
          const given = value.find((one) => one.materialId === material.id)
          const name = text(material.name)
          const label = (what: string) => t('of', { what, name })
          return (
            <li key={material.id} id={`${id}-row-${material.id}`} className={material.id === current ? 'mt-current' : ''} onFocus={() => setCurrent(material.id)}>
              <div>
                {i < KEYED ? <><WithKey hint={`Alt+${i + 1}`}><kbd aria-hidden>{i + 1}</kbd></WithKey>{' '}</> : null}<strong>{given ? '✓ ' : ''}{name}</strong>{' '}
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
    </>
  )
}
