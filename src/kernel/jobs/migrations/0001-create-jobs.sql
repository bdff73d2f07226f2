create schema jobs;
comment on schema jobs is '后台任务：日志订阅者的游标、定时安排、运行情况（不承载法定时间）';

create table jobs.cursor (
  subscriber   text primary key,
  next_index   bigint not null default 0 check (next_index >= 0),
  handled_at   timestamptz,
  failures     integer not null default 0 check (failures >= 0),
  last_error   text,
  failed_at    timestamptz,
  constraint failure_has_error check ((failures = 0) or (last_error is not null))
);
comment on table jobs.cursor is '日志订阅者的游标：每个订阅者一行，至少处理一次';
comment on column jobs.cursor.subscriber is '订阅者';
comment on column jobs.cursor.next_index is '下一条待处理的日志位置';
comment on column jobs.cursor.handled_at is '最近一次处理成功的时刻';
comment on column jobs.cursor.failures is '当前连续失败的次数';
comment on column jobs.cursor.last_error is '最近一次失败的原因';
comment on column jobs.cursor.failed_at is '最近一次失败的时刻';

create table jobs.schedule (
  task          text primary key,
  every_seconds integer not null check (every_seconds > 0),
  next_at       timestamptz not null
);
comment on table jobs.schedule is '定时安排：到时由任一进程放入队列，各进程合计只放一次';
comment on column jobs.schedule.task is '任务';
comment on column jobs.schedule.every_seconds is '间隔（秒）';
comment on column jobs.schedule.next_at is '下次放入队列的时刻';

create table jobs.task (
  task           text primary key,
  runs           bigint not null default 0 check (runs >= 0),
  failures       bigint not null default 0 check (failures >= 0 and failures <= runs),
  started_at     timestamptz not null,
  took_ms        integer check (took_ms >= 0),
  succeeded_at   timestamptz,
  failed_at      timestamptz,
  last_error     text
);
comment on table jobs.task is '任务的运行情况：每种任务一行';
comment on column jobs.task.task is '任务';
comment on column jobs.task.runs is '运行次数';
comment on column jobs.task.failures is '失败次数';
comment on column jobs.task.started_at is '最近一次开始的时刻';
comment on column jobs.task.took_ms is '最近一次用时（毫秒）';
comment on column jobs.task.succeeded_at is '最近一次成功的时刻';
comment on column jobs.task.failed_at is '最近一次失败的时刻';
comment on column jobs.task.last_error is '最近一次失败的原因';
