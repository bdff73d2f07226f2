import { refusals } from '../../base/refusal.ts'

/** Every "no" of the database room. */
export const refuse = refusals('db', {
  unavailable: { status: 503, zh: '数据库暂时无法连接，请稍后再试', en: 'The database cannot be reached at the moment; please try again shortly' },
  'read-only': { status: 503, zh: '数据库目前只能查阅，不能办理，请稍后再试；您填写的内容没有提交', en: 'The database can only be read at the moment; nothing was submitted. Please try again later' },
  'no-space': { status: 503, zh: '数据库存储空间已满，本次操作没有办成，请稍后再试', en: 'The database is out of space; nothing was done. Please try again later' },
  overloaded: { status: 503, zh: '系统繁忙，本次操作没有办成，请稍后再试', en: 'The system is overloaded; nothing was done. Please try again shortly' },
  'migration-edited': {
    status: 409,
    zh: '已发布的迁移 {module}/{file} 被改动过；请恢复原文，另写新的迁移',
    en: 'The shipped migration {module}/{file} was edited; restore it and write a new one',
  },
  'migration-missing': {
    status: 409,
    zh: '数据库执行过迁移 {module}/{file}，而程序中没有；程序版本低于数据库',
    en: 'The database has migration {module}/{file}, which this program lacks: the program is older than the database',
  },
  'migration-locked': {
    status: 503,
    zh: '迁移 {module}/{file} 等不到表锁，请在业务空闲时再试',
    en: 'Migration {module}/{file} could not get its lock; try again at a quiet moment',
  },
  'migration-running': { status: 503, zh: '另一个进程正在迁移数据库，请稍后再试', en: 'Another process is migrating this database; try again shortly' },
  'role-missing': {
    status: 409,
    zh: '数据库缺少角色 {role}，而管理登录无权创建；请由数据库管理员执行 create role {role}',
    en: 'The database lacks the role {role} and the admin login may not create it; have the database administrator run: create role {role}',
  },
  'server-too-old': {
    status: 409,
    zh: '数据库服务器版本为 {version}，最低要求 PostgreSQL 15',
    en: 'The database server is version {version}; PostgreSQL 15 is the lowest supported',
  },
  'no-embedded-server': {
    status: 503,
    zh: '本平台（{platform}）没有内嵌的 PostgreSQL；请设置 DATABASE_URL',
    en: 'There is no embedded PostgreSQL for this platform ({platform}); set DATABASE_URL',
  },
  'cluster-of-another-folder': {
    status: 409,
    zh: '数据库目录 {cluster} 属于 {owner}；复制的数据目录不能共用一个数据库',
    en: 'The database in {cluster} belongs to {owner}; a copied data folder cannot share its database',
  },
  'cluster-of-another-user': {
    status: 409,
    zh: '数据库目录 {cluster} 由其他系统用户创建，请以该用户启动',
    en: 'The database in {cluster} was made by another system user; start as that user',
  },
  'cluster-of-another-version': {
    status: 409,
    zh: '数据库目录 {cluster} 为 PostgreSQL {found}，程序自带 {wanted}；请先备份再恢复到新库',
    en: 'The database in {cluster} is PostgreSQL {found}, this program brings {wanted}; back up and restore into a new one',
  },
})
