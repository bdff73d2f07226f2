import type { Bilingual } from '../../base/text.ts'

/**
 * Every permission of the house. A code, once shipped, is never renamed or reused. `docs/permissions.md` is held to this table by a test.
 */
export const PERMISSIONS = {
  'cases.apply': { zh: '为自己或被代理人提出申请', en: 'Apply for oneself or one’s principal' },
  'cases.readOwn': { zh: '查看自己的办件', en: 'Read one’s own cases' },
  'cases.file': { zh: '在窗口代申请人提交', en: 'Submit for an applicant at the counter' },
  'cases.receive': { zh: '接收申请材料并出具凭证', en: 'Receive materials and issue the receipt' },
  'cases.accept': { zh: '受理、不予受理、一次性告知补正', en: 'Accept, refuse acceptance, give the one-off supplement notice' },
  'cases.review': { zh: '审查', en: 'Examine' },
  'cases.verify': { zh: '实质核查签字（两人）', en: 'Sign a check of substance (two officers)' },
  'cases.decide': { zh: '作出决定', en: 'Decide' },
  'cases.approveExtension': { zh: '批准延长期限', en: 'Approve an extension of time' },
  'cases.approveJointExtension': { zh: '批准联合办理的延期（本级人民政府负责人）', en: 'Approve an extension of joint handling (head of the government)' },
  'cases.suspend': { zh: '中止与恢复期限（特别程序）', en: 'Suspend and resume a time limit (special procedure)' },
  'cases.survey': { zh: '现场勘查', en: 'Survey a site' },
  'cases.collectPayment': { zh: '收费', en: 'Collect payment' },
  'cases.issue': { zh: '制作证照与结果', en: 'Make the certificate or result' },
  'cases.seal': { zh: '用印', en: 'Use a seal' },
  'cases.deliver': { zh: '出件、寄递', en: 'Hand over or post a result' },
  'cases.archive': { zh: '归档', en: 'Archive' },
  'cases.serve': { zh: '送达文书', en: 'Serve a document' },
  'cases.proxy': { zh: '免费代办帮办', en: 'Handle on an applicant’s behalf, free of charge' },
  'cases.handToVertical': { zh: '转办垂直业务系统并下载交换文件', en: 'Hand over to vertically led systems and download the exchange file' },
  'cases.importVertical': { zh: '导入垂直业务系统的状态文件', en: 'Import status files of vertically led systems' },
  'cases.judgeLight': { zh: '对亮灯申诉作出决定', en: 'Judge appeals against lights' },
  'cases.read': { zh: '查看本机构的办件', en: 'Read the cases of one’s organisation' },
  'cases.readAll': { zh: '查看全部办件', en: 'Read all cases' },
  'cases.readCredit': { zh: '查看告知承诺失信记录', en: 'Read breaches of commitments' },
  'catalog.edit': { zh: '编辑事项与指南', en: 'Edit items and guides' },
  'catalog.review': { zh: '审核事项与指南', en: 'Review items and guides' },
  'catalog.publish': { zh: '发布事项与指南', en: 'Publish items and guides' },
  'org.read': { zh: '查看机构与岗位', en: 'Read organisations and posts' },
  'org.manage': { zh: '管理机构、岗位、人员', en: 'Manage organisations, posts and people' },
  'access.manage': { zh: '管理账户、任岗与授权', en: 'Manage accounts, holdings and authorisations' },
  'access.confirmIdentity': { zh: '窗口核验身份原件', en: 'Confirm an identity by its original' },
  'access.audit': { zh: '查看安全事件与阅览记录', en: 'Read security events and read records' },
  'calendar.import': { zh: '导入放假调休通知', en: 'Import holiday notices' },
  'clocks.manage': { zh: '管理时限规则', en: 'Manage clock rules' },
  'procedures.publish': { zh: '发布流程', en: 'Publish procedures' },
  'jobs.read': { zh: '查看后台任务', en: 'Read background jobs' },
  'notices.telephone': { zh: '电话通知', en: 'Notify by telephone' },
  'replay.load': { zh: '载入流程日志', en: 'Load process logs' },
} as const satisfies Record<string, Bilingual>

export type PermissionCode = keyof typeof PERMISSIONS
