import { fill, type Bilingual, type Language } from '../../base/text.ts'
import type { Definition } from '../../kernel/procedure/definition.ts'
import { namesIn } from '../../kernel/procedure/names.ts'
import type { CheckReport } from '../../kernel/procedure/types.ts'

const TEXTS = {
  executable: { zh: '✓ 能够执行', en: '✓ can be executed' },
  notExecutable: { zh: '✗ 不能执行', en: '✗ cannot be executed' },
  sound: { zh: '✓ 健全', en: '✓ sound' },
  unsound: { zh: '✗ 不健全', en: '✗ not sound' },
  undecided: { zh: '? 是否健全未能判定', en: '? soundness is not decided' },
  tooMany: { zh: '? 是否健全未能判定：状态过多', en: '? soundness is not decided: too many states' },
  deadlock: { zh: '{at}：走到这里再也不能继续（deadlock）', en: 'deadlock at {at}' },
  lackOfSync: { zh: '{at}：前一次还没有办完又走到这里（lackOfSync）', en: 'lackOfSync at {at}' },
  deadStep: { zh: '{at}：怎样都走不到（deadStep）', en: 'deadStep at {at}' },
  livelock: { zh: '{at}：从这里再也走不到办结（livelock）', en: 'livelock at {at}' },
  noEnd: { zh: '{at}：怎样都不能办结（noEnd）', en: 'noEnd at {at}' },
  incompleteConditions: { zh: '! {at}：条件未能证明周全（incompleteConditions）', en: '! incompleteConditions at {at}' },
  loopWithoutMaxRounds: { zh: '! {at}：循环只按一轮计入最长路径（loopWithoutMaxRounds）', en: '! loopWithoutMaxRounds at {at}' },
  longest: { zh: '最长路径 {days} 个工作日：{steps}', en: 'longest way {days} working days: {steps}' },
} as const satisfies Record<string, Bilingual>

/**
 * One line a finding, with the names of the reader's language; a problem with the run that leads to it, in the labels that
 * `procedure run --choose` takes.
 */
export function reportText({ executable, unsupported, sound, problems, warnings, criticalPath }: CheckReport, definition: Definition, language: Language): string {
  const named = namesIn(definition, language)
  const say = (key: keyof typeof TEXTS, slots: Readonly<Record<string, string | number>> = {}): string => fill(TEXTS[key][language], slots)
  return [
    say(executable ? 'executable' : 'notExecutable'),
    ...unsupported.map(({ id, type }) => `  ${id} (${type})${named(id) === id ? '' : ` ${named(id)}`}`),
    say(sound === null ? (executable ? 'tooMany' : 'undecided') : sound ? 'sound' : 'unsound'),
    ...problems.map(({ kind, at, path }) => `  ${say(kind, { at: named(at) })}${path.length > 0 ? `${language === 'zh' ? '：' : ': '}${path.join(' → ')}` : ''}`),
    ...warnings.map(({ kind, at }) => say(kind, { at: named(at) })),
    ...(criticalPath ? [say('longest', { days: criticalPath.workingDays, steps: criticalPath.steps.map(named).join(' → ') })] : []),
  ].join('\n')
}
