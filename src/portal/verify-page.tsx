import type { Bilingual } from '../base/text.ts'
import type { CivilDay } from '../base/civil-day.ts'
import { Button, Layout, longDay, messages, Notice, SummaryList, type Frame, type Markup } from '../kit/portal/index.ts'

const say = messages({
  title: { zh: '核验', en: 'Verify' },
  lede: { zh: '放入一份回执，您的浏览器自己算一遍：这件事在公开日志里，内容没有被改过。回执不会上传。', en: 'Give a receipt; your own browser computes whether it stands in the public log unchanged. The receipt is not uploaded.' },
  annulled: { zh: '已撤销', en: 'Annulled' },
  annulledText: { zh: '您手中文书所属的准予决定已被撤销，文书和证照不再有效。日志里的记录仍是真的，只是决定后来被撤销了。', en: 'The grant to which your paper belongs has been annulled; the paper and the certificate are no longer valid. The record in the log is still true: it was annulled afterwards.' },
  decisionNo: { zh: '准予决定', en: 'The grant' }, annulledNo: { zh: '撤销决定', en: 'The annulment' }, annulledOn: { zh: '撤销日期', en: 'Annulled on' },
  file: { zh: '选择回执文件', en: 'Choose the receipt file' },
  text: { zh: '或者粘贴回执内容', en: 'Or paste what is in it' },
  go: { zh: '在本机核验', en: 'Verify here' },
  offline: { zh: '没有网络，或者不想用我们给的证明和公钥', en: 'Without a network, or without our proof and key' },
  proof: { zh: '证明（tlog-proof）', en: 'Proof (tlog-proof)' },
  givenKey: { zh: '您以前抄下的日志公钥', en: 'The log’s key as you wrote it down' },
  noscript: { zh: '在浏览器里核验需要脚本；没有脚本也可以按下面的办法自己核验。', en: 'Verifying in the browser needs scripts; without them you can verify by the way below.' },
  resultLabel: { zh: '核验结果', en: 'Result' },
  withoutUs: { zh: '不靠我们，自己核验', en: 'Verify without us' },
  withoutText: { zh: '日志采用公开规范（C2SP tlog-tiles、signed note、Ed25519）。下面用到的软件都不是我们写的。', en: 'The log follows public specifications (C2SP tlog-tiles, signed note, Ed25519). None of the software below is ours.' },
  step1: { zh: '取日志的公钥，抄下来，以后就不用再信任我们给的：', en: 'Take the log’s public key and write it down; from then on you need not trust ours:' },
  step2: { zh: '取当前的签名检查点：第一行是日志名称，第二行是条数，第三行是根：', en: 'Take the signed checkpoint: the first line names the log, the second counts its entries, the third is its root:' },
  step3: { zh: '取您那份回执的证明。刚办完的事约一秒后才有：', en: 'Take the proof of your receipt; for something just done it is there after about a second:' },
  step4: { zh: '用任何支持 tlog-proof 的工具核验，例如 Go 社区的 sumdb 工具库（golang.org/x/mod/sumdb/tlog）：叶子哈希 = SHA-256(0x00 ‖ 叶子原文)，沿证明算到根，与检查点第三行相同即为真。', en: 'Check it with any tool for tlog-proof, such as golang.org/x/mod/sumdb/tlog: leaf hash = SHA-256(0x00 ‖ leaf); follow the proof to the root; equal to the third line of the checkpoint means true.' },
  step5: { zh: '只用系统自带的工具，也能先核对回执里的叶子哈希：', en: 'With tools every system has, you can check the leaf hash of a receipt yourself:' },
  key: { zh: '日志公钥', en: 'The log’s public key' },
  keyHint: { zh: '请与办事大厅张贴的或以前抄下的核对。', en: 'Compare it with the one posted in the halls, or one you wrote down before.' },
})

/** A receipt is verified in the reader's own browser (island `verify.js`); beneath stands how to do it without this site at all. */
export const VerifyPage = ({ frame, url, logKey, words, annulled }: { frame: Frame; url: string; logKey: string; words: Readonly<Record<string, Bilingual>>; annulled: { readonly decisionNo: string; readonly documentNo: string; readonly on: CivilDay } | null }): Markup => {
  const t = say(frame.language)
  return (
    <Layout frame={frame} title={t('title')} current="verify" islands={['verify.js']}>
      <h1 safe>{t('title')}</h1>
      <p class="lede" safe>{t('lede')}</p>
      {annulled === null ? '' : (
        <Notice kind="warn" title={t('annulled')} alert>
          <p safe>{t('annulledText')}</p>
          <SummaryList facts={[{ term: t('decisionNo'), value: annulled.decisionNo }, { term: t('annulledNo'), value: annulled.documentNo }, { term: t('annulledOn'), value: longDay(annulled.on, frame.language) }]} />
        </Notice>
      )}
      <noscript><p class="notice notice-warn" safe>{t('noscript')}</p></noscript>
      <div class="drop">
        <div class="field">
          <label for="receipt-file" safe>{t('file')}</label>
          <input class="file" id="receipt-file" type="file" accept="application/json,.json,text/plain,.txt" />
        </div>
        <div class="field">
          <label for="receipt-text" safe>{t('text')}</label>
          <textarea class="input" id="receipt-text" rows="6"></textarea>
        </div>
        <details>
          <summary safe>{t('offline')}</summary>
          <div class="field">
            <label for="proof-text" safe>{t('proof')}</label>
            <textarea class="input" id="proof-text" rows="5"></textarea>
          </div>
          <div class="field">
            <label for="key-text" safe>{t('givenKey')}</label>
            <input class="input" id="key-text" type="text" autocomplete="off" />
          </div>
        </details>
        <div class="buttons"><Button text={t('go')} id="verify-button" type="button" /></div>
      </div>
      <div id="verify-result" role="status" aria-live="polite" aria-label={t('resultLabel')} data-words={JSON.stringify(Object.fromEntries(Object.entries(words).map(([code, word]) => [code, word[frame.language]])))}></div>
      <h2 safe>{t('withoutUs')}</h2>
      <p safe>{t('withoutText')}</p>
      <h3 safe>{t('key')}</h3>
      <pre tabindex="0" aria-label={t('key')}><code safe>{logKey}</code></pre>
      <p class="muted" safe>{t('keyHint')}</p>
      <ol>
        <Step text={t('step1')} command={`curl ${url}/log/key`} />
        <Step text={t('step2')} command={`curl ${url}/log/checkpoint`} />
        <Step text={t('step3')} command={`curl ${url}/api/v1/receipts/ID/proof`} />
        <Step text={t('step4')} />
        <Step text={t('step5')} command={"{ printf '\\0'; jq -rj .leaf receipt.json; } | openssl dgst -sha256 -binary | base64\njq -r .leafHash receipt.json"} />
      </ol>
    </Layout>
  )
}

const Step = ({ text, command }: { text: string; command?: string }): Markup => (
  <li><p safe>{text}</p>{command === undefined ? '' : <pre tabindex="0"><code safe>{command}</code></pre>}</li>
)
