import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import type { Bilingual } from '../base/text.ts'

export interface ScreenEntry {
  readonly path: string
  /** Any one of these opens it. */
  readonly permissions: readonly string[]
  readonly name: Bilingual
  readonly component: LazyExoticComponent<ComponentType<{ readonly params: readonly string[] }>>
  /** False: reached from another screen. */
  readonly inMenu: boolean
}
type Load = () => Promise<{ default: ComponentType<{ readonly params: readonly string[] }> }>
const screen = (path: string, zh: string, en: string, permissions: readonly string[], load: Load, inMenu = true): ScreenEntry => ({ path, name: { zh, en }, permissions, component: lazy(load), inMenu })

const CASES = ['cases.read', 'cases.readAll', 'cases.file'] as const
const CATALOG = ['catalog.edit', 'catalog.review', 'catalog.publish'] as const

/** What is built, in the order of the menu; each is loaded when it is first opened. */
export const SCREENS: readonly ScreenEntry[] = [
  screen('/counter', '综合窗口', 'Counter', ['cases.file'], () => import('../domains/cases/console/counter.tsx')),
  screen('/counter/accounts/*', '网上账户', 'Online account', ['access.confirmIdentity'], () => import('../domains/cases/console/account.tsx'), false),
  screen('/work', '我的待办', 'My work', ['cases.read', 'cases.readAll'], () => import('../domains/cases/console/work.tsx')),
  screen('/cases', '办件', 'Cases', CASES, () => import('../domains/cases/console/cases.tsx')),
  screen('/cases/*', '办件', 'Case', CASES, () => import('../domains/cases/console/case.tsx'), false),
  screen('/credit-records', '失信记录', 'Credit records', ['cases.readCredit'], () => import('../domains/cases/console/credit.tsx')),
  screen('/vertical', '垂直系统', 'Vertical systems', ['cases.handToVertical', 'cases.importVertical'], () => import('../domains/cases/console/vertical.tsx')),
  screen('/day', '日清签退', 'Sign-off', ['cases.accept'], () => import('../domains/cases/console/day.tsx')),
  screen('/shifts', '交接班', 'Hand-over', ['cases.file'], () => import('../domains/cases/console/shifts.tsx')),
  screen('/lights', '亮灯与申诉', 'Lights', ['cases.read', 'cases.readAll'], () => import('../domains/cases/console/lights-screen.tsx')),
  screen('/messages', '消息', 'Messages', ['org.read'], () => import('../domains/cases/console/messages.tsx')),
  screen('/items', '事项与指南', 'Items', CATALOG, () => import('../domains/catalog/console/items.tsx')),
  screen('/items/*', '事项', 'Item', CATALOG, () => import('../domains/catalog/console/item.tsx'), false),
  screen('/items/*/draft', '编辑事项', 'Edit item', CATALOG, () => import('../domains/catalog/console/item-editor.tsx'), false),
  screen('/procedures', '办理流程', 'Procedures', CATALOG, () => import('../domains/catalog/console/procedures.tsx')),
  screen('/procedures/*', '办理流程', 'Procedure', CATALOG, () => import('../domains/catalog/console/procedure.tsx'), false),
  screen('/calendars', '工作日历', 'Calendar', ['org.read'], () => import('../domains/administration/console/calendars.tsx')),
  screen('/clock-rules', '时限规则', 'Clock rules', ['org.read'], () => import('../domains/administration/console/clock-rules.tsx')),
  screen('/organisation', '机构与岗位', 'Organisation', ['org.read'], () => import('../domains/administration/console/organisation.tsx')),
  screen('/accounts', '账户', 'Accounts', ['access.manage'], () => import('../domains/administration/console/accounts.tsx')),
  screen('/audit', '安全审计', 'Security audit', ['access.audit'], () => import('../domains/administration/console/audit.tsx')),
  screen('/replays', '日志重放', 'Replayed logs', ['replay.load'], () => import('../domains/replay/console/replays.tsx')),
  screen('/replays/*', '重放案件', 'Replayed case', ['replay.load'], () => import('../domains/replay/console/replay.tsx'), false),
  screen('/health', '运行状况', 'Health', ['jobs.read'], () => import('../domains/administration/console/health.tsx')),
]

/** The screen of a path and what stands for its stars. */
export function findScreen(path: string): { readonly entry: ScreenEntry; readonly params: readonly string[] } | undefined {
  const parts = path.split('/').filter((part) => part !== '')
  for (const entry of SCREENS) {
    const pattern = entry.path.split('/').filter((part) => part !== '')
    if (pattern.length === parts.length && pattern.every((part, i) => part === '*' || part === parts[i])) return { entry, params: parts.filter((_, i) => pattern[i] === '*').map(decodeURIComponent) }
  }
  return undefined
}
