import { randomUUID } from 'node:crypto'
import { dayAt, type CivilDay } from '../../base/civil-day.ts'
import type { Database, Queryable } from '../db/database.ts'
import { createHoldingIn, createOrganisation, createPerson, createPost } from '../org/commands.ts'
import { findOrganisationByCode } from '../org/organisations.ts'
import { createOfficerAccount } from './accounts.ts'
import { ACCESS_CONFIG, type AccessConfig } from './config.ts'
import { hashToken, newToken } from './csrf.ts'
import { refuse } from './errors.ts'

export const ADMINISTRATOR_ROLES = ['sysadmin', 'secadmin', 'auditadmin'] as const
export type AdministratorRole = (typeof ADMINISTRATOR_ROLES)[number]
const NAMES: Readonly<Record<AdministratorRole, { readonly zh: string; readonly en: string }>> = {
  sysadmin: { zh: '系统管理员', en: 'System administrator' },
  secadmin: { zh: '安全管理员', en: 'Security administrator' },
  auditadmin: { zh: '审计管理员', en: 'Audit administrator' },
}

/** A one-time token for the first holder of an administrator's role. Refuses `access/role-has-holder`, `access/not-an-administrator`. */
export async function inviteAdministrator(db: Queryable, role: string, at: Date, config: AccessConfig = ACCESS_CONFIG): Promise<{ readonly token: string; readonly role: AdministratorRole; readonly expiresAt: Date }> {
  if (!isAdministratorRole(role)) throw refuse('not-an-administrator', { role })
  await demandNoHolder(db, role, dayAt(at))
  const token = newToken()
  const expiresAt = new Date(at.getTime() + config.inviteSeconds * 1000)
  await db.query(`
    with made as (insert into access.invite (token_hash, role, created_at, expires_at) values ($1, $2, $3, $4) returning role)
    insert into access.event (at, kind, detail) select $3, 'administratorInvited', jsonb_build_object('role', role) from made`, [hashToken(token), role, at, expiresAt])
  return { token, role, expiresAt }
}

/** Refuses `access/invite-void` before anybody fills in a form that could no longer be taken. */
export async function demandInvite(db: Queryable, token: string, at: Date): Promise<void> {
  const [invite] = await db.query('select from access.invite where token_hash = $1 and used_at is null and expires_at > $2', [hashToken(token), at])
  if (!invite) throw refuse('invite-void')
}

export interface InviteAcceptance {
  readonly token: string
  readonly username: string
  readonly password: string
  readonly name: { readonly zh: string; readonly en: string }
  readonly staffNo: string
  /** Found by its code; set up where the database does not know it yet. */
  readonly organisation: { readonly code: string; readonly name: { readonly zh: string; readonly en: string }; readonly divisionCode: string }
  readonly at: Date
}

/** Makes the person, the post, the holding and the account, all or nothing. Refuses `access/invite-void`, `access/role-has-holder`, and what its parts refuse. */
export async function acceptInvite(db: Database, input: InviteAcceptance): Promise<{ readonly accountId: string; readonly personId: string; readonly role: AdministratorRole }> {
  const day = dayAt(input.at)
  return db.transaction(async (tx) => {
    const [invite] = await tx.query<{ role: AdministratorRole }>(`
      select role from access.invite where token_hash = $1 and used_at is null and expires_at > $2 for update`, [hashToken(input.token), input.at])
    if (!invite) throw refuse('invite-void')
    const { role } = invite
    // Two invitations of one role accepted at once: the second waits here and then finds a holder.
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('access.invite.' || $1, 0))`, [role])
    await demandNoHolder(tx, role, day)
    const note = { at: input.at, byPersonId: null }
    const organisation = (await findOrganisationByCode(tx, input.organisation.code, day))
      ?? (await createOrganisation(tx, note, { ...input.organisation, kind: 'body', level: 4, validFrom: day }))
    const person = await createPerson(tx, note, { name: input.name, staffNo: input.staffNo, validFrom: day })
    const post = await createPost(tx, note, { organisationId: organisation.id, code: `${role}-${randomUUID().slice(0, 8)}`, name: NAMES[role], role, validFrom: day })
    await createHoldingIn(tx, note, { postId: post.id, personId: person.id, cover: 'A', validFrom: day })
    const { accountId } = await createOfficerAccount(tx, { username: input.username, password: input.password, personId: person.id, at: input.at, byAccountId: null })
    await tx.query('update access.invite set used_at = $2, account_id = $3 where token_hash = $1', [hashToken(input.token), input.at, accountId])
    return { accountId, personId: person.id, role }
  })
}

/** A holder is somebody with an active account in a post of the role today or later, on leave or not. */
async function demandNoHolder(db: Queryable, role: AdministratorRole, day: CivilDay): Promise<void> {
  const [holder] = await db.query(`
    select from org.holding h
      join org.post p on p.id = h.post_id and p.role = $1
      join access.account a on a.person_id = h.person_id and a.status = 'active'
     where h.valid_to is null or h.valid_to >= $2 limit 1`, [role, day])
  if (holder) throw refuse('role-has-holder', { role: NAMES[role] })
}

const isAdministratorRole = (role: string): role is AdministratorRole => (ADMINISTRATOR_ROLES as readonly string[]).includes(role)
