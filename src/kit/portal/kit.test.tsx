import { describe, expect, test } from 'vitest'
import type { CivilDay } from '../../base/civil-day.ts'
import {
  Button, Checkboxes, Checkbox, ClockBand, DateField, dayFromParts, DayTable, EmptyState, ErrorSummary, fieldOf, FileField, Figures, Layout, Light, LinkList, longDay, instant,
  markup, messages, money, Notice, Pagination, Qr, query, Radios, safeAddress, SearchBox, SealMark, SelectField, Stamp, Steps, SummaryList, Table, TextArea, TextField, Timeline, type Frame,
} from './index.ts'

const frame: Frame = {
  language: 'zh', elder: null, demo: true, site: { zh: '北京市西城区政务服务', en: 'Xicheng' }, path: '/items?q=餐&page=2',
  reader: null, csrfToken: 'tok', checkpoint: { size: 12408, at: new Date('2026-07-03T01:05:00Z') }, asset: (name) => `/assets/${name}`,
}
const day = (text: string): CivilDay => text as CivilDay
const attack = '<img src=x onerror=alert(1)>"\''

describe('layout', () => {
  test('says 演示 DEMO, leads to the text, and carries the log’s checkpoint', () => {
    const html = markup(<Layout frame={frame} title="办事"><h1>办事</h1></Layout>)
    expect(html.startsWith('<!doctype html><html lang="zh-CN">')).toBe(true)
    expect(html).toContain('演示 DEMO')
    expect(html).toContain('<a class="skip" href="#main">跳到正文</a>')
    expect(html).toContain('第 12,408 号 · 签于 2026年7月3日 09:05')
    expect(html).toContain('<title>办事 · 明堂 · 北京市西城区政务服务</title>')
  })
  test('switches come back to this page, with its query kept whole', () => {
    const html = markup(<Layout frame={frame} title=""><p>x</p></Layout>)
    expect(html).toContain('/language?to=en&back=%2Fitems%3Fq%3D%E9%A4%90%26page%3D2')
    expect(html).toContain('/elder?to=on&back=%2Fitems')
  })
  test('a real office’s page does not say 演示; the elder edition offers three sizes', () => {
    const html = markup(<Layout frame={{ ...frame, demo: false, elder: 24, language: 'en' }} title="x"><p>x</p></Layout>)
    expect(html).not.toContain('DEMO')
    expect(html).toContain('<html lang="en" class="elder elder-24">')
    expect(html.match(/\/elder\?to=(20|24|30)/g)).toEqual(['/elder?to=20', '/elder?to=24', '/elder?to=30'])
  })
  test('nothing on a page is inline style or script; data cannot end its element', () => {
    const html = markup(<Layout frame={frame} title={attack} jsonLd={{ name: '</script><script>alert(1)</script>' }} islands={['verify.js']}><p>x</p></Layout>)
    expect(html).not.toMatch(/ style=/)
    expect(html.match(/<script[^>]*>/g)).toEqual(['<script type="application/ld+json">', '<script type="module" src="/assets/verify.js">'])
    expect(html).not.toContain('<img')
  })
  test('who is signed in can sign out by a form with the token', () => {
    const html = markup(<Layout frame={{ ...frame, reader: { name: '王芳', officer: false } }} title="x"><p>x</p></Layout>)
    expect(html).toContain('<form method="post" action="/sign-out"><input type="hidden" name="_csrf" value="tok"/>')
    expect(html).not.toContain('/sign-in')
  })
})

