import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { DEMO_PASSWORD, hasChromium, house, openBrowser, type Reader } from './browser.ts'
import { PNG } from './filings.ts'
import { officer } from './officer.ts'

// Food business licence (食品经营许可): a form in two sections with questions that answers bring up, three materials of one's own, the
// business licence shared, the food-safety rules deferrable; one post reviews, one surveys with a second officer, another decides.
const FOOD = /食品经营许可（新办）/
const file = (name: string) => ({ name, mimeType: 'image/png', buffer: PNG })

describe.skipIf(!hasChromium)('a person applies online', () => {
  const newReader = openBrowser()
  let food: string
  beforeAll(async () => { food = await codeOf('食品经营许可（新办）') })

  test('in Chinese on a large screen: asked once to supplement, supplements, is granted, takes away the paper and verifies the receipt', async () => {
    const reader = await newReader({ name: 'zh' })
    const { page } = reader
    await reader.go(`/items/${food}`)
    await reader.go(`/apply/${food}`)
    expect(page.url()).toContain('/sign-in?to=')
    await reader.signIn('applicant', `/apply/${food}`)
    await expectHeading(reader, FOOD)
    await reader.press('开始填写') // nothing chosen yet
    expect(await page.locator('.error').first().textContent()).toContain('请选择您为谁申请')
    await page.getByLabel(/我本人/).check()
    await reader.press('开始填写')

    // What the account told is there already.
    expect(await page.inputValue('input[name=name]')).toBe('林晚照')
    await page.fill('input[name=phone]', '123')
    await reader.press('保存并继续')
    expect(await page.locator('.error-summary').textContent()).toContain('联系电话不正确')
    expect(await page.inputValue('input[name=phone]')).toBe('123')
    await page.fill('input[name=phone]', '13900000001')
    await reader.press('保存并继续')
    const caseNo = /\/apply\/draft\/([^/]+)\//.exec(page.url())![1]!

    await page.fill('input[name=businessName]', '晚照小馆')
    await page.fill('input[name=address]', '北京市西城区演示路88号1层')
    await page.fill('input[name=area]', '六十')
    expect(await page.inputValue('input[name=contactPhone]')).toBe('13900000001')
    await reader.press('保存并继续')
    expect(await page.locator('.error-summary').textContent()).toContain('面积')
    await page.fill('input[name=area]', '60')
    await reader.press('保存并继续')

    expect(await page.locator('[name=hasAgent]').count()).toBe(0) // known from the first page
    await page.locator('select[name=foodVenue], input[name=foodVenue]').first().waitFor()
    await page.getByLabel('餐饮服务经营者').check()
    await page.fill('textarea[name=foodCategories]', '热食类食品制售')
    await reader.press('保存并继续') // being a caterer brings up cold dishes
    await page.locator('fieldset', { hasText: '制售冷食' }).getByLabel('否').check()
    await reader.press('保存并继续')

    await expectHeading(reader, '申请材料')
    expect(await page.getByText('由系统生成，无需提交').count()).toBe(1)
    for (const id of ['equipmentLayout']) {
      await Promise.all([page.waitForEvent('load'), page.setInputFiles(`input[name="file-${id}"]`, file(`${id}.png`))])
      await reader.look()
    }
    await reader.press('保存并继续')
    await page.getByLabel('电子送达').first().check()
    await reader.press('保存并继续')
    expect(await page.locator('.error-summary').textContent()).toContain('同意电子送达')
    await page.getByLabel('我同意电子送达').check()
    await reader.press('保存并继续')

    await expectHeading(reader, '核对并提交')
    await page.getByLabel(/我承诺在 5 个工作日内补交/).check()
    await reader.press('签名并提交')
    expect(await page.locator('.error-summary').textContent()).toContain('请勾选声明')
    await page.getByLabel(/我承诺在 5 个工作日内补交/).check()
    await page.getByLabel(/我声明/).check()
    await reader.press('签名并提交')

    await expectHeading(reader, '申请已提交')
    expect(await page.locator('#case-no').textContent()).toBe(caseNo)
    expect(await page.locator('#track-code').textContent()).toMatch(/^[2-9A-HJKMNP-Z]{10}$/)
    await reader.press('为什么是这一天', 'link')
    expect(await page.locator('table').textContent()).toContain('起算日')
    await reader.go(`/apply/done/${caseNo}`)
    await reader.press('查看办件', 'link')

    // The office asks once.
    const clerk = await officer('clerk')
    await clerk.act(caseNo, 'requestSupplement', { defects: [{ materialId: 'equipmentLayout', field: null, what: '布局图没有标明存放区域' }, { materialId: null, field: 'employees', what: '请填写从业人员人数' }] })
    await reader.go('/my')
    await page.getByText('补正材料：2 处').waitFor()
    await reader.press('去办', 'link')
    await reader.press('提交') // nothing uploaded
    expect(await page.locator('.error-summary').textContent()).toContain('请上传')
    await page.fill('textarea[name=remarks]', '已重新绘制')
    await page.fill('input[name=employees]', '6')
    await page.setInputFiles('input[name="file-equipmentLayout"]', file('layout-2.png'))
    await page.getByText('已上传：layout-2.png').waitFor()
    await reader.press('提交')
    await page.getByText('已办理。').waitFor()

    // Accepted, reviewed, surveyed by two, decided by another.
    await clerk.act(caseNo, 'accept')
    await page.locator('#live strong', { hasText: '已受理' }).waitFor() // without loading anew
    await grantFood(caseNo)
    await reader.go(`/my/cases/${caseNo}`)
    await page.getByText('办理结果：准予').waitFor()
    await expectPdf(reader, caseNo, '准予')
    await verifyReceipt(reader, '核验')
    await reader.go('/my/messages')
    await reader.press('全部标为已读')
    await reader.go('/my/data')
    await reader.go('/my/credit')
    await reader.go('/my/acting')
    await reader.go('/my/password')
    await (await officer('reviewer')).act(caseNo, 'publishResult')
    await reader.go(`/items/${food}/results`)
    expect(await page.locator('main').textContent()).toContain('林**')
    await reader.close()
  })

  test('in English on a phone: an enterprise applies by commitment, is accepted, and withdraws', async () => {
    const reader = await newReader({ name: 'en', language: 'en', phone: true })
    const { page } = reader
    await reader.signIn('enterprise', `/apply/${await codeOf('公共场所卫生许可')}`)
    await page.getByLabel(/For my organisation/).check()
    await reader.press('Begin')
    await reader.press('Save and continue')
    const caseNo = /\/apply\/draft\/([^/]+)\//.exec(page.url())![1]!
    await page.fill('input[name=venueName]', 'Mingtang Baths')
    await page.fill('input[name=address]', '66 Demo Road, Xicheng')
    await page.fill('input[name=area]', '120.5')
    await page.fill('input[name=employees]', '8')
    await page.locator('[name=placeKind]').first().waitFor()
    if (await page.locator('select[name=placeKind]').count() > 0) await page.selectOption('select[name=placeKind]', { index: 1 })
    else await page.locator('input[name=placeKind]').first().check()
    await reader.press('Save and continue')
    await reader.press('Save and continue')
    await expectHeading(reader, 'How it is decided')
    await page.getByLabel(/Notice and commitment/).check()
    await reader.press('Save and continue')
    expect(await page.locator('.error-summary').textContent()).toContain('Read the letter')
    await page.getByLabel('I have read this and make this commitment').check()
    await reader.press('Save and continue')
    await expectHeading(reader, 'Materials')
    await uploadAll(reader)
    await reader.press('Save and continue')
    await page.getByLabel('At the counter').check()
    await reader.press('Save and continue')
    await expectHeading(reader, 'Check and send')
    if (await page.getByLabel(/I promise to supply/).count() > 0) await page.getByLabel(/I promise to supply/).check()
    await page.getByLabel(/I declare/).check()
    await reader.press('Sign and send')
    await expectHeading(reader, 'Your application is sent')
    const clerk = await officer('clerk')
    await clerk.act(caseNo, 'accept')
    await reader.go(`/my/cases/${caseNo}`)
    await reader.press('Withdraw the application', 'link')
    await page.fill('textarea[name=reason]', 'Plans changed')
    await reader.press('Withdraw it')
    await page.getByText('Withdrawn').first().waitFor()
    await reader.go('/my')
    await reader.close()
  })

  test('as agent of another person: the power of attorney is asked once, a question is answered, what was deferred is supplied, the certificate collected', async () => {
    const reader = await newReader({ name: 'agent' })
    const { page } = reader
    await reader.signIn('applicant', `/apply/${food}`)
    await page.getByLabel(/^代理他人/).check()
    await reader.press('开始填写')
    await expectHeading(reader, '您代理的申请人')
    const caseNo = /\/apply\/draft\/([^/]+)\//.exec(page.url())![1]!
    await page.fill('input[name=name]', '沈听澜')
    await page.fill('input[name=idNumber]', '110102189504120028')
    await page.fill('input[name=phone]', '13900000009')
    await reader.press('保存并继续')
    expect(await page.locator('.error-summary').textContent()).toContain('证件号码不正确')
    await page.fill('input[name=idNumber]', '110102189308170010')
    await reader.press('保存并继续')
    await expectHeading(reader, '代理人')
    expect(await page.inputValue('input[name=name]')).toBe('林晚照')
    await page.fill('input[name=scope]', '代为提交、补正材料')
    for (const [part, value] of [['year', '2099'], ['month', '2'], ['day', '30']]) await page.fill(`input[name="validTo.${part}"]`, value!)
    await reader.press('保存并继续')
    const wrong = await page.locator('.error-summary').textContent()
    expect(wrong).toContain('委托期限不正确')
    expect(wrong).toContain('请填写授权委托书')
    await page.fill('input[name="validTo.day"]', '28')
    await page.setInputFiles('input[type=file]', file('授权委托书.png'))
    await page.getByText('已上传：授权委托书.png').waitFor()
    await reader.press('保存并继续')
    await fillFood(reader)
    expect(await page.locator('#material-powerOfAttorney').textContent()).toContain('已上传')
    await page.setInputFiles('input[name="file-equipmentLayout"]', { name: 'layout.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ\u0000\u0001 not a picture') })
    await page.getByText(/没有传上去/).waitFor()
    await page.locator('#material-equipmentLayout').getByRole('button', { name: '上传' }).click()
    await page.locator('.error-summary').waitFor()
    await Promise.all([page.waitForEvent('load'), page.setInputFiles('input[name="file-equipmentLayout"]', file('layout.png'))])
    await reader.press('保存并继续')
    await page.getByLabel('自助柜领取').check()
    await reader.press('保存并继续')
    await page.getByLabel(/我承诺/).check()
    await page.getByLabel(/我声明/).check()
    await reader.press('签名并提交')
    await expectHeading(reader, '申请已提交')

    const clerk = await officer('clerk')
    const reviewer = await officer('reviewer')
    await clerk.act(caseNo, 'accept')
    await reviewer.act(caseNo, 'askClarification', { question: '营业时间是什么？' })
    await reader.go(`/my/cases/${caseNo}`)
    await page.getByText('说明问题：营业时间是什么？').waitFor()
    await reader.go(`/my/cases/${caseNo}/do/clarify`)
    await reader.press('提交')
    await page.locator('.error-summary').waitFor()
    await page.fill('textarea[name=answer]', '每天 8 时到 22 时')
    await reader.press('提交')
    await page.getByText('已办理。').waitFor()
    await reader.go(`/my/cases/${caseNo}/do/supplyDeferred`)
    await page.setInputFiles('input[name="file-foodSafetyRules"]', file('rules.png'))
    await page.getByText('已上传：rules.png').waitFor()
    await reader.press('提交')
    await page.getByText('已办理。').waitFor()
    await grantFood(caseNo)
    await (await officer('sealkeeper')).act(caseNo, 'issue', {})
    await (await officer('dispatcher')).act(caseNo, 'deliver', { mode: 'locker', lockerBox: 'B07' })
    await reader.go('/my')
    const code = /取件码 (\d{6})/.exec((await page.textContent('main'))!)![1]!
    await reader.go(`/my/cases/${caseNo}/do/collect`)
    await page.fill('input[name=code]', code === '100000' ? '100001' : '100000')
    await reader.press('提交')
    expect(await page.locator('.error-summary').textContent()).toContain('取件码不正确')
    await page.fill('input[name=code]', code)
    await reader.press('提交')
    await page.getByText('已办理。').waitFor()
    await reader.close()
  })

  test('a guardian for a minor: the child’s document and birthday, the guardian taken from the account; the receipt prints', async () => {
    const reader = await newReader({ name: 'guardian' })
    const { page } = reader
    await reader.signIn('applicant', `/apply/${food}`)
    await page.getByLabel(/为未成年人/).check()
    await reader.press('开始填写')
    await expectHeading(reader, '未成年申请人')
    await page.fill('input[name=name]', '林小满')
    await page.selectOption('select[name=idType]', '414')
    await page.fill('input[name=idNumber]', 'e12345678')
    for (const [part, value] of [['year', '2015'], ['month', '4'], ['day', '12']]) await page.fill(`input[name="birthDay.${part}"]`, value!)
    await page.fill('input[name=phone]', '13900000001')
    await reader.press('保存并继续')
    await expectHeading(reader, '监护人')
    expect(await page.inputValue('input[name=name]')).toBe('林晚照')
    await reader.press('保存并继续')
    await fillFood(reader)
    await uploadAll(reader)
    await reader.press('保存并继续')
    await page.getByLabel('到窗口领取').check()
    await reader.press('保存并继续')
    expect(await page.textContent('main')).toContain('2015年4月12日')
    await page.getByLabel(/我声明/).check()
    await reader.press('签名并提交')
    await expectHeading(reader, '申请已提交')
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('#track-code').isVisible()).toBe(true)
    expect(await page.locator('.buttons').first().isVisible()).toBe(false)
    await reader.look()
    await reader.close()
  })

  test('without script, on paper, in elder mode: nothing is lost between two tabs, and a draft can be left and found again', async () => {
    const reader = await newReader({ name: 'elder', elder: true, phone: true, script: false })
    const { page } = reader
    await reader.signIn('applicant', `/apply/${food}`)
    await page.getByLabel(/我本人/).check()
    await reader.press('开始填写')
    await reader.press('保存并继续')
    const form = page.url()
    const other = await reader.context.newPage()
    await other.goto(form)
    await other.fill('input[name=businessName]', '先保存的一页')
    await Promise.all([other.waitForEvent('load'), other.getByRole('button', { name: '保存并继续' }).click()])
    await other.close()
    await page.fill('input[name=businessName]', '后保存的一页')
    await page.fill('input[name=address]', '演示路88号')
    await page.fill('input[name=area]', '20')
    await reader.press('保存并继续')
    expect(await page.textContent('main')).toContain('刚在另一个页面改过')
    expect(await page.inputValue('input[name=businessName]')).toBe('后保存的一页')
    await reader.press('保存，以后再填')
    await reader.press(/^继续填写：食品经营许可/, 'link')
    await reader.press('保存并继续')
    expect(await page.inputValue('input[name=businessName]')).toBe('后保存的一页')
    await reader.press('保存并继续')
    await page.getByLabel('食品销售经营者').check()
    await page.fill('textarea[name=foodCategories]', '预包装食品')
    // Her session ends while she types: she signs in again and sends the page as she filled it in.
    await reader.context.clearCookies({ name: 'mt_session' })
    await reader.press('保存并继续')
    expect(await page.textContent('main')).toContain('登录已超时，您填写的内容没有丢')
    await page.fill('input[name=username]', 'applicant')
    await page.fill('input[name=password]', DEMO_PASSWORD)
    await Promise.all([page.waitForEvent('load'), page.locator('main form button[type=submit]').click()])
    await reader.press('继续提交')
    await expectHeading(reader, '申请材料')
    // A file without script goes with its form; the rest comes on paper.
    await page.setInputFiles('input[name="file-equipmentLayout"]', file('layout.png'))
    await page.locator('#material-equipmentLayout').getByRole('button', { name: '上传' }).click()
    await page.locator('#material-equipmentLayout', { hasText: '已上传' }).waitFor()
    await page.locator('#material-foodSafetyRules summary').click()
    await page.locator('#material-foodSafetyRules').getByRole('button', { name: '交纸质件' }).click()
    await page.locator('#material-foodSafetyRules', { hasText: '交纸质件' }).waitFor()
    await reader.press('保存并继续')
    await page.getByLabel('到窗口领取').check()
    await reader.press('保存并继续')
    await reader.press('申请预审')
    await page.getByText(/申请预审，等待答复/).waitFor()
    await page.getByLabel(/我声明/).check()
    await reader.press('签名并提交')
    expect(await page.textContent('main')).toContain('您选择了交纸质件')
    await reader.close()
  })

  test.each([{ language: 'zh' as const, elder: false, phone: false }, { language: 'en' as const, elder: true, phone: true }])('an outsider follows by number and code and verifies: $language, elder $elder, phone $phone', async ({ language, elder, phone }) => {
    const { caseNo, trackCode, receipt } = await fileByApi(food)
    const clerk = await officer('clerk')
    await clerk.act(caseNo, 'accept')
    const reader = await newReader({ name: `outsider-${language}`, language, elder, phone })
    const { page } = reader
    await reader.go('/track')
    await page.fill('input[name=caseNo]', caseNo)
    await page.fill('input[name=trackCode]', 'WRONG22222')
    await Promise.all([page.waitForEvent('load'), page.locator('main form button[type=submit]').click()])
    await reader.look()
    await page.locator('.error-summary').waitFor()
    await page.fill('input[name=trackCode]', trackCode)
    await Promise.all([page.waitForEvent('load'), page.locator('main form button[type=submit]').click()])
    await reader.look()
    const said = await page.textContent('main')
    expect(said).toContain(language === 'zh' ? '受理' : 'Accept')
    for (const personal of ['林晚照', '110102189504120029', '13900000001']) expect(said).not.toContain(personal)
    await reader.press(language === 'zh' ? '为什么是这一天' : 'Why this day', 'link')
    expect(await page.textContent('table')).toContain(language === 'zh' ? '起算日' : 'Day')
    // Back from the days to the case, without the code again.
    await reader.press(language === 'zh' ? '返回办件' : 'Back to the case', 'link')
    expect(page.url()).not.toContain(trackCode)
    expect(await page.textContent('main')).toContain(caseNo)
    await expect.poll(async () => (await fetch(receipt.proofUrl)).status).toBe(200)
    await reader.go('/verify')
    await page.fill('#receipt-text', JSON.stringify(receipt))
    await page.locator('#verify-button').click()
    await page.locator('#verify-result.verify-ok').waitFor()
    await reader.look()
    await page.fill('#receipt-text', JSON.stringify({ ...receipt, leaf: receipt.leaf.replace(/"stage":"\w+"/, '"stage":"accepted"') }))
    await page.locator('#verify-button').click()
    await page.locator('#verify-result.verify-failed').waitFor()
    await reader.close()
  })

  async function codeOf(name: string): Promise<string> {
    const found = await (await fetch(`${house.url}/items?q=${encodeURIComponent(name)}`)).text()
    return new RegExp(`href="/items/([^"?]+)"[^>]*>[^<]*${name}`).exec(found)![1]!
  }
})

