/**
 * RFC 6266 with the name in UTF-8 (RFC 8187): `attachment; filename="___.pdf"; filename*=UTF-8''%E6%98%8E.pdf`. Old programs see
 * the first, in which what is not plain ASCII became `_`. The store admits no name with lone surrogates.
 */
export function contentDisposition(name: string, how: 'attachment' | 'inline' = 'attachment'): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/gu, '_')
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${how}; filename="${plain}"${plain === name ? '' : `; filename*=UTF-8''${encoded}`}`
}
