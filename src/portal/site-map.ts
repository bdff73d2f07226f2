/** sitemaps.org protocol 0.9: every public page that has an address of its own. */
export function siteMap(url: string, pages: readonly { readonly path: string; readonly changedOn?: string }[]): string {
  const escape = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
  const entries = pages.map(({ path, changedOn }) => `<url><loc>${escape(`${url}${path}`)}</loc>${changedOn === undefined ? '' : `<lastmod>${changedOn}</lastmod>`}</url>`)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join('\n')}\n</urlset>\n`
}

/** RFC 9309: everything public may be read; what belongs to one person may not be collected. */
export const robots = (url: string): string => `User-agent: *\nDisallow: /my\nDisallow: /apply/\nDisallow: /track\nDisallow: /sign-in\nDisallow: /sign-out\nDisallow: /register\nDisallow: /language\nDisallow: /elder\nDisallow: /console/\nSitemap: ${url}/sitemap.xml\n`
