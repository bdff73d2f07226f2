import { refusals } from '../../base/refusal.ts'

/** Every "no" of the catalogue. */
export const refuse = refusals('catalog', {
  'item-not-found': { status: 404, zh: '没有查到事项 {code}', en: 'There is no item {code}' },
  'version-not-found': { status: 404, zh: '事项 {code} 没有第 {version} 版', en: 'Item {code} has no version {version}' },
  'form-not-found': { status: 404, zh: '没有查到表单 {form}', en: 'There is no form {form}' },
  'code-malformed': { status: 422, zh: '事项编码不符合编码规则：{problem}', en: 'The code of the item breaks the rules of codes: {problem}' },
  'quality': { status: 422, zh: '指南还有 {count} 处不符合规则，不能发布', en: 'The guide breaks the rules in {count} places and cannot be published' },
  'stale': { status: 409, zh: '事项刚被他人修改过，请刷新后再办', en: 'Somebody changed the item meanwhile: reload it' },
  'same-person': { status: 409, zh: '编制、审核与发布应当由不同的人办理', en: 'Author, reviewer and publisher must be different people' },
  'too-early': { status: 422, zh: '实施日期不能早于今天；取消日期应当晚于现行版本的实施日期', en: 'It cannot be in force before today; a withdrawal comes after the version in force began' },
  'gate-missing': { status: 409, zh: '还缺少{gate}意见，不能发布', en: 'The {gate} is missing: it cannot be published' },
  'import-unreadable': { status: 422, zh: '文件读不出来：{reason}', en: 'The file cannot be read: {reason}' },
  'drawing-unfit': { status: 422, zh: '流程图有 {count} 处与本系统不符，不能发布', en: 'The drawing does not fit this house in {count} places and cannot be published' },
  'withdrawn': { status: 410, zh: '事项 {code} 已取消', en: 'Item {code} has been withdrawn' },
})
