import type { Bilingual } from '../../base/text.ts'
import type { Database } from '../db/database.ts'
import type { PermissionCode } from './permissions.ts'

export interface Role {
  readonly code: string
  /** Grows by one with every change of the line. */
  readonly version: number
  readonly name: Bilingual
  readonly permissions: readonly PermissionCode[]
  /** Held, but usable only under a written authorisation. */
  readonly underAuthorisation?: readonly PermissionCode[]
}

const role = (code: string, version: number, zh: string, en: string, permissions: readonly PermissionCode[], underAuthorisation: readonly PermissionCode[] = []): Role =>
  ({ code, version, name: { zh, en }, permissions, underAuthorisation })

/**
 * The shipped roles. Deciding, executing and supervising are apart (CN11 6): who accepts does not review, who reviews does not
 * decide, who inspects does neither; the three administrators share nothing that changes anything (GB/T 22239-2019 §8.1.5.1–3).
 */
export const ROLES: readonly Role[] = [
  role('applicant', 1, '申请人', 'Applicant', ['cases.apply', 'cases.readOwn']),
  role('agent', 1, '企业代理人', 'Enterprise agent', ['cases.apply', 'cases.readOwn']),
  role('clerk', 2, '综合窗口受理员', 'Counter clerk', [
    'cases.file', 'cases.receive', 'cases.accept', 'cases.serve', 'cases.handToVertical', 'cases.importVertical', 'cases.read', 'cases.readCredit', 'access.confirmIdentity', 'notices.telephone', 'org.read',
  ]),
  role('cashier', 1, '收费员', 'Cashier', ['cases.collectPayment', 'cases.read', 'org.read']),
  role('surveyor', 1, '勘查员', 'Surveyor', ['cases.survey', 'cases.verify', 'cases.read', 'org.read']),
  role('dispatcher', 1, '出件员', 'Dispatcher', ['cases.deliver', 'cases.serve', 'cases.read', 'notices.telephone', 'org.read']),
  role('archivist', 1, '档案员', 'Archivist', ['cases.archive', 'cases.read', 'org.read']),
  role('sealkeeper', 1, '印章管理员', 'Seal keeper', ['cases.seal', 'cases.issue', 'cases.read', 'org.read']),
  role('proxy', 1, '代办员', 'Proxy handler', ['cases.file', 'cases.proxy', 'cases.read', 'org.read']),
  role('reviewer', 2, '部门审查员', 'Reviewer', ['cases.review', 'cases.verify', 'cases.suspend', 'cases.serve', 'cases.read', 'cases.readCredit', 'notices.telephone', 'org.read']),
  role('chief', 2, '首席代表', 'Chief representative', ['cases.decide', 'cases.serve', 'cases.read', 'cases.readCredit', 'org.read'], ['cases.decide']),
  role('head', 2, '部门负责人', 'Department head', ['cases.decide', 'cases.approveExtension', 'cases.serve', 'cases.read', 'cases.readCredit', 'catalog.review', 'org.read']),
  role('leader', 3, '区政府负责人', 'District leader', ['cases.approveJointExtension', 'cases.judgeLight', 'cases.readAll', 'org.read']),
  role('publisher', 1, '政务公开专员', 'Disclosure officer', ['cases.read', 'org.read']),
  role('secrecy', 1, '保密审查员', 'Secrecy reviewer', ['cases.read', 'org.read']),
  role('operator', 1, '话务员', 'Hotline operator', ['notices.telephone', 'org.read']),
  role('inspector', 3, '督查员', 'Inspector', ['cases.judgeLight', 'cases.readAll', 'cases.readCredit', 'jobs.read', 'replay.load', 'org.read']),
  role('appraiser', 1, '绩效考评员', 'Appraiser', ['cases.readAll', 'replay.load', 'org.read']),
  role('catalog', 1, '事项管理员', 'Item administrator', ['catalog.edit', 'catalog.publish', 'procedures.publish', 'org.read']),
  role('sysadmin', 1, '系统管理员', 'System administrator', ['org.read', 'org.manage', 'calendar.import', 'clocks.manage', 'jobs.read']),
  role('secadmin', 1, '安全管理员', 'Security administrator', ['org.read', 'access.manage']),
  role('auditadmin', 1, '审计管理员', 'Audit administrator', ['org.read', 'access.audit']),
]

/** Writes the roles whose version is newer, by the owner's login; earlier versions stay in `org.role_version`. */
export async function upsertRoles(admin: Database, roles: readonly Role[] = ROLES): Promise<void> {
  for (const { code, version, name, permissions, underAuthorisation = [] } of roles) {
    await admin.query(`
      with now_is as (
        insert into org.role (code, version, name_zh, name_en, permissions, under_authorisation)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (code) do update
           set version = excluded.version, name_zh = excluded.name_zh, name_en = excluded.name_en,
               permissions = excluded.permissions, under_authorisation = excluded.under_authorisation
         where org.role.version < excluded.version
        returning code, version, permissions, under_authorisation)
      insert into org.role_version (code, version, permissions, under_authorisation)
      select code, version, permissions, under_authorisation from now_is
      on conflict do nothing`, [code, version, name.zh, name.en, permissions, underAuthorisation])
  }
}
