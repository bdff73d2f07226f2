import type { Json } from '../../../base/canonical-json.ts'

/** A press that sets one template with data; the same input gives the same bytes. */
export interface TemplatePress {
  /**
   * The PDF of `template`, a Typst file by its path from the repository's root. The data reach it as JSON and never as markup; the
   * QR code leads to `link` below the public address.
   */
  printTemplate(template: string, data: Json, options: { readonly createdAt: Date; readonly link: string | null }): Promise<Buffer>
}
