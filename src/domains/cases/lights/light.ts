import type { CivilDay } from '../../../base/civil-day.ts'
import type { Calendar } from '../../../kernel/calendar/types.ts'
import type { CountedLight, LightAppealGround, LightOutcome, LightState } from './contract.ts'
import { LIGHT_APPEAL } from './rules.ts'

/** A post at a step: whose task it was. A light falls here, on no person. */
export interface Bearer { readonly task: string; readonly step: string; readonly role: string; readonly organisationId: string }

/**
 * A red or black light as the sweep announced it, on one of the posts whose step was open at that instant; departments in parallel
 * bear one each. The clock keeps the fact; what an appeal changes is only whom it counts against.
 */
export interface FallenLight { readonly clock: string; readonly rule: string; readonly light: CountedLight; readonly dueOn: CivilDay; readonly fellOn: CivilDay; readonly on: Bearer }

/** 亮灯申诉, kept in the case's `data`; `no` counts from 1 within the case. */
export interface LightAppeal {
  readonly no: number
  /** The light as it fell, kept here: an extension may take it back while it is under appeal. */
  readonly clock: string
  readonly rule: string
  readonly light: CountedLight
  readonly dueOn: CivilDay
  readonly fellOn: CivilDay
  readonly against: Bearer
  readonly ground: LightAppealGround
  readonly reason: string
  readonly files: readonly string[]
  readonly appealedOn: CivilDay
  readonly judgeBy: CivilDay
  readonly postCode: string
  readonly personId: string
  readonly decision: { readonly on: CivilDay; readonly outcome: LightOutcome; readonly reason: string; readonly to?: Bearer; readonly postCode: string; readonly personId: string } | null
}

/** A light as it stands on a post after all appeals. */
export interface BorneLight extends FallenLight {
  /** From when the post bears it: the day it fell, or the day of the decision that moved it here. */
  readonly since: CivilDay
  readonly movedHere: boolean
  readonly appeal: LightAppeal | null
  readonly state: LightState
}

const same = (light: Pick<FallenLight, 'clock' | 'light' | 'dueOn'>, appeal: LightAppeal): boolean => light.clock === appeal.clock && light.light === appeal.light && light.dueOn === appeal.dueOn

/**
 * The lights of a case on the posts that bear or bore them. Moved to another post, a light stands there anew, and that post may appeal
 * in its turn: it was not heard before. A light that was taken back since stays where it was appealed against, so that the appeal is answered.
 */
export function borneLights(fallen: readonly FallenLight[], appeals: readonly LightAppeal[]): readonly BorneLight[] {
  const movedTo = (appeal: LightAppeal): boolean => appeals.some((one) => one.decision?.to?.task === appeal.against.task && same(one, appeal))
  const takenBack = appeals.filter((appeal) => !movedTo(appeal) && !fallen.some((light) => same(light, appeal) && light.on.task === appeal.against.task))
  return [...fallen, ...takenBack.map(({ against, clock, rule, light, dueOn, fellOn }): FallenLight => ({ clock, rule, light, dueOn, fellOn, on: against }))].flatMap((light) => {
    const line: BorneLight[] = []
    const bear = (on: Bearer, since: CivilDay, movedHere: boolean): void => {
      const appeal = appeals.find((one) => same(light, one) && one.against.task === on.task) ?? null
      line.push({ ...light, on, since, movedHere, appeal, state: appeal === null ? 'counts' : appeal.decision?.outcome ?? 'appealed' })
      if (appeal?.decision?.to) bear(appeal.decision.to, appeal.decision.on, true)
    }
    bear(light.on, light.fellOn, false)
    return line
  })
}

/** Last day for an appeal against a light borne since a day. [C] */
export const appealBy = (since: CivilDay, calendar: Calendar): CivilDay => calendar.addWorkingDays(since, LIGHT_APPEAL.amount).day

/** Whether a light is borne by a post already, or was: moving it there would go in a circle or count it twice. */
export const isBorne = (lights: readonly BorneLight[], { clock, light, dueOn }: Pick<FallenLight, 'clock' | 'light' | 'dueOn'>, task: string): boolean =>
  lights.some((one) => one.clock === clock && one.light === light && one.dueOn === dueOn && one.on.task === task)

/** The judging post's task of an appeal: one each, for several may be open. */
export const judgingStep = (no: number): string => (no === 1 ? 'judgeLight' : `judgeLight~${no}`)
/** Those tasks, as a regular expression for the database. */
export const JUDGING_STEPS = '^judgeLight(~|$)'
export const isJudging = (step: string): boolean => new RegExp(JUDGING_STEPS).test(step)

/** Clocks that are nobody's delay in the office: the party's own periods, and publication, which the system does. */
export const PARTY_RULES: readonly string[] = ['CASE.DEFERRED', 'ANNUL.STATEMENT', 'COMMIT.RECTIFY', 'LIC.PUBLISH']
/** Steps with a limit of their own: measured by that one alone, and nobody else by it. */
export const STEP_RULES: Readonly<Record<string, string>> = { commitmentCheck: 'COMMIT.CHECK', rectificationCheck: 'COMMIT.RECTIFY' }
/** Tasks that no limit of the case waits for. */
export const UNMEASURED_STEPS: readonly string[] = ['telephone', 'archive']

/** The name under which evidence of an appeal is kept: not the applicant's to read, and not in the file's volume. */
export const LIGHT_EVIDENCE = 'lightAppeal'
