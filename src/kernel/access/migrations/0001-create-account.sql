create schema access;
comment on schema access is '账户、会话、当事人与阅览记录';

create table access.party (
  id           uuid primary key,
  kind         text not null check (kind in ('person', 'organisation')),
  id_type      text not null,
  id_number    text not null check (id_number <> ''),
  name         text not null check (name <> ''),
  phone        text not null default '',
  email        text not null default '',
  address      text not null default '',
  declared     boolean not null default false,
  merged_into  uuid references access.party,
  created_at   timestamptz not null,
  constraint party_is_not_merged_into_itself check (merged_into <> id)
);
comment on table access.party is '当事人：申请人登记簿，含网上注册的和窗口录入的';
comment on column access.party.id is '标识';
comment on column access.party.kind is '自然人或组织';
comment on column access.party.id_type is '证件类型（GA/T 2000.156）；组织为 001 等';
comment on column access.party.id_number is '证件号码';
comment on column access.party.name is '姓名或名称';
comment on column access.party.phone is '电话';
comment on column access.party.email is '电子邮箱';
comment on column access.party.address is '地址';
comment on column access.party.declared is '真：仅由账户自行申报，尚未核验，不与登记簿中同一证件的当事人合一';
comment on column access.party.merged_into is '核验后并入的当事人';
comment on column access.party.created_at is '登记时刻';
create unique index one_party_per_document on access.party (id_type, id_number) where not declared and merged_into is null;
create index party_name on access.party (name);
create index party_number on access.party (id_number);
create index party_merged on access.party (merged_into) where merged_into is not null;

create table access.account (
  id                   uuid primary key,
  username             text not null check (username = lower(username) and username ~ '^[a-z0-9][a-z0-9._@-]{2,63}$'),
  kind                 text not null check (kind in ('applicant', 'officer')),
  person_id            uuid references org.person,
  party_id             uuid references access.party,
  acting_party_id      uuid references access.party,
  password_hash        text not null check (password_hash like '$argon2id$%'),
  password_changed_at  timestamptz not null,
  real_name_level      smallint not null default 0 check (real_name_level between 0 and 3),
  status               text not null default 'active' check (status in ('active', 'disabled')),
  created_at           timestamptz not null,
  disabled_at          timestamptz,
  constraint one_account_per_username unique (username),
  constraint officer_is_a_person check ((kind = 'officer') = (person_id is not null)),
  constraint applicant_is_a_party check ((kind = 'applicant') = (party_id is not null)),
  constraint disabled_has_an_instant check ((status = 'disabled') = (disabled_at is not null))
);
comment on table access.account is '账户';
comment on column access.account.id is '标识';
comment on column access.account.username is '用户名（小写）';
comment on column access.account.kind is 'applicant 申请人，officer 工作人员';
comment on column access.account.person_id is '工作人员';
comment on column access.account.party_id is '账户持有人本人（当事人）';
comment on column access.account.acting_party_id is '当前代表的组织；须有有效的代理';
comment on column access.account.password_hash is '口令摘要（argon2id）';
comment on column access.account.password_changed_at is '口令变更时刻';
comment on column access.account.real_name_level is '实名等级：0 未申报，1 自行申报，2 网上核验，3 窗口核验原件';
comment on column access.account.status is '状态';
comment on column access.account.created_at is '创建时刻';
comment on column access.account.disabled_at is '停用时刻';
create unique index one_active_account_per_officer on access.account (person_id) where status = 'active' and person_id is not null;
create index account_party on access.account (party_id) where party_id is not null;

create table access.agency (
  id          uuid primary key,
  account_id  uuid not null references access.account,
  party_id    uuid not null references access.party,
  scope       text[] not null default '{}',
  confirmed   boolean not null default false,
  valid_from  date not null,
  valid_to    date,
  constraint agency_has_days check (valid_to >= valid_from),
  constraint one_agency_at_a_time exclude using gist (account_id with =, party_id with =, daterange(valid_from, valid_to, '[]') with &&)
);
comment on table access.agency is '代理：账户代表某当事人';
comment on column access.agency.id is '标识';
comment on column access.agency.account_id is '账户';
comment on column access.agency.party_id is '被代理的当事人';
comment on column access.agency.scope is '事项编码；空数组为全部事项';
comment on column access.agency.confirmed is '授权委托书原件已核验';
comment on column access.agency.valid_from is '起始日（含）';
comment on column access.agency.valid_to is '终止日（含）；空为长期';

