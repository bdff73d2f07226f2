import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { dayAt } from '../../../base/civil-day.ts'
import { useKeys, WithKey } from '../../../kit/console/keys.tsx'
import { useListed, useSay, useText } from '../../../kit/console/language.tsx'
import { useLoaded } from '../../../kit/console/loaded.ts'
import { Nothing } from '../../../kit/console/screen.tsx'
import type { GuideForm, GuideItem } from './guide.ts'
import type { CaseView } from '../contract.ts'
import { ActForm } from './act-form.tsx'
import type { ActContext } from './act-forms.ts'
import { fileOf } from './file.ts'
import { usePostWords } from './light-words.tsx'

type Offer = CaseView['acts'][number]
/** Acts about who works on it stand with the tasks, drafts with the counter, appeals with their lights. */
const ABOVE: readonly string[] = ['appealLight', 'judgeLight']
const ELSEWHERE: readonly string[] = ['claim', 'release', 'takeOver', 'saveDraft', 'submit', ...ABOVE]
/** Of several ways to do a step, the one it is usually done by comes first and has the key 1. */
const LEADING: readonly string[] = ['receive', 'accept']
const rank = (offer: Offer): number => (offer.step === null ? 2 : LEADING.includes(offer.act) ? 0 : 1)
const stepFirst = (offers: readonly Offer[]): readonly Offer[] => [...offers].sort((a, b) => rank(a) - rank(b))

const TEXTS = {
  none: { zh: '现在没有您要办的事。', en: 'There is nothing for you to do here now.' }, above: { zh: '要办的在上面的“亮灯记录”里。', en: 'What is yours to do stands above, under “Lights on record”.' }, more: { zh: '其他行为', en: 'Other acts' }, choose: { zh: '办理', en: 'Act' },
} as const

export interface WorkAreaProps {
  readonly view: CaseView
  readonly item: GuideItem | undefined
  readonly form: GuideForm | undefined
  readonly onDone: () => void
  /** The act whose form stands open. */
  readonly first?: string | null
  /** Nothing stands open until it is chosen. */
  readonly closed?: boolean
}

/** The acts offered now, each as its form; its ways out at the bottom right with the legal ground. */
export function WorkArea({ view, item, form, onDone, first = null, closed = false }: WorkAreaProps) {
  const t = useSay(TEXTS)
  const text = useText()
  const listed = useListed()
  const post = usePostWords()
  const offers = stepFirst(view.acts.filter((offer) => !ELSEWHERE.includes(offer.act)))
  const main = offers.filter((offer) => offer.step !== null)
  const [chosen, setChosen] = useState<string | null>(first)
  const open = offers.find((offer) => offer.act === chosen) ?? (closed ? undefined : main[0])
  const others = offers.filter((offer) => offer.step === null)
  const colleagues = useLoaded<{ people: { id: string; name: { zh: string; en: string }; posts: { zh: string; en: string }[] }[] }>(offers.length > 0 ? '/api/v1/administration/colleagues' : null)
  useKeys(offers.slice(0, 9).map((offer, i) => ({ key: String(i + 1), label: text(offer.name), run: () => setChosen(offer.act) })))
  const context: ActContext = useMemo(() => ({
    view, file: fileOf(view), item, text, post, today: dayAt(new Date()),
    colleagues: (colleagues.data?.people ?? []).map((person) => ({ id: person.id, name: text(person.name), posts: listed([...new Set(person.posts.map(text))]) })),
  }), [view, item, text, post, listed, colleagues.data])
  if (offers.length === 0) return <Nothing>{t(view.acts.some(({ act }) => ABOVE.includes(act)) ? 'above' : 'none')}</Nothing>
  const button = (offer: Offer) => <WithKey key={offer.act} hint={String(offers.indexOf(offer) + 1)}><Button type={offer === open ? 'primary' : 'default'} ghost={offer === open} aria-pressed={offer === open} onClick={() => setChosen(offer.act)}>{text(offer.name)}</Button></WithKey>
  return (
    <>
      {main.length > 0 ? <div className="mt-acts" role="group" aria-label={t('choose')}>{main.map(button)}</div> : null}
      {open ? <ActForm key={`${view.caseNo} ${open.act}`} offer={open} context={context} form={form} entered={chosen !== null && chosen !== first} onDone={() => { setChosen(null); onDone() }} onStale={onDone} /> : null}
      {others.length > 0 ? <section aria-label={t('more')}><h3>{t('more')}</h3><div className="mt-acts">{others.map(button)}</div></section> : null}
    </>
  )
}