describe('lights and clocks', () => {
  test('a light is shape and word, the word outside the coloured shape', () => {
    expect(markup(<Light light="red" language="zh" />)).toBe(
      '<span class="light light-red"><svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" focusable="false"><path d="M1.5 1.5h13v13h-13z" fill="currentColor"></path></svg><span>即将到期</span></span>')
    expect(markup(<Light light={null} language="en" />)).toContain('Suspended')
  })
  test('the band of 20 working days from Wed 10 June 2026 shows due day, today and the pause, as percentages', () => {
    // 10 June to 10 July: 30 days. Today 25 June = 50 %; a pause 15–18 June = 10 % wide from 16.67 %.
    const html = markup(<ClockBand id="c1" name="决定" article="行政许可法 第四十二条第一款" startedOn={day('2026-06-10')} dueOn={day('2026-07-10')} today={day('2026-06-25')} light="green"
      pauses={[{ from: day('2026-06-15'), to: day('2026-06-18'), ground: '检测' }]} language="zh" explainHref="/x" />)
    expect(html).toContain('<rect class="spent" x="0" y="26" width="50%"')
    expect(html).toContain('<rect x="16.67%" y="26" width="10%" height="22" fill="url(#c1-hatch)">')
    expect(html).toContain('到期 2026年7月10日（周五）')
    expect(html).toContain('aria-label="决定：2026年6月10日（周三）起，到期 2026年7月10日（周五）；今天是2026年6月25日（周四）"')
    expect(html).not.toMatch(/ style=/)
  })
  test('past the due day the bar goes on in red; while suspended there is no due day', () => {
    const base = { id: 'c', name: 'x', article: 'y', startedOn: day('2026-06-01'), language: 'zh', pauses: [] } as const
    expect(markup(<ClockBand {...base} dueOn={day('2026-06-11')} today={day('2026-06-21')} light="black" />)).toContain('<rect class="late" x="50%" y="26" width="50%"')
    const suspended = markup(<ClockBand {...base} dueOn={null} today={day('2026-06-21')} light={null} />)
    expect(suspended).toContain('中止期间没有到期日')
    expect(suspended).not.toContain('class="due"')
  })
  test('days are numbered only where they count', () => {
    const html = markup(<DayTable language="zh" days={[
      { date: day('2026-06-18'), counted: false, reason: 'dayZero', source: '民法典 第二百零一条' },
      { date: day('2026-06-19'), counted: false, reason: 'holiday', source: '国办通知' },
      { date: day('2026-06-22'), counted: true, reason: 'working', source: '' },
      { date: day('2026-06-23'), counted: true, reason: 'working', source: '', provisional: true },
    ]} />)
    expect(html.match(/第 \d 日/g)).toEqual(['第 1 日', '第 2 日'])
    expect(html).toContain('工作日（暂定）')
    expect(html).toContain('class="off"')
  })
  test('a timeline escapes what happened and names its ground', () => {
    const html = markup(<Timeline label="经过" entries={[{ what: attack, when: '6月10日', kind: 'act', ground: '行政许可法 第三十二条' }]} />)
    expect(html).not.toContain('<img')
    expect(html).toContain('行政许可法 第三十二条')
  })
  test('steps say which is current and which are done', () => {
    expect(markup(<Steps steps={['填表', '材料', '核对']} current={1} language="zh" />)).toContain('<li class="now" aria-current="step"><span>材料</span></li>')
  })
})

describe('forms', () => {
  test('a wrong field says so, is described by its error, and the summary leads to it', () => {
    const html = markup(<TextField name="applicant.name" label="姓名" language="zh" hint="与证件一致" error="必须填写" value={attack} />)
    expect(html).toContain('id="f-applicant-name" name="applicant.name" aria-describedby="f-applicant-name-hint f-applicant-name-error" aria-invalid="true"')
    expect(html).toContain('value="<img src=x onerror=alert(1)>&#34;\'"')
    expect(markup(<ErrorSummary language="zh" errors={[{ name: 'applicant.name', message: '必须填写' }]} />)).toContain('<a href="#f-applicant-name">必须填写</a>')
    expect(markup(<ErrorSummary language="zh" errors={[]} />)).toBe('')
  })
  test('a JSON Pointer names its field', () => {
    expect(fieldOf('/materials/0/fileId')).toBe('materials[0].fileId')
    expect(fieldOf('/applicant/name')).toBe('applicant.name')
  })
  test('choices keep what was chosen; checkboxes are sent as a list', () => {
    const choices = [{ value: 'a', text: '甲' }, { value: 'b', text: '乙', hint: '说明' }]
    expect(markup(<Radios name="kind" label="类别" language="zh" choices={choices} value="b" />)).toContain('value="b" checked id="f-kind-2"')
    expect(markup(<Checkboxes name="topics" label="主题" language="zh" choices={choices} values={['a']} />)).toContain('name="topics[]" value="a" checked')
    expect(markup(<SelectField name="kind" label="类别" language="zh" choices={choices} value="a" />)).toContain('<option value="a" selected>甲</option>')
    expect(markup(<Checkbox name="consent" label="同意电子送达" language="zh" checked />)).toContain('value="true" checked')
  })
  test('a date is three labelled fields and comes together as a day', () => {
    const html = markup(<DateField name="bornOn" label="出生日期" language="zh" value="1958-03-09" />)
    expect(html).toContain('name="bornOn.month" value="3"')
    expect(dayFromParts({ year: '1958', month: '3', day: '9' })).toBe('1958-03-09')
  })
  test('areas and files', () => {
    expect(markup(<TextArea name="reason" label="理由" language="zh" value="</textarea><script>" />)).not.toContain('<script>')
    expect(markup(<FileField name="plan" label="平面图" language="zh" accept="application/pdf" />)).toContain('data-upload="planId"')
    expect(markup(<SearchBox language="zh" value='"><script>' />)).toContain('value="&#34;><script>"')
  })
})

