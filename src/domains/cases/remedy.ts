import type { Bilingual } from '../../base/text.ts'
import type { RemedyOrgan } from '../catalog/contract.ts'
import type { Remedy } from './case.ts'

/**
 * Where a decision may be fought, computed from outcome and organ and never typed (行政复议法 第十一条、第二十四条至第二十八条,
 * 行政诉讼法 第四十六条): 60 natural days for reconsideration, six months for the court.
 */
interface Bodies { readonly reconsideration: Bilingual; readonly article: string }

const DISTRICT: Bilingual = { zh: '北京市西城区人民政府', en: 'the People’s Government of Xicheng District, Beijing' }
const CITY: Bilingual = { zh: '北京市人民政府', en: 'the People’s Government of Beijing Municipality' }

/** 行政复议法 (2023): district departments and sub-districts → the district government (24); organs under vertical lead → their superior (27); branches of municipal departments → city or district (24 ¶4); the justice department that acts as reconsideration office → the district or its superior (28). */
const BODIES: Readonly<Record<RemedyOrgan, Bodies>> = {
  districtDepartment: { reconsideration: DISTRICT, article: '行政复议法 第二十四条' },
  subdistrict: { reconsideration: DISTRICT, article: '行政复议法 第二十四条' },
  taxation: { reconsideration: { zh: '国家税务总局北京市税务局', en: 'the Beijing Municipal Tax Service' }, article: '行政复议法 第二十七条' },
  municipalBranch: { reconsideration: { zh: `${CITY.zh}或者${DISTRICT.zh}`, en: `${CITY.en} or ${DISTRICT.en}` }, article: '行政复议法 第二十四条' },
  publicSecurity: { reconsideration: DISTRICT, article: '行政复议法 第二十四条' },
  fireRescue: { reconsideration: DISTRICT, article: '行政复议法 第二十四条' },
  vertical: { reconsideration: { zh: '本机关的上一级主管部门', en: 'the next higher authority of this organ' }, article: '行政复议法 第二十七条' },
  authorisedBody: { reconsideration: DISTRICT, article: '行政复议法 第二十四条' },
  justice: { reconsideration: { zh: `${DISTRICT.zh}或者北京市司法局`, en: `${DISTRICT.en} or the Beijing Municipal Justice Bureau` }, article: '行政复议法 第二十八条' },
}
const COURT: Bilingual = { zh: '北京市西城区人民法院', en: 'the People’s Court of Xicheng District, Beijing' }

export interface RemedyFacts { readonly organ: RemedyOrgan; readonly refused: boolean }

export function remedyOf({ organ, refused }: RemedyFacts): Remedy {
  const bodies = BODIES[organ]
  const against: Bilingual = refused ? { zh: '不服本决定', en: 'Whoever does not accept this decision' } : { zh: '认为本决定侵犯其合法权益', en: 'Whoever holds that this decision infringes lawful rights' }
  return {
    reconsideration: {
      zh: `${against.zh}的，可以自收到本决定书之日起六十日内，向${bodies.reconsideration.zh}申请行政复议。`,
      en: `${against.en} may apply for reconsideration to ${bodies.reconsideration.en} within sixty days of receiving it.`,
    },
    litigation: {
      zh: `也可以自收到本决定书之日起六个月内，依法向${COURT.zh}提起行政诉讼。`,
      en: `An action may also be brought before ${COURT.en} within six months of receiving it.`,
    },
    article: `${bodies.article}；行政复议法 第二十条；行政诉讼法 第四十六条`,
  }
}

/** Silence: a licence application left unanswered in time goes to reconsideration first (行政复议法 第二十三条第一款第三项). */
export function remedyOfSilence(organ: RemedyOrgan): Bilingual {
  const bodies = BODIES[organ]
  return {
    zh: `逾期未作决定的，应当先向${bodies.reconsideration.zh}申请行政复议（行政复议法 第二十三条第一款第三项）；对复议决定不服的，再向人民法院提起诉讼。`,
    en: `Where no decision is made in time, apply first to ${bodies.reconsideration.en} for reconsideration (Reconsideration Law art. 23(1)(3)); against its ruling an action may then be brought.`,
  }
}
