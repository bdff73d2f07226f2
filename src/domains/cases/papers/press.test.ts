import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PAPERS, type PaperKind } from '../documents.ts'
import { printBlankPaper } from './blank.ts'
import { hasPdfToText, pagesOf, pageTexts, textOf } from './pdf-text.fixtures.ts'
import { paperOf } from './press.fixtures.ts'
import { startPress, type Press } from './press.ts'
import { startTypesetter, TYPESETTER_LIMITS } from './typesetter.ts'

const URL = 'https://zwfw.example.cn'
let press: Press
beforeAll(() => { press = startPress({ demo: true, url: URL }) })
afterAll(() => press.close())

const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** What must stand on each paper, blanks left out. */
const SAYS: Readonly<Record<PaperKind, readonly string[]>> = {
  materialsReceipt: ['2026年11月22日09时05分收到（综合受理岗）', '4与食品经营相适应的主要设备设施布局、操作流程等文件电子2—', '应当在2026年12月4日前补交', '受理专用章'],
  notRequiredNotice: ['依法不需要办理', '销售食用农产品不需要取得许可', '依据：行政许可法第三十二条第一款第一项'],
  refusalOfAcceptance: ['决定不予受理', '请向有管辖权的机关申请：北京市东城区市场监督管理局', '六十日内，向北京市西城区人民政府申请行政复议'],
  supplementNotice: ['需要补正的全部内容', '2申请表栏目area经营面积与租赁合同不一致，请核对后填写。', '联系岗位：综合受理岗'],
  acceptanceNotice: ['自2026年11月22日起予以受理', '法定办理期限：20个工作日（行政许可法第四十二条第一款）', '承诺办理期限：5个工作日'],
  pauseNotice: ['依法需要进行检验', '所需时间预计为15个工作日', '行政许可法第四十五条'],
  extensionNotice: ['办理期限延长10个工作日', '共用排烟设施'],
  interestedPartyNotice: ['北京市西城区广安门内大街165号院业主委员会：', '你（单位）有权进行陈述和申辩', '相距不足十米'],
  statementRecord: ['陈述申辩人李四', '如果改到楼顶，我没有意见。', '陈述申辩人（签名）'],
  paymentNotice: ['检验费京发改〔2019〕1号小微企业减半123.45', '合计：133.45元（大写：人民币壹佰叁拾叁元肆角伍分）'],
  grant: ['决定准予行政许可', '自2026年11月22日起至2031年11月21日止', '承诺不实的', '行政审批专用章', '食品安全法第三十五条'],
  denial: ['决定不予行政许可', '专间面积三平方米，不足五平方米', '六个月内，依法向北京市西城区人民法院提起行政诉讼'],
  rectificationOrder: ['未履行承诺', '两处疏散通道堆放杂物', '自收到本通知书之日的次日起15个工作日内', '消防法第十五条第二款'],
  annulmentNotice: ['因整改后仍未达到条件，本机关拟依法予以撤销', '次日起5个工作日内', '有权进行陈述和申辩'],
  annulment: ['2026年11月18日提出陈述、申辩：装修时临时封闭', '决定撤销于2026年10月20日作出的准予行政许可决定（西消准〔2026〕000123号），证照（编号西消证2026-000123）同时失效并予注销', '纳入本市公共信用信息服务平台', '在2029年11月22日（含当日）以前不得再次申请', '基于该许可取得的利益不受保护（行政许可法第六十九条第四款）', '六十日内'],
  annulmentDropped: ['2026年11月10日告知拟撤销', '不予撤销', '（西消准〔2026〕000123号）继续有效'],
  withdrawalConfirmation: ['于2026年11月22日撤回', '材料原件随本件退还：营业执照', '不影响你再次提出申请'],
  terminationDecision: ['因申请的法人或者其他组织依法终止', '注销登记', '起终止办理'],
  authority: ['受托人赵六', '代为提交和补正材料、签收文书、领取结果。', '至2027年5月21日止'],
  serviceAddress: ['送达方式邮寄送达', '北京市西城区广安门内大街165号', '同意电子送达不同意'],
  serviceProof: ['送达文书准予行政许可决定书', '送达方式邮寄送达', '1234567890123'],
  handOver: ['移交岗位综合受理岗', '接收单位或者岗位食品经营许可科审查岗', '2主要设备设施布局图'],
  verticalTransfer: ['转往系统全国烟草专卖零售许可证管理系统', '孙七（13900000007）', '法定到期2026年12月18日', '42.5平方米', '经营场所证明复印件2份，原件已核验', '请勿要求申请人重复填报', '接收人（签名）及许可受理编号'],
  supplementContents: ['第2卷（增补）', '原卷归档日期2026年10月30日', '件数2件', '撤销前告知书', '原卷未作任何改动'],
  contents: ['件数3件', '营业执照.pdf0123456789abcdef', '案卷归档后不再改动'],
}

