import qrcode from 'qrcode-generator'

/** A QR code (error correction M) as SVG with a quiet zone of four modules: one path, black on white. */
export function qrSvg(text: string): string {
  const code = qrcode(0, 'M')
  code.addData(text, 'Byte')
  code.make()
  const count = code.getModuleCount()
  let path = ''
  // Dark modules in a row are one rectangle: a third of the path, and of the work of drawing it.
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) {
      let run = 0
      while (column + run < count && code.isDark(row, column + run)) run += 1
      if (run > 0) path += `M${column + 4} ${row + 4}h${run}v1h-${run}z`
      column += run
    }
  }
  const side = count + 8
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path d="${path}"/></svg>`
}
