import type { Bilingual } from '../../base/text.ts'

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
  readonly organisationKind: 'centre' | 'department' | 'subdistrict' | 'community' | 'vertical' | 'body'
  readonly cover: 'A' | 'B'
  readonly permissions: readonly string[]
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
