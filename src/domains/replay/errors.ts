import { refusals } from '../../base/refusal.ts'

/** Every "no" of an event log. `line` is counted from 1 in the expanded file. */
export const refuse = refusals('replay', {
  'not-found': { status: 404, zh: '没有重放的案件“{no}”', en: 'There is no replayed case “{no}”' },
  'no-file': { status: 422, zh: '读不到文件 {file}', en: 'The file {file} cannot be read' },
  'unknown-format': { status: 422, zh: '只认 .csv、.xes、.xes.gz：{file}', en: 'Only .csv, .xes and .xes.gz are read: {file}' },
  empty: { status: 422, zh: '日志里没有事件', en: 'The log has no events' },
  'missing-column': { status: 422, zh: '第 1 行缺少列：{columns}', en: 'Line 1 lacks the columns: {columns}' },
  'double-column': { status: 422, zh: '第 1 行有重复的列：{columns}', en: 'Line 1 names columns twice: {columns}' },
  'missing-value': { status: 422, zh: '第 {line} 行缺少“{what}”', en: 'Line {line} has no “{what}”' },
  'bad-timestamp': { status: 422, zh: '第 {line} 行的时间“{value}”读不出来', en: 'Line {line}: “{value}” is not a time' },
  malformed: { status: 422, zh: '第 {line} 行不合格式：{reason}', en: 'Line {line} is malformed: {reason}' },
  'not-xes': { status: 422, zh: '第 {line} 行：XES 日志里不能有 <{element}>', en: 'Line {line}: <{element}> has no place here in an XES log' },
  'double-case': { status: 422, zh: '第 {line} 行：案件“{id}”出现了两次', en: 'Line {line}: case “{id}” stands twice' },
  'too-large': { status: 422, zh: '日志过大：{what}超过 {limit}', en: 'The log is too large: more than {limit} {what}' },
  'not-text': { status: 422, zh: '文件不是 UTF-8 文本（第 {line} 行附近）', en: 'The file is not UTF-8 text (near line {line})' },
  'not-gzip': { status: 422, zh: '压缩文件已损坏：{reason}', en: 'The compressed file is broken: {reason}' },
  'unknown-organisation': { status: 422, zh: '没有代码为“{code}”的机构可以挂这些案件', en: 'There is no organisation “{code}” to hold these matters' },
  'in-the-future': { status: 422, zh: '案件“{id}”有晚于现在的事件，不能载入', en: 'Case “{id}” has events that lie in the future; it cannot be loaded' },
})
