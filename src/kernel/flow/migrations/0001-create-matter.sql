create schema if not exists flow;

create table flow.matter (
  id                 uuid primary key,
  kind               text not null,
  no                 text not null unique,
  ref                text not null unique check (length(ref) = 32),
  jurisdiction       text not null default '110102',
  stage              text not null,
  revision           integer not null check (revision > 0),
  procedure_id       text,
  procedure_version  integer,
  net_state          jsonb,
  organisation_id    uuid not null,
  person_id          uuid,
  subject            text not null,
  party_ids          uuid[] not null default '{}',
  track_hash         bytea unique,
  data               jsonb not null,
  channel            text not null,
  opened_at          timestamptz not null,
  opened_on          date not null,
  changed_at         timestamptz not null,
  closed_at          timestamptz,
  constraint procedure_is_whole check ((procedure_id is null) = (procedure_version is null) and (procedure_id is null) = (net_state is null))
) with (fillfactor = 80);

-- Not by stage: an act that moves the stage then leaves every index alone (heap-only update).
create index matter_live_by_organisation on flow.matter (organisation_id, opened_on desc, no desc) where closed_at is null;
create index matter_by_subject on flow.matter (subject, opened_on);
create index matter_by_opened on flow.matter (opened_on desc, no desc);
create index matter_by_party on flow.matter using gin (party_ids);

comment on table flow.matter is '案：每一项职责一行，经由行为沿程序推进';
comment on column flow.matter.no is '案号（办件编号）';
comment on column flow.matter.ref is '公开日志中的随机代号（128 位，十六进制）';
comment on column flow.matter.jurisdiction is '行政区划代码（GB/T 2260）';
comment on column flow.matter.stage is '法定阶段';
comment on column flow.matter.revision is '修订号：每个行为加一，两名经办人不能同时在同一版本上办理';
comment on column flow.matter.net_state is '程序位置：令牌、汇合、计数';
comment on column flow.matter.organisation_id is '责任机关';
comment on column flow.matter.person_id is '首问责任人';
comment on column flow.matter.subject is '所办事项编码';
comment on column flow.matter.track_hash is '查询码的 SHA-256';
comment on column flow.matter.opened_on is '收到之日（Asia/Shanghai 民用日）';

create table flow.task (
  id              uuid primary key,
  matter_id       uuid not null references flow.matter,
  step            text not null,
  role            text not null,
  organisation_id uuid not null,
  state           text not null check (state in ('open', 'claimed', 'done', 'cancelled')),
  claimed_by      uuid,
  opened_at       timestamptz not null,
  due_on          date,
  closed_at       timestamptz,
  done_by         uuid,
  constraint closed_has_a_time check ((state in ('done', 'cancelled')) = (closed_at is not null))
) with (fillfactor = 80);

create index task_of_matter on flow.task (matter_id);
create index task_live_by_post on flow.task (organisation_id, role, due_on, opened_at) where state in ('open', 'claimed');
create index task_live_by_person on flow.task (claimed_by, due_on) where state = 'claimed';

comment on table flow.task is '环节：交某机关某岗位办理的工作';
comment on column flow.task.due_on is '环节时限届满日（工作日预算）；无预算则为空';

create table flow.act (
  matter_id     uuid not null references flow.matter,
  seq           integer not null check (seq > 0),
  act           text not null,
  at            timestamptz not null,
  actor_kind    text not null check (actor_kind in ('officer', 'applicant', 'system', 'outsider')),
  person_id     uuid,
  party_id      uuid,
  post          text,
  post_name     jsonb,
  on_behalf     jsonb,
  ground        text not null,
  from_stage    text,
  to_stage      text not null,
  channel       text not null,
  entry_id      uuid not null unique,
  leaf_hash     text not null,
  primary key (matter_id, seq)
);
create index act_by_time on flow.act (at);

comment on table flow.act is '行为：唯一的变更途径，只增不改';
comment on column flow.act.post is '作出行为的岗位编码（公开日志以岗位署名，不以人名）';
comment on column flow.act.on_behalf is '代行依据：B 岗、委托受理、首席代表授权';
comment on column flow.act.ground is '法定依据条款';

create table flow.counter (
  prefix text primary key,
  n      bigint not null check (n > 0)
);
comment on table flow.counter is '案号流水，按机关与年度各一行';

create table flow.idempotency (
  caller     text not null,
  key        text not null check (length(key) between 1 and 200),
  body_hash  text not null,
  matter_id  uuid not null,
  answer     jsonb not null,
  at         timestamptz not null,
  primary key (caller, key)
);
create index idempotency_by_age on flow.idempotency (at);
comment on table flow.idempotency is '重复请求键：同键同体同答，保留七日';

create table flow.timer (
  matter_id uuid not null references flow.matter,
  step      text not null,
  due_at    timestamptz not null,
  primary key (matter_id, step)
);
create index timer_by_due on flow.timer (due_at);
comment on table flow.timer is '程序中的定时事件，到时由系统触发';
