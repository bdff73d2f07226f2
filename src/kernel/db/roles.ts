/**
 * The roles of one installation. Names are fixed, because migrations and grants say them; logins of other names work when they
 * are members. `owner` owns the schemas and migrates; nobody serves requests with it.
 */
export const ROLES = {
  owner: 'mingtang_owner',
  app: 'mingtang_app',
  sequencer: 'mingtang_sequencer',
  retention: 'mingtang_retention',
} as const
export type RoleName = keyof typeof ROLES