create table access.session (
  token_hash    bytea primary key check (octet_length(token_hash) = 32),
  id            uuid not null unique,
  account_id    uuid not null references access.account,
  created_at    timestamptz not null,
  last_seen_at  timestamptz not null,
  expires_at    timestamptz not null,
  idle_seconds  integer not null check (idle_seconds > 0),
  ip_hash       bytea,
  user_agent    text not null default '',
  revoked_at    timestamptz,
  constraint session_lasts check (expires_at > created_at)
) with (fillfactor = 80);
comment on table access.session is '会话：只存令牌的 SHA-256';
comment on column access.session.token_hash is '令牌的 SHA-256';
comment on column access.session.id is '会话标识（非秘密）';
comment on column access.session.account_id is '账户';
comment on column access.session.created_at is '登录时刻';
comment on column access.session.last_seen_at is '最近活动时刻（粗略到一分钟）';
comment on column access.session.expires_at is '绝对到期时刻';
comment on column access.session.idle_seconds is '闲置时限（秒）';
comment on column access.session.ip_hash is '登录地址的 SHA-256';
comment on column access.session.user_agent is '浏览器标识（截断）';
comment on column access.session.revoked_at is '注销时刻';
create index session_account on access.session (account_id) where revoked_at is null;
create index session_expires on access.session (expires_at);

create table access.sign_in_failure (
  name_hash     bytea primary key check (octet_length(name_hash) = 32),
  failed        integer not null check (failed > 0),
  last_at       timestamptz not null,
  locked_until  timestamptz
);
comment on table access.sign_in_failure is '连续登录失败；按用户名摘要计，不论账户是否存在，因而不泄露账户的有无';
comment on column access.sign_in_failure.name_hash is '用户名的 SHA-256';
comment on column access.sign_in_failure.failed is '连续失败次数';
comment on column access.sign_in_failure.last_at is '最近一次失败时刻';
comment on column access.sign_in_failure.locked_until is '锁定至';

create table access.invite (
  token_hash  bytea primary key check (octet_length(token_hash) = 32),
  role        text not null references org.role,
  created_at  timestamptz not null,
  expires_at  timestamptz not null,
  used_at     timestamptz,
  account_id  uuid references access.account,
  constraint invite_lasts check (expires_at > created_at),
  constraint used_by_somebody check ((used_at is null) = (account_id is null))
);
comment on table access.invite is '首任管理员的一次性邀请';
comment on column access.invite.token_hash is '邀请令牌的 SHA-256';
comment on column access.invite.role is '角色：sysadmin、secadmin、auditadmin';
comment on column access.invite.created_at is '签发时刻';
comment on column access.invite.expires_at is '到期时刻';
comment on column access.invite.used_at is '使用时刻';
comment on column access.invite.account_id is '由此建立的账户';

create table access.event (
  id          bigint generated always as identity primary key,
  at          timestamptz not null,
  kind        text not null,
  account_id  uuid references access.account,
  by_id       uuid references access.account,
  ip_hash     bytea,
  detail      jsonb not null default '{}'
);
comment on table access.event is '安全事件（只增）：登录、失败、锁定、注销、改密、核验、建户、停用；保存不少于六个月（网络安全法 第二十一条）';
comment on column access.event.id is '序号';
comment on column access.event.at is '时刻';
comment on column access.event.kind is '种类';
comment on column access.event.account_id is '所涉账户；用户名不存在时为空';
comment on column access.event.by_id is '操作者账户';
comment on column access.event.ip_hash is '地址的 SHA-256';
comment on column access.event.detail is '详情（不含口令与令牌）';
create index event_at on access.event (at desc);
create index event_account on access.event (account_id, at desc);

create table access.read_record (
  id               bigint generated always as identity primary key,
  at               timestamptz not null,
  account_id       uuid not null references access.account,
  person_id        uuid references org.person,
  post_id          uuid references org.post,
  organisation_id  uuid references org.organisation,
  party_id         uuid not null references access.party,
  matter_id        uuid,
  part             text not null check (part <> ''),
  reason           text not null check (reason <> '')
);
comment on table access.read_record is '阅览记录（只增）：谁在何时以何岗位、为何阅览了谁的个人信息（个人信息保护法 第四十五条、第五十四条）';
comment on column access.read_record.id is '序号';
comment on column access.read_record.at is '时刻';
comment on column access.read_record.account_id is '阅览者账户';
comment on column access.read_record.person_id is '阅览者';
comment on column access.read_record.post_id is '所用岗位';
comment on column access.read_record.organisation_id is '岗位所属机构';
comment on column access.read_record.party_id is '被阅览的当事人';
comment on column access.read_record.matter_id is '案件';
comment on column access.read_record.part is '阅览的部分';
comment on column access.read_record.reason is '理由';
create index read_record_party on access.read_record (party_id, at desc);
create index read_record_at on access.read_record (at desc);
