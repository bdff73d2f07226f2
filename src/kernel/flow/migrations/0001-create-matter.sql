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
comment on column flow.matter.id is '案的标识';
comment on column flow.matter.kind is '案的种类，如 case（办件）';
comment on column flow.matter.procedure_id is '所循程序的编码；无程序则为空';
comment on column flow.matter.procedure_version is '开始时的程序版本；此后版本更新不影响本案';
comment on column flow.matter.party_ids is '当事人及代理人的标识';
comment on column flow.matter.data is '案的内容（含个人信息）';
comment on column flow.matter.channel is '收到的渠道，如 online、counter';
comment on column flow.matter.opened_at is '收到的时刻';
comment on column flow.matter.changed_at is '最近一个行为的时刻';
comment on column flow.matter.closed_at is '终结的时刻；在办则为空';

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
comment on column flow.task.id is '环节任务的标识';
comment on column flow.task.matter_id is '所属的案';
comment on column flow.task.step is '程序中的环节编码';
comment on column flow.task.role is '办理该环节所需的角色';
comment on column flow.task.organisation_id is '办理机关';
comment on column flow.task.state is '状态：open 待领、claimed 已领、done 已办、cancelled 已撤';
comment on column flow.task.claimed_by is '领办人';
comment on column flow.task.opened_at is '派出的时刻';
comment on column flow.task.closed_at is '办结或撤销的时刻';
comment on column flow.task.done_by is '办结人';

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
comment on column flow.act.matter_id is '所属的案';
comment on column flow.act.seq is '案内序号，自 1 起连续';
comment on column flow.act.act is '行为名，如 accept（受理）';
comment on column flow.act.at is '作出的时刻';
comment on column flow.act.actor_kind is '行为人：officer 工作人员、applicant 申请人、system 系统、outsider 其他人';
comment on column flow.act.person_id is '作出行为的工作人员；非工作人员则为空';
comment on column flow.act.party_id is '作出行为的当事人；非当事人则为空';
comment on column flow.act.post_name is '岗位当时的名称（中英文）';
comment on column flow.act.from_stage is '行为前的法定阶段；开案则为空';
comment on column flow.act.to_stage is '行为后的法定阶段';
comment on column flow.act.channel is '作出行为的渠道';
comment on column flow.act.entry_id is '公开日志中的条目';
comment on column flow.act.leaf_hash is '该条目的叶散列（base64 的 SHA-256），即回执所载';

create table flow.counter (
  prefix text primary key,
  n      bigint not null check (n > 0)
);
comment on table flow.counter is '案号流水，按机关与年度各一行';
comment on column flow.counter.prefix is '案号前缀：机关与年度';
comment on column flow.counter.n is '已用到的流水号';

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
comment on column flow.idempotency.caller is '请求人：键只在本人名下有效';
comment on column flow.idempotency.key is '请求人给出的键';
comment on column flow.idempotency.body_hash is '请求内容的散列：同键异体即拒绝';
comment on column flow.idempotency.matter_id is '所涉的案';
comment on column flow.idempotency.answer is '原来的答复';
comment on column flow.idempotency.at is '首次请求的时刻';

create table flow.timer (
  matter_id uuid not null references flow.matter,
  step      text not null,
  due_at    timestamptz not null,
  primary key (matter_id, step)
);
create index timer_by_due on flow.timer (due_at);
comment on table flow.timer is '程序中的定时事件，到时由系统触发';
comment on column flow.timer.matter_id is '所属的案';
comment on column flow.timer.step is '等待的环节编码';
comment on column flow.timer.due_at is '到期的时刻';
