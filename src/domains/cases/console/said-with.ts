import type { CaseView } from '../contract.ts'
import type { CaseFile } from './file.ts'

type Entries = (file: Partial<CaseFile>, act: string) => readonly (string | undefined)[]
const joined = (...parts: readonly (string | undefined)[]): string => parts.filter((part) => part).join('\n')
const opinions: Entries = ({ opinions: all = [] }, act) => all.filter((one) => one.act === act).map((one) => one.opinion)

/** Where the file keeps the words of an act; its entries stand in the order the acts were done. */
const WORDS: Readonly<Record<string, Entries>> = {
  review: opinions, verify: opinions, survey: opinions, coReview: opinions, expertReview: opinions, publicNotice: opinions, commitmentCheck: opinions, checkRectification: opinions,
  requestSupplement: ({ supplements = [] }) => supplements.map((one) => joined(...one.defects.map((defect) => defect.what), one.remarks)),
  askClarification: ({ clarifications = [] }) => clarifications.map((one) => one.question),
  clarify: ({ clarifications = [] }) => clarifications.map((one) => one.answer),
  suspend: ({ pauses = [] }) => pauses.map((one) => one.requiredBy),
  resume: ({ pauses = [] }) => pauses.map((one) => one.result),
  requestExtension: ({ extension }) => [extension?.reason],
  tellInterestedParty: ({ interestedParties = [] }) => interestedParties.map((one) => joined(one.name, one.interest)),
  decide: ({ decision }) => [decision ? joined(decision.content, decision.reasons) : undefined],
  tellAnnulment: ({ annulment }) => [annulment?.facts],
  hearAnnulment: ({ annulment }) => [annulment?.heard?.statement],
  annul: ({ annulment }) => [annulment?.decided?.reasons],
  dropAnnulment: ({ annulment }) => [annulment?.dropped?.reasons],
  appealLight: ({ lightAppeals = [] }) => lightAppeals.map((one) => one.reason),
  addVolume: ({ addedVolumes = [] }) => addedVolumes.map((one) => one.reason),
  serve: ({ services = [] }) => services.filter((one) => one.act === undefined).map((one) => joined(one.recipient, one.proof.text)),
}

/** What was said with each act of the history: whoever decides reads the opinions where they were given. */
export function saidWith(view: CaseView, file: Partial<CaseFile>): readonly (string | undefined)[] {
  const seen = new Map<string, number>()
  return view.history.map(({ act }) => {
    const nth = seen.get(act) ?? 0
    seen.set(act, nth + 1)
    return WORDS[act]?.(file, act)[nth]
  })
}
