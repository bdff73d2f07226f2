import { refusals } from '../../base/refusal.ts'

/** Every "no" of the log. */
export const refuse = refusals('ledger', {
  'leaf-too-large': { status: 422, zh: '公开记录有 {bytes} 字节，超过每条 {limit} 字节的上限', en: 'The public record has {bytes} bytes, more than the {limit} an entry may have' },
  'not-found': { status: 404, zh: '没有查到这一回执或日志文件', en: 'There is no such receipt or log file' },
  'not-yet-sequenced': { status: 404, zh: '这一行为已经生效，尚待编入公开日志，请一秒后再取证明', en: 'The act is in force and will be in the public log within about a second; ask for the proof again' },
  'wrong-key': { status: 409, zh: '日志已由公钥 {found} 签名，不能改用 {wanted}', en: 'The log is signed by the key {found}; it cannot go on with {wanted}' },
  'wrong-origin': { status: 409, zh: '日志名称已定为“{found}”，不能改为“{wanted}”', en: 'The log is called “{found}”; it cannot go on as “{wanted}”' },
  'origin-unusable': { status: 422, zh: '“{origin}”不能作日志名称：不得为空，不得含空白、加号和控制字符', en: '“{origin}” cannot name a log: it must not be empty nor hold blanks, plus signs or control characters' },
  'key-unusable': { status: 422, zh: '{file} 不是 Ed25519 私钥（PKCS #8 PEM）', en: '{file} is not an Ed25519 private key (PKCS #8 PEM)' },
  'below-published': { status: 409, zh: '已公布的检查点有 {published} 条，数据库只有 {found} 条或与之不符；须以新名称续记（见 docs/log.md）', en: 'A checkpoint of {published} entries was published, but the database has {found} or others; the log must go on under a new origin (see docs/log.md)' },
  'checkpoint-unusable': { status: 422, zh: '这不是本日志以现有公钥签名的检查点', en: 'This is not a checkpoint of this log signed by its key' },
  unreachable: { status: 503, zh: '读不到日志文件 {at}：{reason}', en: 'The log file {at} cannot be read: {reason}' },
  'sequencer-running': { status: 409, zh: '服务正在运行；请先停止，再更换日志名称', en: 'The service is running; stop it before the log goes on under a new origin' },
  'nothing-lost': { status: 409, zh: '数据库包含已公布的检查点，密钥也未更换，无须更换日志名称', en: 'The database contains the published checkpoint and the key is the same; the log needs no new origin' },
})
