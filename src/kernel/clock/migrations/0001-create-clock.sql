create schema clock;
comment on schema clock is '法定时限';

create table clock.rule (
  code             text not null check (code <> ''),
  version          integer not null check (version > 0),
  name_zh          text not null,
  name_en          text not null,
  unit             text not null check (unit in ('workingDay', 'naturalDay', 'hour', 'month')),
  amount           integer check (amount >= 0),
  trigger          text not null,
  direction        text not null check (direction in ('after', 'before')),
  pauses           text[] not null,
  pause_article    text,
  extension        jsonb,
  expiry           text not null,
  article          text not null check (article <> ''),
  valid_from       date not null,
  valid_to         date check (valid_to >= valid_from),
  yellow_share     double precision not null check (yellow_share between 0 and 1),
  yellow_days_left integer not null check (yellow_days_left >= 0),
  primary key (code, version)
);
comment on table clock.rule is '时限规则：数字不离条文；版本只增不改';
comment on column clock.rule.code is '规则代码';
comment on column clock.rule.version is '版本';
comment on column clock.rule.name_zh is '名称（中文）';
comment on column clock.rule.name_en is '名称（英文）';
comment on column clock.rule.unit is '单位：工作日、自然日、小时、月';
comment on column clock.rule.amount is '数量（按单位）；空：由事项给出';
comment on column clock.rule.trigger is '起算的行为或者事件';
comment on column clock.rule.direction is '方向：自事件之后起算，或者自事件倒推';
comment on column clock.rule.pauses is '可以中止的事由';
comment on column clock.rule.pause_article is '列明中止事由的条文';
comment on column clock.rule.extension is '延长：数量、次数、批准人、是否须告知、条文';
comment on column clock.rule.expiry is '届满的效果';
comment on column clock.rule.article is '依据条文';
comment on column clock.rule.valid_from is '生效日';
comment on column clock.rule.valid_to is '失效日（含当日）；空：现行';
comment on column clock.rule.yellow_share is '用去预算的这一比例即亮黄灯';
comment on column clock.rule.yellow_days_left is '剩余工作日不多于此数即亮黄灯';

create table clock.clock (
  matter_id        uuid not null,
  id               text not null,
  rule             text not null,
  rule_version     integer not null,
  unit             text not null check (unit in ('workingDay', 'naturalDay', 'hour', 'month')),
  article          text not null check (article <> ''),
  organisation_id  uuid not null,
  kind             text not null,
  started_on       date not null,
  started_at       timestamptz not null,
  budget           integer not null check (budget >= 0),
  consumed         integer not null check (consumed >= 0),
  running_since    date check (running_since >= started_on),
  suspensions      jsonb not null default '[]',
  extensions       jsonb not null default '[]',
  stopped_on       date,
  due_on           date,
  due_at           timestamptz,
  next_at          timestamptz,
  announced        text not null check (announced in ('green', 'yellow', 'red', 'black')),
  provisional      boolean not null,
  calendar_version integer not null,
  primary key (matter_id, id),
  constraint due_while_running check ((due_on is not null) = (running_since is not null and stopped_on is null)),
  constraint due_day_has_its_end check ((due_on is null) = (due_at is null)),
  constraint no_rung_while_standing check (next_at is null or due_on is not null)
) with (fillfactor = 80);
create index clock_next_rung on clock.clock (next_at) where next_at is not null;
create index clock_open_by_due on clock.clock (due_on) where stopped_on is null;
comment on table clock.clock is '办件的时限：预算、已用、起算；灯色由时刻推算，不存储“超期”';
comment on column clock.clock.matter_id is '案件';
comment on column clock.clock.id is '时限标识：规则代码，再次起算者加 ~2、~3';
comment on column clock.clock.rule is '规则代码';
comment on column clock.clock.rule_version is '起算时的规则版本';
comment on column clock.clock.unit is '单位';
comment on column clock.clock.article is '本案所依条文';
comment on column clock.clock.organisation_id is '承办单位';
comment on column clock.clock.kind is '案件种类';
comment on column clock.clock.started_on is '起算事件之日（不计入），Asia/Shanghai';
comment on column clock.clock.started_at is '起算时刻（按小时计算者自此起算）';
comment on column clock.clock.budget is '期限（按单位，含延长）';
comment on column clock.clock.consumed is '中止前已用（按单位）';
comment on column clock.clock.running_since is '自此日之次日继续计算；空：中止中';
comment on column clock.clock.suspensions is '中止：起、止、事由、条文、告知日';
comment on column clock.clock.extensions is '延长：日期、数量、条文、批准人、理由';
comment on column clock.clock.stopped_on is '终止计算之日';
comment on column clock.clock.due_on is '届满日（含当日）；中止或终止时为空';
comment on column clock.clock.due_at is '届满时刻：届满日二十四时，或者届满之时';
comment on column clock.clock.next_at is '下一次变灯的时刻；空：没有';
comment on column clock.clock.announced is '已提醒到的灯色';
comment on column clock.clock.provisional is '届满日在已公布的放假安排之外，可能变动';
comment on column clock.clock.calendar_version is '推算届满日所用的日历版本';

create table clock.event (
  matter_id       uuid not null,
  clock_id        text not null,
  seq             bigint generated always as identity,
  kind            text not null check (kind in ('started', 'suspended', 'resumed', 'extended', 'stopped', 'announced', 'redated')),
  at              timestamptz not null,
  actor_post      text,
  ground          text,
  previous_due_on date,
  due_on          date,
  light           text check (light in ('yellow', 'red', 'black')),
  source          text,
  primary key (matter_id, clock_id, seq),
  constraint announced_light check ((kind = 'announced') = (light is not null))
);
comment on table clock.event is '时限上发生过的事，只增不改';
comment on column clock.event.matter_id is '案件';
comment on column clock.event.clock_id is '时限标识';
comment on column clock.event.seq is '顺序号';
comment on column clock.event.kind is '事件：起算、中止、恢复、延长、终止、提醒、改期';
comment on column clock.event.at is '时刻';
comment on column clock.event.actor_post is '行为人岗位；系统行为为 system';
comment on column clock.event.ground is '依据条文';
comment on column clock.event.previous_due_on is '原届满日';
comment on column clock.event.due_on is '现届满日';
comment on column clock.event.light is '提醒的灯色';
comment on column clock.event.source is '改期所依通知';
