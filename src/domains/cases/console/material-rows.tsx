import { Checkbox, InputNumber, Select } from 'antd'
import { useEffect, useId, useState, type RefObject } from 'react'
import { FilesField, fileNameOf } from '../../../kit/console/files-field.tsx'
import { useKeys, WithKey } from '../../../kit/console/keys.tsx'
import { useListed, useSay, useText } from '../../../kit/console/language.tsx'
import type { GuideMaterial } from './guide.ts'
import type { MaterialInput } from '../contract.ts'
import { BYTES_MAX, isPdf, NotCut, openPages, PAGES_MAX, type WhyWhole } from './cut-pages.ts'
import { PageSplit } from './page-split.tsx'
import { give, isSorted } from './page-stack.ts'
import { useSplit, withFile, type OpenSplit } from './use-split.ts'

const TEXTS = {
  required: { zh: '必要', en: 'required' }, optional: { zh: '非必要', en: 'optional' }, deferrable: { zh: '可容缺后补', en: 'may follow later' }, shared: { zh: '★ 政府内部共享，不得要求提交', en: '★ fetched from government, not to be demanded' },
  form: { zh: '形式', en: 'Form' }, electronic: { zh: '电子', en: 'Electronic' }, original: { zh: '原件', en: 'Original' }, copy: { zh: '复印件', en: 'Copy' }, sharing: { zh: '共享取得', en: 'Shared' }, none: { zh: '未交', en: 'Not handed in' },
  copies: { zh: '份数', en: 'Copies' }, seen: { zh: '原件已核验', en: 'Original seen' }, scan: { zh: '扫描件', en: 'Scan' }, of: { zh: '{what}：{name}', en: '{what}: {name}' }, deferred: { zh: '容缺后补', en: 'To follow later' },
  several: { zh: '一份扫描件用于多项材料', en: 'One scan for several materials' }, severalHint: { zh: '选好文件后按 Alt+1…9 放入该项材料，再按一次取出；Alt+O 切换“原件已核验”。多页的 PDF 或者几张图片可以按页分到各项材料。', en: 'With a file chosen, Alt+1…9 puts it into that material and, pressed again, takes it out; Alt+O toggles “Original seen”. A PDF of several pages, or several pictures, can be split among the materials page by page.' },
  into: { zh: '到材料“{name}”；选了共用扫描件时放入或取出', en: 'Go to “{name}”; with a common scan chosen, put it in or take it out' }, seenKey: { zh: '切换当前材料的“原件已核验”', en: 'Toggle “Original seen” of the current material' }, used: { zh: '{file} 用于：{names}', en: '{file} is used for: {names}' }, unused: { zh: '{file} 还没有放入任何材料', en: '{file} is not in any material yet' }, theFile: { zh: '扫描件', en: 'The scan' },
  give: { zh: '本页放入“{name}”，到下一页', en: 'Give this page to “{name}” and go on to the next' }, splitDone: { zh: '已拆分：每项材料各有自己的文件。', en: 'Split: each material has its own file.' }, wholeStill: { zh: '{why}仍可整份用于多项材料。', en: '{why} It can still be used whole.' },
} as const
const WHY_WHOLE = {
  encrypted: { zh: '{file} 设有密码，不能拆分。', en: '{file} is protected by a password and cannot be split.' },
  signed: { zh: '{file} 有电子签名，拆分会使签名失效，不予拆分。', en: '{file} is digitally signed; a split would break the signature, so it is not split.' },
  fields: { zh: '{file} 是可填写的表单，拆分可能丢失所填内容，不予拆分。', en: '{file} is a form with fields, whose entries a split could lose, so it is not split.' },
  damaged: { zh: '{file} 已损坏或者不完整，不能拆分。', en: '{file} is damaged or incomplete and cannot be split.' },
  pages: { zh: '超过 {pages} 页，不能在此拆分；请分几次扫描。', en: 'There are more than {pages} pages, which cannot be split here; scan it in parts.' },
  bytes: { zh: '超过 {megabytes} MB，不能在此拆分；请分几次扫描。', en: 'It is larger than {megabytes} MB, which cannot be split here; scan it in parts.' },
  kind: { zh: '一次选几个文件时，只能是 PDF、JPEG 或者 PNG；{file} 不是。', en: 'Several files at once can only be PDF, JPEG or PNG; {file} is not.' },
} as const satisfies Record<WhyWhole, unknown>
const BYTES_PER_MEGABYTE = 1024 * 1024

/** Materials that a number key reaches. */
const KEYED = 9

