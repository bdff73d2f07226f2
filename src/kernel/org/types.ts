import type { CivilDay } from '../../base/civil-day.ts'
import type { Bilingual } from '../../base/text.ts'

export type OrganisationKind = 'centre' | 'department' | 'subdistrict' | 'community' | 'vertical' | 'body'
export type Cover = 'A' | 'B'

/** A post a person holds today, with what it permits. `cover` B, or `standingInFor` set: acts on behalf of the A holder (AB岗). */
export interface HeldPost {
  readonly postId: string
  readonly code: string
  readonly name: Bilingual
  /** `clerk`, `reviewer`, `chief`, `head`, … : which steps it may take up. */
  readonly role: string
  readonly organisationId: string
  /** USCC. */
  readonly organisationCode: string
  readonly organisationName: Bilingual
  readonly organisationKind: OrganisationKind
  readonly cover: Cover
  /** Cover B while the A holder is away: that person's id. Null where the A seat is empty, or B acts alongside. */
  readonly standingInFor?: string | null
  readonly permissions: readonly string[]
  /** Those of the permissions that hold only under an authorisation (首席代表: nothing beyond the written power). */
  readonly underAuthorisation?: readonly string[]
}

/**
 * Power given by one organisation to another organisation or person: the centre accepts in a department's name (委托受理,
 * 北京市优化营商环境条例 第三十五条), a chief representative decides at the counter (首席代表). Valid from/to; outside it the act is refused.
 */
export interface Authorisation {
  readonly id: string
  readonly kind: 'entrustment' | 'chiefRepresentative'
  readonly fromOrganisationId: string
  readonly toOrganisationId: string | null
  readonly toPersonId: string | null
  /** Item codes; empty: all items of the giving organisation. */
  readonly items: readonly string[]
  readonly acts: readonly string[]
  readonly version: number
}

/** First and last day, both included; `validTo` null: until further notice. */
export interface Validity { readonly validFrom: CivilDay; readonly validTo: CivilDay | null }

export interface Organisation extends Validity {
  readonly id: string
  /** USCC. */
  readonly code: string
  readonly name: Bilingual
  readonly shortName: Bilingual
  readonly kind: OrganisationKind
  readonly parentId: string | null
  readonly divisionCode: string
  /** 4 district, 5 sub-district, 6 community. */
  readonly level: number
  readonly address: string
  readonly phoneConsult: string
  readonly phoneComplaint: string
  readonly reconsiderationBody: string
  readonly court: string
}
export interface OrganisationNode extends Organisation { readonly children: readonly OrganisationNode[] }

export interface Site extends Validity {
  readonly id: string
  readonly organisationId: string
  readonly kind: 'centre' | 'hall' | 'subdistrictHall' | 'communityStation'
  readonly name: Bilingual
  readonly address: string
  readonly hours: Bilingual
  readonly phone: string
  readonly divisionCode: string
  /** CGCS2000 degrees. */
  readonly longitude: number | null
  readonly latitude: number | null
  readonly uniformSign: boolean
  readonly uniformRules: boolean
  readonly uniformDress: boolean
  readonly barrierFree: boolean
}
export type CounterKind = 'integrated' | 'enterprise' | 'project' | 'realEstate' | 'socialInsurance' | 'police' | 'unresolved' | 'openness' | 'cashier' | 'pickup'
export interface Counter extends Validity { readonly id: string; readonly siteId: string; readonly code: string; readonly name: Bilingual; readonly kind: CounterKind }

export interface Person extends Validity { readonly id: string; readonly name: Bilingual; readonly staffNo: string; readonly phone: string; readonly email: string }
export interface Post extends Validity {
  readonly id: string
  readonly organisationId: string
  readonly code: string
  readonly name: Bilingual
  readonly role: string
  /** 岗位责任制: what the post answers for. */
  readonly duties: Bilingual
  readonly counterId: string | null
  /** True: the B holder acts beside the A holder (two officers sign a check, 行政许可法 第三十四条); false: only while A is away. */
  readonly bAlongside: boolean
}
export interface Holding extends Validity { readonly id: string; readonly postId: string; readonly personId: string; readonly cover: Cover }
export type LeaveKind = 'annual' | 'sick' | 'training' | 'travel' | 'other'
export interface Leave { readonly id: string; readonly personId: string; readonly kind: LeaveKind; readonly validFrom: CivilDay; readonly validTo: CivilDay }

/** An authorisation with its paper: 文号, seal, days, revocation (void from `revokedOn` on). */
export interface AuthorisationEntry extends Authorisation, Validity {
  readonly seal: string
  readonly documentNo: string
  readonly revokedOn: CivilDay | null
  readonly revokedBecause: string | null
}
