import { Button } from 'antd'
import { useEffect, useId, useRef, useState } from 'react'
import { asProblem, type Problem } from '../../../kit/console/api.ts'
import { sendNamed } from '../../../kit/console/files-field.tsx'
import { useKeys, WithKey } from '../../../kit/console/keys.tsx'
import { useLanguage, useSay } from '../../../kit/console/language.tsx'
import { ProblemNote } from '../../../kit/console/screen.tsx'
import { cutPages, type SourcePage } from './cut-pages.ts'
import { firstOpen, give, giveUpToHere, goTo, leaveOut, runsOf, turn, undo, type PageStack, type Run, type StackPage } from './page-stack.ts'
import type { UseSplit } from './use-split.ts'

const TEXTS = {
  title: { zh: '把扫描件分到各项材料', en: 'Split the scan into materials' }, page: { zh: '第 {n} 页，共 {m} 页', en: 'Page {n} of {m}' },
  previous: { zh: '上一页', en: 'Previous page' }, next: { zh: '下一页', en: 'Next page' }, same: { zh: '到此页为止同上一份', en: 'Up to here, with the paper before' }, leaveOut: { zh: '空白页，略去', en: 'Blank, leave out' }, turn: { zh: '右转 90°', en: 'Turn right 90°' }, undo: { zh: '撤销', en: 'Undo' },
  keys: { zh: '按 Alt 加所示的键。', en: 'Alt and the key shown.' }, into: { zh: '本页放入', en: 'This page goes into' }, done: { zh: '分好', en: 'Done' }, whole: { zh: '不拆，整份用于多项材料', en: 'Do not split; use it whole' }, drop: { zh: '放弃拆分', en: 'Discard the splitting' },
  one: { zh: '第{from}页', en: 'page {from}' }, several: { zh: '第{from}–{to}页', en: 'pages {from}–{to}' }, given: { zh: '{pages} → {name}', en: '{pages} → {name}' }, open: { zh: '{pages}未分', en: '{pages} not given yet' }, out: { zh: '{pages}略去', en: '{pages} left out' }, between: { zh: '；', en: '; ' },
  stillOpen: { zh: '第{n}页还没有分：放入一项材料，或者略去。', en: 'Page {n} is not given yet: give it to a material, or leave it out.' }, nothing: { zh: '还没有任何一页放入材料。', en: 'No page has been given to a material.' }, sending: { zh: '正在拆分并上传 {n}/{m}', en: 'Splitting and sending {n} of {m}' },
  alone: { zh: '单独打开本页', en: 'Open this page by itself' }, noViewer: { zh: '此浏览器不在页面内显示 PDF；可以单独打开本页查看。', en: 'This browser shows no PDF inside a page; open the page by itself.' },
} as const

export interface PageSplitProps {
  readonly use: UseSplit
  /** Those of the form, in its order, with their names in the reader's language. */
  readonly materials: readonly { readonly id: string; readonly name: string }[]
  /** The scan was sent as it is. */
  readonly onWhole: (fileId: string) => void
  /** `split`: each part is in its material; otherwise it was given up or taken whole. */
  readonly onEnd: (split: boolean) => void
}