export interface MaterialRowsProps {
  readonly materials: readonly GuideMaterial[]
  readonly value: readonly MaterialInput[]
  /** What is handed in no longer follows later: that is for the form to see to. */
  readonly onChange: (value: MaterialInput[]) => void
  /** Ids that follow later; undefined where nothing may. */
  readonly deferred?: readonly string[]
  readonly deferrable?: readonly string[]
  readonly onDeferred?: (ids: string[]) => void
  /** Names the form, so that a scan being sorted is still there when its screen is come back to. */
  readonly form: string
  /** Where the form finds a scan that is still being sorted; null while there is none. */
  readonly openSplit: RefObject<OpenSplit | null>
}

/** Each material of the guide with what was handed in: a file or scan, original or copy, how many, and the tick of who saw the original. */
export function MaterialRows({ materials, value, onChange, deferred = [], deferrable = [], onDeferred, form, openSplit }: MaterialRowsProps) {
  const t = useSay(TEXTS)
  const why = useSay(WHY_WHOLE)
  const text = useText()
  const listed = useListed()
  const id = useId()
  const set = (material: GuideMaterial, change: Partial<MaterialInput> | null): void => {
    const before = value.find((one) => one.materialId === material.id)
    const others = value.filter((one) => one.materialId !== material.id)
    onChange(change === null ? others : [...others, { materialId: material.id, fileId: null, form: 'original', copies: 1, ...before, ...change }])
  }
  const [common, setCommon] = useState<string | null>(null)
  const [current, setCurrent] = useState<string | null>(null)
  /** What became of the last choice of files, where that needs saying. */
  const [told, setTold] = useState<'split' | { readonly why: WhyWhole; readonly file: string; readonly alone: boolean } | null>(null)
  const use = useSplit(form, materials.map((material) => material.id), value, onChange)
  const { split } = use
  useEffect(() => {
    openSplit.current = split && { sorted: isSorted(split.stack), finish: use.finish }
    return () => { openSplit.current = null }
  })
  /** A PDF of several pages, or several files, is laid out to be split; anything else is sent as it is. */
  const layOut = async (files: readonly File[]): Promise<readonly File[]> => {
    setTold(null)
    if (files.length === 1 && !isPdf(files[0]!)) return files
    try {
      const pages = await openPages(files)
      if (pages.length < 2) return files
      setCommon(null)
      use.open(pages, files)
      return []
    } catch (error) {
      if (!(error instanceof NotCut)) throw error
      setTold({ why: error.why, file: error.file, alone: files.length === 1 })
      return files.length === 1 ? files : []
    }
  }
  const tell = (what: NonNullable<typeof told>): string => {
    if (what === 'split') return t('splitDone')
    const said = why(what.why, { file: what.file, pages: PAGES_MAX, megabytes: BYTES_MAX / BYTES_PER_MEGABYTE })
    return what.alone ? t('wholeStill', { why: said }) : said
  }
  const givenOf = (material: GuideMaterial) => value.find((one) => one.materialId === material.id)
  const pick = (material: GuideMaterial): void => {
    setCurrent(material.id)
    const given = givenOf(material)
    if (common === null) document.getElementById(`${id}-row-${material.id}`)?.querySelector('input')?.focus()
    else if (given?.fileId !== common) onChange(withFile(value, material.id, common))
    else set(material, given.form === 'electronic' ? null : { fileId: null })
  }
  const now = materials.find((material) => material.id === current)
  useKeys([
    ...materials.slice(0, KEYED).map((material, i) => ({ key: `Alt+${i + 1}`, label: t(split ? 'give' : 'into', { name: text(material.name) }), run: () => (split ? use.change(give(split.stack, material.id)) : pick(material)) })),
    { key: 'Alt+O', label: t('seenKey'), off: now === undefined, run: () => set(now!, { originalSeen: !givenOf(now!)?.originalSeen }) },
  ])
  const users = common === null ? [] : materials.filter((material) => givenOf(material)?.fileId === common).map((material) => text(material.name))
  const file = (common !== null && fileNameOf(common)) || t('theFile')
  return (
    <>
      {materials.length > 1 ? (
        <div className="mt-several">
          <label htmlFor={`${id}-several`}>{t('several')}</label>
          <FilesField id={`${id}-several`} label={t('several')} single compact first={layOut} value={common === null ? [] : [common]} onChange={([fileId]) => setCommon(fileId ?? null)} />
          <p className="mt-hint" role="status">{told === null ? null : <strong>{tell(told)} </strong>}{common === null ? t('severalHint') : users.length === 0 ? `${t('unused', { file })} · ${t('severalHint')}` : t('used', { file, names: listed(users) })}</p>
        </div>
      ) : null}
      {split ? <PageSplit use={use} materials={materials.map((material) => ({ id: material.id, name: text(material.name) }))} onWhole={setCommon} onEnd={(done) => { if (done) setTold('split'); document.getElementById(`${id}-several`)?.focus() }} /> : null}
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
