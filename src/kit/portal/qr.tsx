import qrcode from 'qrcode-generator'
import type { Markup } from './html.ts'

/** A QR code of an address as one SVG path; error correction M, quiet zone of four modules (ISO/IEC 18004). */
export const Qr = ({ text, label }: { text: string; label: string }): Markup => {
  const code = qrcode(0, 'M')
  code.addData(text)
  code.make()
  const size = code.getModuleCount()
  let path = ''
  for (let row = 0; row < size; row++) for (let column = 0; column < size; column++) if (code.isDark(row, column)) path += `M${column + 4} ${row + 4}h1v1h-1z`
  return <svg class="qr" viewBox={`0 0 ${size + 8} ${size + 8}`} role="img" aria-label={label} shape-rendering="crispEdges"><path d={path} /></svg>
}