describe('every paper', () => {
  test.each(Object.keys(PAPERS) as PaperKind[])('%s stands on one page and says what its act wrote', async (kind) => {
    const paper = paperOf(kind)
    const pdf = await press.print(paper)
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pagesOf(pdf)).toBe(1)
    expect(pdf.length).toBeLessThan(200_000)
    if (!hasPdfToText) return
    const text = textOf(pdf)
    for (const words of [PAPERS[kind].name.zh, paper.no, '王䶮', '北京市西城区市场监督管理局', '办件编号XCSJ-2026-000123', paper.leafHash, `${URL}/verify?receipt=${paper.entryId}`, ...SAYS[kind]]) expect(text).toContain(words)
  })

  test('leads with its code to the check of its own entry', async () => {
    const one = await press.print(paperOf('grant'))
    const other = await press.print({ ...paperOf('grant'), entryId: '0192f3c4-7a61-7c1e-8a55-000000000000' })
    // The code can also be clicked.
    expect(one.toString('latin1')).toContain(`/URI (${URL}/verify?receipt=0192f3c4-7a61-7c1e-8a55-2f9d4b6c7e81)`)
    expect(other.toString('latin1')).toContain(`/URI (${URL}/verify?receipt=0192f3c4-7a61-7c1e-8a55-000000000000)`)
  })

  test('of a case stand in one file, each on its own pages with its own code and count', async () => {
    const kinds = ['materialsReceipt', 'acceptanceNotice', 'grant'] as const
    const pdf = await press.printAll('文书 XCSJ-2026-000123', kinds.map((kind, i) => ({ ...paperOf(kind), entryId: `0192f3c4-7a61-7c1e-8a55-00000000000${i}` })))
    expect(pagesOf(pdf)).toBe(3)
    for (const i of [0, 1, 2]) expect(pdf.toString('latin1')).toContain(`/URI (${URL}/verify?receipt=0192f3c4-7a61-7c1e-8a55-00000000000${i})`)
    if (!hasPdfToText) return
    const pages = pageTexts(pdf)
    kinds.forEach((kind, i) => {
      for (const words of [PAPERS[kind].name.zh, paperOf(kind).no, ...SAYS[kind], '—1—共1页']) expect(pages[i]).toContain(words)
    })
  })

  test.runIf(hasPdfToText)('of an item that is no licence speaks of handling, not of a licence', async () => {
    const text = textOf(await press.print(paperOf('grant', { itemType: '07' })))
    expect(text).toContain('决定准予办理')
    expect(text).not.toContain('决定准予行政许可')
  })

  test('whose facts are not those of its kind is a failure, not an empty sheet', async () => {
    await expect(press.print(paperOf('paymentNotice', { totalFen: null }))).rejects.toThrow('totalFen')
    await expect(press.print({ ...paperOf('grant'), kind: 'poem' })).rejects.toThrow('no paper of kind poem')
  })
})

describe('typesetting', () => {
  test.runIf(hasPdfToText)('leaves what people typed as they typed it', async () => {
    const typed = '#panic("x")$x^2$*粗*_斜_\\@ref<lab>=标题//注[x]`raw`"引号"䶮㛃𬍡{slot}'
    expect(textOf(await press.print(paperOf('denial', { reasons: typed })))).toContain(typed)
  })

  test.runIf(hasPdfToText)('carries the signature over with text, never alone', async () => {
    for (let lines = 8; lines < 32; lines += 1) {
      const pdf = await press.print(paperOf('denial', { reasons: Array.from({ length: lines }, (_, i) => `理由${i + 1}。`).join('\n') }))
      const [, second] = pageTexts(pdf)
      if (second !== undefined) expect(second).toMatch(/依据：食品安全法第三十五条。北京市西城区市场监督管理局2026年11月22日/)
    }
  })

  test('goes on over pages with many materials and long names', async () => {
    const long = '与食品经营相适应的主要设备设施布局图、操作流程图以及保证食品安全的管理制度清单'
    const materials = Array.from({ length: 60 }, (_, i) => ({ name: { zh: `${i + 1}号${long}${'x'.repeat(150)}`, en: 'x' }, form: 'original', copies: 1, originalSeen: true }))
    const pdf = await press.print(paperOf('materialsReceipt', { materials }))
    expect(pagesOf(pdf)).toBeGreaterThan(6)
    if (!hasPdfToText) return
    const text = textOf(pdf)
    // The head of the table stands again on each page of it.
    expect(text.split('序号材料名称形式份数原件核验').length - 1).toBeGreaterThan(6)
    expect(text).toContain(`60号${long}${'x'.repeat(150)}`)
  })

  test.runIf(hasPdfToText)('draws a seal in the demo that says it is none, and outside of it only its place', async () => {
    const demo = textOf(await press.print(paperOf('grant')))
    expect(demo).toContain('演示印章非真实印章行政审批专用章DEMO')
    expect(demo).toContain('演示DEMO·本件为演示文书，不具有法律效力')
    const real = startPress({ demo: false, url: URL })
    const text = textOf(await real.print(paperOf('grant')))
    await real.close()
    expect(text).toContain('加盖行政审批专用章处')
    expect(text).not.toContain('演示')
  })

  test('gives the same bytes for the same facts, also on another child', async () => {
    const first = await press.print(paperOf('acceptanceNotice'))
    expect((await press.print(paperOf('acceptanceNotice'))).equals(first)).toBe(true)
    const another = startPress({ demo: true, url: URL })
    expect((await another.print(paperOf('acceptanceNotice'))).equals(first)).toBe(true)
    await another.close()
    expect(first.toString('latin1')).toContain('/CreationDate (D:20261122010500Z)')
  })

  test('prints the papers that applicants fill in, empty', async () => {
    for (const [kind, words] of [['authority', '授权委托书'], ['serviceAddress', '□电子送达□窗口领取□邮寄送达□自助取件柜']] as const) {
      const pdf = await printBlankPaper(press, kind)
      expect(pagesOf(pdf)).toBe(1)
      if (hasPdfToText) expect(textOf(pdf)).toContain(words)
    }
  })
})