async function expectHeading(reader: Reader, name: string | RegExp): Promise<void> {
  await reader.page.getByRole('heading', { level: 1, name }).waitFor()
}

/** Every material that is asked for, by the island: chosen, sent, kept. */
async function uploadAll(reader: Reader): Promise<void> {
  const { page } = reader
  const names = await page.locator('input[type=file]').evaluateAll((inputs) => inputs.map((input) => String((input as unknown as { name: string }).name)))
  for (const name of names) {
    await Promise.all([page.waitForEvent('load'), page.setInputFiles(`input[name="${name}"]`, file(`${name}.png`))])
    await reader.look()
  }
}

interface Filed { readonly caseNo: string; readonly trackCode: string; readonly receipt: { readonly leaf: string; readonly proofUrl: string } }
/** An application of the demo's applicant over the API: the outsider's journey begins after it. */
async function fileByApi(itemCode: string): Promise<Filed> {
  const session = await fetch(`${house.url}/api/v1/sessions`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ username: 'applicant', password: DEMO_PASSWORD }) })
  const { token } = await session.json() as { token: string }
  const upload = new FormData()
  upload.append('file', new Blob([PNG], { type: 'image/png' }), 'layout.png')
  const sent = await fetch(`${house.url}/api/v1/files`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: upload })
  const { fileId } = await sent.json() as { fileId: string }
  const filed = await fetch(`${house.url}/api/v1/cases`, {
    method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({
      itemCode, applicant: { kind: 'person', name: '林晚照', idType: '111', idNumber: '110102189504120029', phone: '13900000001' }, service: { mode: 'electronic', consent: true },
      form: { businessName: '晚照小馆', address: '演示路88号', area: 60, contactPhone: '13900000001', foodVenue: 'retail', foodCategories: ['预包装食品'] },
      materials: ['application', 'equipmentLayout', 'foodSafetyRules'].map((materialId) => ({ materialId, fileId, form: 'electronic' })),
    }),
  })
  if (filed.status !== 201) throw new Error(`${filed.status} ${await filed.text()}`)
  return await filed.json() as Filed
}

