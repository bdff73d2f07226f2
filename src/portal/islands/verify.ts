import { writtenDay } from '../../base/civil-day.ts'
import { parseReceipt, verifyReceipt, type ReceiptCheck, type ReceiptPaper } from '../../base/receipt.ts'
import { fill, type Bilingual, type Language } from '../../base/text.ts'

/**
 * The /verify page: a receipt is verified in the reader's own browser. Fields `#receipt-file`, `#receipt-text`, `#verify-button`,
 * `#verify-result` (aria-live); `#proof-text` and `#key-text` where the page offers them for work without a network.
 */

export interface Asked {
  /** The receipt as it was given: JSON. */
  readonly receipt: string
  /** A proof at hand; empty: it is fetched from where the receipt says, on this site. */
  readonly proof: string
  /** A verifier key at hand; empty: this log's own. */
  readonly key: string
  readonly language: Language
  /** What acts and time limits are called, by the codes in entries; a code without a word stands as it is. */
  readonly words?: Readonly<Record<string, string>>
}
export interface Told { readonly ok: boolean; readonly heading: string; readonly lines: readonly string[] }
/** Text at a path of this site; null where there is none. */
export type FetchText = (path: string) => Promise<string | null>

const SAY = {
  verified: { zh: '回执真实，记录未被改动', en: 'The receipt is genuine and the record was not changed' },
  notVerified: { zh: '未能核验通过', en: 'The receipt could not be verified' },
  notReceipt: { zh: '这不是回执。请粘贴或选择办理后得到的回执文件（JSON）。', en: 'This is not a receipt. Paste or choose the receipt file (JSON) you were given with the act.' },
  waiting: { zh: '公开日志中还没有这一回执的证明。刚办理的，请稍候几秒再试；否则请核对回执是否出自本站。', en: 'The public log has no proof for this receipt yet. If the act was just now, try again in a few seconds; else check that the receipt is from this site.' },
  offline: { zh: '无法连接本站取得证明。可把证明和公钥粘贴在下面，离线核验。', en: 'The site cannot be reached for the proof. You can paste the proof and the key below and verify offline.' },
  noCrypto: { zh: '此浏览器不能核验 Ed25519 签名（需要 https 和较新的浏览器）。可改用命令行工具核验，见页面下方说明。', en: 'This browser cannot verify Ed25519 signatures (it needs https and a recent browser). Use a command-line tool instead, as described below.' },
  act: { zh: '行为：{act}，时间：{at}', en: 'Act: {act}, at {at}' },
  ground: { zh: '依据：{ground}', en: 'Legal ground: {ground}' },
  due: { zh: '当时在走的时限（{clock}）：{day}前', en: 'Time limit then running ({clock}): by {day}' },
  log: { zh: '日志 {origin}：第 {number} 条，检查点共 {size} 条', en: 'Log {origin}: entry number {number}, checkpoint of {size} entries' },
} as const satisfies Record<string, Bilingual>

const CHECKS = {
  leaf: { ok: { zh: '记录原文与回执上的指纹一致', en: 'The record has the fingerprint on the receipt' }, no: { zh: '记录原文与回执上的指纹不一致：回执被改动过', en: 'The record does not have the fingerprint on the receipt: the receipt was changed' } },
  opening: { ok: { zh: '不公开的内容与当时的承诺一致', en: 'The private facts are those committed to at the time' }, no: { zh: '不公开的内容与当时的承诺不一致：回执被改动过', en: 'The private facts are not those committed to: the receipt was changed' } },
  proof: { ok: { zh: '证明格式正确', en: 'The proof is well formed' }, no: { zh: '证明不是 C2SP tlog-proof 格式', en: 'The proof is not in C2SP tlog-proof form' } },
  key: { ok: { zh: '公钥格式正确', en: 'The key is well formed' }, no: { zh: '公钥格式不对', en: 'The key is not a verifier key' } },
  checkpoint: { ok: { zh: '检查点的签名有效', en: 'The checkpoint’s signature is valid' }, no: { zh: '检查点不是由这一公钥签名的', en: 'The checkpoint is not signed by this key' } },
  inclusion: { ok: { zh: '记录确在公开日志之中', en: 'The record is in the public log' }, no: { zh: '证明不能把记录连到检查点：记录不在这一日志中', en: 'The proof does not lead from the record to the checkpoint: the record is not in this log' } },
} as const satisfies Record<ReceiptCheck, { ok: Bilingual; no: Bilingual }>

