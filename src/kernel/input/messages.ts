import type { z } from 'zod'
import type { Bilingual } from '../../base/text.ts'

type Issue = z.core.$ZodIssue

/** What was expected, as a citizen would say it. */
const KINDS: Readonly<Record<string, Bilingual>> = {
  string: { zh: '文字', en: 'text' },
  number: { zh: '数字', en: 'a number' },
  int: { zh: '整数', en: 'a whole number' },
  boolean: { zh: '是或否', en: 'yes or no' },
  array: { zh: '列表', en: 'a list' },
  object: { zh: '一组字段', en: 'a group of fields' },
  record: { zh: '一组字段', en: 'a group of fields' },
  date: { zh: '日期', en: 'a date' },
}
const FORMATS: Readonly<Record<string, Bilingual>> = {
  email: { zh: '电子邮箱地址', en: 'an e-mail address' },
  url: { zh: '网址', en: 'a web address' },
  uuid: { zh: '标识（UUID）', en: 'a UUID' },
  date: { zh: '日期（如 2026-01-31）', en: 'a date such as 2026-01-31' },
  time: { zh: '时间', en: 'a time' },
  datetime: { zh: '带时区的时刻（RFC 3339）', en: 'an instant with its offset (RFC 3339)' },
  base64: { zh: 'Base64 文本', en: 'base64 text' },
}

/**
 * A finding of zod in both languages. A schema of ours says its own sentence with `.refine(…, { params: { zh, en } })`.
 */
export function messageOf(issue: Issue): Bilingual {
  switch (issue.code) {
    case 'invalid_type': {
      if (issue.input === undefined && issue.message.endsWith('received undefined')) return { zh: '必须填写', en: 'This is required' }
      const kind = KINDS[issue.expected] ?? { zh: issue.expected, en: issue.expected }
      return { zh: `应为${kind.zh}`, en: `This must be ${kind.en}` }
    }
    case 'too_small': return size(issue.origin, Number(issue.minimum), 'min', issue.inclusive !== false)
    case 'too_big': return size(issue.origin, Number(issue.maximum), 'max', issue.inclusive !== false)
    case 'invalid_format': {
      const format = FORMATS[issue.format]
      return format === undefined ? { zh: '格式不正确', en: 'The format is not right' } : { zh: `应为${format.zh}`, en: `This must be ${format.en}` }
    }
    case 'not_multiple_of': return { zh: `应为 ${issue.divisor} 的倍数`, en: `This must be a multiple of ${issue.divisor}` }
    case 'invalid_value': {
      const values = issue.values.slice(0, 20).map(String).join('、')
      return issue.values.length === 1 ? { zh: `应为 ${values}`, en: `This must be ${values}` } : { zh: `应为其中之一：${values}`, en: `This must be one of ${values.replaceAll('、', ', ')}` }
    }
    case 'unrecognized_keys': return { zh: '没有这个字段', en: 'There is no such field' }
    case 'invalid_union': return { zh: '不符合任何一种可接受的形式', en: 'This has none of the accepted forms' }
    case 'invalid_key': return { zh: '字段名称不正确', en: 'The name of the field is not right' }
    case 'invalid_element': return { zh: '其中一项不正确', en: 'One of the members is not right' }
    case 'custom': {
      const { zh, en } = (issue.params ?? {}) as { zh?: unknown; en?: unknown }
      return typeof zh === 'string' && typeof en === 'string' ? { zh, en } : { zh: '填写不正确', en: 'This is not right' }
    }
  }
}

function size(origin: string, limit: number, side: 'min' | 'max', inclusive: boolean): Bilingual {
  const [zh, en] = side === 'min' ? ['至少', 'at least'] : ['至多', 'at most']
  if (origin === 'string') return side === 'min' && limit === 1 ? { zh: '必须填写', en: 'This is required' } : { zh: `${zh} ${limit} 个字`, en: `This must have ${en} ${limit} ${limit === 1 ? 'character' : 'characters'}` }
  if (origin === 'array' || origin === 'set') return { zh: `${zh} ${limit} 项`, en: `This must have ${en} ${limit} ${limit === 1 ? 'member' : 'members'}` }
  if (!inclusive) return side === 'min' ? { zh: `必须大于 ${limit}`, en: `This must be more than ${limit}` } : { zh: `必须小于 ${limit}`, en: `This must be less than ${limit}` }
  return side === 'min' ? { zh: `不得小于 ${limit}`, en: `This must be at least ${limit}` } : { zh: `不得大于 ${limit}`, en: `This must be at most ${limit}` }
}