describe('the process beside', () => {
  test('is killed in the middle of a job and the paper comes all the same', async () => {
    const own = startPress({ demo: true, url: URL })
    const first = await own.print(paperOf('grant'))
    const pid = own.pid()!
    const printing = Promise.all([own.print(paperOf('grant')), own.print(paperOf('denial'))])
    process.kill(pid, 'SIGKILL')
    const [again] = await printing
    expect(again.equals(first)).toBe(true)
    expect(own.pid()).not.toBe(pid)
    await own.close()
  })

  test('is started by the first paper and ended by closing', async () => {
    const own = startPress({ demo: true, url: URL })
    expect(own.pid()).toBeUndefined()
    await own.print(paperOf('grant'))
    const pid = own.pid()!
    expect(alive(pid)).toBe(true)
    expect(own.rssBytes()).toBeGreaterThan(50_000_000)
    await own.close()
    expect(alive(pid)).toBe(false)
    await expect(own.print(paperOf('grant'))).rejects.toMatchObject({ code: 'papers/press-busy', status: 503 })
  })

  test('ends after an idle while and comes back', async () => {
    const own = startPress({ demo: true, url: URL, limits: { ...TYPESETTER_LIMITS, idleMs: 50 } })
    const first = await own.print(paperOf('grant'))
    await expect.poll(() => own.pid()).toBeUndefined()
    expect((await own.print(paperOf('grant'))).equals(first)).toBe(true)
    await own.close()
  })

  test('has a queue with an end', async () => {
    const own = startPress({ demo: true, url: URL, limits: { ...TYPESETTER_LIMITS, queue: 2 } })
    const answers = await Promise.allSettled(Array.from({ length: 5 }, () => own.print(paperOf('grant'))))
    // One with the child, two waiting, two refused.
    expect(answers.map((one) => one.status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'rejected'])
    expect(answers[4]).toMatchObject({ reason: { code: 'papers/press-busy', status: 503, retryAfter: 2 } })
    await own.close()
  })

  test('is given up when a job takes too long, and the next job finds another', async () => {
    const own = startTypesetter({ ...TYPESETTER_LIMITS, timeoutMs: 1 })
    await expect(own.typeset({ template: 'src/domains/cases/papers/paper.typ', data: '{}', createdAt: 0 })).rejects.toMatchObject({ code: 'papers/press-busy', status: 503 })
    expect(own.pid()).toBeUndefined()
    await own.close()
  })

  test('tells of a template that cannot be set as of a failure', async () => {
    const own = startTypesetter()
    await expect(own.typeset({ template: 'src/domains/cases/papers/paper.typ', data: '{}', createdAt: 0 })).rejects.toThrow('cannot be set')
    await own.close()
  })
})

test('no text of a template calls for packages, which would be fetched from the net', () => {
  for (const file of ['cases/papers/paper.typ', 'catalog/papers/house.typ', 'catalog/papers/guide.typ', 'catalog/papers/form.typ']) {
    expect(readFileSync(new globalThis.URL(`../../${file}`, import.meta.url), 'utf8')).not.toMatch(/@preview|@local/)
  }
})