describe('parts', () => {
  test('text given to a slot is escaped; markup is drawn by a function', () => {
    const table = markup(<Table caption="材料" columns={[{ head: '名称' }, { head: '份数', number: true }]} rows={[{ cells: [attack, () => <b>1</b>] }]} stack />)
    expect(table).not.toContain('<img')
    expect(table).toContain('<td role="cell" class="num" data-label="份数"><b>1</b></td>')
    expect(markup(<SummaryList facts={[{ term: '部门', value: attack, change: { href: '/x', text: '修改' } }]} />)).not.toContain('<img')
  })
  test('a button with an address is a link; a strange address leads nowhere', () => {
    expect(markup(<Button text="在线申请" href="/apply/1" />)).toBe('<a class="button" href="/apply/1">在线申请</a>')
    expect(safeAddress('javascript:alert(1)')).toBe('#')
    expect(safeAddress('//evil.example')).toBe('#')
    expect(safeAddress('https://www.gov.cn/')).toBe('https://www.gov.cn/')
  })
  test('pages near this one, first and last; none where there is one', () => {
    const html = markup(<Pagination page={5} pages={20} path="/items" values={{ q: '餐' }} language="zh" />)
    expect([...html.matchAll(/第 (\d+) 页/g)].map((m) => m[1])).toEqual(['1', '3', '4', '5', '6', '7', '20'])
    expect(html).toContain('href="/items?q=%E9%A4%90"')
    expect(markup(<Pagination page={1} pages={1} path="/items" values={{}} language="zh" />)).toBe('')
  })
  test('seals of the demo are visibly not real', () => {
    expect(markup(<Stamp name="区卫生健康委" demo />)).toContain('演示 DEMO')
    expect(markup(<Stamp name="区卫生健康委" demo={false} />)).not.toContain('演示')
    expect(markup(<SealMark colour="jade" text="公开" />)).toContain('aria-hidden="true"')
  })
  test('notices, figures, lists, empty states and codes', () => {
    expect(markup(<Notice kind="warn" title={attack} />)).not.toContain('<img')
    expect(markup(<Figures figures={[{ value: '98.7', unit: '%', label: '按时' }]} />)).toContain('<span>98.7</span><small>%</small>')
    expect(markup(<LinkList links={[{ text: '市场监管', href: '/departments/1', note: '12' }]} />)).toContain('<span class="count">12</span>')
    expect(markup(<EmptyState title="没有查到" />)).toContain('<h2>没有查到</h2>')
    expect(markup(<Qr text="https://example.org/items/1" label="二维码" />)).toMatch(/<svg class="qr" viewBox="0 0 3[37] 3[37]"/)
  })
})

describe('words', () => {
  test('days, instants and money in the reader’s form', () => {
    expect(longDay('2026-07-03', 'zh')).toBe('2026年7月3日（周五）')
    expect(longDay('2026-07-03', 'en')).toBe('Fri 3 Jul 2026')
    expect(instant(new Date('2026-07-03T16:30:00Z'), 'zh')).toBe('2026年7月4日 00:30')
    expect(money(123456, 'zh')).toBe('1,234.56 元')
    expect(money(0, 'en')).toBe('No charge')
  })
  test('slots are filled and queries leave out what is empty', () => {
    expect(messages({ n: { zh: '共 {n} 项', en: '{n} in all' } })('zh')('n', { n: 3 })).toBe('共 3 项')
    expect(query({ q: '餐', type: '', page: undefined })).toBe('?q=%E9%A4%90')
  })
})
