import { inviteAdministrator } from '../../kernel/access/invites.ts'
import { Usage } from '../arguments.ts'
import type { Command } from '../command.ts'

const ROLES = ['sysadmin', 'secadmin', 'auditadmin'] as const

export const inviteCommand: Command = {
  name: 'admin invite', usage: 'admin invite --role sysadmin|secadmin|auditadmin [--json]', summary: { zh: '邀请首任管理员（一次性链接）', en: 'Invite the first administrator of a role (one-time link)' },
  run: async (args, open) => {
    const role = ROLES.find((one) => one === args.value('role'))
    if (!role) throw new Usage(`--role is one of ${ROLES.join(', ')}`)
    const { house } = await open()
    const invite = await inviteAdministrator(house.db, role, house.time.now())
    const url = `${house.url}/invitation?token=${invite.token}`
    return { json: { role, url }, text: url }
  },
}