/** Everything the page says about a receipt. Reaches the site only for what was not given. */
export async function examine(asked: Asked, fetchText: FetchText): Promise<Told> {
  const { language } = asked
  const no = (why: Bilingual): Told => ({ ok: false, heading: SAY.notVerified[language], lines: [why[language]] })
  const receipt = parseReceipt(asked.receipt)
  if (!receipt) return no(SAY.notReceipt)
  let proof: string | null
  let key: string | null
  try {
    proof = asked.proof || (await fetchText(pathOf(receipt.proofUrl)))
    key = asked.key || (await fetchText('/log/key'))
  } catch {
    return no(SAY.offline)
  }
  if (proof === null || key === null) return no(SAY.waiting)
  try {
    const verdict = await verifyReceipt(receipt, proof, key)
    const lines = verdict.checks.map(({ check, ok }) => `${ok ? '✓' : '✗'} ${CHECKS[check][ok ? 'ok' : 'no'][language]}`)
    if (verdict.ok && verdict.log) lines.push(...contents(receipt, asked), fill(SAY.log[language], { origin: verdict.log.origin, number: verdict.log.index + 1, size: verdict.log.size }))
    return { ok: verdict.ok, heading: (verdict.ok ? SAY.verified : SAY.notVerified)[language], lines }
  } catch {
    // `verifyReceipt` answers for every text; what it throws is that this browser has no Ed25519.
    return no(SAY.noCrypto)
  }
}

/** Always on this site: the page may reach no other, and a site that moved still knows its receipts. */
const pathOf = (proofUrl: string): string => proofUrl.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/^\/*/, '/')

function contents(receipt: ReceiptPaper, { language, words = {} }: Asked): string[] {
  const leaf = JSON.parse(receipt.leaf) as { act: string; at: string; ground: string; public: { due?: Record<string, string | null> } }
  const due = Object.entries(leaf.public.due ?? {}).filter((entry): entry is [string, string] => entry[1] !== null)
  return [
    fill(SAY.act[language], { act: words[leaf.act] ?? leaf.act, at: `${writtenDay(leaf.at, language)} ${leaf.at.slice(11, 16)}` }),
    fill(SAY.ground[language], { ground: leaf.ground }),
    ...due.map(([clock, day]) => fill(SAY.due[language], { clock: words[clock.replace(/~\d+$/, '')] ?? clock, day: writtenDay(day, language) })),
  ]
}

/** The little of the browser that is touched here; the server's type check knows no DOM. */
interface Dropped { readonly dataTransfer: { readonly files: ArrayLike<Blob> } | null; preventDefault(): void }
interface PageElement {
  value?: string
  files?: ArrayLike<Blob> | null
  className: string
  readonly dataset?: Readonly<Record<string, string | undefined>>
  disabled?: boolean
  textContent: string | null
  append(...children: PageElement[]): void
  replaceChildren(...children: PageElement[]): void
  addEventListener(type: string, listener: (event: Dropped) => void): void
}
interface PageDocument {
  readonly documentElement: { readonly lang: string }
  getElementById(id: string): PageElement | null
  createElement(tag: string): PageElement
}
declare const document: PageDocument | undefined

async function fetchText(path: string): Promise<string | null> {
  const response = await fetch(path, { headers: { accept: 'text/plain' } })
  if (response.status === 404) return null
  if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`)
  return response.text()
}

function start(page: PageDocument): void {
  const [file, text, button, result] = ['receipt-file', 'receipt-text', 'verify-button', 'verify-result'].map((id) => page.getElementById(id))
  if (!file || !text || !button || !result) return
  const language: Language = page.documentElement.lang.startsWith('en') ? 'en' : 'zh'
  const given = (id: string) => page.getElementById(id)?.value?.trim() ?? ''

  const show = (told: Told) => {
    const heading = page.createElement('h2')
    heading.textContent = told.heading
    const list = page.createElement('ul')
    list.append(...told.lines.map((line) => Object.assign(page.createElement('li'), { textContent: line })))
    result.className = told.ok ? 'verify-ok' : 'verify-failed'
    result.replaceChildren(heading, list)
  }
  const verify = async () => {
    button.disabled = true
    try {
      // A proof is compared byte for byte: only what a text field lost at its end, the last newline, is given back.
      const proof = given('proof-text')
      show(await examine({ receipt: text.value ?? '', proof: proof && `${proof}\n`, key: given('key-text'), language, words: JSON.parse(result.dataset?.['words'] ?? '{}') as Record<string, string> }, fetchText))
    } finally {
      button.disabled = false
    }
  }
  const take = async (files: ArrayLike<Blob> | null | undefined) => {
    if (!files?.[0]) return
    text.value = await files[0].text()
    await verify()
  }
  button.addEventListener('click', (event) => {
    event.preventDefault()
    void verify()
  })
  file.addEventListener('change', () => void take(file.files))
  text.addEventListener('dragover', (event) => event.preventDefault())
  text.addEventListener('drop', (event) => {
    if (!event.dataTransfer?.files[0]) return
    event.preventDefault()
    void take(event.dataTransfer.files)
  })
}

if (typeof document !== 'undefined') start(document)
