const DIGITS = '零壹贰叁肆伍陆柒捌玖'
const PLACES = ['', '拾', '佰', '仟'] as const
const GROUPS = ['', '万', '亿', '万亿'] as const

/**
 * 中文大写金额 after 支付结算办法 附一 (正确填写票据和结算凭证的基本规定): `10030` fen → `人民币壹佰元零叁角整`. Whole yuan and whole jiao end with 整;
 * a nought between digits is said once.
 * @throws Error beyond 10^16 yuan or for what is not whole fen
 */
export function capitalAmount(fen: number): string {
  if (!Number.isSafeInteger(fen) || fen < 0) throw new Error(`no amount in capitals for ${fen} fen`)
  const [yuan, jiao, cents] = [Math.floor(fen / 100), Math.floor(fen / 10) % 10, fen % 10]
  const whole = yuan === 0 ? '' : `${capitalInteger(yuan)}元`
  if (jiao === 0 && cents === 0) return `人民币${whole === '' ? '零元' : whole}整`
  // 元 followed by 角 takes a 零 where the yuan end in nought, as between digits elsewhere.
  const gap = whole !== '' && (jiao === 0 || yuan % 10 === 0) ? '零' : ''
  return `人民币${whole}${gap}${jiao === 0 ? '' : `${DIGITS[jiao]}角`}${cents === 0 ? '整' : `${DIGITS[cents]}分`}`
}

function capitalInteger(n: number): string {
  let text = ''
  let pendingZero = false
  for (let group = 3; group >= 0; group -= 1) {
    const value = Math.floor(n / 10 ** (group * 4)) % 10_000
    if (value === 0) {
      pendingZero ||= text !== ''
      continue
    }
    for (let place = 3; place >= 0; place -= 1) {
      const digit = Math.floor(value / 10 ** place) % 10
      if (digit === 0) {
        pendingZero ||= text !== ''
        continue
      }
      text += `${pendingZero ? '零' : ''}${DIGITS[digit]}${PLACES[place]}`
      pendingZero = false
    }
    text += GROUPS[group]
    pendingZero = false
    if (value % 10 === 0) pendingZero = true
  }
  return text
}
