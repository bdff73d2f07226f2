/** Limits of sign-in and sessions (GB/T 22239-2019 §8.1.4.1 b: failed-login handling, session timeout). */
export interface AccessConfig {
  /** Consecutive failures after which a name is locked. */
  readonly failuresMax: number
  readonly lockSeconds: number
  /** A session ends after this, however busy. */
  readonly sessionSeconds: number
  readonly idleSeconds: { readonly officer: number; readonly applicant: number }
  readonly inviteSeconds: number
}

export const ACCESS_CONFIG: AccessConfig = {
  failuresMax: 5,
  lockSeconds: 15 * 60,
  sessionSeconds: 12 * 3600,
  idleSeconds: { officer: 30 * 60, applicant: 2 * 3600 },
  inviteSeconds: 24 * 3600,
}
