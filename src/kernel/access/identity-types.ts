import { isResidentId, isUscc } from '../../base/identifiers.ts'
import type { Bilingual } from '../../base/text.ts'

export type PartyKind = 'person' | 'organisation'
export interface IdentityType {
  readonly code: string
  readonly kind: PartyKind
  readonly name: Bilingual
  /** Where the code stands; `local`: not in a published list we could compare, to be mapped when an exchange partner uses another. */
  readonly source: 'GA/T 2000.156-2016' | 'GB 32100-2015' | 'local'
  readonly isNumber: (number: string) => boolean
}

const matches = (shape: RegExp) => (number: string): boolean => shape.test(number)
/** 港澳台居民居住证: 18 digits as GB 11643, division 810000 Hong Kong, 820000 Macao, 830000 Taiwan (港澳台居民居住证申领发放办法 第八条). */
const isResidencePermit = (divisions: readonly string[]) => (number: string): boolean => divisions.includes(number.slice(0, 6)) && isResidentId(number)
/** 15 characters (three letters and twelve digits) on cards before December 2023; since then 18 digits beginning with 9 with the GB 11643 check. */
const isPermanentResident = (number: string): boolean => /^[A-Z]{3}\d{12}$/.test(number) || (number.startsWith('9') && isResidentId(number))

const type = (code: string, kind: PartyKind, zh: string, en: string, source: IdentityType['source'], isNumber: IdentityType['isNumber']): IdentityType =>
  ({ code, kind, name: { zh, en }, source, isNumber })

/** Documents by which a party is known. Minors under 16 without a card use 户口簿, whose number is the child's resident number. */
export const IDENTITY_TYPES: readonly IdentityType[] = [
  type('111', 'person', '居民身份证', 'Resident identity card', 'GA/T 2000.156-2016', isResidentId),
  type('112', 'person', '临时居民身份证', 'Temporary resident identity card', 'GA/T 2000.156-2016', isResidentId),
  type('113', 'person', '户口簿', 'Household register', 'GA/T 2000.156-2016', isResidentId),
  type('114', 'person', '中国人民解放军军官证', 'Officer’s card of the army', 'GA/T 2000.156-2016', matches(/^.{4,20}$/u)),
  type('115', 'person', '中国人民武装警察部队警官证', 'Officer’s card of the armed police', 'GA/T 2000.156-2016', matches(/^.{4,20}$/u)),
  type('414', 'person', '普通护照', 'Passport', 'GA/T 2000.156-2016', matches(/^[A-Z0-9]{5,15}$/)),
  type('511', 'person', '台湾居民来往大陆通行证', 'Mainland travel permit for Taiwan residents', 'GA/T 2000.156-2016', matches(/^(\d{8}|\d{10}([A-Z0-9])?)$/)),
  type('516', 'person', '港澳居民来往内地通行证', 'Mainland travel permit for Hong Kong and Macao residents', 'GA/T 2000.156-2016', matches(/^[HM]\d{8}(\d{2})?$/)),
  type('553', 'person', '外国人永久居留身份证', 'Foreign permanent resident card', 'GA/T 2000.156-2016', isPermanentResident),
  type('810', 'person', '港澳居民居住证', 'Residence permit for Hong Kong and Macao residents', 'local', isResidencePermit(['810000', '820000'])),
  type('830', 'person', '台湾居民居住证', 'Residence permit for Taiwan residents', 'local', isResidencePermit(['830000'])),
  type('001', 'organisation', '统一社会信用代码', 'Unified social credit code', 'GB 32100-2015', isUscc),
  type('811', 'organisation', '组织机构代码证', 'Organisation code certificate', 'GA/T 2000.156-2016', matches(/^[0-9A-Z]{8}-?[0-9X]$/)),
  type('099', 'organisation', '其他组织有效证件', 'Other document of an organisation without a credit code', 'local', matches(/^.{2,60}$/u)),
]

const BY_CODE = new Map(IDENTITY_TYPES.map((one) => [one.code, one]))
export const identityType = (code: string): IdentityType | undefined => BY_CODE.get(code)

/** As it is stored and compared: no blanks, full-width folded, capital letters. */
export const normaliseIdNumber = (number: string): string => number.normalize('NFKC').replace(/\s+/g, '').toUpperCase()
