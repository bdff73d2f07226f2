import { normaliseIdNumber } from '../../kernel/access/identity-types.ts'
import type { ApplicationInput } from './contract.ts'

/** A document and the name on it. */
export interface Identity { readonly idType: string; readonly idNumber: string; readonly name: string }
/** Who stands behind an online account: in whose name it acts at present, and the person who holds it. */
export interface Presenting { readonly acting: Identity; readonly holder: Identity }

export type Unpresented = { readonly why: 'applicant-not-you'; readonly path: '/applicant/idNumber' } | { readonly why: 'agent-not-you'; readonly path: '/agent/idNumber' | '/representative/idNumber' } | { readonly why: 'acting-for-another'; readonly path: '/applicant/idNumber' }
type Stated = { readonly [key: string]: unknown } | null | undefined
interface Named { readonly applicant: Stated; readonly agent?: Stated; readonly representative?: Stated }

/**
 * Online nobody sees an original: the application is the account's own, or its holder's as the applicant's agent with a power of attorney
 * or as a guardian (行政许可法 第二十九条; 民法典 第二十三条、第一百六十一条). Whoever acts in another's name applies for that one alone. Null: it is.
 */
export function unpresented({ applicant, agent, representative }: Named, { acting, holder }: Presenting): Unpresented | null {
  if (bears(applicant, acting)) return null
  if (!sameDocument(acting, holder)) return { why: 'acting-for-another', path: '/applicant/idNumber' }
  if (agent) return bears(agent, holder) ? null : { why: 'agent-not-you', path: '/agent/idNumber' }
  if (representative?.['relation'] === 'guardian') return bears(representative, holder) ? null : { why: 'agent-not-you', path: '/representative/idNumber' }
  return { why: 'applicant-not-you', path: '/applicant/idNumber' }
}

/** At a counter the clerk holds the original; a draft that was begun online goes on only with whoever began it as applicant, agent or guardian. */
export const goesOnWith = ({ applicant, agent, representative }: Pick<ApplicationInput, 'applicant' | 'agent' | 'representative'>, drafter: Identity): boolean =>
  [applicant, agent, representative].some((one) => one && sameDocument(one, drafter))

const bears = (stated: Stated, identity: Identity): boolean =>
  typeof stated?.['idType'] === 'string' && typeof stated['idNumber'] === 'string' && typeof stated['name'] === 'string'
  && sameDocument({ idType: stated['idType'], idNumber: stated['idNumber'] }, identity) && plain(stated['name']) === plain(identity.name)
const sameDocument = (a: Pick<Identity, 'idType' | 'idNumber'>, b: Pick<Identity, 'idType' | 'idNumber'>): boolean => a.idType === b.idType && normaliseIdNumber(a.idNumber) === normaliseIdNumber(b.idNumber)
/** Blanks and full-width forms make no other name. */
const plain = (name: string): string => name.normalize('NFKC').replace(/\s+/g, '')
