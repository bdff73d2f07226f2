import { refusals } from '../../../base/refusal.ts'

/** Every "no" to an appeal against a light. Codes are public: never renamed, never reused. */
export const refuse = refusals('lights', {
  'not-fallen': { status: 422, zh: '没有这样一盏落在该岗位、该环节上的红灯或者黑灯', en: 'No red or black light fell like this on that post and step' },
  'not-yours': { status: 403, zh: '只有亮灯所落岗位的人员或者该机构的首席代表可以申诉', en: 'Only an officer of the post the light fell on, or that organisation’s chief representative, may appeal' },
  'appealed-already': { status: 409, zh: '这盏灯已于 {day} 申诉过；每盏灯每个岗位只能申诉一次', en: 'An appeal against this light was made on {day}; a post may appeal once against each' },
  'too-late': { status: 409, zh: '申诉期限已于 {day} 届满', en: 'The time to appeal ended on {day}' },
  'no-judge': { status: 409, zh: '没有可以对亮灯申诉作出决定的其他岗位，请联系系统管理员设置', en: 'No other post may judge appeals against lights; ask the system administrator to set one up' },
  'no-such-appeal': { status: 422, zh: '没有第 {no} 号亮灯申诉', en: 'There is no appeal number {no} against a light' },
  'judged-already': { status: 409, zh: '该申诉已于 {day} 作出决定', en: 'This appeal was judged on {day}' },
  'judge-is-party': { status: 403, zh: '申诉人、亮灯所落岗位的人员和经办该环节的人员不得作出决定', en: 'Whoever appealed, holds the post the light fell on or did that step may not judge' },
  'not-a-target': { status: 422, zh: '只能改记到本件另一个没有承担过这盏灯的岗位和环节', en: 'It can be moved only to another post and step of this case that has not borne this light' },
})
