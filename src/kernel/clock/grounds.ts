import type { Bilingual } from '../../base/text.ts'
import type { PauseGround } from './types.ts'

/** How the grounds on which a clock may pause are called. */
const PAUSE_GROUNDS: Readonly<Record<PauseGround, Bilingual>> = {
  hearing: { zh: '听证', en: 'hearing' },
  tender: { zh: '招标', en: 'tender' },
  auction: { zh: '拍卖', en: 'auction' },
  inspection: { zh: '检验', en: 'inspection' },
  testing: { zh: '检测', en: 'testing' },
  quarantine: { zh: '检疫', en: 'quarantine' },
  technicalIdentification: { zh: '鉴定', en: 'technical identification' },
  expertReview: { zh: '专家评审', en: 'expert review' },
  judicialConclusion: { zh: '等待司法结论', en: 'judicial conclusion' },
  supplement: { zh: '补正', en: 'supplement' },
  thirdPartyOpinion: { zh: '征求第三方意见', en: "third party's opinion" },
  payment: { zh: '缴费', en: 'payment' },
}

/** 行政许可法 第四十五条, whole: 现场勘查 and clarifications are not among them. */
export const LICENSING_PAUSES = ['hearing', 'tender', 'auction', 'inspection', 'testing', 'quarantine', 'technicalIdentification', 'expertReview'] as const satisfies readonly PauseGround[]
export const LICENSING_PAUSE_ARTICLE = '行政许可法 第四十五条'

/** The name of a ground; one that no law of ours knows is named as it was given. */
export const groundName = (ground: string): Bilingual => (PAUSE_GROUNDS as Readonly<Record<string, Bilingual>>)[ground] ?? { zh: ground, en: ground }
