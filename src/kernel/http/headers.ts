/** Headers that stand on every answer. The portal's pages need nothing but themselves: no inline style, no inline script. */
const PORTAL_POLICY =
  "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"
/** The console also shows pictures it made itself (diagrams, previews) and fonts of the process editor. */
const CONSOLE_POLICY =
  "default-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; frame-src 'self' blob:; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"

export interface SecurityHeaders { readonly portal: Readonly<Record<string, string>>; readonly console: Readonly<Record<string, string>> }

/** HSTS only where the public address is https, else a browser would lock itself out of the plain one. */
export function securityHeaders(url: string): SecurityHeaders {
  const common = {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(self), payment=(), usb=()',
    'cross-origin-opener-policy': 'same-origin',
    ...(url.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  }
  return {
    portal: { 'content-security-policy': PORTAL_POLICY, ...common },
    console: { 'content-security-policy': CONSOLE_POLICY, ...common },
  }
}
