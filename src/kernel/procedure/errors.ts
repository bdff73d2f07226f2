import { refusals } from '../../base/refusal.ts'

/** Every "no" of the procedure room. */
export const refuse = refusals('procedure', {
  'not-bpmn': { status: 422, zh: '这不是可读取的 BPMN 2.0 文件：{detail}', en: 'This is not a readable BPMN 2.0 file: {detail}' },
  'which-process': { status: 400, zh: '文件中有多个流程，请指明其一：{choices}', en: 'The file holds several processes; name one of them: {choices}' },
  'no-such-process': { status: 422, zh: '文件中没有流程 {process}', en: 'The file holds no process {process}' },
  'bad-attribute': { status: 422, zh: '元素 {element} 的属性 {attribute} 取值“{value}”无效', en: 'Element {element}: the attribute {attribute} cannot be “{value}”' },
  'unsupported': { status: 422, zh: '流程使用了不能执行的元素：{elements}', en: 'The procedure uses elements that cannot be executed: {elements}' },
  'unsound': { status: 422, zh: '流程未能证明可靠，不得发布：{problems}', en: 'The procedure is not proved sound and may not be published: {problems}' },
  'too-slow': { status: 422, zh: '关键路径为 {days} 个工作日，超过承诺时限 {limit} 个工作日', en: 'The critical path takes {days} working days, more than the {limit} promised' },
  'bad-timer': { status: 422, zh: '计时事件 {timers} 的时间无法计算', en: 'The time of these timers cannot be computed: {timers}' },
  'bad-choice': { status: 400, zh: '无法理解选择“{choice}”，应为“环节=结果”', en: 'The choice “{choice}” is not of the form step=outcome' },
  'impossible-choice': { status: 422, zh: '环节“{step}”不能以“{outcome}”结束，可选：{choices}', en: 'Step “{step}” cannot end with “{outcome}”; possible: {choices}' },
  'choice-unused': { status: 422, zh: '试运行从未到达所选环节：{steps}', en: 'The dry run never came to the chosen steps: {steps}' },
  'not-found': { status: 404, zh: '没有流程 {id} 第 {version} 版', en: 'There is no procedure {id} version {version}' },
})