/** The two sections of the food form, for a retailer. */
async function fillFood(reader: Reader): Promise<void> {
  const { page } = reader
  await page.fill('input[name=businessName]', '听澜食品店')
  await page.fill('input[name=address]', '演示路88号')
  await page.fill('input[name=area]', '35.5')
  await reader.press('保存并继续')
  await page.getByLabel('食品销售经营者').check()
  await page.fill('textarea[name=foodCategories]', '预包装食品')
  await reader.press('保存并继续')
}

/** What the department does between acceptance and the paper. */
async function grantFood(caseNo: string): Promise<void> {
  const [reviewer, surveyor, second, chief] = await Promise.all(['reviewer', 'surveyor', 'reviewer2', 'chief'].map((name) => officer(name)))
  const { person } = await second!.get('/api/v1/sessions/current') as { person: { id: string } }
  await reviewer!.act(caseNo, 'review', { opinion: '材料齐全，符合法定形式' })
  await surveyor!.act(caseNo, 'survey', { opinion: '现场与图纸一致', secondOfficer: person.id })
  await chief!.act(caseNo, 'decide', { outcome: 'grant', reasons: '', content: '准予食品经营许可' })
}

async function expectPdf(reader: Reader, caseNo: string, kind: string): Promise<void> {
  const href = await reader.page.locator(`a[href^="/api/v1/cases/${caseNo}/papers/"]`, { hasText: kind }).first().getAttribute('href')
  const pdf = await reader.context.request.get(href!)
  expect(pdf.headers()['content-type']).toBe('application/pdf')
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-')
}

/** Downloads the newest receipt of the case shown and drops it on the page that verifies it in the browser. */
async function verifyReceipt(reader: Reader, button: string): Promise<void> {
  const { page } = reader
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#history a[href$=".json"]').first().click()])
  const text = readFileSync(await download.path(), 'utf8')
  // The sequencer numbers entries about once a second.
  await expect.poll(async () => (await reader.context.request.get(new URL((JSON.parse(text) as { proofUrl: string }).proofUrl).pathname)).status()).toBe(200)
  await reader.go('/verify')
  await page.fill('#receipt-text', text)
  await page.getByRole('button', { name: button }).click()
  await page.locator('#verify-result.verify-ok').waitFor()
  await reader.look()
}