/** Page by page through a scan: each goes to a material by its number key. */
export function PageSplit({ use, materials, onWhole, onEnd }: PageSplitProps) {
  const t = useSay(TEXTS)
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  const [problem, setProblem] = useState<Problem>()
  // Where the keyboard stands when the scan is laid out, and again when it was to be sent too early.
  useEffect(() => heading.current?.focus(), [use.asked])
  const split = use.split!
  const { stack } = split
  const here = stack.pages[stack.at]!
  const [sendingWhole, setSendingWhole] = useState(false)
  const busy = sendingWhole || use.sending !== null
  const same = giveUpToHere(stack)
  const nameOf = (material: string): string => materials.find((one) => one.id === material)?.name ?? material
  const finish = async (): Promise<void> => {
    setProblem(undefined)
    try {
      if (await use.finish()) onEnd(true)
    } catch (error) {
      setProblem(asProblem(error))
    }
  }
  const whole = async (file: File): Promise<void> => {
    setProblem(undefined)
    setSendingWhole(true)
    try {
      onWhole(await sendNamed(file))
      use.drop()
      onEnd(false)
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setSendingWhole(false)
    }
  }
  const steps: readonly { readonly key: string; readonly text: keyof typeof TEXTS; readonly to: PageStack | null }[] = [
    { key: 'Alt+PageUp', text: 'previous', to: stack.at > 0 ? goTo(stack, stack.at - 1) : null }, { key: 'Alt+PageDown', text: 'next', to: stack.at < stack.pages.length - 1 ? goTo(stack, stack.at + 1) : null },
    { key: 'Alt+0', text: 'same', to: same }, { key: 'Alt+X', text: 'leaveOut', to: leaveOut(stack) }, { key: 'Alt+R', text: 'turn', to: turn(stack) }, { key: 'Alt+Z', text: 'undo', to: stack.before && undo(stack) },
  ]
  useKeys([
    ...steps.map(({ key, text, to }) => ({ key, label: t(text), off: busy || to === null, run: () => use.change(to!) })),
    { key: 'Alt+Enter', label: t('done'), off: busy, run: () => void finish() },
  ])
  const open = firstOpen(stack)
  return (
    <section className="mt-pages" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`} ref={heading} tabIndex={-1}>{t('title')} <small>{split.name}</small></h3>
      <div className="mt-pages-body">
        <PagePreview source={split.source} at={stack.at} turned={here.turn} title={t('page', { n: stack.at + 1, m: stack.pages.length })} />
        <div>
          <p className="mt-pages-here"><strong>{t('page', { n: stack.at + 1, m: stack.pages.length })}</strong> <span className="mt-hint">{t('keys')}</span></p>
          <div className="mt-acts" role="group" aria-label={t('into')}>
            {materials.map((material, i) => <WithKey key={material.id} hint={i < 9 ? `Alt+${i + 1}` : ''}><Button disabled={busy} type={here.to === material.id ? 'primary' : 'default'} ghost={here.to === material.id} aria-pressed={here.to === material.id} onClick={() => use.change(give(stack, material.id))}>{i < 9 ? <kbd aria-hidden>{i + 1}</kbd> : null} {material.name}</Button></WithKey>)}
          </div>
          <div className="mt-acts">
            {steps.map(({ key, text, to }) => <WithKey key={key} hint={key}><Button disabled={busy || to === null} onClick={() => use.change(to!)}><kbd aria-hidden>{key.slice('Alt+'.length)}</kbd> {t(text)}</Button></WithKey>)}
          </div>
          <p role="status">{use.sending ? t('sending', { n: use.sending[0] + 1, m: use.sending[1] }) : <><span className="mt-hidden">{t('page', { n: stack.at + 1, m: stack.pages.length })}{t('between')}</span><Summary runs={runsOf(stack)} nameOf={nameOf} /></>}</p>
          {use.asked > 0 && !busy ? open !== -1 ? <p className="mt-note" role="alert">{t('stillOpen', { n: open + 1 })}</p> : stack.pages.every(({ to }) => to === null) ? <p className="mt-note" role="alert">{t('nothing')}</p> : null : null}
          <ProblemNote problem={problem} />
          <div className="mt-acts">
            <WithKey hint="Alt+Enter"><Button type="primary" loading={busy} onClick={() => void finish()}><kbd aria-hidden>Enter</kbd> {t('done')}</Button></WithKey>
            {split.whole ? <Button disabled={busy} loading={sendingWhole} onClick={() => void whole(split.whole!)}>{t('whole')}</Button> : null}
            <Button type="text" disabled={busy} onClick={() => { use.drop(); onEnd(false) }}>{t('drop')}</Button>
          </div>
        </div>
      </div>
    </section>
  )
}

/** 第1–3页 → 申请表；第4页 → 身份证明；第5页未分 */
function Summary({ runs, nameOf }: { readonly runs: readonly Run[]; readonly nameOf: (material: string) => string }) {
  const t = useSay(TEXTS)
  const language = useLanguage()
  const said = runs.map(({ from, to, material, leftOut }) => {
    const pages = from === to ? t('one', { from }) : t('several', { from, to })
    return material !== null ? t('given', { pages, name: nameOf(material) }) : t(leftOut ? 'out' : 'open', { pages })
  }).join(t('between'))
  return language === 'en' ? said.charAt(0).toUpperCase() + said.slice(1) : said
}

/** The page as it will be cut. It takes no keyboard and no pointer: a viewer that had them would keep the keys from the panel. */
function PagePreview({ source, at, turned, title }: { readonly source: readonly SourcePage[]; readonly at: number; readonly turned: StackPage['turn']; readonly title: string }) {
  const t = useSay(TEXTS)
  const [address, setAddress] = useState<string>()
  const picture = source[at]!.picture
  useEffect(() => {
    let made: string | undefined
    let left = false
    const show = (blob: Blob): void => {
      if (left) return
      made = URL.createObjectURL(blob)
      setAddress(made)
    }
    if (picture) show(picture)
    else void cutPages(source, [at], source.map((_, i) => ({ turn: i === at ? turned : 0 }))).then((bytes) => show(new Blob([bytes], { type: 'application/pdf' })))
    return () => {
      left = true
      setAddress(undefined)
      if (made !== undefined) URL.revokeObjectURL(made)
    }
    // A picture is turned by its style.
  }, [source, at, picture, picture ? 0 : turned])
  return (
    <div className="mt-pages-preview">
      {address === undefined ? <div className="mt-pages-frame" aria-busy="true" />
        : picture ? <div className="mt-pages-frame"><img className={turned % 180 === 0 ? '' : 'mt-turned'} src={address} alt={title} style={{ transform: `rotate(${turned}deg)` }} /></div>
          : navigator.pdfViewerEnabled === false ? <p className="mt-pages-frame">{t('noViewer')}</p>
            : <iframe className="mt-pages-frame" tabIndex={-1} src={`${address}#page=1&view=Fit&toolbar=0&navpanes=0`} title={title} />}
      {address === undefined ? null : <a href={address} target="_blank" rel="noreferrer">{t('alone')}</a>}
    </div>
  )
}
