create schema if not exists replay;
comment on schema replay is '流程日志重放：载入的案件与其事件';

create table replay.event (
  matter_id uuid not null references flow.matter,
  seq       integer not null check (seq > 0),
  at        timestamptz not null,
  activity  text not null,
  resource  text,
  primary key (matter_id, seq)
);
comment on table replay.event is '日志中的事件，一事件一行为';
comment on column replay.event.matter_id is '案';
comment on column replay.event.seq is '行为序号';
comment on column replay.event.at is '日志所载时刻';
comment on column replay.event.activity is '活动名称';
comment on column replay.event.resource is '日志所载办理人';
